"""Where each answer goes: the sheets of an export, and for every version the columns its questions fill.

Rule of the file: pure. One row a response on the first sheet, one row a repetition on the sheet of its repeat; a row of
a repeat names the row it belongs to. Headings of our own begin with an underscore, so that they stay apart from names
that authors give.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Literal, NamedTuple

from outreach.evaluations import without_subject
from reports._responses_columns import Fill, Wording, columns_of
from reports._responses_fields import Field, Path, fields_of, repeats_of
from reports.base import Cell, Column, Sheet
from surveys.survey import Survey, in_language


class ResponseRow(NamedTuple):
    """One response as it is stored, without its answers."""

    id: int
    state: str
    language: str
    test: bool
    ticket: str | None
    started_at: datetime | None
    completed_at: datetime | None
    completed_on: date | None
    confidential: bool
    occasion: str
    anonymous: bool


class Entry(NamedTuple):
    """What a question fills."""

    sheet: int
    fill: Fill
    reveals: Literal["itself", "another"] | None
    """A personal answer that is not shown, or a calculation made from one."""
    words: bool
    """What somebody wrote or sent in their own way: of a confidential response it is not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatSheet:
    """Where the repetitions of one repeat go."""

    name: str
    path: Path
    parent: int
    """The sheet of the repeat around it, 0 if there is none."""
    width: int


