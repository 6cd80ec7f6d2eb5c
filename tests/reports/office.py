"""An office whose surveys were answered, without anybody who talks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import insert

from reports.base import Batch, Cell, Sheet
from reports.responses import Wish, export
from storage import responses, surveys
from storage.database import Database
from storage.tables import media, respondent
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from surveys import notation
from surveys.session import Answer
from surveys.survey import Survey
from tests.surveys.forms import survey_of

MAKASSAR = ZoneInfo("Asia/Makassar")
BEGUN = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
"""01.30 of the next day in the office."""
DONE = datetime(2026, 11, 23, 17, 40, 5, 600_000, tzinfo=UTC)

Given = Mapping[str, str | Answer]
"""Place ("umur", "nama[2]") to the answer."""
Table = list[list[Cell]]


@dataclass(slots=True)
class Office:
    """Surveys and responses in a database."""

    database: Database
    vault: Vault
    respondents: list[int] = field(default_factory=list)
    surveys: dict[int, Survey] = field(default_factory=dict)

    async def publish(self, form: str, version: int = 1) -> int:
        """A version of the survey in a Markdown form; its id."""
        survey = replace(survey_of(form), version=version)
        async with self.database.write() as transaction:
            found = await surveys.publish(
                transaction,
                name=survey.name,
                version=version,
                notation=orjson.dumps(notation.dump(survey)),
                source=None,
                source_type=".md",
                now=BEGUN,
            )
        self.surveys[found] = survey
        return found

    async def respond(
        self,
        survey_id: int,
        given: Given,
        *,
        response_id: int,
        language: str = "id",
        anonymous: bool = False,
        test: bool = False,
        state: str = "complete",
        ticket: str | None = None,
        begun: datetime = BEGUN,
        done: datetime = DONE,
        occasion: str = "",
        person: int | None = None,
    ) -> None:
        """A response with these answers, sealed where the form says so. ``person``: of whom, somebody new without."""
        sealed = frozenset(q.name for q in self.surveys[survey_id].questions() if q.chat_kind)
        answers = [
            (responses.read_place(place), said if isinstance(said, Answer) else Answer(said))
            for place, said in given.items()
        ]
        async with self.database.write() as transaction:
            unit = UnitOfWork(transaction, self.vault, now=BEGUN)
            if anonymous:
                row = {"id": response_id, "survey_id": survey_id, "state": state, "language": language, "test": test,
                       "occasion": occasion}  # fmt: skip
                await responses.insert_responses(
                    transaction, [{**row, "ticket": ticket, "completed_on": date(2026, 11, 24)}]
                )
            else:
                who = person if person in self.respondents else await self._somebody(unit, person)
                unit.open_response(response_id, survey_id, who, language, test, begun, occasion=occasion)
            if answers:
                unit.put_answers(response_id, answers, sealed)
            if not anonymous and state != "open":
                unit.finish_response(response_id, state, done, ticket)  # type: ignore[arg-type]
            await unit.flush()

    async def _somebody(self, unit: UnitOfWork, number: int | None) -> int:
        person = number or unit.new_id()
        await unit.transaction.run(
            insert(respondent), [{"id": person, "kind": "asn", "language": "id", "created_on": date(2026, 1, 1)}]
        )
        self.respondents.append(person)
        return person

    async def keep_file(self, media_id: str, path: str, state: str = "fetched") -> None:
        """A file that somebody sent."""
        row = {"id": media_id, "kind": "image", "channel": "telegram", "state": state, "path": path}
        async with self.database.write() as transaction:
            await transaction.run(insert(media), [row])

    async def exported(self, wish: Wish) -> dict[str, Table]:
        """Sheet name to its headings and rows."""
        async with self.database.read() as transaction:
            found = await export(transaction, self.vault, wish, zone=MAKASSAR)
            batches = list(found.explanation)
            done = 0
            async for piece in found.pieces():
                batches += piece.batches
                done += piece.done
        assert done == found.total
        return tables(found.sheets, batches)


def tables(sheets: tuple[Sheet, ...], batches: list[Batch]) -> dict[str, Table]:
    found: dict[str, Table] = {sheet.name: [[column.heading for column in sheet.columns]] for sheet in sheets}
    for batch in batches:
        assert [row for row in batch.rows if len(row) != len(sheets[batch.sheet].columns)] == []
        found[sheets[batch.sheet].name] += [list(row) for row in batch.rows]
    return found


def named(table: Table, row: int) -> dict[str, Cell]:
    """The filled cells of a row by their headings."""
    return {str(heading): cell for heading, cell in zip(table[0], table[row], strict=True) if cell is not None}
