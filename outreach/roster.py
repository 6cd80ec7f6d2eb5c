"""The list of employees as an office keeps it: who works where, and what a new list changes about it.

Rule of the file: values and comparisons; where a list comes from and where it is kept is known elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

KINDS = ("PNS", "CPNS", "PPPK", "PPPK_PARUH_WAKTU")
"""What an employee can be; the same words as in the surveys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One employee."""

    number: str
    """NIP or NI PPPK, 18 digits."""
    name: str
    kind: str
    """One of ``KINDS``."""
    unit: str
    """A key of units.csv."""
    position: str = ""
    """A key of jabatan.csv."""
    grade: str = ""
    """A key of jenjang.csv."""
    rank: str = ""
    """III/a, IX."""
    superior: str = ""
    """The superior's number."""
    phone: str = ""
    """+628…"""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the tree. ``parent`` "" at the top."""

    key: str
    label: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What a new list says differently of somebody. ``fields``: names of ``Entry``."""

    before: Entry
    after: Entry
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a new list changes, each part in the order of the list."""

    new: tuple[Entry, ...] = ()
    changed: tuple[Change, ...] = ()
    gone: tuple[Entry, ...] = ()
    back: tuple[Entry, ...] = ()
    """Those who had left and are on the list again."""
    same: int = 0

    @property
    def nothing(self) -> bool:
        """Whether it is all known already."""
        return not (self.new or self.changed or self.gone or self.back)


def compare(
    entries: Iterable[Entry], present: Mapping[str, Entry], left: Mapping[str, Entry], *, part: bool = False
) -> Changes:
    """What ``entries`` change about who is ``present`` (by number) and who has ``left``.

    ``part``: the list holds a part of the employees, so that nobody is gone because they are not on it.
    """
    new: list[Entry] = []
    changed: list[Change] = []
    back: list[Entry] = []
    same = 0
    listed = set()
    for entry in entries:
        listed.add(entry.number)
        before = present.get(entry.number)
        if before is None:
            (back if entry.number in left else new).append(entry)
            continue
        differing = tuple(one.name for one in fields(Entry) if getattr(before, one.name) != getattr(entry, one.name))
        if differing:
            changed.append(Change(before, entry, differing))
        else:
            same += 1
    gone = () if part else tuple(entry for number, entry in present.items() if number not in listed)
    return Changes(new=tuple(new), changed=tuple(changed), gone=gone, back=tuple(back), same=same)


def shared_phones(entries: Iterable[Entry]) -> frozenset[str]:
    """Phones that stand beside several names: they prove nothing about one of them."""
    seen: set[str] = set()
    shared: set[str] = set()
    for entry in entries:
        if entry.phone:
            (shared if entry.phone in seen else seen).add(entry.phone)
    return frozenset(shared)


def masked(number: str) -> str:
    """A number as it may be shown: its last four digits."""
    return "•" * max(0, len(number) - 4) + number[-4:]
