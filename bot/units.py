"""The units of the district, as its catalog names them: what an admin may be bound to, and an employee works in.

Rule of the file: it reads lists; what a unit means is decided elsewhere.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from bot import catalog
from bot.bundled import folder
from outreach.roster_lists import Lists, read_lists

_LANGUAGES = {"label::Bahasa Indonesia (id)": "id", "label::English (en)": "en"}


@cache
def units_of(district: str) -> Mapping[str, Mapping[str, str]]:
    """Name to label by language, in the order of ``units.csv``. Raises FileNotFoundError where there is no catalog."""
    return _labels(district, "units.csv")


@cache
def positions_of(district: str) -> Mapping[str, Mapping[str, str]]:
    """The same of ``jabatan.csv``: positions."""
    return _labels(district, "jabatan.csv")


def _labels(district: str, file: str) -> Mapping[str, Mapping[str, str]]:
    content = catalog.files(folder("catalog") / district).get(file, b"")
    rows = csv.DictReader(content.decode("utf-8-sig").splitlines())
    return {
        row["name"]: {language: row.get(column) or row["name"] for column, language in _LANGUAGES.items()}
        for row in rows
    }


@cache
def kelurahan_of(district: str) -> Mapping[str, str]:
    """Name of a unit to the kelurahan it serves, for those that serve one."""
    content = catalog.files(folder("catalog") / district).get("units.csv", b"")
    rows = csv.DictReader(content.decode("utf-8-sig").splitlines())
    return {row["name"]: row["kelurahan"] for row in rows if row.get("kelurahan")}


@cache
def lists_of(district: str) -> Lists:
    """Units, positions and grades, as a list of employees names them. Raises FileNotFoundError where there is no
    catalog, KeyError where one of its lists is missing."""
    return read_lists(catalog.files(folder("catalog") / district))
