"""What somebody asked to be reminded of later.

Rule of the file: the row is the one the rule would plan, with the time that was asked for.
"""

from __future__ import annotations

from datetime import date

from handlers.desk import Desk
from handlers.reminding import CONVERSATION, subject
from handlers.visit import Conversation, Visit
from outreach.reminders import rule
from outreach.reminding import Planned, Unfinished, snoozed
from outreach.training import ReminderSettings
from storage import reminders
from storage.enrolments import person_of
from storage.reminders import Standing
from surveys.survey import in_language


def tomorrow(visit: Visit, conversation: Conversation, desk: Desk) -> date | None:
    """They are reminded of a survey put aside on the next day that is open: which one; None where that is too late."""
    one, calendar, house = conversation.session, desk.house.calendar, desk.house
    closes = conversation.survey.playbook.survey.chat.closes
    about = Unfinished(
        survey=conversation.survey.playbook.survey.name,
        title=in_language(conversation.survey.playbook.title, one.language),
        person=person_of(visit.respondent_id),
        conversation=str(conversation.id),
        touched_at=desk.moment.now,
        closes_at=min(closes, one.expires) if closes is not None else one.expires,
        kind=visit.kind or "asn",
    )
    rows = rule("unfinished_survey").plan(about, ReminderSettings(), house.calendar)
    row = next((found for one_row in rows if (found := snoozed(one_row, desk.moment.now, calendar, today=False))), None)
    if row is None:
        return None

    async def write() -> None:
        await keep(desk, row, subject(CONVERSATION, conversation.id))

    desk.unit.afterwards(write)  # the person may be new in this batch
    return calendar.today(row.due_at)


async def keep(desk: Desk, row: Planned, about: str) -> None:
    """It stands, in place of what stood under its key. Raises StorageError."""
    await reminders.write(desk.unit.transaction, [Standing(row, about)])
