"""What several rows of a list of employees say together: a number twice, a column filled down, superiors in a circle.

Rule of the file: each row is told what is wrong with it, none is changed. What Excel does is known here: it counts on
when a column is filled down with the mouse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from outreach import roster_columns as columns
from outreach.roster import Entry, shared_phones
from outreach.roster_telling import Say, Told

_SURE_RUN = 3
"""So many numbers in a row that each grow by one are no chance: the date of birth would be the same in all."""


@dataclass(frozen=True, slots=True)
class Across:
    """The rows of one table. ``digits``: row number to employee number; ``entries``: row number to what it says."""

    digits: Mapping[int, str]
    entries: Mapping[int, Entry]
    say: Say
    told: Told

    def look(self) -> None:
        """Tell all of it."""
        self._twice()
        self._filled_down(columns.NUMBER)
        self._filled_down(columns.SUPERIOR)
        self._filled_down(columns.PHONE)
        self._superiors()
        self._phones()

    def _twice(self) -> None:
        _ = self.say
        first: dict[str, int] = {}
        for row, digits in self.digits.items():
            if first.setdefault(digits, row) != row:
                self.told.tell(
                    "number-twice", row,
                    _("The same employee number stands in row {row}.").format(row=first[digits]),
                    _("Keep one of the two rows, or mend the number."),
                )  # fmt: skip

    def _filled_down(self, name: str) -> None:
        """Numbers that grow by one from row to row."""
        values = (
            self.digits
            if name == columns.NUMBER
            else {row: getattr(entry, name) for row, entry in self.entries.items() if getattr(entry, name)}
        )
        run: list[int] = []
        for row in [*sorted(values), 0]:
            if run and row == run[-1] + 1 and int(values[row]) == int(values[run[-1]]) + 1:
                run.append(row)
                continue
            self._told_run(name, run)
            run = [row]

    def _told_run(self, name: str, run: list[int]) -> None:
        _ = self.say
        if len(run) < 2 or (len(run) < _SURE_RUN and name != columns.NUMBER):
            return
        what = _("“{column}” grows by one in rows {first} to {last}: it was probably filled down with the mouse.")
        for row in run[1:]:
            self.told.tell(
                "filled-down", row, what.format(column=columns.TITLES[name], first=run[0], last=run[-1]),
                _("Type or paste each number from the office's own list."),
                level="error" if len(run) >= _SURE_RUN else "warning",
            )  # fmt: skip

    def _superiors(self) -> None:
        """Superiors who are not on the list, and circles."""
        _ = self.say
        above = {entry.number: entry.superior for entry in self.entries.values() if entry.superior}
        rows = {digits: row for row, digits in self.digits.items()}
        for row, entry in self.entries.items():
            if not entry.superior:
                continue
            if entry.superior not in rows:
                self.told.tell(
                    "superior-unknown", row, _("The superior is not on this list."),
                    _("Nothing to do where the superior works elsewhere; otherwise compare the number."),
                    level="warning",
                )  # fmt: skip
            elif entry.superior != entry.number and self._circle(entry.number, above):
                self.told.tell(
                    "superior-circle", row, _("Going up from here, the superiors lead back to this row."),
                    _("Mend the superior of one of them."),
                )  # fmt: skip

    @staticmethod
    def _circle(start: str, above: dict[str, str]) -> bool:
        seen = {start}
        here = above.get(start, "")
        while here and here not in seen:
            seen.add(here)
            here = above.get(here, "")
        return here == start

    def _phones(self) -> None:
        _ = self.say
        shared = shared_phones(self.entries.values())
        for row, entry in self.entries.items():
            if entry.phone in shared:
                self.told.tell(
                    "phone-shared", row, _("The same phone number stands beside another name, so it proves nobody."),
                    _("Mend it, or give these employees a one-time code."), level="warning",
                )  # fmt: skip
