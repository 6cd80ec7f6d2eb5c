"""States of a task, its usual day and rubric, what is amiss with one, and whose mark counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.task_marks import Judge, Mark, deciding, far_apart, marked_twice, open_to, wants_last_word
from outreach.tasks import (
    FOLLOWS,
    USUAL,
    Criterion,
    NotPossible,
    State,
    Task,
    check,
    criterion_words,
    due_again,
    key_of,
    moved,
    state_names,
    usual_criteria,
    usual_due,
    with_key,
)
from outreach.training import Day, TrainingSession

WITA = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 12, 3, 1, tzinfo=UTC)
SESSION = TrainingSession(
    key="prima-1",
    training="prima",
    days=(Day(date(2026, 12, 1), time(8), time(15)), Day(date(2026, 12, 2), time(8), time(15))),
)
TASK = Task(
    key="prima-1-1",
    session="prima-1",
    title="Teks syarat",
    instruction="Susun teks syarat satu layanan.",
    due=usual_due(SESSION, WITA),
)


def test_two_weeks_after_the_last_day() -> None:
    assert usual_due(SESSION, WITA) == datetime(2026, 12, 16, 23, 59, tzinfo=WITA)


def test_every_state_has_a_name_and_followers() -> None:
    assert state_names(str).keys() == FOLLOWS.keys()


@pytest.mark.parametrize("before", sorted(FOLLOWS))
@pytest.mark.parametrize("after", sorted(FOLLOWS))
def test_what_may_follow_what(before: State, after: State) -> None:
    allowed = {
        ("assigned", "handed_in"), ("handed_in", "assessed"), ("assessed", "revision"), ("assessed", "passed"),
        ("assessed", "not_yet"), ("revision", "handed_in"),
    }  # fmt: skip
    if (before, after) in allowed:
        assert moved(before, after) == after
    else:
        with pytest.raises(NotPossible):
            moved(before, after)


def test_the_usual_rubric_is_that_of_the_guideline() -> None:
    assert [(one.key, one.weight) for one in USUAL] == [
        ("kesesuaian", 30),
        ("ketepatan", 30),
        ("kemanfaatan", 20),
        ("ketepatan_waktu", 20),
    ]
    assert list(usual_criteria(str)) == [one.key for one in USUAL]
    assert {len(anchors) for _label, anchors in usual_criteria(str).values()} == {4}
    own = Criterion(key="isi", weight=100, label="Isi")
    assert criterion_words(own, str) == ("Isi", ("Not yet there", "Developing", "Good", "Very good"))


def found(**changes: object) -> list[str]:
    one = replace(TASK, **changes)  # type: ignore[arg-type]
    return check(one, session=SESSION, competences=("pelayanan_publik",), now=NOW, say=str)


def weights(*numbers: int) -> tuple[Criterion, ...]:
    return tuple(Criterion(key=f"k{place}", weight=number) for place, number in enumerate(numbers))


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({}, []),
        ({"rubric": weights(30, 30, 20, 10)}, ["The weights of the rubric sum to 90, not to 100."]),
        ({"rubric": weights(50, 60)}, ["The weights of the rubric sum to 110, not to 100."]),
        ({"rubric": ()}, ["The rubric has no criteria."]),
        ({"rubric": weights(100, 0)}, ["The weight of “k1” is above 0."]),
        (
            {"rubric": (Criterion(key="isi", weight=100, anchors=("a", "b")),)},
            ["“isi” describes 2 levels; a rubric has four."],
        ),
        (
            {"rubric": (Criterion(key="isi", weight=50), Criterion(key="isi", weight=50))},
            ["Two criteria of the rubric have the same name."],
        ),
        ({"due": NOW}, ["The task is due in the past: name a day to come."]),
        ({"title": "x" * 81}, ["The title has 81 characters; at most 80."]),
        ({"instruction": "x" * 601}, ["The instruction has 601 characters; at most 600."]),
        ({"instruction": " "}, ["The task has no instruction."]),
        ({"evidence": frozenset()}, ["Name at least one thing to hand in: text, photo or doc."]),
        (
            {"competence": "sihir"},
            ["The training does not serve the competence “sihir”: it serves pelayanan_publik."],
        ),
        ({"double": 101}, ["The share that two people mark is between 0 and 100 percent."]),
        (
            {"escalates_to": "camat"},
            ["“camat” cannot be told of what is overdue: choose from supervisor, office, nobody."],
        ),
    ],
)
def test_what_is_amiss_is_said_in_one_sentence(changes: dict[str, object], sentences: list[str]) -> None:
    assert found(**changes) == sentences


def test_a_session_that_is_off_or_not_over_has_no_task_before_its_end() -> None:
    off = replace(SESSION, cancelled=True)
    assert check(TASK, session=off, competences=(), now=NOW, say=str) == ["The session was called off: it has no task."]
    early = replace(TASK, due=datetime(2026, 12, 1, 23, 59, tzinfo=WITA))
    now = NOW - timedelta(days=30)
    assert check(early, session=SESSION, competences=(), now=now, say=str) == [
        "The task is due before the session ends: name a later day."
    ]


def test_a_revision_has_a_week_and_never_less_than_the_task() -> None:
    assert due_again(TASK, NOW, WITA) == TASK.due
    late = datetime(2026, 12, 14, 1, tzinfo=UTC)
    assert due_again(TASK, late, WITA) == datetime(2026, 12, 21, 23, 59, tzinfo=WITA)


def test_keys() -> None:
    assert with_key(TASK, {"prima-1-1", "prima-1-3"}).key == "prima-1-2"
    assert [key_of(label) for label in ("Ketepatan isi", "Isi (80%)", "?")] == ["ketepatan_isi", "isi_80", "kriteria"]


# ---- marks ------------------------------------------------------------------------------------------


def mark(*levels: int, by: str = "respondent:1", revise: bool = False, last: bool = False) -> Mark:
    return Mark(assessor=by, levels=levels, revise=revise, last=last)


A, B, C = mark(3, 3, 3, 3), mark(3, 3, 3, 4, by="admin:2"), mark(3, 1, 3, 3, by="admin:2")
LAST = mark(2, 2, 2, 2, by="last:admin:3", last=True)
REVISE = mark(2, 2, 2, 2, by="admin:2", revise=True)
PASSES = {A: True, B: True, C: False, LAST: False, REVISE: False}


@pytest.mark.parametrize(
    ("marks", "double", "counts", "asks"),
    [
        ((), False, None, False),
        ((A,), False, A, False),
        ((A,), True, None, False),
        ((A, B), True, A, False),
        ((A, C), True, None, True),
        ((A, C, LAST), True, LAST, False),
        ((A, REVISE), True, REVISE, False),
        ((REVISE,), True, REVISE, False),
    ],
)
def test_which_mark_counts(marks: tuple[Mark, ...], double: bool, counts: Mark | None, asks: bool) -> None:
    assert deciding(marks, double=double, passes=PASSES) is counts
    assert wants_last_word(marks, double=double, passes=PASSES) is asks


def test_two_levels_are_far_apart() -> None:
    assert not far_apart((1, 2), (2, 1))
    assert far_apart((1, 2), (1, 4))


@given(people=st.integers(0, 500), percent=st.integers(0, 100))
def test_how_many_are_marked_twice(people: int, percent: int) -> None:
    number = marked_twice(people, percent)
    assert number * 100 >= people * percent > (number - 1) * 100
    assert number <= people


SUPERIOR, PEER, OFFICE = Judge("respondent:1", "superior"), Judge("respondent:5", "peer"), Judge("admin:2", "office")


@pytest.mark.parametrize(
    ("judge", "assessor", "double", "marks", "known", "days", "how"),
    [
        (SUPERIOR, "supervisor", False, (), True, 0, "mark"),
        (SUPERIOR, "supervisor", True, (A,), True, 0, ""),
        (SUPERIOR, "office", False, (), True, 0, ""),
        (PEER, "peer", False, (), True, 0, "mark"),
        (PEER, "supervisor", False, (), True, 0, ""),
        (OFFICE, "office", False, (), True, 0, "mark"),
        (OFFICE, "instructor", False, (), True, 0, "mark"),
        (OFFICE, "supervisor", False, (), True, 0, ""),
        (OFFICE, "supervisor", False, (), True, 7, "mark"),
        (OFFICE, "supervisor", False, (), False, 0, "mark"),
        (OFFICE, "supervisor", True, (A,), True, 0, "mark"),
        (OFFICE, "supervisor", True, (mark(3, 3, 3, 3, by="admin:9"),), True, 0, ""),
        (OFFICE, "peer", True, (), True, 0, ""),
        (OFFICE, "supervisor", True, (A, C), True, 0, "last"),
        (SUPERIOR, "supervisor", True, (A, C), True, 0, ""),
        (OFFICE, "office", False, (A,), True, 0, ""),
        (OFFICE, "supervisor", True, (A, C, LAST), True, 9, ""),
    ],
)
def test_who_may_judge(
    judge: Judge,
    assessor: Literal["supervisor", "peer", "office", "instructor"],
    double: bool,
    marks: tuple[Mark, ...],
    known: bool,
    days: int,
    how: str,
) -> None:
    passes = {**PASSES, **{one: True for one in marks if one not in PASSES}}
    task = replace(TASK, assessor=assessor)
    waited = timedelta(days=days)
    assert open_to(judge, task, marks, double=double, passes=passes, superior_known=known, waited=waited) == how
