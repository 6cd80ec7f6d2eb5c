"""No page falls over what stands where a number, a name or a day belongs: in the address, after it, or in a form."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.web.admin.desk import Dashboard
from tests.web.admin.test_shell import ACTIONS, VIEWS

ODD = (
    "0",
    "-1",
    "abc",
    "1.5",
    "9" * 15,
    "9" * 19,
    "9" * 20,
    "9" * 400,
    "９",
    "..",
    "%00",
    "\x00",
    "' OR 1=1 --",
    "é\u202e",
    "",
)
CODE = "\n".join(path.read_text(encoding="utf-8") for path in Path("web/admin").rglob("*.py"))
FIELDS = sorted(set(re.findall(r'call\.text\(\s*"(\w+)"', CODE)))
ASKED = sorted(set(re.findall(r'call\.asked\(\s*"(\w+)"', CODE)))


def filled(path: str, odd: str) -> str:
    return re.sub(r"\{\w+(:\w+)?\}", quote(odd, safe="") or "x", path)


@pytest.mark.parametrize("odd", ODD, ids=ascii)
async def test_odd_addresses_and_questions_get_a_page(desk: Dashboard, odd: str) -> None:
    owner = await desk.signed_in()
    for name, view in VIEWS:
        there = f"/admin/{name}{filled(view.path, odd)}"
        questions = [f"{one}={quote(odd)}" for one in ASKED]
        for asked in ("", *(f"?{one}" for one in questions), "?" + "&".join(questions)):
            status = (await owner.open(there + asked)).status
            assert status < 500, (there, asked)


@pytest.mark.parametrize("odd", ODD, ids=ascii)
async def test_odd_forms_get_a_page_and_end_nothing(desk: Dashboard, odd: str) -> None:
    owner = await desk.signed_in()
    ticket = (await owner.open("/admin/me")).form("Simpan")[1]["ticket"]
    assert FIELDS
    for name, action in ACTIONS:
        there = f"/admin/{name}{filled(action.path, odd)}"
        for fields in ({}, dict.fromkeys(FIELDS, odd), *({one: odd} for one in FIELDS)):
            if (name, action.path) in {("me", "/end"), ("me", "/leave")}:
                continue
            page = await owner.post(there, {**fields, "ticket": ticket})
            assert page.status < 500, (there, fields)
    assert "Simpan" in (await owner.open("/admin/me")).text, "still signed in: every form above was read"
