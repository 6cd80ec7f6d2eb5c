"""A survey is published, closed, opened again: what an admin decides, and what it means before it is done.

Rule of the file: a published version never changes. What differs from the newest one becomes the next; who is in the
middle of an older version finishes that one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import orjson

from handlers.errors import Conflict
from reports.versions import published
from storage import surveys as stored
from storage.database import Transaction
from surveys import notation
from surveys.comparing import Comparison, compare
from surveys.engine import compile_survey
from surveys.survey import Survey


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What publishing would do."""

    survey: Survey
    """With the number it gets; the newest version itself where nothing changed."""
    before: Survey | None
    """The newest version so far."""
    closed: bool
    """Whether the survey is closed now; publishing opens it."""
    comparison: Comparison | None
    answering: int
    """Sessions that are open with older versions, and finish on theirs."""

    @property
    def unchanged(self) -> bool:
        """Nothing differs from the newest version."""
        return self.survey == self.before


async def plan(transaction: Transaction, survey: Survey) -> Plan:
    """What publishing ``survey`` would do. Raises SurveyError where it cannot be run, StorageError."""
    compile_survey(survey)
    versions = await published(transaction, survey.name)
    if not versions:
        return Plan(survey=replace(survey, version=1), before=None, closed=False, comparison=None, answering=0)
    newest = versions[-1]
    same = replace(survey, version=newest.survey.version) == newest.survey
    return Plan(
        survey=newest.survey if same else replace(survey, version=newest.survey.version + 1),
        before=newest.survey,
        closed=newest.closed,
        comparison=None if same else compare(newest.survey, survey),
        answering=sum(version.answering for version in versions),
    )


async def publish(
    transaction: Transaction,
    planned: Plan,
    *,
    source: bytes,
    source_type: str,
    now: datetime,
    say: Callable[[str], str] = str,
) -> None:
    """Do it. ``source``: the file as its author wrote it.

    Raises Conflict where somebody else was quicker, and Duplicate where that was at this very moment.
    """
    survey = planned.survey
    if planned.unchanged:
        await stored.set_state(transaction, survey.name, "open")
        return
    if await stored.next_version(transaction, survey.name) != survey.version:
        _ = say
        raise Conflict(_("Somebody else published this survey just now. Look at the changes and publish again."))
    await stored.publish(
        transaction,
        name=survey.name,
        version=survey.version,
        notation=orjson.dumps(notation.dump(survey)),
        source=source,
        source_type=source_type,
        now=now,
    )


async def close(transaction: Transaction, name: str) -> None:
    """No new session begins; those that are open may finish. Raises Missing."""
    await stored.set_state(transaction, name, "closed")
