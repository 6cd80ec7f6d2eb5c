"""Letting stand what stands already: the button that keeps an answer, and what a form proposes."""

from __future__ import annotations

import pytest

from bot.wording import catalogue
from tests.surveys.engine.talking import Talk

say = catalogue("id").gettext

STATUS = """
| survey |
| | type | name | label | required | default |
| | select_one status | status | Status kepegawaian? | yes | kontrak |
| | text | usul | Usul? | yes | |
| | text | akhir | Lagi? | yes | |

| choices |
| | list_name | name | label |
| | status | tetap | Tetap |
| | status | kontrak | Kontrak |
"""


def test_a_choice_that_is_called_like_the_button_that_keeps_is_chosen() -> None:
    talk = Talk(STATUS, gettext=say)
    assert talk.buttons == ["Tetap", "Kontrak"]
    assert talk.say("Tetap").value("status") == "tetap"
    talk = Talk(STATUS, gettext=say).say("Kontrak").say("kembali")
    assert talk.buttons == ["Tetap", "Kontrak"]
    assert talk.say("tetap").value("status") == "tetap"


@pytest.mark.parametrize("typed", ["Tetap", "tetap", " TETAP. "])
def test_the_word_on_the_button_keeps_the_answer_in_any_spelling(typed: str) -> None:
    talk = Talk(STATUS, gettext=say).say("Kontrak").say("Loket kedua").say("kembali")
    assert talk.buttons == ["Tetap", "Kembali"]
    assert (talk.say(typed).value("usul"), talk.at) == ("Loket kedua", "akhir")


def test_where_nothing_stands_the_word_is_an_answer() -> None:
    assert Talk(STATUS, gettext=say).say("Kontrak").say("tetap").value("usul") == "tetap"


@pytest.mark.parametrize("typed", ["Tidak ada yang cocok", "tidak ada yang cocok."])
def test_the_word_that_refuses_every_reading_does_so_in_any_spelling(typed: str) -> None:
    talk = Talk("| survey |\n| | type | name | label |\n| | decimal | berat | Berat? |", gettext=say).say("1.500")
    assert talk.buttons == ["1500", "1,5", "Tidak ada yang cocok"]
    assert (talk.say(typed).at, talk.session.doing) == ("berat", "asking")


@pytest.mark.parametrize(
    ("kind", "default", "more"),
    [
        ("integer", "abc", ""),
        ("decimal", "1e3", ""),
        ("date", "besok", ""),
        ("date", "now()", ""),
        ("time", "9", ""),
        ("range", "99", "start=1 end=10 step=1"),
        ("select_one status", "magang", ""),
        ("image", "foto.jpg", ""),
    ],
)
def test_a_default_that_is_no_answer_is_not_filled_in(kind: str, default: str, more: str) -> None:
    talk = Talk(_with_default(kind, default, more), gettext=say)
    assert ("Sudah terisi" in talk.text, "Tetap" in talk.buttons) == (False, False)
    talk.say("Tetap")
    assert (talk.value("q"), talk.at) == ("", "q")


@pytest.mark.parametrize(
    ("kind", "default", "more", "shown", "kept"),
    [
        ("integer", "15000", "", "15.000", "15000"),
        ("integer", "1 + 1", "", "2", "2"),
        ("decimal", "2.50", "", "2,5", "2.5"),
        ("date", "today()", "", "Selasa, 24 November 2026", "2026-11-24"),
        ("dateTime", "now()", "", "Selasa, 24 November 2026, pukul 10.05", "2026-11-24T10:05"),
        ("time", "09:00", "", "09.00", "09:00"),
        ("range", "5", "start=1 end=10 step=1", "5", "5"),
        ("select_one status", "kontrak", "", "Kontrak", "kontrak"),
        ("text", "Loket kedua", "", "Loket kedua", "Loket kedua"),
    ],
)
def test_a_default_that_reads_as_an_answer_is_filled_in_as_it_would_be_kept(
    kind: str, default: str, more: str, shown: str, kept: str
) -> None:
    talk = Talk(_with_default(kind, default, more), gettext=say)
    assert f"Sudah terisi: {shown}" in talk.text.split("\n")
    assert talk.say("Tetap").value("q") == kept


def _with_default(kind: str, default: str, more: str) -> str:
    return f"""
| survey |
| | type | name | label | required | default | parameters |
| | {kind} | q | Berapa? | yes | {default} | {more} |
| | text | akhir | Lagi? | yes | | |

| choices |
| | list_name | name | label |
| | status | pns | PNS |
| | status | kontrak | Kontrak |
"""
