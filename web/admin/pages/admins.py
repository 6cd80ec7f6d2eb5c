"""Those who look after the program: invited here, and their rights taken back.

Rule of the file: a code is shown once, on the page that made it, and is nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from handlers import administering
from handlers.permissions import GRANTS
from storage.admins import Admin
from surveys.survey import in_language
from web.admin.call import Action, Call, View, later, refusing
from web.problems import SaidWhy

TITLE = later("Admins")
PLACE = 60
SAID = {"revoked": later("Their rights are taken back. They are signed out everywhere.")}


def say_role(role: str, say: Callable[[str], str]) -> str:
    """A role as people read it."""
    _ = say
    names = {
        "owner": _("Owner"),
        "admin": _("Admin"),
        "moderator": _("Moderator"),
        "evaluator": _("Evaluator"),
        "viewer": _("Viewer"),
    }
    return names.get(role, role)


async def show(call: Call) -> Response:
    """The list, and the form that invites."""
    said = SAID.get(call.asked("said"), "")
    return await _list(call, notice=call.say(said) if said else "")


async def _list(call: Call, *, notice: str = "", invitation: administering.Invitation | None = None) -> Response:
    house = call.house
    async with house.database.read() as transaction:
        found = await administering.listed(transaction, house.vault, call.actor)
    units = house.units()
    return call.page(
        "admins.html",
        notice=notice,
        rows=[(one, say_role(one.role, call.say), _units(one, call)) for one in found if one.revoked_at is None],
        gone=[(one, say_role(one.role, call.say)) for one in found if one.revoked_at is not None],
        roles=[(role, say_role(role, call.say)) for role in GRANTS if role in GRANTS[call.actor.role]],
        units=[
            (name, in_language(labels, call.language))
            for name, labels in units.items()
            if not call.actor.units or name in call.actor.units
        ],
        invitation=invitation,
        address=f"{call.site.public_url or _here(call)}/admin/enter/{invitation.code}" if invitation else "",
    )


async def invite(call: Call) -> Response:
    """A code for somebody new."""
    house = call.house
    with refusing(call):
        async with house.database.write() as transaction:
            invitation = await administering.invite(
                transaction,
                house.vault,
                call.actor,
                name=call.text("name"),
                role=call.text("role"),
                units=call.texts("unit"),
                known_units=house.units(),
                now=call.site.clock(),
                say=call.say,
            )
    return await _list(call, invitation=invitation)


async def one(call: Call) -> Response:
    """One of them, before anything is taken back."""
    found = await _found(call, call.request.path_params["number"])
    return call.page("admin.html", one=found, role=say_role(found.role, call.say), units=_units(found, call))


async def revoke(call: Call) -> Response:
    """Everything is taken back."""
    house = call.house
    with refusing(call):
        async with house.database.write() as transaction:
            await administering.revoke(
                transaction,
                house.vault,
                call.actor,
                number_of_admin(call.text("number")),
                now=call.site.clock(),
                say=call.say,
            )
    return call.to("admins?said=revoked")


def number_of_admin(text: str) -> int:
    """A random number of up to 19 digits, 0 if it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 19 else 0


async def _found(call: Call, number: str) -> Admin:
    house = call.house
    with refusing(call):
        async with house.database.read() as transaction:
            everybody = await administering.listed(transaction, house.vault, call.actor)
    for found in everybody:
        if str(found.id) == number and found.revoked_at is None:
            return found
    raise SaidWhy(404, call.say("There is no such thing."))


def _units(admin: Admin, call: Call) -> str:
    labels = call.house.units()
    return ", ".join(in_language(labels.get(unit, {}), call.language) or unit for unit in sorted(admin.units))


def _here(call: Call) -> str:
    return str(call.request.base_url).rstrip("/")


VIEWS = (View("", "admins.see", show), View("/{number}", "admins.see", one))
ACTIONS = (Action("/invite", "admins.invite", invite), Action("/revoke", "admins.revoke", revoke))
