"""Reminders of a training: planned when it is announced, sent when they are due, answered by their buttons."""

from __future__ import annotations

from datetime import date

import pytest

from tests.handlers.counter import Counter, Person
from tests.reminded import Trainings, session_on

TUESDAY = date(2026, 12, 1)
WEDNESDAY = date(2026, 12, 2)


@pytest.fixture
def office(counter: Counter) -> Trainings:
    return Trainings(counter)


async def test_what_is_announced_is_planned_for_whoever_takes_part(asn: Person, office: Trainings) -> None:
    key = await office.offer(session_on(TUESDAY, WEDNESDAY))
    await office.enrol(key, await office.respondent(asn.address))
    await office.tick()
    assert await office.planned() == [
        ("h7", "2026-11-24 09.00"),
        ("h1", "2026-11-30 09.00"),
        ("h0", "2026-12-01 06.30"),
        ("attendance_missed", "2026-12-02 08.00"),
        ("feedback", "2026-12-02 15.30"),
        ("attendance_missed", "2026-12-03 08.00"),
        ("follow_up", "2027-01-04 09.00"),
        ("follow_up", "2027-03-02 09.00"),
    ]
