"""``suara admin``: invited, listed, revoked; each is in the audit, and nothing secret is listed."""

from __future__ import annotations

import re

from tests.bot.cli.conftest import Installation

CODE = re.compile(r"[A-Z1-9]{5}(?:-[A-Z1-9]{5}){4}")


def test_invited_listed_and_revoked(on_each: Installation) -> None:
    office = on_each
    assert office("admin", "list").out == "Nobody was invited yet. See: suara admin invite --role owner\n"
    said = office("admin", "invite", "--role", "admin", "--unit", "kel_alak", "--name", "Bu Rina")
    assert said.code == 0
    invited, browser, chat = said.out.splitlines()
    assert re.fullmatch(r"Bu Rina is invited as admin, until \d{4}-\d\d-\d\d \d\d:\d\d\.", invited)
    [code] = CODE.findall(chat)
    assert browser.endswith(f"/admin/enter/{code}")
    listed = office("admin", "list").out
    number, *rest = listed.split("  ")
    assert rest[0:3] == ["admin", "kel_alak", "invited"]
    assert (rest[-1], code in listed) == ("Bu Rina\n", False)
    assert office("admin", "revoke", number).out == "Bu Rina (admin) has no rights any more.\n"
    assert "  revoked  " in office("admin", "list").out
    assert office("admin", "revoke", number).code == 1
    lines = [line.split("  ")[2:4] for line in office("audit", "list").out.splitlines()]
    assert lines == [["terminal", "admins.invite"], ["terminal", "admins.revoke"]]


def test_what_cannot_be_invited(suara: Installation) -> None:
    suara("migrate")
    said = suara("admin", "invite", "--role", "boss")
    assert (said.code, said.out) == (1, "")
    assert said.err == "There is no role “boss”. Roles: owner, admin, moderator, evaluator, viewer.\n"
    said = suara("admin", "invite", "--role", "viewer", "--unit", "kel_lain")
    assert said.err.startswith("There is no unit “kel_lain”. Units: camat_sekretariat, ")
    assert suara("audit", "list").out == ""
