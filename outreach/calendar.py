"""The working calendar: which days are worked, and when people of each kind may be written to.

Rule of the file: days and hours are data (``Settings``). Nothing is sent on a Sunday, on Good Friday, on Easter or at
Christmas, whatever the list of holidays says. Moments are aware; those that come out are in UTC.

Sources: Perpres 21/2023 (working days), the yearly joint decree of three ministers (holidays, collective leave).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

HOLIDAY, COLLECTIVE_LEAVE = "libur", "cuti_bersama"
MORNING = "morning"
"""The window of the reminder on the day itself; the others are called after the kinds of people."""
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day of the list. ``kind``: ``libur`` or ``cuti_bersama``."""

    date: date
    name: str
    kind: str = HOLIDAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When something may be sent: on which weekdays (Monday is 0), from ``opens`` until before ``closes``, local time.

    ``closed_on``: kinds of holidays on which it stays shut.
    """

    weekdays: frozenset[int]
    opens: time
    closes: time
    closed_on: frozenset[str] = frozenset({HOLIDAY, COLLECTIVE_LEAVE})

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise ValueError("a window needs weekdays from 0 to 6")
        if self.opens >= self.closes:
            raise ValueError("a window opens before it closes")


_WEEK = frozenset(range(5))
_OFFICE = Window(weekdays=_WEEK, opens=time(8), closes=time(16))
WINDOWS: Mapping[str, Window] = {
    "asn": _OFFICE,
    "stakeholder": _OFFICE,
    "warga": Window(weekdays=frozenset(range(6)), opens=time(9), closes=time(19), closed_on=frozenset({HOLIDAY})),
    MORNING: Window(weekdays=frozenset(range(6)), opens=time(6, 30), closes=time(7), closed_on=frozenset()),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything an office may decide about days and hours."""

    timezone: tzinfo = field(default_factory=lambda: ZoneInfo("Asia/Makassar"))
    weekdays: frozenset[int] = _WEEK
    """Those that are worked."""
    windows: Mapping[str, Window] = field(default_factory=lambda: WINDOWS)
    """By kind of person, and ``MORNING``."""
    quiet_weekdays: frozenset[int] = frozenset({_SUNDAY})
    quiet_dates: tuple[tuple[int, int], ...] = ((12, 25),)
    """Month and day, every year."""
    quiet_around_easter: tuple[int, ...] = (-2, 0)
    """Days from Easter: Good Friday and Easter itself."""
    reminds_at: time = time(9)
    afternoon: time = time(15, 30)
    """When "this afternoon" is."""

    def __post_init__(self) -> None:
        if not self.weekdays - self.quiet_weekdays:
            raise ValueError("some weekday is worked")
        for name, window in self.windows.items():
            if not window.weekdays - self.quiet_weekdays:
                raise ValueError(f"the window {name} never opens")
        if "asn" not in self.windows:
            raise ValueError("the window asn is the one of whoever has none: it cannot be missing")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The calendar of an office. ``holidays`` by date."""

    settings: Settings
    holidays: Mapping[date, Holiday]

    @property
    def years(self) -> frozenset[int]:
        """The years whose list of holidays was read; beyond them only the days that never change are known."""
        return frozenset(day.year for day in self.holidays)

    # ---- days ---------------------------------------------------------------------------------------

    def is_quiet(self, day: date) -> bool:
        """Whether nothing at all is sent on that day."""
        settings = self.settings
        return (
            day.weekday() in settings.quiet_weekdays
            or (day.month, day.day) in settings.quiet_dates
            or (day - easter(day.year)).days in settings.quiet_around_easter
        )

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on that day."""
        return day.weekday() in self.settings.weekdays and day not in self.holidays and not self.is_quiet(day)

    def previous_working_day(self, day: date) -> date:
        """That day if it is worked, else the last one before it."""
        while not self.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def next_working_day(self, day: date) -> date:
        """That day if it is worked, else the first one after it."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def add_working_days(self, day: date, number: int) -> date:
        """``number`` working days after ``day`` (before it, if negative); ``day`` itself is not counted."""
        step = timedelta(days=1 if number > 0 else -1)
        for _ in range(abs(number)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    # ---- moments ------------------------------------------------------------------------------------

    def at(self, day: date, hour: time) -> datetime:
        """That hour of that day by the office's clock, in UTC."""
        return datetime.combine(day, hour, self.settings.timezone).astimezone(UTC)

    def local(self, moment: datetime) -> datetime:
        """By the office's clock."""
        return moment.astimezone(self.settings.timezone)

    def today(self, moment: datetime) -> date:
        """The office's date at that moment."""
        return self.local(moment).date()

    def window(self, kind: str) -> Window:
        """The window of that kind of people; the civil servants' for a kind that has none."""
        windows = self.settings.windows
        return windows.get(kind) or windows["asn"]

    def opens_on(self, day: date, kind: str) -> bool:
        """Whether people of that kind may be written to on that day at all."""
        window = self.window(kind)
        holiday = self.holidays.get(day)
        return (
            day.weekday() in window.weekdays
            and not self.is_quiet(day)
            and (holiday is None or holiday.kind not in window.closed_on)
        )

    def may_send(self, moment: datetime, kind: str) -> bool:
        """Whether people of that kind may be written to at that moment."""
        local, window = self.local(moment), self.window(kind)
        return self.opens_on(local.date(), kind) and window.opens <= local.time() < window.closes

    def next_allowed(self, moment: datetime, kind: str) -> datetime:
        """That moment if people of that kind may be written to then, else when their window next opens."""
        local, window = self.local(moment), self.window(kind)
        day = local.date()
        if self.opens_on(day, kind):
            if local.time() < window.opens:
                return self.at(day, window.opens)
            if local.time() < window.closes:
                return moment.astimezone(UTC)
        day += timedelta(days=1)
        while not self.opens_on(day, kind):
            day += timedelta(days=1)
        return self.at(day, window.opens)

    def next_day_allowed(self, moment: datetime, kind: str) -> datetime:
        """The first moment of a later day at which people of that kind may be written to, at the reminding hour."""
        tomorrow = self.today(moment) + timedelta(days=1)
        return self.next_allowed(self.at(tomorrow, self.settings.reminds_at), kind)

    def days_before(self, day: date, number: int, kind: str) -> datetime:
        """When to remind ``number`` days before ``day``: at the reminding hour, moved to the previous working day."""
        worked = self.previous_working_day(day - timedelta(days=number))
        return self.next_allowed(self.at(worked, self.settings.reminds_at), kind)

    def days_after(self, day: date, number: int, kind: str) -> datetime:
        """When to write ``number`` days after ``day``: at the reminding hour, moved to the next day that is open."""
        return self.next_allowed(self.at(day + timedelta(days=number), self.settings.reminds_at), kind)

    def morning_of(self, starts: datetime) -> tuple[datetime, datetime] | None:
        """From when until before when to remind on the very morning; None where it does not start that morning, or
        too early for a reminder, or on a day on which nothing is sent.
        """
        local, window = self.local(starts), self.window(MORNING)
        if not self.opens_on(local.date(), MORNING) or not window.opens < local.time() < time(12):
            return None
        return self.at(local.date(), window.opens), self.at(local.date(), min(window.closes, local.time()))


def calendar_of(holidays: Iterable[Holiday], settings: Settings | None = None) -> Calendar:
    """The calendar with these holidays; of two on one day the stricter one counts."""
    found: dict[date, Holiday] = {}
    for holiday in holidays:
        before = found.get(holiday.date)
        if before is None or before.kind != HOLIDAY:
            found[holiday.date] = holiday
    return Calendar(settings or Settings(), found)


def easter(year: int) -> date:
    """Easter Sunday of the western churches (Meeus, Astronomical Algorithms, 1991, chapter 8)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, left = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - correction + 15) % 30
    fours, ones = divmod(of_century, 4)
    weekday = (32 + 2 * left + 2 * fours - epact - ones) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
