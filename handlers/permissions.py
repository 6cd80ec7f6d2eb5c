"""Who may do what: one table, acts by roles, and in which units.

An admin bound to units does what the table allows in those alone; acts marked WHOLE reach beyond any unit, so that only
those bound to none may do them. Rule of the file: what is not listed is not allowed, to anybody; whoever sits at the
computer itself is an owner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from handlers.errors import NotAllowed

Role = Literal["owner", "admin", "moderator", "evaluator", "viewer"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
"""From the most to the least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts. ``units`` empty: bound to none. ``name`` is what audit rows call them: ``admin:17``, ``terminal``."""

    name: str
    role: Role
    units: frozenset[str] = frozenset()
    """Names in the catalog, with all units below them."""
    origin: str = ""
    """From where: ``web 10.0.0.0``, ``telegram``, ``terminal``."""
    admin_id: int | None = None


TERMINAL: Final = Actor(name="terminal", role="owner", origin="terminal")
"""Whoever can run ``suara`` can read the database anyway."""
SYSTEM: Final = Actor(name="system", role="owner", origin="")
"""What the program does by itself."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """The roles of one act. ``whole``: it reaches beyond any unit."""

    roles: frozenset[Role]
    whole: bool = False


def _by(*roles: Role, whole: bool = False) -> Allowed:
    return Allowed(frozenset(roles), whole)


_ALL = ROLES

ACTS: Final[Mapping[str, Allowed]] = {
    # what everybody has
    "overview.see": _by(*_ALL),
    "own.see": _by(*_ALL),
    "own.secure": _by(*_ALL),
    "own.end": _by(*_ALL),
    # people: numbers, and who they are
    "respondents.count": _by(*_ALL, whole=True),
    "identities.open": _by("owner", "admin", whole=True),
    "roster.see": _by("owner", "admin"),
    "roster.import": _by("owner", "admin", whole=True),
    "roster.name": _by("owner", "admin", whole=True),
    "roster.code": _by("owner", "admin"),
    "rates.see": _by(*_ALL),
    "rates.name": _by("owner", "admin"),
    "respondents.merge": _by("owner", "admin", whole=True),
    "respondents.unlink": _by("owner", "admin", whole=True),
    # consent and requests
    "consent.see": _by("owner", "admin", whole=True),
    "requests.see": _by("owner", "admin", whole=True),
    "requests.settle": _by("owner", "admin", whole=True),
    "retention.run": _by("owner", "admin", whole=True),
    "leaks.see": _by("owner", "admin", whole=True),
    # surveys and answers
    "surveys.see": _by(*_ALL),
    "responses.count": _by(*_ALL, whole=True),
    "surveys.try": _by("owner", "admin", "evaluator"),
    "surveys.publish": _by("owner", "admin", whole=True),
    "surveys.close": _by("owner", "admin", whole=True),
    "responses.export": _by("owner", "admin", "evaluator", whole=True),
    "responses.export_identities": _by("owner", "admin", whole=True),
    # aspirations
    "aspirations.see": _by("owner", "admin", "moderator"),
    "aspirations.change": _by("owner", "admin", "moderator"),
    # trainings; who is bound to units sees and names the people of those alone
    "trainings.see": _by(*_ALL),
    "trainings.change": _by("owner", "admin", whole=True),
    "trainings.enrol": _by("owner", "admin"),
    "attendance.show": _by("owner", "admin", "evaluator"),
    "attendance.keep": _by("owner", "admin", "evaluator"),
    "learning_hours.see": _by(*_ALL),
    "learning_hours.note": _by("owner", "admin"),
    "learning_hours.name": _by("owner", "admin"),
    "certificates.revoke": _by("owner", "admin", whole=True),
    "tasks.assign": _by("owner", "admin", "evaluator"),
    "tasks.assess": _by("owner", "admin", "evaluator"),
    "tests.see": _by("owner", "admin", "evaluator", whole=True),
    "evidence.see": _by(*_ALL),
    "evidence.name": _by("owner", "admin", whole=True),
    "reminders.see": _by("owner", "admin", "evaluator"),
    # those who look after the program
    "admins.see": _by("owner", "admin"),
    "admins.invite": _by("owner", "admin"),
    "admins.revoke": _by("owner", "admin"),
    "audit.see": _by("owner", "admin", whole=True),
    "incidents.see": _by("owner", "admin", whole=True),
    "incidents.clear": _by("owner", "admin", whole=True),
    "settings.see": _by("owner", "admin", whole=True),
    # everything at once
    "data.back_up": _by("owner", "admin", whole=True),
    "data.restore": _by("owner", whole=True),
    "keys.export": _by("owner", whole=True),
    "keys.import": _by("owner", whole=True),
    "keys.rotate": _by("owner", whole=True),
}
"""Every act of an admin. A new one is a line here, and a line in the test that reads this table aloud."""

GRANTS: Final[Mapping[Role, frozenset[Role]]] = {
    "owner": frozenset(ROLES),
    "admin": frozenset({"moderator", "evaluator", "viewer"}),
    "moderator": frozenset(),
    "evaluator": frozenset(),
    "viewer": frozenset(),
}
"""Which roles a role may give, and take away again."""


def may(actor: Actor, act: str, *, unit: str = "") -> bool:
    """Whether ``actor`` may. ``unit`` "": no certain unit is meant, so that a list is shown as far as it is theirs."""
    allowed = ACTS.get(act)
    if allowed is None or actor.role not in allowed.roles:
        return False
    if not actor.units:
        return True
    return not allowed.whole and (not unit or unit in actor.units)


def require(actor: Actor, act: str, *, unit: str = "") -> None:
    """Raises NotAllowed where ``actor`` may not, or where nobody listed the act."""
    if not may(actor, act, unit=unit):
        raise NotAllowed(NotAllowed.__doc__)


def require_grant(actor: Actor, role: str, units: frozenset[str]) -> None:
    """Raises NotAllowed unless ``actor`` may give (or take) that role in those units; none means every unit."""
    beyond = bool(actor.units) and (not units or not units <= actor.units)
    if role not in GRANTS[actor.role] or beyond:
        raise NotAllowed(NotAllowed.__doc__)
