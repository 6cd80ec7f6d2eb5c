"""From the invitation to having been there, and who gets a place that becomes free."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.enrolment import (
    FOLLOWS,
    Enrolment,
    NotPossible,
    after_the_end,
    cancelled,
    enrolled,
    free_places,
    invited,
    moved,
    next_in_line,
    place_in_line,
    places_taken,
    state_names,
)
from outreach.training import Day, TrainingSession

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
S = TrainingSession(key="7", training="1", days=(Day(date(2026, 12, 1), time(8), time(15)),), place="Aula", capacity=2)


def one(person: str, state: str = "enrolled", minutes: int = 0) -> Enrolment:
    return Enrolment(person=person, session="7", state=state, since=NOW + timedelta(minutes=minutes))  # type: ignore[arg-type]


def test_every_state_has_a_name_and_followers() -> None:
    assert state_names(str).keys() == FOLLOWS.keys()


@pytest.mark.parametrize("before", sorted(FOLLOWS))
@pytest.mark.parametrize("after", sorted(FOLLOWS))
def test_what_may_follow_what(before: str, after: str) -> None:
    start = one("a", before)
    if after == before:
        assert moved(start, after, now=NOW) is start  # type: ignore[arg-type]
    elif after in FOLLOWS[start.state]:
        assert moved(start, after, now=NOW).state == after
    else:
        with pytest.raises(NotPossible):
            moved(start, after, now=NOW)  # type: ignore[arg-type]


def test_the_last_place_and_the_queue() -> None:
    a = enrolled(S, "a", [], now=NOW)
    b = enrolled(S, "b", [a], now=NOW)
    c = enrolled(S, "c", [a, b], now=NOW)
    assert [x.state for x in (a, b, c)] == ["enrolled", "enrolled", "waiting"]
    assert enrolled(S, "a", [a, b, c], now=NOW + timedelta(days=1)) is a
    gone = cancelled(a, "  tugas\n luar ", now=NOW)
    assert gone.reason == "tugas luar"
    # Who asks now stands behind who waits already, though a place is free.
    assert enrolled(S, "d", [gone, b, c], now=NOW).state == "waiting"
    assert [x.person for x in next_in_line(S, [gone, b, c], now=NOW)] == ["c"]


def test_an_invitation_holds_no_place() -> None:
    named = invited("7", "a", now=NOW, by="supervisor")
    assert free_places(S, [named]) == 2
    assert enrolled(S, "a", [named], now=NOW).state == "enrolled"
    assert enrolled(replace(S, capacity=1), "a", [named, one("b")], now=NOW).state == "waiting"


def test_who_waited_longest_moves_up_first() -> None:
    queue = [one("c", "waiting", 3), one("b", "waiting", 1), one("a", "waiting", 2)]
    assert [x.person for x in next_in_line(S, queue, now=NOW)] == ["b", "a"]
    assert [x.person for x in next_in_line(replace(S, capacity=0), queue, now=NOW)] == ["b", "a", "c"]
    assert next_in_line(replace(S, cancelled=True), queue, now=NOW) == ()
    assert [place_in_line(person, queue) for person in "bacx"] == [1, 2, 3, 0]


def test_after_the_end() -> None:
    day = date(2026, 12, 1)
    assert after_the_end(one("a"), [day], now=NOW).state == "attended"
    assert after_the_end(one("a"), [], now=NOW).state == "absent"
    assert after_the_end(one("a", "waiting"), [], now=NOW).state == "waiting"


@given(st.lists(st.tuples(st.sampled_from(sorted(FOLLOWS)), st.integers(0, 50)), max_size=12), st.integers(0, 6))
def test_nobody_moves_up_beyond_the_places(found: list[tuple[str, int]], capacity: int) -> None:
    everybody = [one(str(number), state, minutes) for number, (state, minutes) in enumerate(found)]
    session = replace(S, capacity=capacity)
    up = next_in_line(session, everybody, now=NOW)
    waiting = [x for x in everybody if x.state == "waiting"]
    if capacity:
        assert len(up) == min(len(waiting), max(0, capacity - places_taken(everybody)))
    else:
        assert len(up) == len(waiting)
    longest = sorted(waiting, key=lambda x: (x.since, x.person))[: len(up)]
    assert [x.person for x in up] == [x.person for x in longest]
