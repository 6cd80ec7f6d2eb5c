"""Edited messages where we had asked back, the words behind "other", and why an edit may not stand."""

from __future__ import annotations

import pytest

from bot.wording import catalogue
from surveys import engine
from surveys.events import Corrected, Stale
from surveys.messages import Edit, Text
from surveys.session import Answer, Place
from tests.surveys.engine.talking import Talk

FORM = """
| survey |
| | type | name | label | required | constraint | constraint_message |
| | integer | umur | Umur? | yes | . < 100 | Di bawah 100, mohon. |
| | select_one tugas or_other | tugas | Tugas? | yes | | |
| | text | akhir | Lagi? | yes | | |

| choices |
| | list_name | name | label |
| | tugas | naskah | Naskah |
| | tugas | data | Data |
"""


def aged() -> Talk:
    """The age was doubted and confirmed, the task named in words."""
    talk = Talk(FORM, gettext=catalogue("id").gettext).say("kira2 20", message_id="11").say("ya", message_id="13")
    return talk.say("Lainnya", message_id="15").say("Mediasi", message_id="17")


def edited(talk: Talk, message_id: str, text: str) -> Talk:
    return talk.say(Edit(message_id, Text(text)))


def test_the_message_that_was_doubted_corrects_what_was_confirmed() -> None:
    talk = edited(aged(), "11", "25")
    assert (talk.value("umur"), talk.events[1]) == ("25", Corrected(Place("umur")))
    assert edited(talk, "11", "26").value("umur") == "26"
    assert edited(aged(), "13", "27").value("umur") == "27"


def test_the_words_behind_other_are_changed_as_words() -> None:
    talk = edited(aged(), "17", "Naskah")
    assert talk.session.answers[Place("tugas")] == Answer("other", "Naskah", "Naskah", "15|17")
    assert edited(talk, "17", "Arsip").session.answers[Place("tugas")] == Answer("other", "Arsip", "Arsip", "15|17")


def test_the_message_that_chose_other_chooses_anew() -> None:
    talk = edited(aged(), "15", "Naskah")
    assert talk.session.answers[Place("tugas")] == Answer("naskah", "Naskah", "", "15")
    assert edited(aged(), "15", "Lainnya").events == (Stale(silent=True),)


def test_words_kept_before_both_messages_were_noted_are_changed_as_words() -> None:
    talk = aged()
    old = engine.dump_session(talk.session).replace(b"15|17", b"17")
    talk.session = engine.load_session(old)
    assert edited(talk, "17", "Naskah").session.answers[Place("tugas")] == Answer("other", "Naskah", "Naskah", "17")


def test_while_the_words_are_asked_the_choice_may_still_be_edited() -> None:
    talk = Talk(FORM, gettext=catalogue("id").gettext).say("20").say("Lainnya", message_id="15")
    assert edited(talk, "15", "Data").value("tugas") == "data"


@pytest.mark.parametrize("message_id", ["15", "17"])
def test_every_message_of_an_answer_is_known(message_id: str) -> None:
    assert engine.knows(aged().session, message_id)


def test_a_yes_tapped_twice_confirms_once() -> None:
    talk = (
        Talk(FORM, gettext=catalogue("id").gettext)
        .say("kira2 20", message_id="11")
        .say("ya", message_id="13")
        .say("ya", message_id="14")
    )
    assert (talk.at, talk.events) == ("tugas", (Stale(silent=True),))


def test_an_edit_that_may_not_stand_is_told_why() -> None:
    talk = edited(aged(), "11", "120")
    assert talk.text == "Di bawah 100, mohon. Jawaban sebelumnya tetap berlaku: 20."
    assert (talk.value("umur"), talk.at) == ("20", "akhir")


def test_an_edit_that_cannot_be_read_is_told_that() -> None:
    assert edited(aged(), "11", "entah").events == (Corrected(Place("umur"), kept=True),)
