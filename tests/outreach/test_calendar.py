"""Which days are worked, and when people may be written to."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import bundled, catalog
from outreach.calendar import COLLECTIVE_LEAVE, MORNING, WINDOWS, Holiday, Settings, Window, calendar_of, easter
from outreach.holidays import read_holidays

WITA = ZoneInfo("Asia/Makassar")
LIST = read_holidays(catalog.files(bundled.folder("catalog") / "alak")["holidays.csv"], str)
ALAK = calendar_of(LIST.holidays)
MOMENTS = st.integers(0, 3 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
KINDS = st.sampled_from(["asn", "warga", "stakeholder", MORNING])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WITA)


def test_the_list_of_alak_is_read_whole() -> None:
    assert LIST.problems == ()
    assert len(LIST.holidays) == 33
    assert ALAK.years == {2026, 2027}


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-12-01", True),
        ("2026-11-28", False),  # Saturday
        ("2026-12-24", False),  # collective leave
        ("2026-12-25", False),
        ("2028-04-14", False),  # Good Friday of a year without a list
        ("2028-12-25", False),
        ("2028-08-17", True),  # not known before its list is there
    ],
)
def test_working_days(day: str, worked: bool) -> None:
    assert ALAK.is_working_day(date.fromisoformat(day)) is worked


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-11-30", -1, "2026-11-27"),
        ("2026-12-23", 1, "2026-12-28"),
        ("2026-03-17", 1, "2026-03-25"),
        ("2026-12-01", 0, "2026-12-01"),
        ("2026-11-28", 3, "2026-12-02"),
    ],
)
def test_adding_working_days(day: str, number: int, expected: str) -> None:
    assert ALAK.add_working_days(date.fromisoformat(day), number) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("moment", "kind", "expected"),
    [
        ("2026-12-01T08:00", "asn", "2026-12-01T08:00"),
        ("2026-12-01T07:59", "asn", "2026-12-01T08:00"),
        ("2026-12-01T16:00", "asn", "2026-12-02T08:00"),
        ("2026-12-04T17:00", "asn", "2026-12-07T08:00"),
        ("2026-12-04T17:00", "warga", "2026-12-04T17:00"),
        ("2026-12-05T18:59", "warga", "2026-12-05T18:59"),
        ("2026-12-05T19:00", "warga", "2026-12-07T09:00"),
        ("2026-12-05T10:00", "stakeholder", "2026-12-07T08:00"),
        ("2026-12-24T10:00", "warga", "2026-12-24T10:00"),
        ("2026-12-25T10:00", "warga", "2026-12-26T09:00"),
        ("2026-12-24T10:00", "asn", "2026-12-28T08:00"),
        ("2028-04-14T10:00", "warga", "2028-04-15T09:00"),
        ("2026-12-01T10:00", "somebody else", "2026-12-01T10:00"),
        ("2026-12-01T06:45", MORNING, "2026-12-01T06:45"),
    ],
)
def test_the_next_moment_allowed(moment: str, kind: str, expected: str) -> None:
    assert ALAK.next_allowed(at(moment), kind) == at(expected)


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        ("2026-12-08", 7, "2026-12-01T09:00"),
        ("2026-12-07", 1, "2026-12-04T09:00"),  # Sunday, so Friday
        ("2027-01-01", 7, "2026-12-23T09:00"),
        ("2026-03-25", 1, "2026-03-17T09:00"),  # the long holidays of Idulfitri
        ("2026-03-25", 7, "2026-03-17T09:00"),
    ],
)
def test_a_reminder_moves_to_the_working_day_before(day: str, number: int, expected: str) -> None:
    assert ALAK.days_before(date.fromisoformat(day), number, "asn") == at(expected)


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ("2026-12-01T08:00", ("2026-12-01T06:30", "2026-12-01T07:00")),
        ("2026-12-01T06:45", ("2026-12-01T06:30", "2026-12-01T06:45")),
        ("2026-12-01T06:30", None),
        ("2026-12-01T13:00", None),
        ("2026-12-05T08:00", ("2026-12-05T06:30", "2026-12-05T07:00")),  # a training on a Saturday
        ("2026-12-06T08:00", None),
        ("2026-12-25T08:00", None),
    ],
)
def test_the_morning_itself(starts: str, expected: tuple[str, str] | None) -> None:
    assert ALAK.morning_of(at(starts)) == (expected and (at(expected[0]), at(expected[1])))


@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, "2024-03-31"), (2025, "2025-04-20"), (2026, "2026-04-05"), (2027, "2027-03-28"), (2038, "2038-04-25")],
)
def test_easter(year: int, day: str) -> None:
    assert easter(year) == date.fromisoformat(day)


@given(MOMENTS, KINDS)
def test_what_is_allowed_is_inside_the_window_and_not_before(moment: datetime, kind: str) -> None:
    found = ALAK.next_allowed(moment, kind)
    assert found >= moment
    assert ALAK.may_send(found, kind)
    assert ALAK.next_allowed(found, kind) == found
    assert found.utcoffset() == timedelta(0)


@given(DAYS)
def test_the_previous_working_day_is_none_later(day: date) -> None:
    found = ALAK.previous_working_day(day)
    assert found <= day <= ALAK.next_working_day(day)
    assert ALAK.is_working_day(found)


@given(DAYS, st.integers(-40, 40))
def test_working_days_there_and_back(day: date, number: int) -> None:
    worked = ALAK.next_working_day(day)
    assert ALAK.add_working_days(ALAK.add_working_days(worked, number), -number) == worked


def test_the_stricter_holiday_of_a_day_counts() -> None:
    day = date(2026, 8, 18)
    both = [Holiday(day, "Libur daerah"), Holiday(day, "Cuti bersama", COLLECTIVE_LEAVE)]
    assert [calendar_of(order).holidays[day].kind for order in (both, both[::-1])] == ["libur", "libur"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Window(weekdays=frozenset(), opens=time(8), closes=time(9)),
        lambda: Window(weekdays=frozenset({1}), opens=time(9), closes=time(9)),
        lambda: Settings(weekdays=frozenset({6})),
        lambda: Settings(windows={"asn": Window(weekdays=frozenset({6}), opens=time(8), closes=time(9))}),
        lambda: Settings(windows={"warga": WINDOWS["warga"]}),
    ],
)
def test_settings_under_which_nothing_could_ever_be_sent(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        wrong()  # type: ignore[operator]
