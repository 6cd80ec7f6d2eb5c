"""Reads one row of a list of employees, cell by cell.

Rule of the file: nothing is guessed, and a number is never repeated in a sentence. What Excel does to long numbers is
known here: it keeps 15 digits of a number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from outreach import roster_columns as columns
from outreach.roster import Entry
from outreach.roster_lists import Lists, kind_of, rank_of
from outreach.roster_sheet import Table
from outreach.roster_telling import Say, Told
from surveys.text.employee_number import Fault, fault_of
from surveys.text.phone import read_phone

LONGEST_CELL = 200
LONGEST_NAME = 100
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?e\+?\d{2}", re.IGNORECASE)
_GARBLED = re.compile("[ÃÂ][\u0080-\u00bf]|â€|\ufffd")


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it stands in the file."""

    number: int
    cells: list[str]


@dataclass(slots=True)
class Rows:
    """Reads the rows of one table. ``columns``: where each column stands."""

    table: Table
    columns: Mapping[str, int]
    lists: Lists
    today: date
    say: Say
    told: Told
    digits: dict[int, str] = field(default_factory=dict)
    """Row number to the employee number there, of those that can be one."""

    def _cell(self, line: Line, name: str) -> str:
        column = self.columns.get(name)
        return line.cells[column] if column is not None and column < len(line.cells) else ""

    def _odd(self, line: Line, name: str) -> str:
        return self.table.odd.get((line.number, self.columns.get(name, -1)), "")

    def read(self, line: Line) -> Entry | None:
        """The employee of that row, None where something is wrong with it (which is told)."""
        row = line.number
        if not self._sound(line):
            return None
        number = self._number(line)
        name = self._name(line)
        kind = self._kind(line, number)
        unit = self._unit(line)
        position, grade = self._position(line)
        rank = self._rank(line, kind)
        superior = self._superior(line, number)
        phone = self._phone(line)
        if row in self.told.bad:
            return None
        return Entry(
            number=number, name=name, kind=kind, unit=unit, position=position, grade=grade, rank=rank,
            superior=superior, phone=phone,
        )  # fmt: skip

    def _sound(self, line: Line) -> bool:
        """Whether every cell that is read is one that can be."""
        _ = self.say
        row = line.number
        for name, column in self.columns.items():
            text = line.cells[column] if column < len(line.cells) else ""
            title = columns.TITLES[name]
            odd = self.table.odd.get((row, column), "")
            if odd == "formula":
                self.told.tell(
                    "formula", row, _("“{column}” holds a formula, not text.").format(column=title),
                    _("Copy the column and paste it as values."),
                )  # fmt: skip
            elif odd == "fault" or text.startswith(("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!")):
                self.told.tell(
                    "cell-fault", row, _("“{column}” holds a fault of Excel instead of a value.").format(column=title),
                    _("Type the value."),
                )  # fmt: skip
            elif odd in {"day", "truth"}:
                self.told.tell(
                    "cell-kind", row, _("Excel has made a date of “{column}”, or true and false.").format(column=title),
                    _("Format the column as text, then type the value again."),
                )  # fmt: skip
            elif len(text) > LONGEST_CELL:
                self.told.tell(
                    "too-long", row, _("“{column}” is longer than anything that belongs there.").format(column=title),
                    _("Check whether the columns have shifted."),
                )  # fmt: skip
            elif _GARBLED.search(text):
                self.told.tell(
                    "garbled", row, _("Letters in “{column}” were lost when the file was saved.").format(column=title),
                    _('Type them again, and save text files as "CSV UTF-8".'),
                )  # fmt: skip
        return row not in self.told.bad

    # ---- one column each ----------------------------------------------------------------------------

    def _number(self, line: Line) -> str:
        _ = self.say
        text = self._cell(line, columns.NUMBER)
        if not text:
            self.told.tell(
                "number-empty", line.number, _("The employee number is empty."),
                _("Fill in the 18 digits, or delete the row."),
            )  # fmt: skip
            return ""
        digits = self._eighteen(line, columns.NUMBER, text)
        if digits:
            self.digits[line.number] = digits
        return digits

    def _eighteen(self, line: Line, name: str, text: str) -> str:
        """The digits of an employee number, "" where something is wrong with them (which is told)."""
        _ = self.say
        row, title = line.number, columns.TITLES[name]
        retype = _("Format the column as text, then type the number again from the decree.")
        if _SCIENTIFIC.fullmatch(text):
            what = _("“{column}” was shortened by Excel (as in 1.98609E+17); its last digits are lost.")
            self.told.tell("number-shortened", row, what.format(column=title), retype)
            return ""
        if self._odd(line, name) == "number":
            what = _("“{column}” was saved as a number: Excel keeps 15 digits and puts zeros for the rest.")
            self.told.tell("number-cell", row, what.format(column=title), retype)
            return ""
        plain = re.sub(r"[\s.\-/_'’`\u200b-\u200f\u2060]", "", text)
        if not (plain.isascii() and plain.isdecimal()):
            what = _("“{column}” holds something else than digits.")
            self.told.tell("number-signs", row, what.format(column=title), _("Type the 18 digits alone."))
            return ""
        fault = fault_of(plain, today=self.today)
        if fault:
            self.told.tell(f"number-{fault}", row, *self._said_of(fault, title, plain))
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

    def _name(self, line: Line) -> str:
        _ = self.say
        name = " ".join(self._cell(line, columns.NAME).split())
        if not name:
            self.told.tell("name-empty", line.number, _("The name is empty."), _("Fill in the name."))
        elif any(char.isdecimal() for char in name) or not any(char.isalpha() for char in name):
            self.told.tell(
                "name-digits", line.number, _("The name holds digits or no letters."),
                _("Check whether the columns have shifted."),
            )  # fmt: skip
        elif len(name) > LONGEST_NAME:
            self.told.tell("name-long", line.number, _("The name is too long."), _("Shorten it to 100 letters."))
        return name

    def _kind(self, line: Line, number: str) -> str:
        _ = self.say
        said = self._cell(line, columns.KIND)
        kind = kind_of(said)
        if kind is None:
            self.told.tell(
                "kind", line.number,
                _("The status “{said}” is not known.").format(said=said[:40]) if said else _("The status is empty."),
                _("Write PNS, CPNS, PPPK or PPPK Paruh Waktu."),
            )  # fmt: skip
            return ""
        contract = int(number[12:14]) > 12 if number else None
        if contract is not None and contract != kind.startswith("PPPK"):
            self.told.tell(
                "kind-number", line.number,
                _("The employee number looks like one of a contract, the status does not.") if contract
                else _("The status says contract (PPPK), the employee number does not look like one."),
                _("Compare both with the decree."), level="warning",
            )  # fmt: skip
        return kind

    def _unit(self, line: Line) -> str:
        _ = self.say
        said = self._cell(line, columns.UNIT)
        key = self.lists.unit_names.key(said)
        if key is None:
            self.told.tell(
                "unit", line.number,
                _("The unit “{said}” is not known.").format(said=said[:60]) if said else _("The unit is empty."),
                _("Write it as in the list of units (sheet Unit of the template), or add it there."),
            )  # fmt: skip
        return key or ""

    def _position(self, line: Line) -> tuple[str, str]:
        _ = self.say
        said, level = self._cell(line, columns.POSITION), self._cell(line, columns.GRADE)
        position = self.lists.positions.key(said) or ""
        if said and not position:
            self.told.tell(
                "position", line.number, _("The position group “{said}” is not known.").format(said=said[:60]),
                _("Write Administrator, Pengawas, Fungsional, Pelaksana or Lainnya."),
            )  # fmt: skip
        grade = self.lists.grades.key(level) or ""
        if level and not grade and level not in {"-", "–"}:
            self.told.tell(
                "grade", line.number, _("The functional grade “{said}” is not known.").format(said=level[:60]),
                _("Write Keterampilan, Ahli Pertama, Ahli Muda or Ahli Madya, or leave it empty."),
            )  # fmt: skip
        elif grade and position and position != "fungsional":
            self.told.tell(
                "grade-position", line.number, _("A grade stands beside a position that has none; it is left out."),
                _("Check the position group."), level="warning",
            )  # fmt: skip
            grade = ""
        return position, grade

    def _rank(self, line: Line, kind: str) -> str:
        _ = self.say
        said = self._cell(line, columns.RANK)
        if not said or said in {"-", "–"} or not kind:
            return ""
        rank = rank_of(said, kind)
        if rank is None:
            self.told.tell(
                "rank", line.number,
                _("The rank “{said}” is none of a {kind}.").format(said=said[:40], kind=kind.replace("_", " ")),
                _("Write I/a to IV/e for PNS, I to XVII for PPPK, or leave it empty."),
            )  # fmt: skip
        return rank or ""

    def _superior(self, line: Line, number: str) -> str:
        _ = self.say
        text = self._cell(line, columns.SUPERIOR)
        if not text or text in {"-", "–"}:
            return ""
        digits = self._eighteen(line, columns.SUPERIOR, text)
        if digits and digits == number:
            self.told.tell(
                "superior-self", line.number, _("Somebody stands here as their own superior."),
                _("Write the superior's number, or leave it empty."),
            )  # fmt: skip
        return digits

    def _phone(self, line: Line) -> str:
        _ = self.say
        text = self._cell(line, columns.PHONE)
        if not text or text in {"-", "–", "0"}:
            return ""
        if _SCIENTIFIC.fullmatch(text):
            self.told.tell(
                "phone-shortened", line.number, _("The phone number was shortened by Excel; its last digits are lost."),
                _("Format the column as text, then type the number again."),
            )  # fmt: skip
            return ""
        meaning = read_phone(text)
        if len(meaning.values) != 1:
            self.told.tell(
                "phone", line.number, _("The phone number is no mobile number of Indonesia."),
                _("Write one number as 0812…, or leave it empty."),
            )  # fmt: skip
            return ""
        return meaning.values[0]
