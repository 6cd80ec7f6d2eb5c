"""Finished anonymous responses become part of the record, among others, in an order that tells nothing.

Rules of the file: a transaction of its own, at least five responses to one survey on one occasion at a time (or, once
a night, what there is); new random numbers for responses and their files; of the time, the day alone. Nothing of a
person is read or written.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, text

from storage.database import Transaction
from storage.identifiers import random_id
from storage.responses import Pending, answer_row, written
from storage.tables import answer, media, pending_response, response, survey, ticket
from storage.tickets import NEW
from storage.vault import Vault
from surveys.session import Answer

ENOUGH = 5
"""So many responses to one survey on one occasion hide each other."""
_LOCK = 0x5355_4152_4153
_PENDING = (
    select(pending_response.c.id, pending_response.c.survey_id, survey.c.name, pending_response.c.body)
    .join(survey, survey.c.id == pending_response.c.survey_id)
    .order_by(pending_response.c.id)
)
_DICE = secrets.SystemRandom()


async def waiting(transaction: Transaction) -> set[int]:
    """The versions of surveys of which a finished anonymous response waits."""
    return {row[0] for row in await transaction.all(select(pending_response.c.survey_id).distinct())}


async def shuffle(
    transaction: Transaction, vault: Vault, *, sealed: Mapping[int, frozenset[str]], all_of_them: bool
) -> tuple[int, list[str]]:
    """Move what may be moved: how many responses, and the paths of their files in no order.

    ``sealed``: by survey id, the questions whose words are stored encrypted; responses of versions that are not there
    wait for the next time. ``all_of_them``: however few there are.
    """
    if not transaction.sqlite:
        await transaction.run(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
    together: dict[tuple[str, str], list[tuple[int, int, str, Pending]]] = defaultdict(list)
    for row in await transaction.all(_PENDING):
        if row.survey_id not in sealed:
            continue
        pending = Pending.unsealed(vault, row.id, row.body)
        together[row.name, pending.occasion].append((row.id, row.survey_id, row.name, pending))
    moved = [
        one
        for found in together.values()
        if all_of_them or sum(not pending.test for _, _, _, pending in found) >= ENOUGH
        for one in found
    ]
    if not moved:
        return 0, []
    _DICE.shuffle(moved)
    renamed, paths = await _rename_files(transaction, [pending for _, _, _, pending in moved])
    responses: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = []
    tickets: list[dict[str, Any]] = []
    for _, survey_id, name, pending in moved:
        response_id = random_id()
        responses.append(_response_row(response_id, survey_id, pending))
        if pending.ticket:
            tickets.append(_ticket_row(response_id, name, pending))
        hidden = sealed[survey_id]
        answers += [
            answer_row(
                response_id, written(place), _with_files(given, renamed), vault if place.name in hidden else None
            )
            for place, given in pending.answers
        ]
    await transaction.run(insert(response), sorted(responses, key=lambda row: row["id"]))
    if answers:
        await transaction.run(insert(answer), sorted(answers, key=lambda row: (row["response_id"], row["place"])))
    if tickets:
        await transaction.run(insert(ticket), sorted(tickets, key=lambda row: row["number"]))
    gone = delete(pending_response).where(pending_response.c.id.in_(bindparam("ids", expanding=True)))
    await transaction.run(gone, {"ids": [row_id for row_id, _, _, _ in moved]})
    return len(moved), paths


def _response_row(response_id: int, survey_id: int, pending: Pending) -> dict[str, Any]:
    return {
        "id": response_id,
        "survey_id": survey_id,
        "state": "complete",
        "language": pending.language,
        "test": pending.test,
        "ticket": pending.ticket,
        "completed_on": pending.completed_on,
        "occasion": pending.occasion,
    }


def _ticket_row(response_id: int, survey_name: str, pending: Pending) -> dict[str, Any]:
    return {
        "number": pending.ticket,
        "survey_name": survey_name,
        "response_id": response_id,
        "pin_seal": pending.pin_seal,
        "state": NEW,
        "opened_on": pending.completed_on,
    }


async def _rename_files(transaction: Transaction, moved: Sequence[Pending]) -> tuple[dict[str, str], list[str]]:
    """Give the files of these responses new numbers: rows that a person's transaction wrote go."""
    named = sorted(
        {value for pending in moved for _, given in pending.answers for value in (given.value, *given.pages)}
    )
    rows: list[Mapping[str, Any]] = []
    for start in range(0, len(named), 500):
        statement = select(media).where(media.c.id.in_(named[start : start + 500]))
        rows += [dict(row._mapping) for row in await transaction.all(statement)]  # noqa: SLF001 -- its public name
    if not rows:
        return {}, []
    await transaction.run(delete(media).where(media.c.id.in_([row["id"] for row in rows])))
    renamed = {str(row["id"]): secrets.token_hex(16) for row in rows}
    new = [{**row, "id": renamed[row["id"]], "session_id": None, "place": "", "not_before": None} for row in rows]
    await transaction.run(insert(media), sorted(new, key=lambda row: row["id"]))
    paths = [str(row["path"]) for row in rows if row["path"]]
    _DICE.shuffle(paths)
    return renamed, paths


def _with_files(given: Answer, renamed: Mapping[str, str]) -> Answer:
    if not renamed or (given.value not in renamed and not given.pages):
        return given
    pages = tuple(renamed.get(page, page) for page in given.pages)
    return replace(given, value=renamed.get(given.value, given.value), pages=pages)
