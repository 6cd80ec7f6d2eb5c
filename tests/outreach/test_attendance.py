"""The code of the room, and what a check-in is worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.attendance import COUNTED, CheckIn, check_in, code, is_code, seconds_left
from outreach.training import Day, TrainingSession

WITA = ZoneInfo("Asia/Makassar")
DAY = date(2026, 12, 1)
S = TrainingSession(
    key="7", training="1", days=(Day(DAY, time(8), time(12)), Day(DAY, time(13), time(15, 30))), place="Aula"
)
SECRET = b"synthetic"


def at(hour: str) -> datetime:
    return datetime.fromisoformat(f"2026-12-01T{hour}").replace(tzinfo=WITA)


def test_a_code_serves_in_its_period_and_the_next() -> None:
    shown = code(SECRET, "7", DAY, at("08:00:00"))
    assert len(shown) == 6
    assert shown.isdecimal()
    assert [
        is_code(shown, SECRET, "7", DAY, at(hour)) for hour in ("07:59:59", "08:00:59", "08:01:59", "08:02:00")
    ] == [False, True, True, False]
    assert seconds_left(at("08:00:10")) == 50


def test_a_code_belongs_to_one_session_day_and_secret() -> None:
    now = at("08:00")
    shown = code(SECRET, "7", DAY, now)
    others = [("8", DAY, SECRET), ("7", date(2026, 12, 2), SECRET), ("7", DAY, b"other")]
    assert [is_code(shown, secret, session, day, now) for session, day, secret in others] == [False] * 3


@pytest.mark.parametrize("typed", ["{0} {1}", "{0}-{1}", " {0}{1}\n", "kode {0}{1}"])
def test_a_code_as_people_type_it(typed: str) -> None:
    shown = code(SECRET, "7", DAY, at("08:00"))
    assert is_code(typed.format(shown[:3], shown[3:]), SECRET, "7", DAY, at("08:00"))


@pytest.mark.parametrize(
    ("hour", "state", "recorded", "verdict", "late"),
    [
        ("06:59:59", "enrolled", (), "out_of_hours", False),
        ("07:00", "enrolled", (), "enrolled", False),
        ("08:15", "enrolled", (), "enrolled", False),
        ("08:15:01", "enrolled", (), "late", True),
        ("12:10", "enrolled", (), "enrolled", False),  # the afternoon's part is next
        ("15:59", "absent", (), "late", True),
        ("16:01", "enrolled", (), "out_of_hours", False),
        ("08:00", None, (), "walk_in", False),
        ("09:00", "waiting", (), "walk_in", True),
        ("08:00", "cancelled", (), "walk_in", False),
        ("09:00", "attended", (DAY,), "already", False),
    ],
)
def test_verdicts(hour: str, state: str | None, recorded: tuple[date, ...], verdict: str, late: bool) -> None:
    shown = code(SECRET, "7", DAY, at(hour))
    found = check_in(
        S,
        shown,
        secret=SECRET,
        state=state,  # type: ignore[arg-type]
        recorded=recorded,
        now=at(hour),
        timezone=WITA,
    )
    assert (found.verdict, found.late) == (verdict, late)
    assert (found.day == DAY) is (verdict != "out_of_hours")


def test_a_wrong_code_is_told_neither_from_who_was_there_nor_from_others() -> None:
    wrong = check_in(S, "x", secret=SECRET, state="enrolled", recorded=(DAY,), now=at("08:00"), timezone=WITA)
    assert wrong == CheckIn("wrong", DAY)
    gone = check_in(
        replace(S, cancelled=True), "x", secret=SECRET, state=None, recorded=(), now=at("08:00"), timezone=WITA
    )
    assert gone == CheckIn("cancelled")
    assert COUNTED.isdisjoint({wrong.verdict, gone.verdict})


@given(st.text(), st.binary(max_size=8), st.integers(-(10**9), 10**10), st.integers(-5, 600))
def test_nothing_that_is_typed_raises(typed: str, secret: bytes, seconds: int, period: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    is_code(typed, secret, typed, DAY, now, period=period)
    assert is_code(code(secret, "7", DAY, now, period=period), secret, "7", DAY, now, period=period)
    check_in(S, typed, secret=secret, state=None, recorded=(), now=now, timezone=WITA)
