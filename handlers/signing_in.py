"""An admin's way to the web pages: by a link from the bot, or by password and the digits of an app; and how it ends.

Rules of the file: what is told of a failed try is the same whatever was not right, and takes the same time. After five
wrong tries the password rests for a while, and the owners are told. A session ends when it rests, also on a PC that
others use after.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from handlers import administering, passwords, totp
from handlers.auditing import record
from handlers.errors import Conflict
from handlers.permissions import Actor, require
from storage import admins
from storage.admins import Admin, Browser, KeyKind
from storage.database import Database, Transaction
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from surveys.messages import Outgoing
from surveys.text.normal import normal

RESTS: Final = timedelta(minutes=30)
"""A session that is not used for so long is over."""
LONGEST: Final = timedelta(hours=12)
FRESH: Final = timedelta(minutes=15)
"""So long after signing in a password may be chosen: a browser that somebody else left open is no proof."""
MOST_TRIES: Final = 5
LOCKED: Final = timedelta(minutes=15)
_SEEN_AGAIN = timedelta(seconds=60)

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Entered:
    """``secret`` is the browser's to keep: it is stored as a hash alone."""

    admin: Admin
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Knock:
    """From where somebody comes: for the list of open browsers and the audit."""

    device: str
    origin: str


# ---- in ---------------------------------------------------------------------------------------------


async def offered(transaction: Transaction, vault: Vault, code: str, now: datetime) -> tuple[Admin, KeyKind] | None:
    """Whom this link would let in, and why; looking does not use it up."""
    found = await admins.key_of(transaction, code, now)
    if found is None or found[1] == "connect":
        return None
    admin = await admins.one(transaction, vault, found[0])
    return None if admin is None else (admin, found[1])


async def enter(transaction: Transaction, vault: Vault, code: str, *, knock: Knock, now: datetime) -> Entered | None:
    """Use the link up: an invitation is accepted by it too. None where it is not good (any more)."""
    used = await admins.use_key(transaction, code, ("invite", "enter"), now)
    admin = None if used is None else await admins.one(transaction, vault, used[0])
    if used is None or admin is None:
        return None
    await admins.accept(transaction, admin.id, now)
    return await _let_in(transaction, vault, admin, "own.accept" if used[1] == "invite" else "own.enter", knock, now)


async def sign_in(
    database: Database,
    vault: Vault,
    *,
    name: str,
    password: str,
    digits: str,
    knock: Knock,
    now: datetime,
    say: Say = str,
) -> Entered | None:
    """With a password and the app's digits; None where they do not belong together, or too much was tried.

    ``say``: gettext in the office's language, for what the owners are told. Raises StorageError.
    """
    async with database.read() as transaction:
        everybody = await admins.listed(transaction, vault)
    wanted = normal(" ".join(name.split()))
    found = next((a for a in everybody if a.revoked_at is None and normal(a.name) == wanted and a.password), None)
    resting = found is not None and found.locked_until is not None and found.locked_until > now
    right = await passwords.right(password, found.password if found is not None else "")
    if found is None or resting:
        return None
    step = totp.accepted(found.totp, digits, now) if found.totp else None
    async with database.write() as transaction:
        if right and step is not None and await admins.stepped(transaction, found.id, step):
            return await _let_in(transaction, vault, found, "own.enter", knock, now)
        await _failed(transaction, vault, found, knock, now, say)
    return None


async def _let_in(
    transaction: Transaction, vault: Vault, admin: Admin, act: str, knock: Knock, now: datetime
) -> Entered:
    secret = secrets.token_urlsafe(32)
    await admins.end_old(transaction, unseen_since=now - RESTS, began_before=now - LONGEST)
    await admins.open_browser(transaction, secret, admin.id, device=knock.device, now=now)
    actor = await administering.acting(transaction, admin, knock.origin)
    await record(transaction, vault, actor, act, now=now)
    return Entered(admin, secret)


