"""Every act of an admin with every role, bound to a unit and not; what is not listed is not allowed."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from handlers.act_names import act_names
from handlers.errors import NotAllowed
from handlers.permissions import ACTS, GRANTS, ROLES, SYSTEM, TERMINAL, Actor, Role, may, require, require_grant

ROOT = Path(__file__).resolve().parents[2]

# O owner, A admin, M moderator, E evaluator, V viewer; first bound to no unit, then to a unit and asked about that one.
TABLE = """
overview.see                 OAMEV  OAMEV
own.see                      OAMEV  OAMEV
own.secure                   OAMEV  OAMEV
own.end                      OAMEV  OAMEV
respondents.count            OAMEV  -
identities.open              OA     -
roster.see                   OA     OA
roster.import                OA     -
roster.name                  OA     -
roster.code                  OA     OA
rates.see                    OAMEV  OAMEV
rates.name                   OA     OA
respondents.merge            OA     -
respondents.unlink           OA     -
consent.see                  OA     -
requests.see                 OA     -
requests.settle              OA     -
retention.run                OA     -
leaks.see                    OA     -
surveys.see                  OAMEV  OAMEV
responses.count              OAMEV  -
surveys.try                  OAE    OAE
surveys.publish              OA     -
surveys.close                OA     -
responses.export             OAE    -
responses.export_identities  OA     -
aspirations.see              OAM    OAM
aspirations.change           OAM    OAM
trainings.see                OAMEV  OAMEV
trainings.change             OA     -
trainings.enrol              OA     OA
attendance.show              OAE    OAE
attendance.keep              OAE    OAE
learning_hours.see           OAMEV  OAMEV
learning_hours.note          OA     OA
learning_hours.name          OA     OA
certificates.revoke          OA     -
tasks.assign                 OAE    OAE
tasks.assess                 OAE    OAE
tests.see                    OAE    -
evidence.see                 OAMEV  OAMEV
evidence.name                OA     -
reminders.see                OAE    OAE
admins.see                   OA     OA
admins.invite                OA     OA
admins.revoke                OA     OA
audit.see                    OA     -
incidents.see                OA     -
incidents.clear              OA     -
settings.see                 OA     -
data.back_up                 OA     -
data.restore                 O      -
keys.export                  O      -
keys.import                  O      -
keys.rotate                  O      -
"""
EXPECTED = [line.split() for line in TABLE.strip().splitlines()]


def actor(role: Role, *units: str) -> Actor:
    return Actor(name="admin:1", role=role, units=frozenset(units))


def letters(act: str, *units: str, unit: str = "") -> str:
    return "".join(role[0].upper() for role in ROLES if may(actor(role, *units), act, unit=unit)) or "-"


def test_the_table_is_complete() -> None:
    assert [act for act, _free, _bound in EXPECTED] == list(ACTS)


@pytest.mark.parametrize(("act", "free", "bound"), EXPECTED)
def test_each_act_with_each_role(act: str, free: str, bound: str) -> None:
    assert letters(act) == free
    assert letters(act, unit="kel_alak") == free
    assert letters(act, "kel_alak", unit="kel_alak") == bound
    assert letters(act, "kel_alak") == bound
    assert letters(act, "kel_alak", unit="kel_naioni") == "-"


@pytest.mark.parametrize("role", ROLES)
def test_an_act_that_nobody_listed_is_allowed_to_nobody(role: Role) -> None:
    with pytest.raises(NotAllowed):
        require(actor(role), "surveys.burn")


@pytest.mark.parametrize(("act", "free", "bound"), EXPECTED)
def test_require_raises_where_may_says_no(act: str, free: str, bound: str) -> None:
    for role in ROLES:
        if role[0].upper() in free:
            require(actor(role), act)
        else:
            with pytest.raises(NotAllowed):
                require(actor(role), act)


@pytest.mark.parametrize("one", [TERMINAL, SYSTEM])
def test_the_computer_itself_may_everything_that_is_listed(one: Actor) -> None:
    assert [act for act in ACTS if not may(one, act)] == []
    assert not may(one, "surveys.burn")


@pytest.mark.parametrize(
    ("giver", "given"),
    [("owner", "OAMEV"), ("admin", "MEV"), ("moderator", ""), ("evaluator", ""), ("viewer", "")],
)
def test_who_may_give_which_role(giver: Role, given: str) -> None:
    assert "".join(role[0].upper() for role in ROLES if role in GRANTS[giver]) == given


def test_who_is_bound_gives_roles_in_their_own_units_alone() -> None:
    bound = actor("owner", "kel_alak", "kel_naioni")
    require_grant(bound, "viewer", frozenset({"kel_alak"}))
    for units in (frozenset[str](), frozenset({"kel_nbs"}), frozenset({"kel_alak", "kel_nbs"})):
        with pytest.raises(NotAllowed):
            require_grant(bound, "viewer", units)


def test_every_act_that_the_code_asks_about_is_listed() -> None:
    """``require(…, "act")``, ``may(…, "act")`` and the acts of pages: each is in the table."""
    asked = set()
    for package in ("bot", "web", "handlers"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in {"require", "may", "View", "Action"}:
                    asked |= {
                        part.value
                        for part in node.args
                        if isinstance(part, ast.Constant)
                        and isinstance(part.value, str)
                        and re.fullmatch(r"[a-z]+\.[a-z_]+", part.value)
                    }
    assert asked - set(ACTS) == set()


def test_every_act_has_words_for_those_who_read_the_audit() -> None:
    assert [act for act in ACTS if act not in act_names(str)] == []
