"""Trainings and their sessions as a workbook holds them: the sheets Pelatihan and Angkatan, row by row.

Rules of the file: everything that is amiss is told at once, with its sheet, its row and what helps, and nothing is
guessed. On the sheet Angkatan each row is one day; rows with the same key are one session, and what a session has once
may stand in its first row alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal, InvalidOperation

from outreach.roster_lists import Lists, even
from outreach.roster_sheet import IsHeading, Table, Unreadable, read_tables
from outreach.training import FORMS, Day, ReminderSettings, Say, Training, TrainingSession, form_names
from surveys.errors import Problem

TRAININGS, SESSIONS = "Pelatihan", "Angkatan"
TRAINING_TITLES = {
    "key": "Kunci",
    "title": "Judul",
    "form": "Bentuk",
    "jp": "JP",
    "provider": "Penyelenggara",
    "competences": "Kompetensi",
    "units": "Unit",
    "positions": "Jabatan",
    "description": "Uraian",
    "skills": "Keterampilan",
    "attachments": "Lampiran",
    "off": "Pengingat mati",
    "offsets": "Hari pengingat",
    "open_days": "Masa isian (hari)",
    "texts": "Kalimat pengingat",
}
"""Columns of the sheet Pelatihan, as they are written."""
SESSION_TITLES = {
    "key": "Kunci angkatan",
    "training": "Kunci pelatihan",
    "date": "Tanggal",
    "starts": "Mulai",
    "ends": "Selesai",
    "jp": "JP hari itu",
    "place": "Tempat",
    "link": "Tautan",
    "capacity": "Kapasitas",
    "instructor": "Pengajar",
    "cost": "Biaya",
    "cancelled": "Batal",
}
"""Columns of the sheet Angkatan."""
_NEEDED = {TRAININGS: ("key", "title", "form", "jp"), SESSIONS: ("key", "training", "date", "starts", "ends")}
_TITLES = {TRAININGS: TRAINING_TITLES, SESSIONS: SESSION_TITLES}
_ONCE = ("training", "place", "link", "capacity", "instructor", "cost", "cancelled")
"""What a session has once, whatever the number of its days."""
_YES = frozenset({"ya", "y", "yes", "batal", "true", "1"})
_NO = frozenset({"", "tidak", "no", "false", "0", "-"})
_TIME = re.compile(r"(\d{1,2})[.:](\d{2})(?::00)?")
_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_RULE = re.compile(r"([a-z][a-z0-9_]*)\s*[:=]\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What a workbook holds. ``rows``: where each training and each session begins, for whatever else is told."""

    trainings: tuple[Training, ...] = ()
    sessions: tuple[TrainingSession, ...] = ()
    problems: tuple[Problem, ...] = ()
    rows: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """(sheet, key) to row"""


def read_book(content: bytes, lists: Lists, *, say: Say = str) -> Book:
    """Understand a workbook. Never raises for what is in it."""
    _ = say
    wanted = {name: _is_heading(name) for name in _TITLES}
    try:
        tables = read_tables(content, wanted, say=say).tables
    except Unreadable as unreadable:
        return Book(problems=(unreadable.problem,))
    reader = _Reader(lists, say)
    if not tables:
        what = _("There is neither a sheet Pelatihan nor a sheet Angkatan.")
        reader.wrong("", 0, what, _("Begin with the template: suara training template"))
    trainings = reader.trainings(tables[TRAININGS]) if TRAININGS in tables else ()
    sessions = reader.sessions(tables[SESSIONS]) if SESSIONS in tables else ()
    return Book(trainings=trainings, sessions=sessions, problems=tuple(reader.problems), rows=reader.rows)


def _is_heading(sheet: str) -> IsHeading:
    titles = {even(_TITLES[sheet][name]) for name in _NEEDED[sheet]}

    def known(cells: list[str]) -> bool:
        return len(titles & {even(cell) for cell in cells}) >= len(titles) - 1

    return known


