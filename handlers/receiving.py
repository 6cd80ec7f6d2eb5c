"""What happens for a batch of messages, inside one transaction.

Steps, in this order: updates taken before drop out; the addresses are found (or made) and locked; what each person is
doing is read; every message is attended in the platform's order; what changed is collected; messages to be sent become
rows. Rule of the file: nothing is acknowledged and nothing is sent here; the caller commits first.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from handlers.library import Library
from handlers.visit import House, Moment, Visit
from handlers.visits import Memory, read_conversations, visit_of, write_back
from storage import deliveries, inbound, people
from storage.deliveries import Draft, Mark
from storage.unit_of_work import UnitOfWork
from surveys.messages import Address, Incoming, Outgoing, Press

Respond = Callable[[str, Outgoing], bytes | None]
"""(external id, message) to the body of the webhook's own answer that carries it, None where it may not."""


class Attend(Protocol):
    """``attending.attend``."""

    def __call__(
        self, visit: Visit, incoming: Incoming, *, unit: UnitOfWork, house: House, moment: Moment, unseen: bool
    ) -> Awaitable[None]: ...


@dataclass(slots=True)
class Taken:
    """One message that came, and what became of it."""

    incoming: Incoming
    respond: Respond | None = None
    """Set where the platform waits for an answer that can carry a message."""
    body: bytes | None = None
    """That answer."""
    known_before: bool = False
    """It was taken before; nothing happened."""
    excess: Literal["", "told", "silent"] = ""
    """It belongs to a flood and is left out; "told": its sender hears so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """What every batch needs beside its messages."""

    house: House
    library: Library
    attend: Attend
    rng: random.Random
    busy: Callable[[int], bool]
    """Whether this process still has something to send to an address (by id)."""
    memory: Memory = field(default_factory=Memory)


async def receive(
    batch: Sequence[Taken], unit: UnitOfWork, reception: Reception, *, marks: Sequence[Mark] = ()
) -> list[Draft]:
    """Attend every message of ``batch`` and write what changed; the messages to be sent, those leased to us included.

    ``marks``: what became of earlier deliveries, written along. Raises StorageError, and whatever attending raises.
    """
    fresh = await _fresh(batch, unit)
    visits = await _visits(fresh, unit, reception, marks)
    prompted = deliveries.prompted(marks)
    for visit in visits.values():  # what was put to them just now is not in their row yet
        visit.prompt_message_id = prompted.get(visit.address_id, visit.prompt_message_id)
        visit.missed = visit.prompt_message_id == deliveries.MISSED
        visit.prompt_message_id = "" if visit.missed else visit.prompt_message_id
    unit.alone = len(visits) <= 1
    several = len({visit.respondent_id for visit in visits.values()}) < len(visits)
    moment = Moment(unit.now.astimezone(reception.house.timezone), reception.rng)
    said: list[_Said] = []
    asked_again: list[int] = []
    for taken in _in_order(fresh):
        visit = visits[taken.incoming.address]
        if taken.excess:
            if taken.excess == "told":
                said.append(_Said(taken, visit, [_flooded(visit, taken, reception)], repeats=False))
            continue
        stood, moved = _standing(visit), visit.moved
        await reception.attend(
            visit,
            taken.incoming,
            unit=unit,
            house=reception.house,
            moment=moment,
            unseen=visit.moved or visit.missed or _before(taken.incoming.message_id, visit.prompt_message_id),
        )
        stands = stood is not None and stood == _standing(visit)
        if stands:
            visit.moved = moved  # what was seen before still stands, however often it is said
        if visit.missed and any(message.tag for message in visit.outgoing):
            asked_again.append(visit.address_id)
        if visit.outgoing:
            said.append(_Said(taken, visit, visit.outgoing, repeats=stands))
            visit.outgoing = []
        if several:
            _agree(visit, visits)
    drafts = await _drafts(said, unit, reception)
    for visit in visits.values():
        write_back(visit, unit, reception.memory)
    unit.mark(marks)
    if asked_again:
        unit.afterwards(lambda: deliveries.put_again(unit.transaction, asked_again))
    for mark in marks:
        if mark.missed and not mark.tag:  # it cannot be said again
            unit.record_incident("undelivered", detail=mark.reason)
    await unit.flush()
    return drafts


def _flooded(visit: Visit, taken: Taken, reception: Reception) -> Outgoing:
    house = reception.house
    spoken = (one for one in (visit.language, taken.incoming.language) if one in house.languages)
    _ = house.say(next(spoken, house.languages[0]))
    words = _("You are sending very fast. What we have not read is left out; please wait a moment, then go on.")
    return Outgoing(text=words, keyboard="keep")


# ---- in ---------------------------------------------------------------------------------------------


async def _fresh(batch: Sequence[Taken], unit: UnitOfWork) -> list[Taken]:
    """Those that were not taken before; those that were get the answer they had, while it is kept."""
    if not batch:
        return []
    new = set(await inbound.take(unit.transaction, [_key(taken) for taken in batch], unit.now))
    fresh, again = [], []
    for taken in batch:
        key = _key(taken)
        if key in new:
            new.discard(key)  # the same update twice in one batch counts once
            fresh.append(taken)
        else:
            taken.known_before = True
            if taken.respond is not None:
                again.append(taken)
    for channel in sorted({taken.incoming.address.channel for taken in again}):
        numbers = [taken.incoming.external_id for taken in again if taken.incoming.address.channel == channel]
        handed = await deliveries.handed(unit.transaction, unit.vault, channel, numbers)
        for taken in again:
            if taken.incoming.address.channel == channel:
                _answer_again(taken, handed.get(taken.incoming.external_id))
    return fresh


def _answer_again(taken: Taken, handed: Outgoing | None) -> None:
    reply = taken.incoming.reply
    if handed is None and isinstance(reply, Press) and reply.callback_id:
        handed = Outgoing(text="", acknowledges=reply.callback_id)
    if handed is not None and taken.respond is not None:
        taken.body = taken.respond(taken.incoming.address.external_id, handed)


def _key(taken: Taken) -> tuple[str, str]:
    return taken.incoming.address.channel, taken.incoming.external_id


def _in_order(fresh: list[Taken]) -> list[Taken]:
    """The platform's own order, where its numbers grow; else as they came."""
    return sorted(fresh, key=lambda taken: int(number) if (number := taken.incoming.external_id).isdecimal() else 0)


