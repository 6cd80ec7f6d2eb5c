"""/admin in a chat: an invitation is accepted with its code, and whoever is in gets a link to the web pages.

Rule of the file: heard in every state, and never from a group. Wrong codes are counted apart from the conversation,
which whoever tries can begin anew; after some there is silence for an hour, and the owners are told.
"""

from __future__ import annotations

import re

from handlers import administering, dialogs, signing_in
from handlers.desk import Desk
from handlers.visit import Visit
from storage import admins, proving
from surveys.messages import Outgoing

_ASKED = re.compile(r"\s*/\s?admin(?:@\w+)?(?:\s+(.{0,200}))?\s*", re.IGNORECASE | re.DOTALL)


async def admitted(visit: Visit, text: str, desk: Desk) -> bool:
    """Answer /admin. False where the text is something else."""
    asked = _ASKED.fullmatch(text)
    if asked is None:
        return False
    typed = (asked[1] or "").strip()
    words, secret = await _with_code(visit, typed, desk) if typed else await _without(visit, desk)
    visit.say(Outgoing(text=words, keyboard="keep", secret=secret))
    await dialogs.say_where_one_is(visit, desk)
    return True


async def _without(visit: Visit, desk: Desk) -> tuple[str, bool]:
    _ = desk.say(visit)
    admin = await admins.of_address(desk.unit.transaction, desk.unit.vault, visit.address_id)
    if admin is None:
        return _("This is for those who look after the program. Type /admin and the code you were given."), False
    return await _link(visit, admin, desk), True


async def _link(visit: Visit, admin: admins.Admin, desk: Desk) -> str:
    _ = desk.say(visit)
    code = await administering.link(desk.unit.transaction, admin.id, now=desk.moment.now)
    words = _("Sign in to the dashboard, once, within 10 minutes:\n{address}\nPlease do not pass this link on.")
    return words.format(address=f"{desk.house.public_url}/admin/enter/{code}")


async def _with_code(visit: Visit, typed: str, desk: Desk) -> tuple[str, bool]:
    _ = desk.say(visit)
    transaction, vault = desk.unit.transaction, desk.unit.vault
    counted = vault.lookup("guess", f"admin {visit.address.channel} {visit.address.external_id}")
    if await proving.try_again_at(transaction, [counted], desk.moment.now) is not None:
        return _("There were too many tries. Please try again in an hour."), False
    code = administering.code_in(typed)
    admin = (
        await administering.connect(
            transaction,
            vault,
            code,
            address_id=visit.address_id,
            origin=visit.address.channel,
            now=desk.moment.now,
        )
        if code
        else None
    )
    if admin is None:
        if await proving.tries(transaction, counted) == proving.MOST_TRIES:
            await _warn(visit, desk)
        return _("This code is not good, or no longer. Please ask for a new one."), False
    await proving.forgive(transaction, [counted])
    words = _("Welcome, {name}. This chat is yours from now on: type /admin here whenever you want to sign in.")
    return words.format(name=admin.name) + "\n\n" + await _link(visit, admin, desk), True


async def _warn(visit: Visit, desk: Desk) -> None:
    _ = desk.house.say(desk.house.languages[0])
    words = _("Somebody tried several admin codes in a chat ({channel}). None of them was good.")
    told = words.format(channel=visit.address.channel)
    await signing_in.warn(desk.unit.transaction, desk.unit.vault, told, "admin_code_guessed", now=desk.moment.now)
