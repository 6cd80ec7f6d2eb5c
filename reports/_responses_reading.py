"""Responses and their answers, read in pieces by key and put into rows.

Rule of the file: the same memory for a million answers as for a thousand; what is sealed is opened only where somebody
asked to see it, or where a calculation may give it away.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, select

from reports._responses_columns import MASK
from reports._responses_layout import Entry, Layout, ResponseRow, key_of
from reports.base import Batch, Cell, Row
from storage import media
from storage.database import Transaction
from storage.responses import read_answer, read_place
from storage.tables import answer, response
from storage.vault import Vault
from surveys.text.file_names import Names

AT_ONCE = 512
"""Responses read together."""


class Piece(NamedTuple):
    """Some responses as they come."""

    done: int
    """How many."""
    batches: Sequence[Batch]
    files: Sequence[tuple[str, str]]
    """The files they name: (path under the media folder, the name under which the rows speak of it)."""


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
    owner: str
    """What its files are named by: its ticket, else its own number."""
    main: list[Cell]
    repetitions: dict[tuple[int, tuple[int, ...]], list[Cell]] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    files: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Naming:
    """How files are spoken of. ``readable``: by what they answer, not as they are kept."""

    folder: str
    """What their paths begin with."""
    readable: bool
    missing: str
    """Stands for a file not kept."""


class Reading:
    """The responses that are wanted, and their answers.

    ``numbers``: survey id to version. ``naming``: how files are spoken of.
    """

    def __init__(
        self,
        transaction: Transaction,
        vault: Vault,
        layout: Layout,
        *,
        numbers: Mapping[int, int],
        wanted: ColumnElement[bool],
        identities: bool,
        naming: Naming,
    ) -> None:
        self._transaction = transaction
        self._vault = vault
        self._layout = layout
        self._numbers = numbers
        self._wanted = wanted
        self._naming = naming
        self._files = any(found.files for found in layout.fields)
        self._identities = identities
        self._unseals = identities or any(found.derived for found in layout.fields)

    async def pieces(self) -> AsyncIterator[Piece]:
        """Version by version, by id."""
        for survey_id, version in self._numbers.items():
            last = -1
            while found := await self._responses(survey_id, last):
                last = found[-1].id
                given = await self._transaction.raw(_ANSWERS, "ids", [one.id for one in found])
                files = await self._paths(given)
                batches, named = self._batches(found, version, given, files)
                yield Piece(len(found), batches, named)

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
    ) -> tuple[list[Batch], tuple[tuple[str, str], ...]]:
        rows: list[list[Row]] = [[] for _sheet in self._layout.sheets]
        named: list[tuple[str, str]] = []
        by_response = {key: list(group) for key, group in itertools.groupby(given, itemgetter(0))}
        for one in found:
            whole = self._rows(one, version, by_response.get(one.id, ()), files)
            named += whole.files
            rows[0].append(whole.main)
            for sheet, position in sorted(whole.repetitions):
                rows[sheet].append(whole.repetitions[sheet, position])
        return [Batch(sheet, part) for sheet, part in enumerate(rows) if part], tuple(named)

    def _rows(self, one: ResponseRow, version: int, given: Iterable[Sequence[Any]], files: Mapping[str, str]) -> _Rows:
        entries = self._layout.entries[version, one.anonymous]
        whole = _Rows(key_of(one.id), one.ticket or key_of(one.id), self._layout.head(one, version))
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
            if one.confidential and not self._identities:
                raw, other = MASK if raw else "", MASK if other else ""  # noqa: PLW2901
                if entry.words:
                    value, pages = MASK, ""  # noqa: PLW2901
            if entry.reveals is not None:
                if entry.reveals == "itself":
                    secrets.append(value.casefold())
                else:
                    calculated.append((row, entry, value))
                    continue
            entry.fill(row, value, raw, other, self._named(whole, place, pages, files) if pages else "")
        for row, entry, value in calculated:
            entry.fill(row, MASK if tells(value, secrets) else value, "", "", "")
        return whole

    def _repetition(self, whole: _Rows, sheet: int, position: tuple[int, ...]) -> list[Cell]:
        """The row of this repetition; it, those before it (their questions may all have been skipped) and those around
        it are there from now on."""
        row = whole.repetitions.get((sheet, position))
        if row is None:
            row = self._layout.repetition(sheet, whole.response, position)
            whole.repetitions[sheet, position] = row
            if position[-1] > 1:
                self._repetition(whole, sheet, (*position[:-1], position[-1] - 1))
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

    def _named(self, whole: _Rows, place: str, pages: str, files: Mapping[str, str]) -> str:
        """Where the files of an answer are, one a line."""
        lines = []
        for number, page in enumerate(pages.split(), start=1):
            if page not in files:
                lines.append(self._naming.missing)
                continue
            kept = files[page]
            name = whole.names.of(whole.owner, place, number, kept) if self._naming.readable else kept
            whole.files.append((kept, name))
            lines.append(f"{self._naming.folder}/{name}")
        return "\n".join(lines)


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