def _before(message_id: str, prompt_message_id: str) -> bool:
    """Whether the message was written before the prompt was on the screen."""
    if not message_id or not prompt_message_id:
        return False
    return message_id.isdecimal() and prompt_message_id.isdecimal() and int(message_id) < int(prompt_message_id)


async def _visits(
    fresh: Sequence[Taken], unit: UnitOfWork, reception: Reception, marks: Sequence[Mark]
) -> Mapping[Address, Visit]:
    addresses = {people.lookup_of(address, unit.vault): address for address in {t.incoming.address for t in fresh}}
    known = await people.known(
        unit.transaction, addresses, unit.vault, marked=sorted({mark.address_id for mark in marks})
    )
    visits = {addresses[lookup]: visit_of(found, addresses[lookup], unit) for lookup, found in known.items()}
    by_person = {visit.respondent_id: visit for visit in visits.values() if not visit.new}
    if by_person:
        await read_conversations(by_person, unit, reception.library, reception.memory)
        for visit in visits.values():  # one person writing from two addresses has the same conversations at both
            if not visit.new:
                visit.conversations = by_person[visit.respondent_id].conversations
    return visits


def _agree(visit: Visit, visits: Mapping[Address, Visit]) -> None:
    """What changed about a person holds at their other addresses in this batch too: the last word counts."""
    for other in visits.values() if visit.changed else ():
        if other.respondent_id == visit.respondent_id and other is not visit:
            other.kind, other.language, other.opted_out = visit.kind, visit.language, visit.opted_out


# ---- out --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said to one message."""

    taken: Taken
    visit: Visit
    messages: list[Outgoing]
    repeats: bool
    """No new question is put."""


def _standing(visit: Visit) -> object:
    """What is asked of the visitor now, None if nothing."""
    doing = visit.dialog.get("doing")
    for conversation in reversed(visit.conversations):
        session = conversation.session
        if not conversation.over and session.doing != "paused":
            return doing, conversation.id, session.at, session.doing
    return doing


async def _drafts(said: Sequence[_Said], unit: UnitOfWork, reception: Reception) -> list[Draft]:
    """The messages to be sent as rows: leased to us, unless somebody else still has to send something before."""
    if not said:
        return []
    waits = await deliveries.with_unfinished(
        unit.transaction, sorted({one.visit.address_id for one in said}), unit.process
    )
    times: dict[int, int] = {}
    for one in said:
        times[one.visit.address_id] = times.get(one.visit.address_id, 0) + 1
    drafts = []
    for one in said:
        taken, visit, messages, address_id = one.taken, one.visit, one.messages, one.visit.address_id
        free = address_id not in waits and times[address_id] == 1 and not reception.busy(address_id)
        rest, handed = _answered(taken, messages) if free and taken.respond is not None else (messages, None)
        if handed is not None:
            key = _key(taken)
            drafts.append(Draft(address_id=address_id, outgoing=handed, state="handed", inbound=key))
        state = "queued" if address_id in waits else "leased"
        drafts.extend(
            Draft(
                address_id=address_id,
                outgoing=message,
                state=state,  # type: ignore[arg-type]
                address=visit.address,
                reason=deliveries.REPEATED if one.repeats else "",
            )
            for message in rest
        )
    for draft in drafts:
        unit.post(draft)
    return drafts


def _answered(taken: Taken, messages: list[Outgoing]) -> tuple[list[Outgoing], Outgoing | None]:
    """Put what the webhook's own answer can carry into it; what is left to be sent, and what was handed over."""
    assert taken.respond is not None  # noqa: S101 -- asked by the caller
    external_id = taken.incoming.address.external_id
    first = messages[0]
    if len(messages) == 1 and not first.secret and not first.edits and not first.acknowledges:
        taken.body = taken.respond(external_id, first)
        if taken.body is not None:
            return [], first
    if first.acknowledges:
        taken.body = taken.respond(external_id, Outgoing(text="", acknowledges=first.acknowledges))
        if taken.body is not None:
            left = replace(first, acknowledges="")
            return ([left] if left.text or left.rows or left.edits else []) + messages[1:], None
    return messages, None
