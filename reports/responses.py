"""What was answered to one survey: a row a response, a sheet a repeat, and the codebook that explains both.

All versions stand side by side. Rule of the file: it reads in pieces by key, inside one transaction that sees one
moment, so that a million answers need no more memory than a thousand. Personal answers are shown to nobody who did not
ask for them; nothing of an anonymous response tells the time of day, and its rows come in the order of random ids.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from operator import itemgetter
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select, text

from reports._responses_codebook import codebook_of
from reports._responses_columns import MASK, Wording
from reports._responses_layout import Entry, Layout, ResponseRow, Shape, key_of, layout_of
from reports.base import Batch, Cell, ReportError, Row, Sheet
from storage import media
from storage.database import Transaction
from storage.responses import read_answer, read_place
from storage.tables import answer, response, survey
from storage.vault import Vault
from surveys import notation
from surveys.survey import Survey

AT_ONCE = 512
"""Responses read together."""
_STATES = ("complete", "open", "stopped", "expired")
"""What was withdrawn is shown to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be exported, and how."""

    survey: str
    language: str = ""
    """Of labels; "" is ``spoken`` where the survey has it, else the survey's first."""
    spoken: str = ""
    labels: bool = False
    """Labels instead of names, in headings and in cells."""
    since: date | None = None
    """Responses sent on this day of the office or later; unfinished ones by the day they were begun."""
    unfinished: bool = False
    test: bool = False
    raw: bool = False
    """With a column for what was said beside what was understood."""
    identities: bool = False
    """Employee numbers, phones and names in full."""
    media_folder: str = "media"
    """What the paths of files begin with."""


