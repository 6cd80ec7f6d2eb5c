"""One's own access: open browsers, a password with an app, another chat.

Rule of the file: the app's secret is offered sealed to the one who asked and kept once the app has shown its digits.
"""

from __future__ import annotations

import base64
import secrets

from starlette.responses import Response

from handlers import administering, signing_in, totp
from handlers.errors import HandlerError
from storage import admins
from storage.errors import Sealed
from web.admin.call import Action, Call, View, later
from web.admin.pages.admins import say_role
from web.problems import SaidWhy

TITLE = later("My access")
PLACE = 90
SAID = {
    "secured": later("From now on you can sign in with your name, the password and the digits of the app."),
    "ended": later("That browser is signed out."),
}


async def show(call: Call) -> Response:
    """Everything of one's own."""
    said = SAID.get(call.asked("said"), "")
    return await _shown(call, notice=call.say(said) if said else "")


async def _shown(call: Call, *, notice: str = "", code: str = "", secret: bytes = b"", status: int = 200) -> Response:
    house = call.house
    async with house.database.read() as transaction:
        browsers = await admins.browsers(transaction, call.admin.id)
    secret = secret or secrets.token_bytes(totp.SECRET_BYTES)
    return call.page(
        "me.html",
        status=status,
        notice=notice,
        role=say_role(call.admin.role, call.say),
        browsers=[(one, one.hash.hex(), one.hash == call.browser) for one in browsers],
        offer=base64.b64encode(house.vault.seal(_place(call), secret)).decode(),
        written=totp.written(secret),
        app=totp.address(secret, name=call.admin.name, office=call.site.office),
        code=code,
    )


async def secure(call: Call) -> Response:
    """A password and an app."""
    house = call.house
    try:
        secret = house.vault.unseal(_place(call), base64.b64decode(call.text("offer")))
    except (Sealed, ValueError):
        raise SaidWhy(403, call.say("This page is too old. Please open it again.")) from None
    password = call.fields.get("password", "")
    try:
        await signing_in.secure(
            house.database,
            house.vault,
            call.actor,
            password=password if isinstance(password, str) else "",
            secret=secret,
            digits=call.text("digits"),
            browser=call.browser,
            now=call.site.clock(),
            say=call.say,
        )
    except HandlerError as error:
        return await _shown(call, notice=str(error), secret=secret, status=422)
    return call.to("me?said=secured")


async def end(call: Call) -> Response:
    """Sign a browser out."""
    house = call.house
    try:
        hash_ = bytes.fromhex(call.text("browser"))
    except ValueError:
        hash_ = b""
    async with house.database.write() as transaction:
        await signing_in.end(transaction, house.vault, call.actor, [hash_], now=call.site.clock())
    return call.to("me?said=ended")


async def connect(call: Call) -> Response:
    """A code that makes a chat one's own."""
    async with call.house.database.write() as transaction:
        code = await administering.link(transaction, call.admin.id, now=call.site.clock(), kind="connect")
    return await _shown(call, code=code)


def _place(call: Call) -> bytes:
    return b"admin/totp-offer/%d" % call.admin.id


VIEWS = (View("", "own.see", show),)
ACTIONS = (
    Action("/secure", "own.secure", secure),
    Action("/end", "own.end", end),
    Action("/connect", "own.secure", connect),
)
