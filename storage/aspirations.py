"""Aspirations with a number, as those read them who see to them.

Rule of the file: read-only; what names a person (sealed answers, the respondent) is not read into a value here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select

from storage.database import AnyRow, Transaction
from storage.tables import answer, response, status_change, ticket
from storage.tickets import StatusChange

PLACE = "kelurahan"
"""The question of the bundled survey that says where; a form of one's own may ask it under this name too."""
NEWS = "kabari"
"""The question that says whether they want to hear what comes of it; answered "no", they are not written to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspiration:
    """One of the list."""

    number: str
    survey_name: str
    state: str
    opened_on: date
    anonymous: bool
    confidential: bool
    """Its words stand in no view and no message for others."""
    kelurahan: str
    """Name in the catalog, "" where it was not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer of it. ``sealed``: it names somebody and is not shown."""

    question: str
    value: str
    other: str
    files: tuple[str, ...]
    """Ids of what was sent along (``storage.media``)."""
    sealed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """One aspiration with everything that belongs to it. ``survey_id`` 0: its answers are not in the record."""

    aspiration: Aspiration
    survey_id: int
    language: str
    said: tuple[Said, ...]
    history: tuple[StatusChange, ...]


_ASPIRATION = select(
    ticket.c.number,
    ticket.c.survey_name,
    ticket.c.state,
    ticket.c.opened_on,
    ticket.c.respondent_id,
    answer.c.value,
    response.c.confidential,
).select_from(
    ticket.outerjoin(answer, and_(answer.c.response_id == ticket.c.response_id, answer.c.place == PLACE)).outerjoin(
        response, response.c.id == ticket.c.response_id
    )
)


async def listed(
    transaction: Transaction,
    *,
    state: str = "",
    kelurahan: Collection[str] | None = None,
    most: int = 50,
    skip: int = 0,
) -> tuple[Aspiration, ...]:
    """The newest first, tests apart. ``kelurahan`` None: of any place, and of none."""
    statement = _ASPIRATION.where(response.c.test.isnot(True))  # noqa: FBT003 -- SQL's own IS NOT true
    if state:
        statement = statement.where(ticket.c.state == state)
    if kelurahan is not None:
        statement = statement.where(answer.c.value.in_(sorted(kelurahan)))
    rows = await transaction.all(
        statement.order_by(ticket.c.opened_on.desc(), ticket.c.number).limit(most).offset(skip)
    )
    return tuple(_aspiration(row) for row in rows)


async def whole(transaction: Transaction, number: str) -> Whole | None:
    """Everything of one; None where there is none."""
    row = await transaction.first(_ASPIRATION.where(ticket.c.number == number))
    if row is None:
        return None
    record = await transaction.first(
        select(response.c.id, response.c.survey_id, response.c.language)
        .join(ticket, ticket.c.response_id == response.c.id)
        .where(ticket.c.number == number)
    )
    answers = (
        await transaction.all(select(answer).where(answer.c.response_id == record.id)) if record is not None else ()
    )
    changes = await transaction.all(
        select(status_change).where(status_change.c.number == number).order_by(status_change.c.id)
    )
    return Whole(
        aspiration=_aspiration(row),
        survey_id=record.survey_id if record is not None else 0,
        language=record.language if record is not None else "",
        said=tuple(
            Said(
                question=one.place,
                value=one.value,
                other=one.other,
                files=tuple(one.pages.split()),
                sealed=one.sealed is not None,
            )
            for one in answers
        ),
        history=tuple(StatusChange(one.state, one.note, one.at) for one in changes),
    )


async def owner(transaction: Transaction, number: str) -> int | None:
    """The respondent (id) who wants to hear of it; None: nobody is known, or they said no."""
    refused = and_(answer.c.response_id == ticket.c.response_id, answer.c.place == NEWS, answer.c.value == "tidak")
    row = await transaction.first(
        select(ticket.c.respondent_id, answer.c.value)
        .select_from(ticket.outerjoin(answer, refused))
        .where(ticket.c.number == number)
    )
    return None if row is None or row.value is not None else row.respondent_id


def _aspiration(row: AnyRow) -> Aspiration:
    return Aspiration(
        number=row.number,
        survey_name=row.survey_name,
        state=row.state,
        opened_on=row.opened_on,
        anonymous=row.respondent_id is None,
        confidential=bool(row.confidential),
        kelurahan=row.value or "",
    )