class _Wrong(Exception):
    """A cell that cannot be read. The words are for its author."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


class _Reader:
    def __init__(self, lists: Lists, say: Say) -> None:
        self._lists = lists
        self._say = say
        self._forms = {even(name): key for key, name in form_names(say).items()} | {even(one): one for one in FORMS}
        self.problems: list[Problem] = []
        self.rows: dict[tuple[str, str], int] = {}

    def wrong(self, sheet: str, row: int, what: str, remedy: str) -> None:
        self.problems.append(Problem(code="training", sheet=sheet, row=row, what=what, remedy=remedy))

    # ---- rows ---------------------------------------------------------------------------------------

    def _rows(self, table: Table, sheet: str) -> Iterator[tuple[int, dict[str, str]]]:
        """(row number, column to text) of every row below the headings; missing columns are told once."""
        _ = self._say
        titles = {even(title): name for name, title in _TITLES[sheet].items()}
        headings = next(cells for number, cells in table.rows if number == table.headings)
        columns = {titles[even(cell)]: place for place, cell in enumerate(headings) if even(cell) in titles}
        missing = [_TITLES[sheet][name] for name in _NEEDED[sheet] if name not in columns]
        if missing:
            what = _("The column “{column}” is missing.").format(column=missing[0])
            self.wrong(sheet, table.headings, what, _("Add it, or begin with the template."))
            return
        for number, cells in table.rows:
            if number <= table.headings:
                continue
            odd = [place for place in columns.values() if table.odd.get((number, place)) in {"formula", "fault"}]
            if odd:
                what = _("“{column}” holds a formula, not a value.").format(column=headings[odd[0]])
                self.wrong(sheet, number, what, _("Copy the cell and paste it as a value."))
                continue
            found = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
            yield number, {name: found.get(name, "") for name in _TITLES[sheet]}

    def trainings(self, table: Table) -> tuple[Training, ...]:
        found: dict[str, Training] = {}
        for number, cells in self._rows(table, TRAININGS):
            try:
                one = self._training(cells)
                if one.key in found:
                    raise self._twice(one.key)
            except _Wrong as wrong:
                self.wrong(TRAININGS, number, wrong.what, wrong.remedy)
                continue
            found[one.key] = one
            self.rows[TRAININGS, one.key] = number
        return tuple(found.values())

    def _twice(self, key: str) -> _Wrong:
        _ = self._say
        return _Wrong(
            _("The key “{key}” stands here twice.").format(key=key), _("Give each training a key of its own.")
        )

    def _training(self, cells: Mapping[str, str]) -> Training:
        _ = self._say
        if not cells["key"]:
            raise _Wrong(_("The key is missing."), _("Write a short one in small letters, such as pelayanan_prima."))
        form = self._forms.get(even(cells["form"]))
        if form is None:
            words = _("The form “{form}” is not known: choose one of the list.").format(form=cells["form"])
            raise _Wrong(words, _("The sheet Petunjuk names them."))
        return Training(
            key=cells["key"],
            title=cells["title"],
            form=form,
            jp=self._number(cells["jp"], TRAINING_TITLES["jp"]),
            provider=cells["provider"],
            competences=tuple(_several(cells["competences"])),
            units=frozenset(self._unit(one) for one in _several(cells["units"])),
            positions=frozenset(self._position(one) for one in _several(cells["positions"])),
            description=cells["description"],
            skills=tuple(_lines(cells["skills"])),
            attachments=tuple(_lines(cells["attachments"])),
            reminders=ReminderSettings(
                off=frozenset(_several(cells["off"])),
                offsets={rule: self._days(days) for rule, days in self._by_rule(cells["offsets"], "offsets")},
                open_days={rule: self._span(days) for rule, days in self._by_rule(cells["open_days"], "open_days")},
                texts=dict(self._by_rule(cells["texts"], "texts")),
            ),
        )

    def sessions(self, table: Table) -> tuple[TrainingSession, ...]:
        days: dict[str, list[Day]] = {}
        about: dict[str, dict[str, str]] = {}
        broken: set[str] = set()
        for number, cells in self._rows(table, SESSIONS):
            key = cells["key"]
            try:
                days.setdefault(key, []).append(self._day(cells))
                self._agree(about.setdefault(key, dict.fromkeys(_ONCE, "")), cells)
                self.rows.setdefault((SESSIONS, key), number)
            except _Wrong as wrong:
                self.wrong(SESSIONS, number, wrong.what, wrong.remedy)
                broken.add(key)
        found = []
        for key, held in days.items():
            if key in broken:
                continue
            try:
                found.append(self._session(key, held, about[key]))
            except _Wrong as wrong:
                self.wrong(SESSIONS, self.rows[SESSIONS, key], wrong.what, wrong.remedy)
        return tuple(found)

    def _agree(self, known: dict[str, str], cells: Mapping[str, str]) -> None:
        """What a session has once is the same in all its rows, or stands in one alone."""
        _ = self._say
        for name in _ONCE:
            if cells[name] and known[name] and cells[name] != known[name]:
                words = _("“{column}” differs from the row above with the same key.")
                raise _Wrong(
                    words.format(column=SESSION_TITLES[name]),
                    _("Write it once, or give this session a key of its own."),
                )
            known[name] = known[name] or cells[name]

    def _session(self, key: str, days: Sequence[Day], about: Mapping[str, str]) -> TrainingSession:
        _ = self._say
        if not about["training"]:
            raise _Wrong(_("The session names no training."), _("Write the training's key."))
        if even(about["cancelled"]) not in _YES | _NO:
            raise _Wrong(
                _("“{column}” is ya or empty.").format(column=SESSION_TITLES["cancelled"]), _("Write ya, or nothing.")
            )
        capacity = self._number(about["capacity"] or "0", SESSION_TITLES["capacity"])
        if capacity != capacity.to_integral_value():
            words = _("“{column}” is a whole number.").format(column=SESSION_TITLES["capacity"])
            raise _Wrong(words, _("0 means that there is no limit."))
        return TrainingSession(
            key=key,
            training=about["training"],
            days=tuple(sorted(days, key=lambda day: (day.date, day.starts, day.ends))),
            place=about["place"],
            link=about["link"],
            capacity=int(capacity),
            instructor=about["instructor"],
            cost=self._number(about["cost"] or "0", SESSION_TITLES["cost"]),
            cancelled=even(about["cancelled"]) in _YES,
        )

    # ---- cells --------------------------------------------------------------------------------------

    def _day(self, cells: Mapping[str, str]) -> Day:
        _ = self._say
        if not cells["key"]:
            raise _Wrong(
                _("The session's key is missing."), _("Write one, such as pelayanan_prima-2026-12-01, in each row.")
            )
        jp = self._number(cells["jp"], SESSION_TITLES["jp"]) if cells["jp"] else None
        return Day(self._date(cells["date"]), self._time(cells, "starts"), self._time(cells, "ends"), jp)

    def _date(self, text: str) -> date:
        _ = self._say
        try:
            found = _DATE.fullmatch(text)
            return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
        except ValueError:
            words = _("“{text}” is no date.").format(text=text[:40])
            raise _Wrong(words, _("Write it like 2026-12-01 or 01/12/2026.")) from None

    def _time(self, cells: Mapping[str, str], name: str) -> time:
        _ = self._say
        found = _TIME.fullmatch(cells[name])
        try:
            if found is not None:
                return time(int(found[1]), int(found[2]))
        except ValueError:
            pass
        words = _("“{column}”: “{text}” is no time of day.")
        raise _Wrong(words.format(column=SESSION_TITLES[name], text=cells[name][:40]), _("Write it like 08.00."))

    def _number(self, text: str, column: str) -> Decimal:
        _ = self._say
        plain = text.replace(" ", "")
        try:
            if re.fullmatch(r"\d+(?:[.,]\d+)?", plain):
                return Decimal(plain.replace(",", "."))
        except InvalidOperation:
            pass
        words = _("“{column}”: “{text}” is no number.")
        raise _Wrong(words.format(column=column, text=text[:40]), _("Write digits alone, such as 16."))

    def _unit(self, said: str) -> str:
        """The key of a unit; what is none is kept, and refused with the rest of the training."""
        keys = {unit.key for unit in self._lists.units}
        return said if said in keys else self._lists.unit_names.key(said) or said

    def _position(self, said: str) -> str:
        return self._lists.positions.key(said) or said

    def _by_rule(self, text: str, name: str) -> list[tuple[str, str]]:
        """Lines such as "h1: Bawa alat tulis"."""
        _ = self._say
        found = []
        for one in _lines(text):
            named = _RULE.fullmatch(one)
            if named is None:
                words = _("“{column}”: “{text}” names no reminder.")
                raise _Wrong(
                    words.format(column=TRAINING_TITLES[name], text=one[:40]),
                    _("Write a line for each, such as h7: 10, 5 or h1: Bawa alat tulis."),
                )
            found.append((named[1], named[2].strip()))
        return found

    def _days(self, text: str) -> tuple[int, ...]:
        _ = self._say
        if not re.fullmatch(r"\s*(?:\d{1,3}(?:\s*,\s*\d{1,3})*)?\s*", text):
            words = _("“{column}”: “{text}” is no list of days.")
            raise _Wrong(
                words.format(column=TRAINING_TITLES["offsets"], text=text[:40]),
                _("Write a line for each, such as h7: 10, 5 or h1: Bawa alat tulis."),
            )
        return tuple(int(one) for one in re.findall(r"\d+", text))

    def _span(self, text: str) -> int:
        _ = self._say
        if not re.fullmatch(r"\d{1,3}", text):
            words = _("“{column}”: “{text}” is no number of days.")
            raise _Wrong(
                words.format(column=TRAINING_TITLES["open_days"], text=text[:40]),
                _("Write a line for each, such as follow_up: 45."),
            )
        return int(text)


def _several(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"[,;\n]", text) if one.strip()]


def _lines(text: str) -> list[str]:
    return [one.strip() for one in text.split("\n") if one.strip()]