_REPEAT_COLUMNS = 4
OWN_WORDS = frozenset(("text", "image", "audio", "video", "file", "geopoint", "calculate"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Sheets and who fills them."""

    fields: tuple[Field, ...]
    sheets: tuple[Sheet, ...]
    """The first has the responses, the others are those of ``repeats``."""
    codebook: tuple[str, str]
    """Names of the two sheets that explain these."""
    repeats: Mapping[int, RepeatSheet]
    head: Callable[[ResponseRow, int], list[Cell]]
    """The row of a response (and of its version) before anything is answered."""
    entries: Mapping[tuple[int, bool], Mapping[str, Entry]]
    """By version and whether the response is anonymous: question to what it fills."""

    def repetition(self, sheet: int, response: str, position: tuple[int, ...]) -> list[Cell]:
        """The row of a repetition before anything is answered."""
        repeat = self.repeats[sheet]
        key = response
        parent = response
        for name, number in zip(repeat.path, position, strict=True):
            parent, key = key, f"{key}/{name}[{number}]"
        row: list[Cell] = [key, parent, response, position[-1]]
        row.extend([None] * (repeat.width - _REPEAT_COLUMNS))
        return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What is wished of the columns."""

    wording: Wording
    zone: tzinfo
    unfinished: bool
    test: bool
    raw: bool
    masked: bool
    occasions: bool = False
    """Some of the responses are about a training."""


def layout_of(versions: Sequence[Survey], shape: Shape) -> Layout:
    """The layout for the responses to ``versions`` of one survey, the oldest first."""
    fields = fields_of(versions)
    head_columns, head = _head(versions, shape)
    labels = Counter(column.heading for column in (*head_columns, *_repeat_head(shape.wording)))
    labels.update(shape.wording.label(field) for field in fields)
    wording = replace(shape.wording, doubled=frozenset(label for label, times in labels.items() if times > 1))
    repeats = repeats_of(versions)
    numbers: dict[Path, int] = {(): 0}
    for path in repeats:
        numbers[path] = len(numbers)
    columns: list[list[Column]] = [head_columns, *(_repeat_head(wording) for _path in repeats)]
    entries: dict[tuple[int, bool], dict[str, Entry]] = {
        (survey.version, anonymous): {} for survey in versions for anonymous in (False, True)
    }
    for field in fields:
        sheet = numbers[field.repeats]
        at = len(columns[sheet])
        filled = columns_of(field, at, wording, shape.zone, raw=shape.raw, masked=shape.masked)
        columns[sheet] += filled.columns
        for version in field.versions:
            reveals = _reveals(field) if shape.masked else None
            words = field.question.type in OWN_WORDS
            entries[version, False][field.name] = Entry(sheet, filled.fill, reveals, words)
            entries[version, True][field.name] = Entry(sheet, filled.fill_anonymous, reveals, words)
    _ = wording.say
    titles = [_("Answers")]
    titles += [
        _sheet_title(in_language(section.label, wording.language), path, shape) for path, section in repeats.items()
    ]
    *titles, codebook, choices = unique([*titles, _("Codebook"), _("Choices")])
    width = len(columns[0])
    return Layout(
        fields=fields,
        sheets=tuple(Sheet(name, tuple(unique_headings(found))) for name, found in zip(titles, columns, strict=True)),
        codebook=(codebook, choices),
        repeats={
            number: RepeatSheet(name=path[-1], path=path, parent=numbers[path[:-1]], width=len(columns[number]))
            for path, number in numbers.items()
            if path
        },
        head=lambda response, version: head(response, version, width),
        entries=entries,
    )


def _reveals(field: Field) -> Literal["itself", "another"] | None:
    if field.personal:
        return "itself"
    return "another" if field.derived else None


def _sheet_title(label: str, path: Path, shape: Shape) -> str:
    return " ".join(label.split()) or path[-1] if shape.wording.labels else path[-1]


# ---- columns of our own -----------------------------------------------------------------------------


def key_of(response_id: int) -> str:
    """How a response is named in exports: with a letter, since spreadsheets keep 15 digits of a number."""
    return f"R{response_id}"


_Own = tuple[str, str, int, Callable[[ResponseRow, int], Cell]]
"""Name, label, width, value."""


def _head(
    versions: Sequence[Survey], shape: Shape
) -> tuple[list[Column], Callable[[ResponseRow, int, int], list[Cell]]]:
    own = _own_columns(versions, shape)
    columns = [
        Column(heading=label if shape.wording.labels else name, width=width) for name, label, width, _value in own
    ]
    values = [value for _name, _label, _width, value in own]

    def head(response: ResponseRow, version: int, width: int) -> list[Cell]:
        row = [value(response, version) for value in values]
        row.extend([None] * (width - len(row)))
        return row

    return columns, head


def _own_columns(versions: Sequence[Survey], shape: Shape) -> list[_Own]:
    _ = shape.wording.say
    zone = shape.zone
    states = {
        "complete": _("complete"),
        "open": _("being answered"),
        "stopped": _("stopped"),
        "expired": _("expired"),
    }
    columns: list[_Own] = [
        ("_id", _("Response"), 23, lambda response, _version: key_of(response.id)),
        ("_version", _("Version"), 9, lambda _response, version: version),
    ]
    if shape.unfinished:
        shown = states if shape.wording.labels else {}
        columns.append(("_state", _("State"), 12, lambda response, _v: shown.get(response.state, response.state)))
    columns.append(("_language", _("Language"), 9, lambda response, _version: response.language))
    if any(survey.chat.anonymous != "always" for survey in versions):
        columns.append(("_started", _("Begun"), 18, lambda response, _v: _local(response.started_at, zone)))
        columns.append(("_completed", _("Finished"), 18, lambda response, _v: _local(response.completed_at, zone)))
    columns.append(("_date", _("Date"), 12, lambda response, _version: _day(response, zone)))
    if any(survey.chat.ticket for survey in versions):
        columns.append(("_ticket", _("Ticket"), 18, lambda response, _version: response.ticket))
    if shape.occasions:
        columns.append(("_occasion", _("About"), 26, lambda response, _v: without_subject(response.occasion) or None))
    if shape.test:
        columns.append(("_test", _("Test"), 6, lambda response, _version: int(response.test)))
    return columns


def _local(at: datetime | None, zone: tzinfo) -> Cell:
    return None if at is None else at.astimezone(zone).replace(tzinfo=None, microsecond=0)


def _day(response: ResponseRow, zone: tzinfo) -> Cell:
    """The office's day: that of the moment where it is kept."""
    return response.completed_on if response.completed_at is None else response.completed_at.astimezone(zone).date()


def _repeat_head(wording: Wording) -> list[Column]:
    _ = wording.say
    own = (
        ("_key", _("Row"), 30),
        ("_parent", _("Belongs to"), 24),
        ("_id", _("Response"), 23),
        ("_index", _("Number"), 8),
    )
    return [Column(heading=label if wording.labels else name, width=width) for name, label, width in own]


def own_names(versions: Sequence[Survey], shape: Shape, *, repeats: bool) -> list[tuple[str, str]]:
    """Heading and meaning of the columns of our own, for the codebook."""
    plain = replace(shape, wording=replace(shape.wording, labels=False))
    found = [(name, label) for name, label, _width, _value in _own_columns(versions, plain)]
    if repeats:
        labels = [column.heading for column in _repeat_head(replace(shape.wording, labels=True))]
        found += [(column.heading, label) for column, label in zip(_repeat_head(plain.wording), labels, strict=True)]
    return list(dict(found).items())


# ---- names ------------------------------------------------------------------------------------------

_LONGEST_TITLE = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
"""What Excel takes in no name of a sheet."""


def unique(titles: Iterable[str]) -> list[str]:
    """Names of sheets as Excel takes them, each another, whatever the case."""
    taken = {"history"}  # Excel keeps it for itself
    found = []
    for title in titles:
        plain = _FORBIDDEN.sub(" ", title).strip(" '") or "_"
        name, number = plain[:_LONGEST_TITLE].strip(" '") or "_", 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain[: _LONGEST_TITLE - len(str(number)) - 3].strip()} ({number})"
        taken.add(name.casefold())
        found.append(name)
    return found


def unique_headings(columns: Iterable[Column]) -> list[Column]:
    """The same with no heading twice."""
    taken: set[str] = set()
    found = []
    for column in columns:
        heading, number = column.heading, 1
        while heading in taken:
            number += 1
            heading = f"{column.heading} ({number})"
        taken.add(heading)
        found.append(replace(column, heading=heading))
    return found
