"""Which surveys are published, in which versions, and how much each is answered.

Rule of the file: counts and dates; nothing anybody said. For those who publish surveys, who may see the responses too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import orjson
from sqlalchemy import func, select

from storage.database import Transaction
from storage.tables import response, session, survey
from surveys import notation
from surveys.comparing import Compared
from surveys.survey import Survey


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedVersion:
    """One version, and what became of it so far. Test responses are not counted."""

    survey: Survey
    closed: bool
    published_at: datetime
    complete: int
    """Responses that were sent."""
    answering: int
    """Sessions that are open with it now."""


async def published(transaction: Transaction, name: str = "") -> tuple[PublishedVersion, ...]:
    """Every version of the survey ``name``, or of all surveys, by name and number. Raises SurveyError, StorageError."""
    of_one = survey.c.name == name
    statement = select(survey.c.id, survey.c.version, survey.c.state, survey.c.notation, survey.c.published_at)
    statement = statement.order_by(survey.c.name, survey.c.version)
    rows = await transaction.all(statement.where(of_one) if name else statement)
    sent = select(response.c.survey_id, func.count()).where(response.c.state == "complete", response.c.test.is_(False))
    complete = {row[0]: row[1] for row in await transaction.all(sent.group_by(response.c.survey_id))}
    sessions = select(session.c.survey_id, func.count()).group_by(session.c.survey_id)
    answering = {row[0]: row[1] for row in await transaction.all(sessions)}
    return tuple(
        PublishedVersion(
            survey=replace(notation.load(orjson.loads(row.notation)), version=row.version),
            closed=row.state == "closed",
            published_at=row.published_at,
            complete=complete.get(row.id, 0),
            answering=answering.get(row.id, 0),
        )
        for row in rows
    )


def what_changed(compared: Compared, say: Callable[[str], str]) -> str:
    """What became of a question between two versions, in words; "" if nothing did."""
    _ = say
    said: list[str] = []
    match compared.standing:
        case "new":
            said.append(_("new"))
        case "gone":
            said.append(_("no longer asked"))
        case "changed" if compared.old_type != compared.new_type:
            words = _("another type ({old}, now {new}): not comparable")
            said.append(words.format(old=compared.old_type, new=compared.new_type))
        case "changed":
            said.append(_("asked in another way: not comparable"))
        case _:
            if compared.label_changed or compared.reworded:
                said.append(_("reworded"))
            if compared.added:
                said.append(_("choices added: {names}").format(names=", ".join(compared.added)))
            if compared.removed:
                said.append(_("choices gone: {names}").format(names=", ".join(compared.removed)))
    if compared.moved and compared.standing not in {"new", "gone"}:
        said.append(_("asked under another condition"))
    return "; ".join(said)
