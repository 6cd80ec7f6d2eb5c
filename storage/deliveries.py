"""Messages to be sent: a row before it is sent, leased while it is being sent, marked after.

Rules of the file: one address gets its messages one at a time, the more urgent first, else in the order of their
numbers. A lease names its process; those of a dead one are freed by ``processes``. A body is erased as soon as it
was sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, delete, func, null, select, text, update
from sqlalchemy import insert as insert_

from storage import outgoing_notation
from storage.database import Transaction
from storage.tables import UNFINISHED, address, delivery, delivery_number
from storage.vault import Vault
from surveys.messages import Address, Outgoing

Outcome = Literal["sent", "failed", "skipped", "queued"]

REPLY, REMINDER, BROADCAST = 0, 5, 9
REPEATED = "repeated"
"""Reason of a row that says again what may be on the screen already: its process died before it was marked, or the same
question was put before."""

MISSED = "missed"
"""Stands for the platform's number of a prompt that perhaps nobody saw: it is put again at the next contact."""


@dataclass(slots=True, kw_only=True)
class Draft:
    """One message to be stored; ``id`` is known after ``flush``."""

    address_id: int
    outgoing: Outgoing
    priority: int = REPLY
    state: Literal["queued", "leased", "handed"] = "queued"
    not_before: datetime | None = None
    inbound: tuple[str, str] | None = None
    """For handed ones: (channel, external id) of the update whose answer carries it."""
    address: Address | None = None
    reason: str = ""
    respondent_id: int | None = None
    """Whose it is, of those who may share the address; None for replies."""
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Leased:
    """One message that this process is to send."""

    id: int
    address_id: int
    address: Address
    outgoing: Outgoing
    priority: int = REPLY
    attempts: int = 0
    """Tries that failed so far."""
    reason: str = ""
    """Why the last one did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What became of one delivery. "queued": it is to be tried again, by whoever claims it."""

    id: int
    address_id: int
    outcome: Outcome
    message_id: str = ""
    tag: str = ""
    """The tag it carried; a prompt's message id is kept with the address."""
    reason: str = ""
    attempts: int = 0
    not_before: datetime | None = None
    gone: bool = False
    """Nothing reaches this address any more."""
    missed: bool = False
    """Somebody waited for it, and it is given up though it could have been sent."""


_INSERT = insert_(delivery)
_LAST = select(func.max(delivery.c.id))
_NUMBERS = select(delivery_number.next_value()).select_from(
    func.generate_series(1, bindparam("many")).table_valued("n")
)


async def number(transaction: Transaction, drafts: Sequence[Draft]) -> None:
    """Give each of these its number, in their order."""
    if transaction.sqlite:
        first = await transaction.number(_LAST) + 1
        numbers = range(first, first + len(drafts))
    else:
        numbers = sorted(row[0] for row in await transaction.all(_NUMBERS, {"many": len(drafts)}))  # type: ignore[assignment]
    for each, draft in zip(numbers, drafts, strict=True):
        draft.id = each


async def insert(
    transaction: Transaction, drafts: Sequence[Draft], vault: Vault, *, now: datetime, process: int
) -> None:
    """Store these, which have their numbers."""
    rows = []
    for draft in drafts:
        inbound = draft.inbound or (None, None)
        rows.append(
            {
                "id": draft.id,
                "address_id": draft.address_id,
                "respondent_id": draft.respondent_id,
                "priority": draft.priority,
                "state": draft.state,
                "body": vault.seal(b"delivery/body/%d" % draft.id, outgoing_notation.dump(draft.outgoing)),
                "owner": process if draft.state == "leased" else None,
                "not_before": draft.not_before,
                "reason": draft.reason,
                "tag": draft.outgoing.tag,
                "inbound_channel": inbound[0],
                "inbound_id": inbound[1],
                "created_at": now,
            }
        )
    await transaction.run(_INSERT, rows)


_FOREIGN = select(delivery.c.address_id).where(
    delivery.c.address_id.in_(bindparam("addresses", expanding=True)),
    text(UNFINISHED),
    (delivery.c.owner.is_(None)) | (delivery.c.owner != bindparam("process")),
    delivery.c.priority == REPLY,
)


async def with_unfinished(transaction: Transaction, addresses: Sequence[int], process: int) -> frozenset[int]:
    """Those of these addresses that wait for a reply somebody else is to send, or nobody yet."""
    rows = await transaction.raw(_FOREIGN, "addresses", addresses, process=process)
    return frozenset(row[0] for row in rows)


# ---- marks ------------------------------------------------------------------------------------------

_SENT = (
    update(delivery)
    .where(delivery.c.id.in_(bindparam("ids", expanding=True)))
    .values(state="sent", body=null(), owner=null(), done_at=bindparam("done_at"))
)
_OVER = (
    update(delivery)
    .where(delivery.c.id == bindparam("id_"))
    .values(
        state=bindparam("state"),
        body=null(),
        owner=null(),
        done_at=bindparam("done_at"),
        reason=bindparam("reason"),
        attempts=bindparam("attempts"),
    )
)
_AGAIN = (
    update(delivery)
    .where(delivery.c.id == bindparam("id_"), delivery.c.state == "leased", delivery.c.owner == bindparam("owner"))
    .values(
        state="queued",
        owner=null(),
        attempts=bindparam("attempts"),
        not_before=bindparam("not_before"),
        reason=bindparam("reason"),
    )
)
_PROMPTED = (
    update(address).where(address.c.id == bindparam("id_")).values(prompt_message_id=bindparam("prompt_message_id"))
)
_GONE = update(address).where(address.c.id.in_(bindparam("ids", expanding=True))).values(gone=True)


