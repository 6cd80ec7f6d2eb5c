"""The columns of one question, and how one answer fills them.

Rule of the file: pure, and quick, since it runs for every answer: what can be decided once is decided while the columns
are made. A value that is not what its question asks for (an older version may have asked otherwise) stands as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from reports._responses_fields import CLOCKS, FILES, SILENT, SPLIT, Field
from reports.base import Cell, Column
from surveys.survey import in_language

MASK = "•••••"
"""What stands in place of a personal answer."""
OTHER = "other"

Cells = list[Cell]
Fill = Callable[[Cells, str, str, str, str], None]
"""Fills a row from an answer: row, value, what was said, words behind "other", paths of files (one a line)."""

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,299})(?:\.[0-9]{1,300})?")
_RESULT = re.compile(r"-?(?:0|[1-9][0-9]{0,299})(?:\.[0-9]{0,299}[1-9])?")
_EXACT = 15
"""Digits of a number that a spreadsheet keeps; a longer one stands as text."""
_CLOCK = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_WIDTHS = {"text": 32, "number": 12, "date": 12, "time": 10, "moment": 18}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How headings and values are worded: by the author's names, or by labels in ``language``."""

    labels: bool
    language: str
    say: Callable[[str], str]
    doubled: frozenset[str] = frozenset()
    """Labels that several questions share: their names are added."""

    def label(self, field: Field) -> str:
        """The question in one line."""
        return " ".join(in_language(field.question.label, self.language).split()) or field.name

    def heading(self, field: Field) -> str:
        """Of the question's own column."""
        if not self.labels:
            return field.name
        label = self.label(field)
        return f"{label} [{field.name}]" if label in self.doubled else label

    def part(self, field: Field, name: str, label: str) -> str:
        """Of a further column: ``name`` is added to the question's name, ``label`` to its label."""
        return self.heading(field) + (f" ({label})" if self.labels else name)

    def choice(self, field: Field, name: str, label: str) -> str:
        """Of the column of one choice."""
        return self.heading(field) + (f": {label or name}" if self.labels else f"/{name}")

    def choices(self, field: Field) -> dict[str, str]:
        """Name to label of every choice, "other" included."""
        _ = self.say
        words = {choice.name: " ".join(in_language(choice.label, self.language).split()) for choice in field.choices}
        if field.or_other:
            words.setdefault(OTHER, _("Other"))
        return words


@dataclass(frozen=True, slots=True)
class Filled:
    """The columns of a question and what fills them."""

    columns: tuple[Column, ...]
    fill: Fill
    fill_anonymous: Fill
    """The same for somebody who is not to be known: no time of day."""


def columns_of(field: Field, at: int, wording: Wording, zone: tzinfo, *, raw: bool, masked: bool) -> Filled:
    """The columns of ``field``, of which the first is column ``at`` of its sheet.

    ``raw``: with a column for what was said. ``masked``: a personal answer is not shown.
    """
    _ = wording.say
    question = field.question
    columns = [Column(heading=wording.heading(field), width=_WIDTHS[field.kind])]
    fill = _plain(at, field, wording, zone)
    anonymous = _dated(at, zone) if question.type in CLOCKS else _untimed(fill) if question.type in SILENT else None

    def further(name: str, label: str, width: int) -> None:
        columns.append(Column(heading=wording.part(field, name, label), width=width))

    if question.type in SPLIT:
        choices = wording.choices(field)
        split = {name: at + 1 + place for place, name in enumerate(choices)}
        fill = (_ticked if question.type == "select_multiple" else _ranked)(fill, split, at + 1)
        columns += [Column(heading=wording.choice(field, *choice), width=12) for choice in choices.items()]
    elif question.type == "geopoint":
        fill = _located(fill, at + 1)
        further("_latitude", _("latitude"), 12)
        further("_longitude", _("longitude"), 12)
    if question.type in FILES:
        fill = _filed(fill, at, at + 1, always=True)
        further("_caption", _("caption"), 24)
    elif field.files:
        fill = _filed(fill, at, at + len(columns), always=False)
        further("_file", _("file"), 24)
    elif field.or_other:
        fill = _worded(fill, at + len(columns))
        further("_other", _("other"), 24)
    if raw and question.type not in SILENT:
        fill = _said(fill, at + len(columns))
        further("_raw", _("as said"), 24)
    if masked and field.personal:
        fill = _hidden(fill)
    return Filled(tuple(columns), fill, anonymous or fill)


# ---- values -----------------------------------------------------------------------------------------


