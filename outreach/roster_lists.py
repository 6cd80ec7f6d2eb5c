"""What the columns of a roster may say: the district's units, positions and grades, by any name they go by.

Rule of the file: a name that means two things means none; it is asked back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from outreach.roster import Unit

_KINDS = {
    "pns": "PNS",
    "pegawai negeri sipil": "PNS",
    "cpns": "CPNS",
    "calon pns": "CPNS",
    "pppk": "PPPK",
    "p3k": "PPPK",
    "pppk penuh waktu": "PPPK",
    "p3k penuh waktu": "PPPK",
    "pppk paruh waktu": "PPPK_PARUH_WAKTU",
    "p3k paruh waktu": "PPPK_PARUH_WAKTU",
    "pppk pw": "PPPK_PARUH_WAKTU",
    "paruh waktu": "PPPK_PARUH_WAKTU",
}
ROMANS = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
)  # fmt: skip
_CIVIL = re.compile(r"(?<![IVX])(IV|I{1,3})\s*[/.\-\\ ]?\s*([A-E])(?![A-Z])")
_OFFICE = re.compile(r"^(?:kantor (?:lurah|kelurahan)|kelurahan|kel) ")


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one list, made even, to keys; names of several keys are left out."""

    keys: Mapping[str, str]

    def key(self, said: str) -> str | None:
        """What ``said`` names, None for nothing or for several things."""
        plain = even(said)
        return self.keys.get(plain) or self.keys.get(_OFFICE.sub("", plain))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """The district's lists, as far as a roster needs them."""

    units: tuple[Unit, ...]
    unit_names: Names
    positions: Names
    grades: Names
    district: frozenset[str] = frozenset()
    """Keys of the units that the district's own list names; no list of employees changes those."""

    def with_units(self, more: Iterable[Unit]) -> Lists:
        """The same with further units; a unit that is there already gets the new label."""
        more = tuple(more)
        found = {unit.key: unit for unit in self.units} | {unit.key: unit for unit in more}
        said: list[tuple[str, str]] = [(name, key) for name, key in self.unit_names.keys.items()]
        said += [(name, unit.key) for unit in more for name in (unit.key, unit.label)]
        return replace(self, units=tuple(found.values()), unit_names=_named(said))


def even(said: str) -> str:
    """Made comparable: lower case, signs as blanks, one blank between words."""
    return " ".join(re.sub(r"[^\w]+", " ", said.casefold().replace("_", " ")).split())


def read_lists(files: Mapping[str, bytes]) -> Lists:
    """The lists of a district by file name (``bot.catalog.files``). Raises KeyError where one is missing."""
    kinds = list(_rows(files["unit_kinds.csv"]))
    units = list(_rows(files["units.csv"]))
    tops = {row["name"] for row in kinds}
    tree = [Unit(row["name"], _label(row)) for row in kinds]
    tree += [Unit(row["name"], _label(row), row["kelompok"] if row.get("kelompok") in tops else "") for row in units]
    said = [(name, row["name"]) for row in units for name in _said(row)]
    said += [(_OFFICE.sub("", even(name)), key) for name, key in said if _OFFICE.match(even(name))]
    return Lists(
        units=tuple(tree),
        unit_names=_named(said),
        positions=_named([(name, row["name"]) for row in _rows(files["jabatan.csv"]) for name in _said(row)]),
        grades=_named([(name, row["name"]) for row in _rows(files["jenjang.csv"]) for name in _said(row)]),
        district=frozenset(unit.key for unit in tree),
    )


def kind_of(said: str) -> str | None:
    """One of ``outreach.roster.KINDS``."""
    return _KINDS.get(even(said))


def rank_of(said: str, kind: str) -> str | None:
    """ "III/a" for civil servants, "IX" for contracts; None where it is neither. Written "Penata Muda (III/a)" too."""
    plain = said.upper().replace("GOLONGAN", " ").replace("GOL.", " ").strip()
    if kind.startswith("PPPK"):
        if plain.isdecimal() and 1 <= int(plain) <= len(ROMANS):
            return ROMANS[int(plain) - 1]
        return plain if plain in ROMANS else None
    found = _CIVIL.search(plain)
    if found is None or (found[2] == "E" and found[1] != "IV"):
        return None
    return f"{found[1]}/{found[2].lower()}"


def _rows(content: bytes) -> Iterable[Mapping[str, str]]:
    text = content.decode("utf-8-sig")
    mark = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    return [
        {key: (value or "").strip() for key, value in row.items() if key}
        for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=mark)
    ]


def _label(row: Mapping[str, str]) -> str:
    return next((value for key, value in row.items() if key.startswith("label") and value), row["name"])


def _said(row: Mapping[str, str]) -> list[str]:
    labels = [value for key, value in row.items() if key.startswith("label") and value]
    return [row["name"], *labels, *(alias for alias in row.get("chat_aliases", "").split("|") if alias)]


def _named(said: Iterable[tuple[str, str]]) -> Names:
    found: dict[str, str] = {}
    twice: set[str] = set()
    for name, key in said:
        plain = even(name)
        if found.setdefault(plain, key) != key:
            twice.add(plain)
    return Names({name: key for name, key in found.items() if name and name not in twice})
