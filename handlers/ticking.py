"""What happens in conversations because time passes: they expire, files arrive, people are asked again.

Rule of the file: the same steps as for a message (lock, read, act, write back), begun by the clock; what is to be
said is queued for whoever sends. A session that is gone or changed since it was looked up is left alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from handlers import conversing, sharing
from handlers.desk import Desk
from handlers.receiving import Reception
from handlers.visit import Conversation, Moment, Visit
from handlers.visits import read_conversations, visit_of, write_back
from storage import conversations, people
from storage.deliveries import REMINDER, REPEATED, REPLY, Draft
from storage.unit_of_work import UnitOfWork
from surveys.messages import Incoming, Other

Act = Callable[[Visit, Conversation, Desk], Awaitable[None]]


async def act_on(
    sessions: Sequence[int],
    unit: UnitOfWork,
    reception: Reception,
    act: Act,
    *,
    priority: int = REPLY,
    channel: str = "",
) -> int:
    """Act on those of ``sessions`` that are open; how many. ``channel``: through which their people are written to,
    where they have several. Raises StorageError, and whatever ``act`` raises."""
    stored = await conversations.by_id(unit.transaction, sorted(set(sessions)))
    found = await people.of_respondents(
        unit.transaction, sorted({one.respondent_id for one in stored}), unit.vault, channel=channel
    )
    visits = {known.respondent_id: visit_of(known, address, unit) for known, address in found}
    await sharing.seat(visits, {one.respondent_id for one in stored}, unit)
    by_person: Mapping[int, Visit] = {key: visit for key, visit in visits.items() if key is not None}
    if not by_person:
        return 0
    await read_conversations(by_person, unit, reception.library, reception.memory)
    moment = Moment(unit.now.astimezone(reception.house.timezone), reception.rng)
    wanted = set(sessions)
    acted = 0
    for _, visit in sorted(by_person.items()):
        desk = Desk(unit, reception.house, moment, _nothing_said(visit, unit.now))
        for conversation in [one for one in visit.conversations if one.id in wanted]:
            await act(visit, conversation, desk)
            acted += 1
        await sharing.name(visit, desk)
        for message in [] if visit.gone else visit.outgoing:
            # What is asked here was asked before: an answer to that is no early answer.
            unit.post(
                Draft(
                    address_id=visit.address_id,
                    outgoing=message,
                    priority=priority,
                    reason=REPEATED,
                    respondent_id=visit.respondent_id,
                )
            )
        visit.outgoing = []
        write_back(visit, unit, reception.memory)
    await unit.flush()
    return acted


def _nothing_said(visit: Visit, now: datetime) -> Incoming:
    return Incoming(address=visit.address, external_id="", reply=Other("tick"), sent_at=now)


async def expire(unit: UnitOfWork, reception: Reception, *, most: int) -> int:
    """Close sessions whose time is up; how many. Raises StorageError."""
    due = await conversations.expired(unit.transaction, unit.now, most)

    async def end(visit: Visit, conversation: Conversation, desk: Desk) -> None:
        if conversation.session.expires <= desk.moment.now:
            await conversing.end(visit, conversation, desk, stopped=False)

    return await act_on([session for session, _ in due], unit, reception, end, priority=REMINDER)


async def file_arrived(
    unit: UnitOfWork, reception: Reception, session: int, media_id: str, *, kept: bool, channel: str
) -> None:
    """A file of this session is stored (``kept``) or cannot be had. Raises StorageError."""

    async def tell(visit: Visit, conversation: Conversation, desk: Desk) -> None:
        await conversing.file_arrived(visit, conversation, desk, media_id, kept=kept)

    await act_on([session], unit, reception, tell, channel=channel)


async def ask_again(unit: UnitOfWork, reception: Reception, sessions: Sequence[int]) -> int:
    """Put the standing question to these people once more; how many were asked. Raises StorageError."""
    asked = 0

    async def ask(visit: Visit, conversation: Conversation, desk: Desk) -> None:
        nonlocal asked
        if not visit.conversations or visit.conversations[-1] is not conversation:
            return  # something else is being answered
        asked += 1
        await conversing.take_up(visit, conversation, desk)

    await act_on(sessions, unit, reception, ask, priority=REMINDER)
    return asked
