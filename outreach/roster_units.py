"""Reads the sheet of units in a list of employees: units that the district's own list lacks.

Rule of the file: what stands in the district's list stays as it is there; the way up from a unit never leads back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from outreach import roster_columns as columns
from outreach.roster import Unit
from outreach.roster_lists import Lists
from outreach.roster_sheet import Table
from outreach.roster_telling import Say, Told

LONGEST_NAME = 100
_KEY = re.compile(r"[a-z][a-z0-9_]{1,39}")


def read_units(table: Table, lists: Lists, told: Told, *, say: Say) -> list[Unit]:
    """Those that the sheet adds to ``lists``: key, label, parent."""
    _ = say
    added: list[Unit] = []
    headings = next(cells for number, cells in table.rows if number == table.headings)
    found = columns.unit_columns(headings)
    known = {unit.key: unit for unit in lists.units}
    here: set[str] = set()
    for number, cells in table.rows:
        if number <= table.headings:
            continue
        key, label, parent = (
            (cells[found[name]] if name in found and found[name] < len(cells) else "")
            for name in ("key", "label", "parent")
        )
        if _KEY.fullmatch(key) is None or not label or len(label) > LONGEST_NAME:
            told.tell(
                "unit-row", number, _("A unit needs a key and a name."),
                _("Write a key of small letters, digits and underscores (sd_tenau), and the name beside it."),
                sheet=table.name,
            )  # fmt: skip
        elif key in here:
            told.tell(
                "unit-twice", number, _("The unit “{key}” stands on this sheet twice.").format(key=key),
                _("Keep one of the two rows."), sheet=table.name,
            )  # fmt: skip
        elif key in lists.district:
            if known[key] != Unit(key, label, parent):
                told.tell(
                    "unit-district", number,
                    _("The unit “{key}” stands in the district's list of units; its name and place stay as they "
                      "are there.").format(key=key),
                    _("Delete this row, or give a new unit a key of its own."), sheet=table.name,
                )  # fmt: skip
        elif parent and parent not in known:
            told.tell(
                "unit-parent", number, _("There is no unit with the key “{key}” above it.").format(key=parent[:40]),
                _("Write the key of a unit that stands above this row or in the district's list of units."),
                sheet=table.name,
            )  # fmt: skip
        elif _is_under(parent, key, known):
            told.tell(
                "unit-circle", number, _("Going up from the unit “{key}” leads back to it.").format(key=key),
                _("Write the unit that really stands above it, or leave the column empty."), sheet=table.name,
            )  # fmt: skip
        else:
            here.add(key)
            known[key] = Unit(key, label, parent)
            added.append(known[key])
    return added


def _is_under(start: str, key: str, tree: Mapping[str, Unit]) -> bool:
    """Whether ``start`` is the unit ``key`` or stands below it. A circle among others ends the way up as well."""
    seen: set[str] = set()
    while start and start != key and start not in seen:
        seen.add(start)
        start = tree[start].parent if start in tree else ""
    return start == key
