"""Those who look after the program: invited, let in, given and taken their rights.

Rules of the file: every use-case asks ``permissions`` first and writes down what was done last. A code is drawn with
125 bits, told once, stored as a hash, and good once.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast

from handlers import publishing
from handlers.auditing import reasoned, record
from handlers.errors import Conflict, NotFound
from handlers.permissions import ROLES, Actor, Role, require, require_grant
from storage import admins, incidents, overview
from storage.admins import Admin, KeyKind
from storage.database import Transaction
from storage.incidents import Incident
from storage.overview import Identity
from storage.vault import Vault
from surveys.text.normal import normal

INVITATION_LASTS: Final = timedelta(days=3)
LINK_LASTS: Final = timedelta(minutes=10)
MOST_IDENTITIES: Final = 200
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ123456789"
"""32 signs; none is taken for another."""
_GROUPS, _GROUP = 5, 5
_NUMBERS = range(1 << 63)
"""What a database takes as somebody's number."""

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """``code`` is told once and stored nowhere."""

    code: str
    admin_id: int
    name: str
    expires_at: datetime


def new_code() -> str:
    """``ABCDE-FGHJK-…``: 25 signs of 5 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def code_in(text: str) -> str:
    """The code in ``text`` as it was given, however it was typed; "" if there is none."""
    plain = "".join(sign for sign in text.upper() if sign.isalnum() and sign.isascii())
    plain = plain.replace("I", "1").replace("L", "1")
    if len(plain) != _GROUPS * _GROUP or set(plain) - set(_LETTERS):
        return ""
    return "-".join(plain[start : start + _GROUP] for start in range(0, len(plain), _GROUP))


def actor_of(admin: Admin, units: frozenset[str], origin: str) -> Actor:
    """``units``: those they are bound to with all below (``storage.admins.units_below``)."""
    role = cast("Role", admin.role)
    return Actor(name=f"admin:{admin.id}", role=role, units=units, origin=origin, admin_id=admin.id)


async def acting(transaction: Transaction, admin: Admin, origin: str) -> Actor:
    """The same, the units looked up. Raises StorageError."""
    units = await admins.units_below(transaction, admin.units) if admin.units else frozenset[str]()
    return actor_of(admin, units, origin)


# ---- inviting and taking back -----------------------------------------------------------------------


async def invite(  # noqa: PLR0913 -- each is part of what is given
    transaction: Transaction,
    vault: Vault,
    actor: Actor,
    *,
    name: str,
    role: str,
    units: Collection[str] = (),
    known_units: Collection[str] | None = None,
    language: str = "",
    now: datetime,
    say: Say = str,
) -> Invitation:
    """Give a role to somebody who has not come yet. ``known_units``: what may be named, None where nobody knows.

    Raises NotAllowed, NotFound for a role or a unit that is none, Conflict where the name is taken.
    """
    _ = say
    require(actor, "admins.invite")
    if role not in ROLES:
        raise NotFound(_("There is no role “{role}”. Roles: {names}.").format(role=role, names=", ".join(ROLES)))
    bound = frozenset(units)
    unknown = sorted(bound - set(known_units)) if known_units is not None else []
    if unknown:
        raise NotFound(
            _("There is no unit “{unit}”. Units: {names}.").format(unit=unknown[0], names=", ".join(known_units or ()))
        )
    require_grant(actor, role, bound)
    taken = {normal(one.name) for one in await admins.listed(transaction, vault) if one.revoked_at is None}
    called = " ".join(name.split()) or _free(role, taken)
    if not 2 <= len(called) <= 60:
        raise Conflict(_("Please give the name of the person, with 2 to 60 characters."))
    if normal(called) in taken:
        raise Conflict(_("Somebody of that name is here already. Please add a word that tells them apart."))
    number = await admins.add(transaction, vault, name=called, role=role, units=bound, language=language, now=now)
    code = await _key(transaction, number, "invite", INVITATION_LASTS, now)
    given = {"role": role, "units": sorted(bound)}
    await record(transaction, vault, actor, "admins.invite", now=now, whom=f"admin:{number}", after=given)
    return Invitation(code=code, admin_id=number, name=called, expires_at=now + INVITATION_LASTS)


def _free(role: str, taken: Collection[str]) -> str:
    """A name for somebody whose own was not told: "owner", "owner 2" …"""
    names = (role, *(f"{role} {number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if normal(name) not in taken)


async def revoke(
    transaction: Transaction, vault: Vault, actor: Actor, number: int, *, now: datetime, say: Say = str
) -> Admin:
    """Take everything back: sessions, codes and chat addresses end at once; who it was.

    Raises NotAllowed, NotFound, and Conflict for the last owner.
    """
    _ = say
    require(actor, "admins.revoke")
    found = await admins.one(transaction, vault, number) if number in _NUMBERS else None
    if found is None:
        raise NotFound(_("There is nobody with that number, or their rights were taken back already."))
    require_grant(actor, found.role, found.units)
    everybody = await admins.listed(transaction, vault)
    owners = [one for one in everybody if one.revoked_at is None and one.role == "owner" and not one.units]
    if found.role == "owner" and [one.id for one in owners] == [number] and actor.admin_id is not None:
        raise Conflict(_("This is the last owner. Invite another one first."))
    await admins.revoke(transaction, number, now)
    had = {"role": found.role, "units": sorted(found.units)}
    await record(transaction, vault, actor, "admins.revoke", now=now, whom=f"admin:{number}", before=had)
    return found


async def listed(transaction: Transaction, vault: Vault, actor: Actor) -> Sequence[Admin]:
    """Everybody ``actor`` may see: who is bound to units sees those bound to the same ones. Raises NotAllowed."""
    require(actor, "admins.see")
    everybody = await admins.listed(transaction, vault)
    return [one for one in everybody if not actor.units or (one.units and one.units <= actor.units)]


# ---- coming in --------------------------------------------------------------------------------------


async def connect(
    transaction: Transaction, vault: Vault, code: str, *, address_id: int, origin: str, now: datetime
) -> Admin | None:
    """A chat address accepts an invitation, or is added to an admin who is in already; None where the code is not
    good (any more)."""
    used = await admins.use_key(transaction, code, ("invite", "connect"), now)
    found = None if used is None else await admins.one(transaction, vault, used[0])
    if used is None or found is None:
        return None
    await admins.accept(transaction, found.id, now)
    await admins.connect(transaction, found.id, address_id)
    actor = await acting(transaction, found, origin)
    act = "own.accept" if used[1] == "invite" else "own.connect"
    await record(transaction, vault, actor, act, now=now, whom=f"address:{address_id}")
    return found


async def link(transaction: Transaction, number: int, *, now: datetime, kind: KeyKind = "enter") -> str:
    """A code to sign in to the web with (or to add a chat address), for somebody who is known already."""
    return await _key(transaction, number, kind, LINK_LASTS, now)


async def _key(transaction: Transaction, number: int, kind: KeyKind, lasts: timedelta, now: datetime) -> str:
    code = new_code()
    await admins.add_key(transaction, code, number, kind, expires_at=now + lasts, now=now)
    return code


# ---- what they decide about surveys -------------------------------------------------------------------


async def publish(
    transaction: Transaction,
    vault: Vault,
    actor: Actor,
    planned: publishing.Plan,
    *,
    source: tuple[bytes, str],
    now: datetime,
    say: Say = str,
) -> None:
    """As ``publishing.publish``, asked and written down. ``source``: the file and its kind. Raises NotAllowed,
    Conflict, Duplicate."""
    require(actor, "surveys.publish")
    content, kind = source
    await publishing.publish(transaction, planned, source=content, source_type=kind, now=now, say=say)
    await record(
        transaction,
        vault,
        actor,
        "surveys.publish",
        now=now,
        whom=f"survey:{planned.survey.name}",
        before=planned.before.version if planned.before else None,
        after=planned.survey.version,
    )


async def close(transaction: Transaction, vault: Vault, actor: Actor, name: str, *, now: datetime) -> None:
    """As ``publishing.close``, asked and written down. Raises NotAllowed, Missing."""
    require(actor, "surveys.close")
    await publishing.close(transaction, name)
    await record(
        transaction, vault, actor, "surveys.close", now=now, whom=f"survey:{name}", before="open", after="closed"
    )


# ---- who people are -----------------------------------------------------------------------------------


async def open_identities(
    transaction: Transaction,
    vault: Vault,
    actor: Actor,
    *,
    kind: str,
    reason: str,
    now: datetime,
    say: Say = str,
) -> Sequence[Identity]:
    """Addresses of respondents of one kind, at most ``MOST_IDENTITIES``, the newest first; the reason is kept.

    Raises NotAllowed, and Conflict where no reason was given.
    """
    require(actor, "identities.open")
    given = reasoned(reason, say)
    found = await overview.identities(transaction, vault, kind=kind, most=MOST_IDENTITIES)
    whom = f"respondents:{kind or 'unknown'}:{len({one.respondent_id for one in found})}"
    await record(transaction, vault, actor, "identities.open", now=now, whom=whom, reason=given)
    return found


# ---- what leaves the program, and what went wrong in it ------------------------------------------------


async def export(
    transaction: Transaction,
    vault: Vault,
    actor: Actor,
    survey: str,
    *,
    reason: str | None = None,
    now: datetime,
    say: Say = str,
) -> None:
    """The answers to a survey are about to be written into a file: asked and written down. With a ``reason`` the file
    names people. Raises NotAllowed, and Conflict where that reason is none."""
    require(actor, "responses.export")
    whom = f"survey:{survey}"
    if reason is None:
        await record(transaction, vault, actor, "responses.export", now=now, whom=whom)
        return
    require(actor, "responses.export_identities")
    given = reasoned(reason, say)
    await record(transaction, vault, actor, "responses.export_identities", now=now, whom=whom, reason=given)


async def look_at_incidents(transaction: Transaction, actor: Actor, *, most: int) -> Sequence[Incident]:
    """What went wrong, the newest first; it counts as seen. In a writing transaction. Raises NotAllowed."""
    require(actor, "incidents.see")
    found = await incidents.latest(transaction, most)
    if found and await incidents.unseen(transaction):
        await incidents.seen(transaction, found[0].id)
    return found


async def clear_incidents(transaction: Transaction, vault: Vault, actor: Actor, *, now: datetime) -> int:
    """The list of what went wrong is emptied; how many there were. Raises NotAllowed."""
    require(actor, "incidents.clear")
    number = await incidents.clear(transaction)
    await record(transaction, vault, actor, "incidents.clear", now=now, before=number)
    return number
