"""Who sends what: queued messages are leased, and those of a dead process are freed.

Rule of the file: a message may be leased only when no other to its address is under way and none that goes before it
waits; the more urgent goes before, else the smaller number.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, literal_column, null, select, text, update

from storage import outgoing_notation
from storage.database import Transaction
from storage.deliveries import BROADCAST, REPEATED, REPLY, Leased
from storage.errors import Sealed
from storage.people import external_of
from storage.tables import UNFINISHED, address, delivery
from storage.vault import Vault
from surveys.messages import Address

_earlier = delivery.alias("earlier")
_due = (
    select(delivery.c.id)
    .where(
        text("delivery.state = 'queued'"),
        (delivery.c.not_before.is_(None)) | (delivery.c.not_before <= bindparam("now")),
        delivery.c.priority >= bindparam("least"),
        delivery.c.priority <= bindparam("most"),
        ~select(literal_column("1"))
        .select_from(_earlier)
        .where(
            _earlier.c.address_id == delivery.c.address_id,
            text("earlier." + UNFINISHED),
            (_earlier.c.state == "leased")
            | (_earlier.c.priority < delivery.c.priority)
            | ((_earlier.c.priority == delivery.c.priority) & (_earlier.c.id < delivery.c.id)),
            _earlier.c.id != delivery.c.id,
        )
        .exists(),
    )
    .order_by(delivery.c.priority, delivery.c.id)
    .limit(bindparam("many"))
)
_of_channel = (
    select(literal_column("1"))
    .where(address.c.id == delivery.c.address_id, address.c.channel.in_(bindparam("channels", expanding=True)))
    .exists()
)
_TAKE = (
    update(delivery)
    .where(delivery.c.id.in_(bindparam("ids", expanding=True)), delivery.c.state == "queued")
    .values(state="leased", owner=bindparam("process"))
    .returning(
        delivery.c.id,
        delivery.c.address_id,
        delivery.c.body,
        delivery.c.priority,
        delivery.c.attempts,
        delivery.c.reason,
    )
)
_DUE = {"all": _due, "only": _due.where(_of_channel), "but": _due.where(~_of_channel)}
_CLAIM = {
    (which, sqlite): due if sqlite else due.with_for_update(skip_locked=True, of=delivery)
    for which, due in _DUE.items()
    for sqlite in (True, False)
}
_ADDRESSES = select(address.c.id, address.c.channel, address.c.external, address.c.gone).where(
    address.c.id.in_(bindparam("ids", expanding=True))
)


_CLAIMABLE = (
    select(delivery.c.id)
    .where(
        text("delivery.state = 'queued'"),
        (delivery.c.not_before.is_(None)) | (delivery.c.not_before <= bindparam("now")),
    )
    .limit(1)
)


async def claimable(transaction: Transaction, now: datetime) -> bool:
    """Whether anything is queued whose time has come (it may still wait behind another)."""
    return await transaction.first(_CLAIMABLE, {"now": now}) is not None


async def claim(
    transaction: Transaction,
    vault: Vault,
    *,
    process: int,
    now: datetime,
    many: int,
    priorities: tuple[int, int] = (REPLY, BROADCAST),
    which: Literal["all", "only", "but"] = "all",
    channels: Sequence[str] = (),
) -> list[Leased]:
    """Lease up to ``many`` messages that may go now, the most urgent first: of all channels, ``only`` of these, or of
    all ``but`` these."""
    least, most = priorities
    wanted: dict[str, object] = {"now": now, "least": least, "most": most, "many": many}
    if which != "all":
        wanted["channels"] = list(channels)
    ids = [row[0] for row in await transaction.all(_CLAIM[which, transaction.sqlite], wanted)]
    if not ids:
        return []
    rows = await transaction.all(_TAKE, {"ids": ids, "process": process})
    leased, unreadable = await _opened(transaction, vault, rows)
    if unreadable:  # they fail alone, so that whatever waits behind them can go
        await transaction.run(_FAIL, {"ids": unreadable, "now": now})
    return leased


_FAIL = (
    update(delivery)
    .where(delivery.c.id.in_(bindparam("ids", expanding=True)))
    .values(state="failed", owner=null(), body=null(), reason="unreadable", done_at=bindparam("now"))
)


async def _opened(transaction: Transaction, vault: Vault, rows: Sequence[Any]) -> tuple[list[Leased], list[int]]:
    """Those that can be read, and the numbers of those that cannot: damaged, or of another key file."""
    wanted = sorted({row.address_id for row in rows})
    where = {row.id: row for row in await transaction.all(_ADDRESSES, {"ids": wanted})}
    leased: list[Leased] = []
    unreadable: list[int] = []
    for row in sorted(rows, key=lambda row: (row.priority, row.id)):
        to = where[row.address_id]
        try:
            address = Address(to.channel, external_of(to.id, to.external, vault))
            outgoing = outgoing_notation.load(vault.unseal(b"delivery/body/%d" % row.id, row.body))
        except (Sealed, ValueError, KeyError, TypeError):
            unreadable.append(row.id)
            continue
        leased.append(
            Leased(
                id=row.id,
                address_id=row.address_id,
                address=address,
                outgoing=outgoing,
                priority=row.priority,
                attempts=row.attempts,
                reason=row.reason,
            )
        )
    return leased, unreadable


_FREE = (
    update(delivery)
    .where(text(UNFINISHED), delivery.c.state == "leased", delivery.c.owner.in_(bindparam("owners", expanding=True)))
    .values(state="queued", owner=null(), reason=REPEATED)
)


async def free(transaction: Transaction, owners: Sequence[int]) -> int:
    """What these dead processes were sending is for others to send; how many."""
    return await transaction.run(_FREE, {"owners": owners})
