"""Who is writing changes in the middle of a batch: another person takes over at an address.

Rule of the file: what the one before did is written down first; nothing of one person is seen by the next.
"""

from __future__ import annotations

from handlers.desk import Desk
from handlers.visit import Conversation, Visit
from handlers.visits import Memory, write_back
from storage import conversations, joining
from surveys.engine import load_session


class NotAlone(Exception):
    """People change places in a batch of their own: what others in this one did is not written yet."""


def alone(desk: Desk) -> None:
    """Raises NotAlone: then the batch is rolled back and its messages are taken one by one (``handlers.inbox``)."""
    if not desk.unit.alone:
        raise NotAlone


async def rise(visit: Visit, desk: Desk) -> None:
    """Write down what the visitor did so far. Raises StorageError."""
    write_back(visit, desk.unit, Memory(most=0))
    await desk.unit.flush()
    visit.new = visit.changed = False
    visit.conversations[:] = [one for one in visit.conversations if not one.over]
    for conversation in visit.conversations:
        conversation.new = conversation.changed = False


async def sit(visit: Visit, respondent_id: int, desk: Desk) -> None:
    """``respondent_id`` is who writes from this address from now on, with what they left open. The one before has
    risen. Raises StorageError."""
    alone(desk)
    unit = desk.unit
    person = await joining.person(unit.transaction, respondent_id)
    visit.respondent_id = respondent_id
    visit.changed = True
    visit.moved = True
    visit.conversations = []
    if person is None:  # somebody nobody knows yet: written back with the rest
        visit.new, visit.kind = True, ""
        return
    visit.kind = person.kind  # type: ignore[assignment]
    visit.language = person.language or visit.language
    visit.opted_out = person.opted_out
    stored = await conversations.of_people(unit.transaction, [respondent_id])
    await desk.house.surveys.ensure(unit.transaction, {one.survey_id for one in stored})
    visit.conversations = [
        Conversation(
            one.id,
            desk.house.surveys.by_id(one.survey_id),
            load_session(conversations.opened(one, unit.vault)),
            one.response_id,
        )
        for one in stored
    ]
