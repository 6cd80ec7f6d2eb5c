"""What a year of trainings should have brought to whom and when, worked out in the plainest way.

Rule of the file: nothing of the program is used; days and hours are counted here anew.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

EASTER = date(2027, 3, 28)
HOLIDAYS = {
    date.fromisoformat(row["date"])
    for row in csv.DictReader(Path("catalog/alak/holidays.csv").read_text(encoding="utf-8").splitlines())
}
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
NINE, EIGHT = time(9), time(8)
ORDER = ["h0", "h1", "missed", "h7", "feedback", "supervisor", "follow_up"]
EARLY = {"h7", "h1", "follow_up", "supervisor"}

What = tuple[str, str, str]
"""Rule, title, and what else tells it apart."""


@dataclass(frozen=True)
class Item:
    """Something somebody is to hear."""

    what: What
    person: int
    due: datetime
    ends: datetime
    session: str
    about: int
    day: date | None = None
    """For who was missed on it."""


@dataclass
class Session:
    """As the office knows it now."""

    key: str
    title: str
    days: list[date]
    people: list[int]
    cancelled: bool = False
    there: dict[int, set[date]] = field(default_factory=lambda: defaultdict(set))


def worked(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def quiet(day: date) -> bool:
    return day.weekday() == 6 or (day.month, day.day) == (12, 25) or day in {EASTER, EASTER - timedelta(days=2)}


def back(day: date) -> date:
    return day if worked(day) else back(day - timedelta(days=1))


def on(day: date) -> date:
    return day if worked(day) else on(day + timedelta(days=1))


def opens(moment: datetime) -> datetime:
    """When civil servants may be written to from then on."""
    if worked(moment.date()) and moment.time() < time(16):
        return max(moment, datetime.combine(moment.date(), EIGHT))
    return datetime.combine(on(moment.date() + timedelta(days=1)), EIGHT)


def in_words(day: date) -> str:
    return f"{day.day} {MONTHS.split()[day.month - 1]} {day.year}"


def items(session: Session, boss: int, names: dict[int, str]) -> Iterator[Item]:
    """All that follows from a session, for everybody."""
    last = session.days[-1]
    for person in session.people:
        yield from _of_person(session, person)
        for number in (30, 90):
            what = ("supervisor", session.title, names[person])
            yield Item(what, boss, *asked_after(last, number), session.key, person)


def asked_after(last: date, number: int) -> tuple[datetime, datetime]:
    """From when on, and until when, what is asked so many days after a session is of use: thirty days."""
    day = last + timedelta(days=number)
    return opens(datetime.combine(day, NINE)), datetime.combine(day, time()) + timedelta(days=30)


def _of_person(session: Session, person: int) -> Iterator[Item]:
    first, last, title = session.days[0], session.days[-1], session.title
    begins, morning = datetime.combine(first, EIGHT), datetime.combine(first, time(6, 30))
    h1 = datetime.combine(back(first - timedelta(days=1)), NINE)
    h7 = datetime.combine(back(first - timedelta(days=7)), NINE)
    asked = opens(datetime.combine(last, time(15, 30)))
    about = (session.key, person)
    if not quiet(first):
        yield Item(("h0", title, ""), person, morning, datetime.combine(first, time(7)), *about)
    yield Item(("h1", title, ""), person, h1, begins if quiet(first) else morning, *about)
    if h7 < h1:
        yield Item(("h7", title, ""), person, h7, h1, *about)
    for day in session.days:
        missed = opens(datetime.combine(day, time(16)))
        yield Item(("missed", title, in_words(day)), person, missed, missed + timedelta(days=3), *about, day)
    yield Item(("feedback", title, ""), person, asked, asked + timedelta(days=7), *about)
    for number in (30, 90):
        yield Item(("follow_up", title, str(number)), person, *asked_after(last, number), *about)


@dataclass
class Model:
    """Steps as the program does; ``said``: person, moment, and what one message held."""

    boss: int
    names: dict[int, str]
    said: list[tuple[int, datetime, frozenset[What]]] = field(default_factory=list)
    _waiting: list[Item] = field(default_factory=list)
    _used: set[tuple[What, int, datetime]] = field(default_factory=set)
    _sessions: dict[str, Session] = field(default_factory=dict)
    _last: dict[int, date] = field(default_factory=dict)

    def changed(self, session: Session, now: datetime) -> None:
        """What follows from it is worked out anew."""
        self._sessions[session.key] = session
        self._waiting = [one for one in self._waiting if one.session != session.key]
        for one in items(session, self.boss, self.names):
            if not session.cancelled and one.ends > now and (one.what, one.person, one.due) not in self._used:
                self._waiting.append(one)

    def step(self, now: datetime) -> None:
        """The program is up, and it is ``now``."""
        people = sorted({one.person for one in self._waiting if one.due <= now})
        for person in people:
            self._step(person, now)

    def _step(self, person: int, now: datetime) -> None:
        due = [one for one in self._waiting if one.person == person and one.due <= now]
        self._waiting = [one for one in self._waiting if one not in due]
        now_: list[Item] = []
        for one in due:
            self._used.add((one.what, person, one.due))
            if one.what[0] == "h0":
                if now.time() < time(7) and now.date() == one.due.date():
                    self.said.append((person, now, frozenset([one.what])))
                continue
            moment = opens(now)
            if moment >= one.ends:
                continue
            if moment > now:
                self._waiting.append(Item(**{**one.__dict__, "due": moment}))
            elif self._wanted(one):
                now_.append(one)
        if self._last.get(person) == now.date():
            self._put_off(now_, now)
            return
        if not now_:
            return
        for one in [one for one in self._waiting if one.person == person and one.due.date() == now.date()]:
            if one.what[0] in EARLY and one.due > now and self._wanted(one):
                now_.append(one)
                self._waiting.remove(one)
                self._used.add((one.what, person, one.due))
        tomorrow = self._tomorrow(now)
        now_.sort(key=lambda one: (tomorrow < one.ends, ORDER.index(one.what[0]), one.ends, one.what))
        self.said.append((person, now, frozenset(one.what for one in now_[:5])))
        self._last[person] = now.date()
        self._put_off(now_[5:], now)

    def _put_off(self, several: list[Item], now: datetime) -> None:
        for one in several:
            if self._tomorrow(now) < one.ends:
                self._waiting.append(Item(**{**one.__dict__, "due": self._tomorrow(now)}))

    def _tomorrow(self, now: datetime) -> datetime:
        return datetime.combine(on(now.date() + timedelta(days=1)), NINE)

    def _wanted(self, one: Item) -> bool:
        session = self._sessions[one.session]
        there = session.there[one.about]
        if one.what[0] == "missed":
            return one.day not in there
        return bool(there) or one.what[0] in {"h7", "h1"}
