"""What time brings to people who share an address: it reaches the address once, and says for whom it is.

Rule of the file: to somebody who is not writing now no question is put, since the next answer would be another's; they
are told that something waits.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from handlers.desk import Desk
from handlers.visit import Visit
from handlers.visits import visit_of
from storage import joining
from storage.unit_of_work import UnitOfWork
from surveys.messages import Outgoing


async def seat(visits: dict[int | None, Visit], wanted: Collection[int], unit: UnitOfWork) -> None:
    """Add those of ``wanted`` who share an address where somebody else is writing now. Raises StorageError."""
    missing = {one for one in wanted if one not in visits}
    for known, address in await joining.shared_addresses(unit.transaction, unit.vault, missing):
        visit = visit_of(known, address, unit)
        visit.aside = True
        visits[known.respondent_id] = visit


async def name(visit: Visit, desk: Desk) -> None:
    """Say for whom it is, at an address that several share. Raises StorageError."""
    if not visit.outgoing:
        return
    unit = desk.unit
    names = await joining.names(unit.transaction, unit.vault, [visit.address_id])
    called = names.get((visit.address_id, visit.respondent_id))
    if called is None:
        return
    _ = desk.say(visit)
    if visit.aside:
        text = _("{name}: something waits for you. Type /profile and choose your name.").format(name=called)
        visit.outgoing = [Outgoing(text=text, keyboard="keep")]
        return
    first = next((n for n, one in enumerate(visit.outgoing) if one.text), None)
    if first is not None:
        one = visit.outgoing[first]
        visit.outgoing[first] = replace(one, text=f"{called}: {one.text}")


async def opted_out(visit: Visit, desk: Desk) -> None:
    """An opt-out covers the address: it holds for everybody who shares it. Raises StorageError."""
    await joining.opt_out_address(desk.unit.transaction, visit.address_id)
