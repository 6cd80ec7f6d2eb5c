"""Who lives in the demonstration: invented people, when they write and which surveys they answer.

Rule of the file: pure; everything comes from the dice that are handed in, so that the same seed gives the same Alak.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Kind = Literal["asn", "warga", "stakeholder"]

DAYS = 56
"""How far back the demonstration goes."""
UNFINISHED = 3
"""Whoever stopped in the middle did so in these last days: longer ago it would have been closed."""
_KINDS: tuple[tuple[Kind, float], ...] = (("asn", 0.40), ("warga", 0.56), ("stakeholder", 0.04))
_SHARES: dict[Kind, tuple[tuple[str, float], ...]] = {
    "asn": (("tna_asn", 0.85), ("aspirasi", 0.04)),
    "warga": (("skm_alak", 0.62), ("aspirasi", 0.45)),
    "stakeholder": (("aspirasi", 1.0),),
}
_HOURS = (8, 9, 9, 10, 10, 11, 12, 13, 14, 15, 16, 18, 19, 19, 20)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented. ``mood`` and ``skill`` are normal (mean 0, deviation 1) and colour every answer."""

    number: int
    kind: Kind
    language: str
    mood: float
    skill: float


@dataclass(frozen=True, slots=True)
class Occasion:
    """A person answers a survey. ``leaves_after``: so many answers; None: to the end. ``says``: they say this instead,
    and answer nothing."""

    at: datetime
    person: Person
    survey: str
    leaves_after: int | None = None
    says: tuple[str, ...] = ()


def occasions(rng: random.Random, people: int, now: datetime) -> list[Occasion]:
    """What so many people do in the weeks before ``now`` (aware, the office's time), in the order of time."""
    found: list[Occasion] = []
    for number in range(1, people + 1):
        person = Person(
            number=number,
            kind=rng.choices([kind for kind, _ in _KINDS], [share for _, share in _KINDS])[0],
            language="en" if rng.random() < 0.03 else "id",
            mood=rng.gauss(0.0, 1.0),
            skill=rng.gauss(0.0, 1.0),
        )
        found += _of(person, rng, now)
    return sorted(found, key=lambda one: (one.at, one.person.number))


def _of(person: Person, rng: random.Random, now: datetime) -> Iterator[Occasion]:
    shares = _SHARES[person.kind]
    wanted = [name for name, share in shares if rng.random() < share] or [shares[0][0]]
    days = sorted(rng.sample(range(1, DAYS + 1), len(wanted)), reverse=True)
    for name, day in zip(wanted, days, strict=True):
        leaves = rng.randrange(2, 9) if day <= UNFINISHED and rng.random() < 0.5 else None
        yield Occasion(_moment(rng, now - timedelta(days=day)), person, name, leaves)


def _moment(rng: random.Random, day: datetime) -> datetime:
    while day.weekday() == 6 or (day.weekday() == 5 and rng.random() < 0.6):  # few write at the weekend
        day -= timedelta(days=1)
    return day.replace(hour=rng.choice(_HOURS), minute=rng.randrange(60), second=rng.randrange(60), microsecond=0)