def number(text: str) -> Cell:
    """A number, as long as a spreadsheet keeps all of its digits; "007" is none."""
    if _NUMBER.fullmatch(text) is None or len(text.lstrip("-0.").replace(".", "")) > _EXACT:
        return text
    return float(text) if "." in text else int(text)


def calculated(text: str) -> Cell:
    """A number where a calculation gave one, to as many digits as a spreadsheet keeps; "007" and "1.50" are texts."""
    if _RESULT.fullmatch(text) is None or len(text.lstrip("-").partition(".")[0]) > _EXACT:
        return text
    return float(text) if "." in text else int(text)


def day(text: str) -> Cell:
    """A date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def hour(text: str) -> Cell:
    """A time of day."""
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text


def moment(text: str, zone: tzinfo) -> Cell:
    """A date and time in the office's zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    return found if found.tzinfo is None else found.astimezone(zone).replace(tzinfo=None)


# ---- filling ----------------------------------------------------------------------------------------


def _plain(at: int, field: Field, wording: Wording, zone: tzinfo) -> Fill:
    """The question's own column."""
    if wording.labels and field.choices:
        return _labelled(at, wording.choices(field), " > " if field.question.type == "rank" else "; ")
    read: Callable[[str], Cell] | None = {"number": number, "date": day, "time": hour}.get(field.kind)
    if field.question.type == "calculate":
        read = calculated
    if field.kind == "moment":
        read = lambda text: moment(text, zone)  # noqa: E731 -- one of several
    if read is None:

        def as_text(row: Cells, value: str, _raw: str, _other: str, _files: str) -> None:
            row[at] = value

        return as_text

    def as_read(row: Cells, value: str, _raw: str, _other: str, _files: str) -> None:
        row[at] = read(value)

    return as_read


def _labelled(at: int, labels: Mapping[str, str], between: str) -> Fill:
    def fill(row: Cells, value: str, _raw: str, _other: str, _files: str) -> None:
        row[at] = labels.get(value) or between.join([labels.get(name) or name for name in value.split()])

    return fill


def _dated(at: int, zone: tzinfo) -> Fill:
    def fill(row: Cells, value: str, _raw: str, _other: str, _files: str) -> None:
        found = moment(value, zone)
        row[at] = found.date() if isinstance(found, datetime) else None

    return fill


def _untimed(inner: Fill) -> Fill:
    """A calculation may have written down the clock: ``now()``."""

    def fill(row: Cells, value: str, raw: str, other: str, files: str) -> None:
        inner(row, _CLOCK.sub(r"\1", value), raw, other, files)

    return fill


def _ticked(inner: Fill, split: Mapping[str, int], first: int) -> Fill:
    nothing: Sequence[Cell] = (0,) * len(split)
    last = first + len(split)

    def fill(row: Cells, value: str, raw: str, other: str, files: str) -> None:
        inner(row, value, raw, other, files)
        row[first:last] = nothing
        for name in value.split():
            if name in split:
                row[split[name]] = 1

    return fill


def _ranked(inner: Fill, split: Mapping[str, int], _first: int) -> Fill:
    def fill(row: Cells, value: str, raw: str, other: str, files: str) -> None:
        inner(row, value, raw, other, files)
        for place, name in enumerate(value.split(), start=1):
            if name in split:
                row[split[name]] = place

    return fill


def _located(inner: Fill, first: int) -> Fill:
    def fill(row: Cells, value: str, raw: str, other: str, files: str) -> None:
        inner(row, value, raw, other, files)
        row[first : first + 2] = [number(part) if part else None for part in [*value.split(), "", ""][:2]]

    return fill


def _filed(inner: Fill, at: int, further: int, *, always: bool) -> Fill:
    """A file where one may stand. ``always``: in the question's own column, its caption in the further one; else in the
    further one, its caption among the words of others."""
    where, words = (at, further) if always else (further, at)

    def fill(row: Cells, value: str, raw: str, other: str, files: str) -> None:
        if not files:
            inner(row, value, raw, other, files)
            return
        row[where] = files
        row[words] = other or None

    return fill


def _worded(inner: Fill, at: int) -> Fill:
    def fill(row: Cells, value: str, raw: str, other: str, files: str) -> None:
        inner(row, value, raw, other, files)
        row[at] = other or None

    return fill


def _said(inner: Fill, at: int) -> Fill:
    def fill(row: Cells, value: str, raw: str, other: str, files: str) -> None:
        inner(row, value, raw, other, files)
        row[at] = raw or None

    return fill


def _hidden(inner: Fill) -> Fill:
    def fill(row: Cells, value: str, raw: str, other: str, files: str) -> None:
        inner(row, value and MASK, raw and MASK, other and MASK, files and MASK)

    return fill
