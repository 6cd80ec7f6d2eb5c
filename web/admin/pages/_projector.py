"""The screen for the projector: the code, the picture of its link, and how many are in, full-screen and from afar.

Rule of the file: the page works without a script, which loads it anew; with one, the code is asked for before it
changes.
"""

from __future__ import annotations

import io
from urllib.parse import urlsplit

import segno
from starlette.responses import JSONResponse, Response

from handlers import projecting
from handlers.checking_in import payload
from handlers.projecting import Screen
from surveys.speaking import day as day_in_words
from web.admin.call import Call, refusing
from web.problems import SaidWhy


def key_of(call: Call) -> str:
    """The session's key in the address. Raises SaidWhy where it can be none."""
    return known(call, str(call.request.path_params["session"]))


def known(call: Call, key: str) -> str:
    """A session's key as somebody sent it. Raises SaidWhy where it can be none."""
    if not key.isprintable():
        raise SaidWhy(404, call.say("There is no such thing."))
    return key


async def project(call: Call) -> Response:
    """Full-screen: the code, and how many are in."""
    found = await _screen(call)
    return call.page("projector.html", session=key_of(call), now=_told(found, call), bad=_unreachable(call))


async def now(call: Call) -> Response:
    """The same for the script of that page."""
    found = _told(await _screen(call), call)
    return JSONResponse(found, headers={"Cache-Control": "no-store"})


async def picture(call: Call) -> Response:
    """A code as a picture: the link that checks in with it."""
    digits = "".join(letter for letter in call.asked("code") if letter.isdecimal())[:6]
    buffer = io.BytesIO()
    segno.make(_link(call, payload(digits, key_of(call))), error="m", micro=False).save(
        buffer, kind="svg", border=3, light="white", xmldecl=False, omitsize=True
    )
    return Response(buffer.getvalue(), media_type="image/svg+xml", headers={"Cache-Control": "private, max-age=120"})


async def _screen(call: Call) -> Screen:
    house = call.house
    with refusing(call):
        async with house.database.read() as transaction:
            return await projecting.screen(
                transaction,
                house.vault,
                call.actor,
                key_of(call),
                now=call.site.clock(),
                timezone=call.site.timezone,
                say=call.say,
            )


def _told(found: Screen, call: Call) -> dict[str, str | int]:
    _ = call.say
    there = _("Present: {number}").format(number=found.there)
    if found.enrolled:
        there = _("Present: {number} (enrolled: {enrolled})").format(number=found.there, enrolled=found.enrolled)
    return {
        "title": found.title,
        "day": day_in_words(found.day, call.say) if found.day else "",
        "code": found.code,
        "spaced": f"{found.code[:3]} {found.code[3:]}",
        "left": found.left,
        "there": there,
        "words": found.words,
        "where": _where(call),
    }


def _where(call: Call) -> str:
    """Where to type the digits, for whoever has no camera."""
    site = call.site
    name = site.telegram_name()
    return f"t.me/{name}" if name else _base(call).partition("://")[2] + "/chat"


def _link(call: Call, words: str) -> str:
    name = call.site.telegram_name()
    return f"https://t.me/{name}?start={words}" if name else f"{_base(call)}/chat?start={words}"


def _unreachable(call: Call) -> str:
    """Why nobody's phone will find the address that is shown; "" where it may."""
    _, host = call.say, urlsplit(_link(call, "")).hostname or ""
    if host != "localhost" and not host.startswith("127.") and host != "::1":
        return ""
    return _(
        "Phones cannot open this address: it is this computer's own. Let web.public_url name the address at which "
        "people reach the chat, or connect the Telegram bot; until then note who is there on the list."
    )


def _base(call: Call) -> str:
    return call.site.public_url or str(call.request.base_url).rstrip("/")
