"""Repetitions: counted, left out, and undone where "another one?" was answered by mistake."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.messages import Text
from surveys.session import Place
from tests.surveys.engine.talking import Talk, playbook_of

TRAINED = """
| survey |
| | type | name | label | required | relevant | calculation |
| | select_one yt | pernah | Pernah? | yes | | |
| | begin_repeat | latih | Pelatihan | | ${pernah} = 'ya' | |
| | text | judul | Judul? | yes | | |
| | integer | jp | JP? | yes | | |
| | end_repeat | | | | | |
| | calculate | banyak | | | | count(${latih}) |
| | calculate | jumlah | | | | sum(${jp}) |
| | text | usul | Usul? | yes | | |

| choices |
| | list_name | name | label |
| | yt | ya | Ya |
| | yt | tidak | Tidak |
"""


def two() -> Talk:
    """Two trainings, and whether there is another."""
    return Talk(TRAINED).say("Ya").say("Bimtek").say("10").say("ya").say("Lokakarya").say("6")


def test_repetitions_that_became_irrelevant_count_no_more() -> None:
    talk = two().say("tidak")
    assert (talk.value("banyak"), talk.value("jumlah")) == ("2", "16")
    talk.say("usul").say("ubah 1").say("Tidak")
    assert (talk.value("banyak"), talk.value("jumlah"), dict(talk.session.repeats)) == ("0", "0", {})
    assert talk.say("ubah 1").say("Ya").at == "latih[1]/judul"
    talk.say("Bimtek").say("4")
    assert (talk.at, talk.session.repeats) == ("@repeating", {Place("latih"): 1})


def test_back_takes_a_repetition_away_that_was_begun_by_mistake() -> None:
    talk = two().say("ya")
    assert (talk.at, talk.session.repeats) == ("latih[3]/judul", {Place("latih"): 3})
    talk.say("kembali")
    assert (talk.at, talk.session.repeats) == ("@repeating", {Place("latih"): 2})
    assert talk.text == "Pelatihan: 2 entered. Add another one?"
    talk.say("tidak")
    assert (talk.at, talk.value("banyak")) == ("usul", "2")


def test_back_asks_again_whether_there_is_another() -> None:
    talk = two().say("tidak").say("kembali")
    assert (talk.at, talk.session.repeats) == ("@repeating", {Place("latih"): 2})
    assert talk.say("ya").at == "latih[3]/judul"
    assert two().say("tidak").say("kembali").say("kembali").at == "latih[2]/jp"


def test_back_within_a_repetition_goes_to_the_question_before() -> None:
    assert two().say("ya").say("Seminar").say("kembali").at == "latih[3]/judul"
    talk = two().say("ya").say("Seminar").say("kembali").say("kembali")
    assert (talk.at, talk.session.repeats) == ("latih[2]/jp", {Place("latih"): 3})


def test_the_review_asks_again_whether_there_is_another() -> None:
    talk = two().say("tidak").say("Loket kedua")
    assert talk.text.split("\n") == [
        "Please look through your answers:",
        "1. Pernah? Ya",
        "2. Judul? 1: Bimtek",
        "3. JP? 1: 10",
        "4. Judul? 2: Lokakarya",
        "5. JP? 2: 6",
        "6. Pelatihan: 2 entered",
        "7. Usul? Loket kedua",
        "",
        "Send them now?",
    ]
    assert talk.say("ubah 6").text == "Pelatihan: 2 entered. Add another one?"
    talk.say("ya").say("Seminar").say("3")
    assert (talk.at, talk.say("tidak").at, talk.value("banyak")) == ("@repeating", "@reviewing", "3")
    assert two().say("tidak").say("Loket kedua").say("ubah pelatihan").at == "@repeating"


NESTED = playbook_of("""
| survey |
| | type | name | label | required |
| | text | nama | Nama? | yes |
| | begin_repeat | unit | Unit | |
| | text | sebutan | Sebutan? | |
| | begin_repeat | latih | Pelatihan | |
| | text | judul | Judul? | yes |
| | integer | jp | JP? | |
| | end_repeat | | | |
| | end_repeat | | | |
| | begin_repeat | anak | Anak | |
| | text | panggilan | Panggilan? | yes |
| | end_repeat | | | |
""")


@settings(max_examples=60, deadline=None)
@given(wishes=st.lists(st.sampled_from(["ya", "tidak"]), max_size=12), mistaken=st.sampled_from(["ya", "tidak"]))
def test_whichever_way_another_one_was_answered_by_mistake_it_can_be_undone(wishes: list[str], mistaken: str) -> None:
    talk = Talk(NESTED)
    for wish in wishes:
        _to_the_next_wish(talk)
        if talk.at == "@reviewing":
            break
        talk.say(wish)
    _to_the_next_wish(talk)
    if talk.at == "@reviewing":
        talk.say("kembali")
    before = talk.session
    talk.say(mistaken).say("kembali")
    after = talk.session
    assert (after.doing, after.at, after.closed) == (before.doing, before.at, before.closed)
    assert {place: after.repeats[place] for place in before.repeats} == before.repeats
    assert (after.answers, after.skipped) == (before.answers, before.skipped)


def _to_the_next_wish(talk: Talk) -> None:
    while talk.session.doing == "asking":
        talk.say(Text("3"))


@pytest.mark.parametrize("wish", ["lewati", "tidak"])
def test_a_repetition_none_of_whose_questions_must_be_answered_may_be_left_empty(wish: str) -> None:
    form = TRAINED.replace("| yes | | |\n| | integer", "| | | |\n| | integer").replace("JP? | yes", "JP? | ")
    talk = Talk(form).say("Ya").say("lewati").say("lewati").say("ya").say("lewati").say("lewati").say(wish)
    assert (talk.at, talk.session.repeats) == ("usul", {Place("latih"): 2})
