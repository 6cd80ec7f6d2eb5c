"""Prompts that are worded once for all who see the same: nobody reads what was worded for somebody else."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys import speaking
from surveys.events import Step
from surveys.messages import Button
from surveys.speaking import speak
from tests.surveys.engine.talking import Talk, playbook_of
from tests.surveys.engine.test_properties import NAMES, Move, Person, conversation, playbooks

FORM = """
| survey | | | | | | |
| | type | name | label | required | default | hint |
| | text | nama | Siapa nama Bapak/Ibu? | yes | | |
| | text | usul | Apa usul ${nama}? | yes | | |
| | text | lagi | Apa usul lainnya? | yes | | Boleh singkat, ${nama}. |
| | integer | umur | Berapa umur Bapak/Ibu? | yes | 30 | |
| | text | alasan | Mengapa? | ${umur} > 40 | | |
| | select_one kota | kota | Di kota mana? | yes | | |
| | select_multiple kota | lain | Kota mana lagi? | yes | | |
| | date | mulai | Mulai kapan? | yes | | |
| | rank kota | urutan | Urutkan kota-kota ini. | yes | | |
| choices | | | |
| | list_name | name | label |
| | kota | kupang | Kupang |
| | kota | ende | Ende |
"""
PLAIN = {"nama", "kota", "lain"}


class Comparing(Person):
    """Somebody who is also told everything anew."""

    def take(self, step: Step) -> None:
        told = speak(self.playbook, step, say=self.say, now=self.now, rng=random.Random(3))
        kept, speaking._kept = speaking._kept, {}
        try:
            anew = speak(self.playbook, step, say=self.say, now=self.now, rng=random.Random(3))
        finally:
            speaking._kept = kept
        assert told == anew
        super().take(step)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(said=conversation, language=st.sampled_from(["id", "en"]))
def test_what_is_kept_is_what_would_be_said(name: str, said: list[tuple[Move, bool]], language: str) -> None:
    person = Comparing(playbooks()[name], language)
    for move, unseen in said:
        person.move(move, unseen=unseen)


def test_only_questions_that_look_the_same_to_all_are_kept() -> None:
    playbook = playbook_of(FORM)
    assert {item.name for item in playbook.items() if item.plain} == PLAIN


def test_two_forms_with_the_same_names_have_their_own_prompts() -> None:
    other = FORM.replace("Siapa nama", "Nama panggilan")
    found = [Talk(form).text.split("\n")[1] for form in (FORM, other, FORM)]
    assert found == ["Siapa nama Bapak/Ibu?", "Nama panggilan Bapak/Ibu?", "Siapa nama Bapak/Ibu?"]


def test_buttons_belong_to_the_turn_they_are_shown_at() -> None:
    playbook = playbook_of(FORM[: FORM.index("| | text | usul")] + FORM[FORM.index("| | select_multiple") :])
    first, second = Talk(playbook).say("Ana"), Talk(playbook).say("lewati").say("Budi")
    shown = [next(button for row in talk.spoken.messages[-1].rows for button in row) for talk in (first, second)]
    assert shown == [Button("Kupang", f"{talk.session.turn}:t0") for talk in (first, second)]


def test_no_more_is_kept_than_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaking, "_MOST_KEPT", 3)
    monkeypatch.setattr(speaking, "_kept", {})
    talk, sizes = Talk(FORM).say("Ana").say("Ini").say("Itu").say("50").say("Sebab").say("Kupang"), []
    for action in ("t0", "t1", "t0", "t1", "t0"):
        assert talk.press(action).text.endswith("Kota mana lagi?\nYou may choose several, then press Done.")
        sizes.append(len(speaking._kept))
    assert sizes == [1, 2, 3, 1, 2]
