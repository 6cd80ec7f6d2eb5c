"""Published versions of surveys. A version never changes; an edit is a new one.

Rule of the file: bytes in, bytes out; what they mean is read by ``surveys.notation``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import func, insert, select, update

from storage.database import Transaction
from storage.errors import Missing
from storage.tables import survey

SurveyState = Literal["open", "closed"]


@dataclass(frozen=True, slots=True)
class SurveyVersion:
    """One published version, without its content."""

    id: int
    name: str
    version: int
    state: SurveyState
    published_at: datetime


_LISTED = select(survey.c.id, survey.c.name, survey.c.version, survey.c.state, survey.c.published_at).order_by(
    survey.c.name, survey.c.version
)


async def listed(transaction: Transaction) -> tuple[SurveyVersion, ...]:
    """Every version, by name and version."""
    return tuple(SurveyVersion(*row) for row in await transaction.all(_LISTED))


async def notations(transaction: Transaction, ids: Sequence[int]) -> dict[int, bytes]:
    """Id to the frozen survey as it was written."""
    statement = select(survey.c.id, survey.c.notation).where(survey.c.id.in_(list(ids)))
    return {row[0]: row[1] for row in await transaction.all(statement)}


async def next_version(transaction: Transaction, name: str) -> int:
    """One more than the newest; 1 for a new survey. Call it in the transaction that publishes."""
    row = await transaction.first(select(func.max(survey.c.version)).where(survey.c.name == name))
    return (row[0] or 0) + 1 if row is not None else 1


async def publish(
    transaction: Transaction,
    *,
    name: str,
    version: int,
    notation: bytes,
    source: bytes | None,
    source_type: str,
    now: datetime,
) -> int:
    """Store a version; its id. Raises Duplicate where somebody published the same number just now."""
    row = await transaction.first(
        insert(survey)
        .values(
            name=name,
            version=version,
            state="open",
            notation=notation,
            source=source,
            source_type=source_type,
            published_at=now,
        )
        .returning(survey.c.id)
    )
    assert row is not None  # noqa: S101 -- RETURNING of one row
    return int(row[0])


async def set_state(transaction: Transaction, name: str, state: SurveyState) -> None:
    """Open or close every version of a survey for new sessions. Raises Missing."""
    if not await transaction.run(update(survey).where(survey.c.name == name).values(state=state)):
        raise Missing(f"There is no survey {name}.")


async def source(transaction: Transaction, survey_id: int) -> tuple[bytes, str] | None:
    """The file as it was published, and its kind (".xlsx"); None where it was not kept. Raises Missing."""
    row = await transaction.first(select(survey.c.source, survey.c.source_type).where(survey.c.id == survey_id))
    if row is None:
        raise Missing("There is no such survey version.")
    return (row[0], row[1]) if row[0] is not None else None
