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
from reports.versions import published, what_changed
from storage import surveys as stored
from storage.database import Transaction
from surveys import notation
from surveys.comparing import Comparison, compare
from surveys.engine import compile_survey
from surveys.survey import Survey, in_language


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


def told(planned: Plan, *, say: Callable[[str], str], language: str) -> list[str]:
    """What publishing would do, line by line."""
    _ = say
    survey = planned.survey
    title = in_language(survey.title, language) or survey.name
    facts = {"title": title, "name": survey.name, "version": survey.version}
    if planned.unchanged:
        if planned.closed:
            return [
                _("“{title}” ({name}) is as in version {version}, and closed. It would be opened again.").format(
                    **facts
                )
            ]
        return [_("“{title}” ({name}) is as in version {version}. There is nothing to publish.").format(**facts)]
    audience = {
        "asn": _("civil servants"),
        "warga": _("citizens"),
        "stakeholder": _("stakeholders"),
        "all": _("everybody"),
    }[survey.chat.audience]
    if planned.before is None or planned.comparison is None:
        lines = [_("“{title}” ({name}) is new.").format(**facts)]
    else:
        words = _("“{title}” ({name}): version {old} is followed by version {version}.")
        lines = [words.format(old=planned.before.version, **facts)]
        found = [(one.name, what_changed(one, _)) for one in planned.comparison.questions]
        lines += [f"  {name}: {change}" for name, change in found if change]
        apart = [one.name for one in planned.comparison.questions if not one.comparable and one.standing != "new"]
        if apart:
            words = _("Answers so far cannot be counted together with the coming ones: {names}")
            lines.append(words.format(names=", ".join(apart)))
        else:
            lines.append(_("All answers so far can be counted together with the coming ones."))
        if planned.answering:
            words = _("People in the middle of an older version: {count}. They finish that one.")
            lines.append(words.format(count=planned.answering))
    lines.append(_("Who can answer: {audience}.").format(audience=audience))
    return lines