class Piece(NamedTuple):
    """Some responses as they come."""

    done: int
    """How many."""
    batches: Sequence[Batch]
    files: Sequence[str]
    """Paths of the files they name, under the media folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """An export, ready to be read."""

    survey: Survey
    """The newest version."""
    sheets: tuple[Sheet, ...]
    total: int
    """Responses."""
    explanation: tuple[Batch, ...]
    """The rows of the codebook."""
    pieces: Callable[[], AsyncIterator[Piece]]
    """Reads them, once, while the transaction is open. Raises StorageError."""


async def export(
    transaction: Transaction, vault: Vault, wish: Wish, *, zone: tzinfo, say: Callable[[str], str] = str
) -> Export:
    """Everything about the responses to ``wish.survey`` as ``transaction`` sees them.

    ``zone``: the office's. ``say`` translates our own words. Raises ReportError, SurveyError, StorageError.
    """
    await _hold_still(transaction)
    rows = await transaction.all(
        select(survey.c.id, survey.c.version, survey.c.notation)
        .where(survey.c.name == wish.survey)
        .order_by(survey.c.version)
    )
    versions = [notation.load(orjson.loads(row.notation)) for row in rows]
    if not versions:
        raise ReportError(await _unknown(transaction, wish, say))
    numbers = {row.id: found.version for row, found in zip(rows, versions, strict=True)}
    language = _language(versions, wish, say)
    shape = Shape(
        wording=Wording(labels=wish.labels, language=language, say=say),
        zone=zone,
        unfinished=wish.unfinished,
        test=wish.test,
        raw=wish.raw,
        masked=not wish.identities,
    )
    layout = layout_of(versions, shape)
    sheets, explanation = codebook_of(versions, layout, shape, first=len(layout.sheets))
    wanted = _wanted(wish, zone)
    total = await transaction.first(select(func.count()).where(response.c.survey_id.in_(list(numbers)), wanted))
    reading = _Reading(transaction, vault, wish, layout, numbers, wanted, say)
    return Export(
        survey=versions[-1],
        sheets=(*layout.sheets, *sheets),
        total=total[0] if total is not None else 0,
        explanation=tuple(explanation),
        pieces=reading.pieces,
    )


async def _hold_still(transaction: Transaction) -> None:
    """See one moment for as long as it takes. SQLite does by itself."""
    if not transaction.sqlite:
        await transaction.run(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        await transaction.run(text("SET LOCAL idle_in_transaction_session_timeout = '10min'"))


async def _unknown(transaction: Transaction, wish: Wish, say: Callable[[str], str]) -> str:
    _ = say
    names = [row[0] for row in await transaction.all(select(survey.c.name).distinct().order_by(survey.c.name))]
    if not names:
        return _("No survey is published yet. Publish one with: suara survey publish FILE")
    return _("There is no survey “{name}”. There are: {names}.").format(name=wish.survey, names=", ".join(names))


def _language(versions: Sequence[Survey], wish: Wish, say: Callable[[str], str]) -> str:
    _ = say
    known = tuple(dict.fromkeys(code for found in reversed(versions) for code in found.languages))
    if wish.language and wish.language not in known:
        words = _("“{name}” does not speak “{language}”. It speaks: {languages}.")
        raise ReportError(words.format(name=wish.survey, language=wish.language, languages=", ".join(known)))
    return wish.language or (wish.spoken if wish.spoken in known else known[0])


def _wanted(wish: Wish, zone: tzinfo) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [response.c.state.in_(_STATES if wish.unfinished else _STATES[:1])]
    if not wish.test:
        conditions.append(response.c.test.is_(False))
    if wish.since is not None:
        midnight = datetime.combine(wish.since, time(), zone).astimezone(UTC)
        conditions.append(
            or_(
                response.c.completed_at >= midnight,
                and_(response.c.completed_at.is_(None), response.c.completed_on >= wish.since),
                and_(
                    response.c.completed_at.is_(None),
                    response.c.completed_on.is_(None),
                    response.c.started_at >= midnight,
                ),
            )
        )
    return and_(*conditions)


class _Stored(NamedTuple):
    """One row of the answer table."""

    response_id: int
    place: str
    value: str
    raw: str
    other: str
    pages: str
    sealed: bytes | None


_ANSWERS: Select[Any] = (
    select(*(answer.c[name] for name in _Stored._fields))
    .where(answer.c.response_id.in_(bindparam("ids", expanding=True)))
    .order_by(answer.c.response_id, answer.c.place)
)


@dataclass(slots=True)
class _Rows:
    """The rows of one response while it is put together."""

    response: str
    main: list[Cell]
    repetitions: dict[tuple[int, tuple[int, ...]], list[Cell]] = field(default_factory=dict)


class _Reading:
    """Responses and their answers, piece by piece."""

    def __init__(
        self,
        transaction: Transaction,
        vault: Vault,
        wish: Wish,
        layout: Layout,
        numbers: Mapping[int, int],
        wanted: ColumnElement[bool],
        say: Callable[[str], str],
    ) -> None:
        _ = say
        self._transaction = transaction
        self._vault = vault
        self._layout = layout
        self._numbers = numbers
        self._wanted = wanted
        self._identities = wish.identities
        self._folder = wish.media_folder.rstrip("/")
        self._missing = _("[file not kept]")
        self._files = any(found.files for found in layout.fields)
        self._unseals = wish.identities or any(found.derived for found in layout.fields)

    async def pieces(self) -> AsyncIterator[Piece]:
        """Version by version, by id."""
        for survey_id, version in self._numbers.items():
            last = -1
            while found := await self._responses(survey_id, last):
                last = found[-1].id
                given = await self._transaction.raw(_ANSWERS, "ids", [one.id for one in found])
                files = await self._paths(given)
                yield Piece(len(found), self._batches(found, version, given, files), tuple(files.values()))

    async def _responses(self, survey_id: int, after: int) -> list[ResponseRow]:
        statement = (
            select(
                *(response.c[name] for name in ResponseRow._fields if name != "anonymous"),
                response.c.respondent_id.is_(None),
            )
            .where(response.c.survey_id == survey_id, response.c.id > after, self._wanted)
            .order_by(response.c.id)
            .limit(AT_ONCE)
        )
        return [ResponseRow(*tuple(row)) for row in await self._transaction.all(statement)]

    async def _paths(self, given: Iterable[Sequence[Any]]) -> Mapping[str, str]:
        """Media id to path under the media folder."""
        if not self._files:
            return {}
        ids = sorted({page for row in given if row[5] for page in row[5].split()})
        return await media.paths(self._transaction, ids) if ids else {}

    def _batches(
        self, found: Sequence[ResponseRow], version: int, given: Sequence[Sequence[Any]], files: Mapping[str, str]
    ) -> list[Batch]:
        rows: list[list[Row]] = [[] for _sheet in self._layout.sheets]
        by_response = {key: list(group) for key, group in itertools.groupby(given, itemgetter(0))}
        for one in found:
            whole = self._rows(one, version, by_response.get(one.id, ()), files)
            rows[0].append(whole.main)
            for sheet, position in sorted(whole.repetitions):
                rows[sheet].append(whole.repetitions[sheet, position])
        return [Batch(sheet, part) for sheet, part in enumerate(rows) if part]

    def _rows(self, one: ResponseRow, version: int, given: Iterable[Sequence[Any]], files: Mapping[str, str]) -> _Rows:
        entries = self._layout.entries[version, one.anonymous]
        whole = _Rows(key_of(one.id), self._layout.head(one, version))
        secrets: list[str] = []
        calculated: list[tuple[list[Cell], Entry, str]] = []
        for response_id, place, value, raw, other, pages, sealed in given:
            if sealed is not None:
                value, raw, other = self._opened(_Stored(response_id, place, "", "", "", pages, sealed))  # noqa: PLW2901
            entry = entries.get(place)
            row = whole.main
            if entry is None:
                name, position = read_place(place)
                entry = entries.get(name)
                if entry is None or not position:
                    continue
                row = self._repetition(whole, entry.sheet, position)
            if entry.reveals is not None:
                if entry.reveals == "itself":
                    secrets.append(value.casefold())
                else:
                    calculated.append((row, entry, value))
                    continue
            entry.fill(row, value, raw, other, self._named(pages, files) if pages else "")
        for row, entry, value in calculated:
            entry.fill(row, MASK if tells(value, secrets) else value, "", "", "")
        return whole

    def _repetition(self, whole: _Rows, sheet: int, position: tuple[int, ...]) -> list[Cell]:
        """The row of this repetition; it and those around it are there from now on."""
        row = whole.repetitions.get((sheet, position))
        if row is None:
            row = self._layout.repetition(sheet, whole.response, position)
            whole.repetitions[sheet, position] = row
            parent = self._layout.repeats[sheet].parent
            if parent:
                self._repetition(whole, parent, position[:-1])
        return row

    def _opened(self, stored: _Stored) -> tuple[str, str, str]:
        """The words of a sealed answer, where something needs them."""
        if not self._unseals:
            return MASK, MASK, MASK
        opened = read_answer(stored, self._vault)
        return opened.value, opened.raw, opened.other

    def _named(self, pages: str, files: Mapping[str, str]) -> str:
        """Where the files of an answer are, one a line."""
        return "\n".join(
            [f"{self._folder}/{files[page]}" if page in files else self._missing for page in pages.split()]
        )


_PART = 4
"""Letters of a name or a number by which somebody may be recognised."""


def tells(value: str, secrets: Iterable[str]) -> bool:
    """Whether a calculated value holds a part of what is not to be shown."""
    told = value.casefold()
    for secret in secrets:
        if len(told) >= _PART and told in secret:
            return True
        if any(word in told for word in (secret, *secret.split()) if len(word) >= _PART or word == secret != ""):
            return True
    return False