async def _failed(transaction: Transaction, vault: Vault, admin: Admin, knock: Knock, now: datetime, say: Say) -> None:
    if await admins.failed(transaction, admin.id) < MOST_TRIES:
        return
    await admins.lock(transaction, admin.id, now + LOCKED)
    _ = say
    words = _("Somebody tried {number} times to sign in as {name}. That password rests for {minutes} minutes.")
    told = words.format(number=MOST_TRIES, name=admin.name, minutes=int(LOCKED.total_seconds() // 60))
    await warn(transaction, vault, told, "sign_in_guessed", now=now)
    actor = await administering.acting(transaction, admin, knock.origin)
    await record(transaction, vault, actor, "own.locked", now=now)


async def warn(transaction: Transaction, vault: Vault, told: str, code: str, *, now: datetime) -> None:
    """Tell the owners, in their chats, and note it among the incidents. Raises StorageError."""
    unit = UnitOfWork(transaction, vault, now=now)
    for address_id in await admins.reached(transaction, ("owner",)):
        unit.send(address_id, Outgoing(text=told, keyboard="keep"))
    unit.record_incident(code)
    await unit.flush()


# ---- while it lasts -----------------------------------------------------------------------------------


async def present(database: Database, vault: Vault, secret: str, now: datetime) -> tuple[Admin, Browser] | None:
    """Whose browser this is; None where its session is over. Raises StorageError."""
    async with database.read() as transaction:
        browser = await admins.browser(transaction, secret)
        admin = None if browser is None else await admins.one(transaction, vault, browser.admin_id)
    if browser is None:
        return None
    over = browser.seen_at <= now - RESTS or browser.began_at <= now - LONGEST
    if admin is None or over:
        async with database.write() as transaction:
            await admins.end(transaction, [browser.hash])
        return None
    if now - browser.seen_at >= _SEEN_AGAIN:
        async with database.write() as transaction:
            await admins.see(transaction, browser.hash, now)
    return admin, browser


async def end(transaction: Transaction, vault: Vault, actor: Actor, hashes: list[bytes], *, now: datetime) -> int:
    """End these of the actor's own sessions; how many of them were theirs. Raises NotAllowed."""
    require(actor, "own.end")
    own = {one.hash for one in await admins.browsers(transaction, actor.admin_id or 0)}
    ended = [one for one in hashes if one in own]
    if ended:
        await admins.end(transaction, ended)
        await record(transaction, vault, actor, "own.end", now=now, after=len(ended))
    return len(ended)


async def secure(  # noqa: PLR0913 -- what it needs
    database: Database,
    vault: Vault,
    actor: Actor,
    *,
    password: str,
    secret: bytes,
    digits: str,
    browser: bytes,
    now: datetime,
    say: Say = str,
) -> None:
    """A password and an app, both new. ``secret`` is what the app was given, ``digits`` what it shows; ``browser`` (the
    hash of its secret) signed in just now, which stands for the old password. All others are signed out.

    Raises NotAllowed, and Conflict with what is still amiss.
    """
    _ = say
    require(actor, "own.secure")
    number = actor.admin_id
    if number is None:
        raise Conflict
    async with database.read() as transaction:
        browsers = await admins.browsers(transaction, number)
    if not any(one.hash == browser and now - one.began_at <= FRESH for one in browsers):
        words = _("Please sign out and in again first: a new password is taken within {number} minutes of signing in.")
        raise Conflict(words.format(number=FRESH // timedelta(minutes=1)))
    if not passwords.SHORTEST <= len(password) <= passwords.LONGEST:
        words = _("Please choose a password of at least {number} characters; several words are best.")
        raise Conflict(words.format(number=passwords.SHORTEST))
    step = totp.accepted(secret, digits, now)
    if step is None:
        raise Conflict(_("The six digits do not fit. Please type what the app shows now; its clock must be right."))
    kept = await passwords.hashed(password)
    async with database.write() as transaction:
        await admins.secure(transaction, vault, number, password=kept, totp=secret, step=step)
        await admins.end(transaction, [one.hash for one in browsers if one.hash != browser])
        await record(transaction, vault, actor, "own.secure", now=now)
