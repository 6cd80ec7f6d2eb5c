"""The record: who (or nobody) answered which version of a survey, and what they said.

Rule of the file: an anonymous response reaches the record through ``pending_response`` and ``shuffle`` alone, by a
transaction of its own that holds no trace of a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Transaction
from storage.tables import answer, pending_response, response, survey
from storage.vault import Vault
from surveys.session import Answer, Place

_PAD = 512
"""Pending bodies are padded to a multiple of this many bytes: their length says little about what they hold."""


def written(place: Place) -> str:
    """``umur`` outside repeats, ``umur[2]`` in the second repetition, ``umur[2,1]`` in the first of the second."""
    if not place.position:
        return place.name
    return f"{place.name}[{','.join(map(str, place.position))}]"


def read_place(text: str) -> Place:
    """What ``written`` wrote."""
    if not text.endswith("]"):
        return Place(text)
    name, numbers = text[:-1].split("[", 1)
    return Place(name, tuple(map(int, numbers.split(","))))


def answer_row(response_id: int, place: str, given: Answer, vault: Vault | None) -> dict[str, Any]:
    """One row; with a vault its words are sealed."""
    row: dict[str, Any] = {"response_id": response_id, "place": place, "pages": " ".join(given.pages)}
    if vault is None:
        row.update(value=given.value, raw=given.raw, other=given.other, sealed=None)
    else:
        words = orjson.dumps([given.value, given.raw, given.other])
        row.update(value="", raw="", other="", sealed=vault.seal(_answer_place(response_id, place), words))
    return row


def read_answer(row: Any, vault: Vault) -> Answer:
    """An Answer from a row of the answer table (columns by name)."""
    pages = tuple(row.pages.split())
    if row.sealed is None:
        return Answer(row.value, row.raw, row.other, pages=pages)
    value, raw, other = orjson.loads(vault.unseal(_answer_place(row.response_id, row.place), row.sealed))
    return Answer(value, raw, other, pages=pages)


def _answer_place(response_id: int, place: str) -> bytes:
    return b"answer/%d/%s" % (response_id, place.encode())


_INSERT_RESPONSE = insert(response)
_END = (
    update(response)
    .where(response.c.id == bindparam("id_"))
    .values(
        state=bindparam("state"),
        completed_at=bindparam("completed_at"),
        completed_on=bindparam("completed_on"),
        ticket=bindparam("ticket"),
    )
)
_DELETE_RESPONSES = delete(response).where(response.c.id.in_(bindparam("ids", expanding=True)))
_KEY = ["response_id", "place"]
_COLUMNS = ["value", "raw", "other", "pages", "sealed"]


def _put(dialect: Any) -> Any:
    statement = dialect.insert(answer)
    return statement.on_conflict_do_update(
        index_elements=_KEY, set_={name: statement.excluded[name] for name in _COLUMNS}
    )


_PUT_ANSWER = {True: _put(sqlite), False: _put(postgresql)}
_DROP_ANSWER = delete(answer).where(
    answer.c.response_id == bindparam("response_id_"), answer.c.place == bindparam("place_")
)
_INSERT_PENDING = insert(pending_response)


async def insert_responses(transaction: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """New records."""
    await transaction.run(_INSERT_RESPONSE, rows)


async def delete_responses(transaction: Transaction, ids: Sequence[int]) -> None:
    """Records of which nothing is to be kept, with their answers."""
    await transaction.run_for(_DELETE_RESPONSES, "ids", ids)


async def end_responses(transaction: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """How records ended (or that they are open again)."""
    await transaction.run(_END, rows)


_CONFIDENTIAL = (
    update(response).where(response.c.id == bindparam("id_")).values(confidential=bindparam("confidential_"))
)


async def keep_confidential(transaction: Transaction, rows: Mapping[int, bool]) -> None:
    """Whose words may be shown to nobody else."""
    await transaction.run(_CONFIDENTIAL, [{"id_": key, "confidential_": rows[key]} for key in sorted(rows)])


async def write_answers(transaction: Transaction, rows: Mapping[tuple[int, str], dict[str, Any] | None]) -> None:
    """Answers that stand, and (None) those that no longer do."""
    keys = sorted(rows)
    dropped = [{"response_id_": key[0], "place_": key[1]} for key in keys if rows[key] is None]
    stand = [row for key in keys if (row := rows[key]) is not None]
    if dropped:
        await transaction.run(_DROP_ANSWER, dropped)
    if stand:
        await transaction.run(_PUT_ANSWER[transaction.sqlite], stand)


async def insert_pending(transaction: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Finished anonymous responses that wait to be shuffled."""
    await transaction.run(_INSERT_PENDING, rows)


@dataclass(frozen=True, slots=True)
class Pending:
    """A finished anonymous response before it is shuffled into the record."""

    language: str
    test: bool
    completed_on: date
    answers: tuple[tuple[Place, Answer], ...]
    ticket: str | None
    pin_seal: bytes | None
    media_ids: tuple[str, ...]
    occasion: str = ""

    def sealed(self, vault: Vault, row_id: int) -> bytes:
        """Encrypted and padded."""
        body = orjson.dumps(
            [
                self.language,
                self.test,
                self.completed_on.isoformat(),
                [[written(place), a.value, a.raw, a.other, a.pages] for place, a in self.answers],
                self.ticket,
                self.pin_seal.hex() if self.pin_seal else None,
                self.media_ids,
                self.occasion,
            ],
        )
        return vault.seal(b"pending/%d" % row_id, body.ljust(-(-len(body) // _PAD) * _PAD))

    @staticmethod
    def unsealed(vault: Vault, row_id: int, body: bytes) -> Pending:
        """What ``sealed`` wrote. Raises Sealed."""
        data = orjson.loads(vault.unseal(b"pending/%d" % row_id, body))
        language, test, day, answers, ticket, pin_seal, media_ids, *occasion = data
        return Pending(
            language,
            test,
            date.fromisoformat(day),
            tuple((read_place(p), Answer(v, r, o, pages=tuple(pages))) for p, v, r, o, pages in answers),
            ticket,
            bytes.fromhex(pin_seal) if pin_seal else None,
            tuple(media_ids),
            *occasion,
        )


@dataclass(frozen=True, slots=True)
class FinishedResponse:
    """A complete response of somebody, with its answers, as it may be edited."""

    id: int
    survey_id: int
    language: str
    ticket: str | None
    answers: Mapping[Place, Answer]


async def completed(transaction: Transaction) -> int:
    """How many surveys were answered to the end and written, trials left out."""
    whole = select(func.count()).select_from(response).where(response.c.state == "complete", response.c.test.is_(False))
    row = await transaction.first(whole)
    return 0 if row is None else int(row[0])


async def finished(
    transaction: Transaction, vault: Vault, respondent_id: int, survey_name: str, occasion: str = ""
) -> FinishedResponse | None:
    """Their last complete response to this survey on that occasion, any version, tests apart."""
    statement = (
        select(response.c.id, response.c.survey_id, response.c.language, response.c.ticket)
        .join(survey, survey.c.id == response.c.survey_id)
        .where(
            response.c.respondent_id == respondent_id,
            response.c.state == "complete",
            response.c.test.is_(False),
            response.c.occasion == occasion,
            survey.c.name == survey_name,
        )
        .order_by(response.c.id.desc())
        .limit(1)
    )
    found = await transaction.first(statement)
    if found is None:
        return None
    answers = await transaction.all(select(answer).where(answer.c.response_id == found.id))
    given = {read_place(row.place): read_answer(row, vault) for row in answers}
    return FinishedResponse(found.id, found.survey_id, found.language, found.ticket, given)
