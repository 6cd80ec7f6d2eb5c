"""Reads a list of employees: each row becomes an entry, or is told with sheet, number, what is wrong and what helps.

Rule of the file: everything is told at once and nothing is guessed. A number is never repeated in a sentence: the row
says where to look. What Excel does to long numbers is known here: it keeps 15 digits of a number, and counts on when a
column is filled down with the mouse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from outreach import roster_columns as columns
from outreach.roster import Entry, Unit, shared_phones
from outreach.roster_lists import Lists, kind_of, rank_of
from outreach.roster_sheet import Table, Unreadable, read_sheets
from surveys.errors import Problem
from surveys.text.employee_number import Fault, fault_of
from surveys.text.phone import read_phone

Say = Callable[[str], str]

LONGEST_CELL = 200
LONGEST_NAME = 100
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?e\+?\d{2}", re.IGNORECASE)
_GARBLED = re.compile("[ÃÂ][\u0080-\u00bf]|â€|\ufffd")
_KEY = re.compile(r"[a-z][a-z0-9_]{1,39}")
_SURE_RUN = 3
"""So many numbers in a row that each grow by one are no chance: the date of birth would be the same in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a file holds. ``entries`` are those of sound rows; ``units`` what its sheet of units adds."""

    entries: tuple[Entry, ...] = ()
    units: tuple[Unit, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> int:
        """How many stand in the way of saving it."""
        return sum(problem.level == "error" for problem in self.problems)


def read_roster(content: bytes, file_name: str, lists: Lists, *, today: date, say: Say = str) -> Read:
    """Understand a roster: an .xlsx workbook or a .csv file. Never raises for what is in it."""
    _ = say
    try:
        sheets = read_sheets(content, file_name, employees=columns.holds_employees, units=columns.holds_units, say=say)
    except Unreadable as unreadable:
        return Read(problems=(unreadable.problem,))
    table = sheets.employees
    hidden = tuple(
        Problem(
            code="sheet-hidden",
            sheet=name,
            row=0,
            what=_("This sheet is hidden, so nobody sees what would be read from it."),
            remedy=_("Unhide it in Excel (right click on the names of the sheets), or delete it."),
        )
        for name in sheets.hidden
    )
    if not table.headings and hidden:
        return Read(problems=hidden)
    if not table.headings:
        problem = Problem(
            code="no-headings",
            sheet=table.name,
            row=0,
            what=_("No row with the headings of a list of employees was found (Nama, NIP/NI PPPK, Status, Unit)."),
            remedy=_("Write the list into the template: in the dashboard, or with suara roster template."),
        )
        return Read(problems=(problem,))
    reader = _Reader(table, lists, today=today, say=say)
    reader.problems += hidden
    for name in sheets.second:
        reader.tell(
            "sheet-second", 0, _("A second list stands on this sheet, and only one is read."),
            _("Move its rows below those of the first list, or delete the sheet."), sheet=name,
        )  # fmt: skip
    for name in sheets.unread:
        if name.casefold() == columns.GUIDE.casefold():
            continue
        reader.tell(
            "sheet-unread", 0, _("This sheet is not read."), _("Nothing to do, unless employees stand there."),
            level="warning", sheet=name,
        )  # fmt: skip
    if sheets.units is not None:
        reader.read_units(sheets.units)
    reader.read()
    return Read(
        entries=tuple(reader.entries.values()),
        units=tuple(reader.units),
        problems=tuple(sorted(reader.problems, key=lambda one: (one.sheet != table.name, one.sheet, one.row))),
    )


def _is_under(start: str, key: str, tree: Mapping[str, Unit]) -> bool:
    """Whether ``start`` is the unit ``key`` or stands below it. A circle among others ends the way up as well."""
    seen: set[str] = set()
    while start and start != key and start not in seen:
        seen.add(start)
        start = tree[start].parent if start in tree else ""
    return start == key


@dataclass(slots=True)
class _Line:
    """One row while it is read."""

    number: int
    cells: list[str]
    faults: int = 0


@dataclass(slots=True)
class _Reader:
    table: Table
    lists: Lists
    today: date
    say: Say
    problems: list[Problem] = field(default_factory=list)
    entries: dict[int, Entry] = field(default_factory=dict)
    """Row number to what it says."""
    units: list[Unit] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    _bad: set[int] = field(default_factory=set)
    _digits: dict[int, str] = field(default_factory=dict)

    # ---- telling ------------------------------------------------------------------------------------

    def tell(
        self, code: str, row: int, what: str, remedy: str, *, level: str = "error", sheet: str | None = None
    ) -> None:
        if level == "error" and sheet is None:
            self._bad.add(row)
        self.problems.append(
            Problem(
                code=code, sheet=self.table.name if sheet is None else sheet, row=row, what=what, remedy=remedy,
                level=level,  # type: ignore[arg-type]
            )
        )  # fmt: skip

    # ---- units --------------------------------------------------------------------------------------

    def read_units(self, table: Table) -> None:
        """Further units: key, label, parent."""
        _ = self.say
        headings = next(cells for number, cells in table.rows if number == table.headings)
        found = columns.unit_columns(headings)
        known = {unit.key: unit for unit in self.lists.units}
        here: set[str] = set()
        for number, cells in table.rows:
            if number <= table.headings:
                continue
            key, label, parent = (
                (cells[found[name]] if name in found and found[name] < len(cells) else "")
                for name in ("key", "label", "parent")
            )
            if _KEY.fullmatch(key) is None or not label or len(label) > LONGEST_NAME:
                self.tell(
                    "unit-row", number, _("A unit needs a key and a name."),
                    _("Write a key of small letters, digits and underscores (sd_tenau), and the name beside it."),
                    sheet=table.name,
                )  # fmt: skip
            elif key in here:
                self.tell(
                    "unit-twice", number, _("The unit “{key}” stands on this sheet twice.").format(key=key),
                    _("Keep one of the two rows."), sheet=table.name,
                )  # fmt: skip
            elif key in self.lists.district:
                if known[key] != Unit(key, label, parent):
                    self.tell(
                        "unit-district", number,
                        _("The unit “{key}” stands in the district's list of units; its name and place stay as they "
                          "are there.").format(key=key),
                        _("Delete this row, or give a new unit a key of its own."), sheet=table.name,
                    )  # fmt: skip
            elif parent and parent not in known:
                self.tell(
                    "unit-parent", number, _("There is no unit with the key “{key}” above it.").format(key=parent[:40]),
                    _("Write the key of a unit that stands above this row or in the district's list of units."),
                    sheet=table.name,
                )  # fmt: skip
            elif _is_under(parent, key, known):
                self.tell(
                    "unit-circle", number, _("Going up from the unit “{key}” leads back to it.").format(key=key),
                    _("Write the unit that really stands above it, or leave the column empty."), sheet=table.name,
                )  # fmt: skip
            else:
                here.add(key)
                known[key] = Unit(key, label, parent)
                self.units.append(known[key])
        self.lists = self.lists.with_units(self.units)

    # ---- employees ----------------------------------------------------------------------------------

    def read(self) -> None:
        """The whole table."""
        _ = self.say
        self.columns, problems = columns.columns_of(self.table, say=self.say)
        self.problems += problems
        for row, area in self.table.merged:
            if row >= self.table.headings:
                self.tell(
                    "merged", row, _("The cells {area} are merged; only the first of them counts.").format(area=area),
                    _("Unmerge them and fill in each cell."),
                )  # fmt: skip
        if any(problem.code == "heading-missing" for problem in problems):
            return
        lines = [_Line(number, cells) for number, cells in self._lines()]
        if not lines:
            self.tell(
                "no-rows", self.table.headings, _("The list holds no employees."), _("Fill in a row for each of them.")
            )
        for line in lines:
            self._read_line(line)
        self._told_twice(lines)
        self._filled_down(columns.NUMBER)
        self._filled_down(columns.SUPERIOR)
        self._filled_down(columns.PHONE)
        self._superiors()
        self._phones()
        for row in self._bad:
            self.entries.pop(row, None)

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        """The rows below the headings, those that only number the columns left out."""
        _ = self.say
        for number, cells in self.table.rows:
            if number <= self.table.headings:
                continue
            filled = [text.strip("()") for text in cells if text]
            if len(filled) > 2 and filled == [str(place) for place in range(1, len(filled) + 1)]:
                continue
            if columns.holds_employees(cells):
                self.tell(
                    "heading-again", number, _("This row repeats the headings."), _("Delete the row.")
                )  # fmt: skip
                continue
            yield number, cells

    def _cell(self, line: _Line, name: str) -> str:
        column = self.columns.get(name)
        return line.cells[column] if column is not None and column < len(line.cells) else ""

    def _odd(self, line: _Line, name: str) -> str:
        return self.table.odd.get((line.number, self.columns.get(name, -1)), "")

    def _read_line(self, line: _Line) -> None:
        row = line.number
        if not self._sound(line):
            return
        number = self._number(line)
        name = self._name(line)
        kind = self._kind(line, number)
        unit = self._unit(line)
        position, grade = self._position(line)
        rank = self._rank(line, kind)
        superior = self._superior(line, number)
        phone = self._phone(line)
        if row not in self._bad:
            self.entries[row] = Entry(
                number=number, name=name, kind=kind, unit=unit, position=position, grade=grade, rank=rank,
                superior=superior, phone=phone,
            )  # fmt: skip

    def _sound(self, line: _Line) -> bool:
        """Whether every cell that is read is one that can be."""
        _ = self.say
        row = line.number
        for name, column in self.columns.items():
            text = line.cells[column] if column < len(line.cells) else ""
            title = columns.TITLES[name]
            odd = self.table.odd.get((row, column), "")
            if odd == "formula":
                self.tell(
                    "formula", row, _("“{column}” holds a formula, not text.").format(column=title),
                    _("Copy the column and paste it as values."),
                )  # fmt: skip
            elif odd == "fault" or text.startswith(("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!")):
                self.tell(
                    "cell-fault", row, _("“{column}” holds a fault of Excel instead of a value.").format(column=title),
                    _("Type the value."),
                )  # fmt: skip
            elif odd in {"day", "truth"}:
                self.tell(
                    "cell-kind", row, _("Excel has made a date of “{column}”, or true and false.").format(column=title),
                    _("Format the column as text, then type the value again."),
                )  # fmt: skip
            elif len(text) > LONGEST_CELL:
                self.tell(
                    "too-long", row, _("“{column}” is longer than anything that belongs there.").format(column=title),
                    _("Check whether the columns have shifted."),
                )  # fmt: skip
            elif _GARBLED.search(text):
                self.tell(
                    "garbled", row, _("Letters in “{column}” were lost when the file was saved.").format(column=title),
                    _('Type them again, and save text files as "CSV UTF-8".'),
                )  # fmt: skip
        return row not in self._bad

    # ---- one column each ----------------------------------------------------------------------------

    def _number(self, line: _Line) -> str:
        _ = self.say
        text = self._cell(line, columns.NUMBER)
        if not text:
            self.tell(
                "number-empty", line.number, _("The employee number is empty."),
                _("Fill in the 18 digits, or delete the row."),
            )  # fmt: skip
            return ""
        digits = self._eighteen(line, columns.NUMBER, text)
        if digits:
            self._digits[line.number] = digits
        return digits

    def _eighteen(self, line: _Line, name: str, text: str) -> str:
        """The digits of an employee number, "" where something is wrong with them (which is told)."""
        _ = self.say
        row, title = line.number, columns.TITLES[name]
        retype = _("Format the column as text, then type the number again from the decree.")
        if _SCIENTIFIC.fullmatch(text):
            what = _("“{column}” was shortened by Excel (as in 1.98609E+17); its last digits are lost.")
            self.tell("number-shortened", row, what.format(column=title), retype)
            return ""
        if self._odd(line, name) == "number":
            what = _("“{column}” was saved as a number: Excel keeps 15 digits and puts zeros for the rest.")
            self.tell("number-cell", row, what.format(column=title), retype)
            return ""
        plain = re.sub(r"[\s.\-/_'’`\u200b-\u200f\u2060]", "", text)
        if not (plain.isascii() and plain.isdecimal()):
            what = _("“{column}” holds something else than digits.")
            self.tell("number-signs", row, what.format(column=title), _("Type the 18 digits alone."))
            return ""
        fault = fault_of(plain, today=self.today)
        if fault:
            self.tell(f"number-{fault}", row, *self._said_of(fault, title, plain))
            return ""
        return plain

    def _said_of(self, fault: Fault, title: str, digits: str) -> tuple[str, str]:
        _ = self.say
        compare = _("Compare it with the decree.")
        match fault:
            case "birth":
                what = _("The first eight digits of “{column}” are no date of birth of an employee.")
            case "appointment":
                what = _("Digits 9 to 14 of “{column}” are no month of appointment.")
            case "sex":
                what = _("Digit 15 of “{column}” is neither 1 nor 2.")
            case "sequence":
                what = _("“{column}” ends in 000: Excel has probably put zeros for the last digits.")
                compare = _("Format the column as text, then type the number again from the decree.")
            case _:
                what = _("“{column}” has {digits} digits instead of 18.")
        return what.format(column=title, digits=len(digits)), compare

    def _name(self, line: _Line) -> str:
        _ = self.say
        name = " ".join(self._cell(line, columns.NAME).split())
        if not name:
            self.tell("name-empty", line.number, _("The name is empty."), _("Fill in the name."))
        elif any(char.isdecimal() for char in name) or not any(char.isalpha() for char in name):
            self.tell(
                "name-digits", line.number, _("The name holds digits or no letters."),
                _("Check whether the columns have shifted."),
            )  # fmt: skip
        elif len(name) > LONGEST_NAME:
            self.tell("name-long", line.number, _("The name is too long."), _("Shorten it to 100 letters."))
        return name

    def _kind(self, line: _Line, number: str) -> str:
        _ = self.say
        said = self._cell(line, columns.KIND)
        kind = kind_of(said)
        if kind is None:
            self.tell(
                "kind", line.number,
                _("The status “{said}” is not known.").format(said=said[:40]) if said else _("The status is empty."),
                _("Write PNS, CPNS, PPPK or PPPK Paruh Waktu."),
            )  # fmt: skip
            return ""
        contract = int(number[12:14]) > 12 if number else None
        if contract is not None and contract != kind.startswith("PPPK"):
            self.tell(
                "kind-number", line.number,
                _("The employee number looks like one of a contract, the status does not.") if contract
                else _("The status says contract (PPPK), the employee number does not look like one."),
                _("Compare both with the decree."), level="warning",
            )  # fmt: skip
        return kind

    def _unit(self, line: _Line) -> str:
        _ = self.say
        said = self._cell(line, columns.UNIT)
        key = self.lists.unit_names.key(said)
        if key is None:
            self.tell(
                "unit", line.number,
                _("The unit “{said}” is not known.").format(said=said[:60]) if said else _("The unit is empty."),
                _("Write it as in the list of units (sheet Unit of the template), or add it there."),
            )  # fmt: skip
        return key or ""

    def _position(self, line: _Line) -> tuple[str, str]:
        _ = self.say
        said, level = self._cell(line, columns.POSITION), self._cell(line, columns.GRADE)
        position = self.lists.positions.key(said) or ""
        if said and not position:
            self.tell(
                "position", line.number, _("The position group “{said}” is not known.").format(said=said[:60]),
                _("Write Administrator, Pengawas, Fungsional, Pelaksana or Lainnya."),
            )  # fmt: skip
        grade = self.lists.grades.key(level) or ""
        if level and not grade and level not in {"-", "–"}:
            self.tell(
                "grade", line.number, _("The functional grade “{said}” is not known.").format(said=level[:60]),
                _("Write Keterampilan, Ahli Pertama, Ahli Muda or Ahli Madya, or leave it empty."),
            )  # fmt: skip
        elif grade and position and position != "fungsional":
            self.tell(
                "grade-position", line.number, _("A grade stands beside a position that has none; it is left out."),
                _("Check the position group."), level="warning",
            )  # fmt: skip
            grade = ""
        return position, grade

    def _rank(self, line: _Line, kind: str) -> str:
        _ = self.say
        said = self._cell(line, columns.RANK)
        if not said or said in {"-", "–"} or not kind:
            return ""
        rank = rank_of(said, kind)
        if rank is None:
            self.tell(
                "rank", line.number,
                _("The rank “{said}” is none of a {kind}.").format(said=said[:40], kind=kind.replace("_", " ")),
                _("Write I/a to IV/e for PNS, I to XVII for PPPK, or leave it empty."),
            )  # fmt: skip
        return rank or ""

    def _superior(self, line: _Line, number: str) -> str:
        _ = self.say
        text = self._cell(line, columns.SUPERIOR)
        if not text or text in {"-", "–"}:
            return ""
        digits = self._eighteen(line, columns.SUPERIOR, text)
        if digits and digits == number:
            self.tell(
                "superior-self", line.number, _("Somebody stands here as their own superior."),
                _("Write the superior's number, or leave it empty."),
            )  # fmt: skip
        return digits

    def _phone(self, line: _Line) -> str:
        _ = self.say
        text = self._cell(line, columns.PHONE)
        if not text or text in {"-", "–", "0"}:
            return ""
        if _SCIENTIFIC.fullmatch(text):
            self.tell(
                "phone-shortened", line.number, _("The phone number was shortened by Excel; its last digits are lost."),
                _("Format the column as text, then type the number again."),
            )  # fmt: skip
            return ""
        meaning = read_phone(text)
        if len(meaning.values) != 1:
            self.tell(
                "phone", line.number, _("The phone number is no mobile number of Indonesia."),
                _("Write one number as 0812…, or leave it empty."),
            )  # fmt: skip
            return ""
        return meaning.values[0]

    # ---- what several rows say together -------------------------------------------------------------

    def _told_twice(self, lines: list[_Line]) -> None:
        _ = self.say
        first: dict[str, int] = {}
        for line in lines:
            digits = self._digits.get(line.number)
            if digits and first.setdefault(digits, line.number) != line.number:
                self.tell(
                    "number-twice", line.number,
                    _("The same employee number stands in row {row}.").format(row=first[digits]),
                    _("Keep one of the two rows, or mend the number."),
                )  # fmt: skip

    def _filled_down(self, name: str) -> None:
        """Numbers that grow by one from row to row."""
        values = (
            self._digits
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
            self.tell(
                "filled-down", row, what.format(column=columns.TITLES[name], first=run[0], last=run[-1]),
                _("Type or paste each number from the office's own list."),
                level="error" if len(run) >= _SURE_RUN else "warning",
            )  # fmt: skip

    def _superiors(self) -> None:
        """Superiors who are not on the list, and circles."""
        _ = self.say
        above = {entry.number: entry.superior for entry in self.entries.values() if entry.superior}
        rows = {digits: row for row, digits in self._digits.items()}
        for row, entry in self.entries.items():
            if not entry.superior:
                continue
            if entry.superior not in rows:
                self.tell(
                    "superior-unknown", row, _("The superior is not on this list."),
                    _("Nothing to do where the superior works elsewhere; otherwise compare the number."),
                    level="warning",
                )  # fmt: skip
            elif entry.superior != entry.number and self._circle(entry.number, above):
                self.tell(
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
                self.tell(
                    "phone-shared", row, _("The same phone number stands beside another name, so it proves nobody."),
                    _("Mend it, or give these employees a one-time code."), level="warning",
                )  # fmt: skip