def prompted(marks: Sequence[Mark]) -> dict[int, str]:
    """By address: the platform's number of the prompt that reached it last, or MISSED."""
    return {
        mark.address_id: MISSED if mark.missed else mark.message_id
        for mark in marks
        if mark.tag and (mark.message_id or mark.missed)
    }


async def write_marks(transaction: Transaction, marks: Sequence[Mark], now: datetime, process: int) -> None:
    """What became of deliveries of ``process``. On PostgreSQL the caller has locked their addresses."""
    sent = sorted(mark.id for mark in marks if mark.outcome == "sent")
    over = [mark for mark in marks if mark.outcome in {"failed", "skipped"}]
    again = [mark for mark in marks if mark.outcome == "queued"]
    if sent:
        await transaction.run_for(_SENT, "ids", sent, done_at=now)
    if over:
        rows: list[dict[str, Any]] = [
            {"id_": m.id, "state": m.outcome, "done_at": now, "reason": m.reason, "attempts": m.attempts} for m in over
        ]
        await transaction.run(_OVER, rows)
    if again:
        rows = [
            {"id_": m.id, "owner": process, "attempts": m.attempts, "not_before": m.not_before, "reason": m.reason}
            for m in again
        ]
        await transaction.run(_AGAIN, rows)
    if last := prompted(marks):
        rows = [{"id_": key, "prompt_message_id": last[key]} for key in sorted(last)]
        await transaction.run(_PROMPTED, rows)
    gone = sorted({mark.address_id for mark in marks if mark.gone})
    if gone:
        await transaction.run_for(_GONE, "ids", gone)


async def put_again(transaction: Transaction, addresses: Sequence[int]) -> None:
    """What these missed has been put to them again."""
    await transaction.run(_PROMPTED, [{"id_": key, "prompt_message_id": ""} for key in sorted(addresses)])


# ---- afterwards ------------------------------------------------------------------------------------

_HANDED = select(delivery.c.id, delivery.c.inbound_id, delivery.c.body).where(
    text("state = 'handed'"),
    delivery.c.inbound_channel == bindparam("channel"),
    delivery.c.inbound_id.in_(bindparam("ids", expanding=True)),
)
_ERASE_HANDED = (
    update(delivery)
    .where(text("state = 'handed'"), delivery.c.created_at < bindparam("before"))
    .values(state="sent", body=null(), done_at=delivery.c.created_at)
)
_PURGE = delete(delivery).where(
    delivery.c.id.between(bindparam("first"), bindparam("last")),
    delivery.c.priority == REPLY,
    delivery.c.state.in_(("sent", "failed", "skipped")),
)
_OLD = (
    select(delivery.c.id)
    .where(delivery.c.id >= bindparam("first"), delivery.c.created_at < bindparam("before"))
    .order_by(delivery.c.id)
    .limit(bindparam("most"))
)


async def handed(transaction: Transaction, vault: Vault, channel: str, updates: Sequence[str]) -> dict[str, Outgoing]:
    """By update: what its first answer carried, as long as its body is kept."""
    rows = await transaction.all(_HANDED, {"channel": channel, "ids": updates})
    return {
        row.inbound_id: outgoing_notation.load(vault.unseal(b"delivery/body/%d" % row.id, row.body)) for row in rows
    }


async def erase_handed(transaction: Transaction, before: datetime) -> int:
    """Erase what was given with a webhook's response before then; how many."""
    return await transaction.run(_ERASE_HANDED, {"before": before})


async def last(transaction: Transaction) -> int:
    """The highest number there is, 0 if there is none."""
    return await transaction.number(_LAST)


async def purge(transaction: Transaction, first: int, before: datetime, most: int) -> int:
    """Delete finished replies older than ``before`` among the next ``most`` rows from number ``first`` on; the
    number to go on from next time. Rows are looked at once, so that the cost is that of what became old since."""
    ids = [row[0] for row in await transaction.all(_OLD, {"first": first, "before": before, "most": most})]
    if not ids:
        return first
    await transaction.run(_PURGE, {"first": ids[0], "last": ids[-1]})
    return int(ids[-1]) + 1


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many deliveries wait, and since when the oldest of them."""

    queued: int
    leased: int
    oldest: datetime | None = field(default=None)


async def waiting(transaction: Transaction) -> Waiting:
    """What is unfinished now."""
    rows = await transaction.all(
        select(delivery.c.state, func.count(), func.min(delivery.c.created_at))
        .where(text(UNFINISHED))
        .group_by(delivery.c.state)
    )
    by_state = {row[0]: row for row in rows}
    queued = by_state.get("queued")
    leased = by_state.get("leased")
    return Waiting(queued[1] if queued else 0, leased[1] if leased else 0, queued[2] if queued else None)
