"""/kalender/TOKEN/KEY.ics: whoever has the link gets the file, whoever guesses gets nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar

from outreach.calendar_file import link_token
from storage import trainings
from tests.handlers.learners import SESSION, offer_at
from tests.web.admin.desk import Dashboard, dashboard
from tests.web.browser import Browser


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Dashboard]:
    async with dashboard(tmp_path, public_url="https://alak.example/suara") as opened:
        await offer_at(opened.database, opened.vault, opened.clock())
        yield opened


async def token(desk: Dashboard) -> str:
    async with desk.database.read() as transaction:
        secret = await trainings.secret_of(transaction, desk.vault, SESSION.key)
    assert secret is not None
    return link_token(secret, SESSION.key)


async def test_the_file_follows_the_session(desk: Dashboard) -> None:
    path = f"/kalender/{await token(desk)}/prima-1.ics"
    page = await Browser(desk.app).open(path)
    assert page.status == 200
    assert page.headers["content-type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert page.headers["content-disposition"] == 'attachment; filename="prima-1.ics"'
    first, second = Calendar.from_ical(page.html).walk("VEVENT")
    assert [str(one["UID"]) for one in (first, second)] == ["prima-1-1@alak.example", "prima-1-2@alak.example"]
    async with desk.database.write() as transaction:
        await trainings.change(transaction, replace(SESSION, cancelled=True))
    first, second = Calendar.from_ical((await Browser(desk.app).open(path)).html).walk("VEVENT")
    assert [(one["STATUS"], one["SEQUENCE"]) for one in (first, second)] == [("CANCELLED", 1)] * 2


@pytest.mark.parametrize(
    "path", ["{token}x/prima-1.ics", "{zeros}/prima-1.ics", "{token}/prima-2.ics", "{token}/..ics"]
)
async def test_a_link_that_leads_nowhere(desk: Dashboard, path: str) -> None:
    asked = path.format(token=await token(desk), zeros="0" * 32)
    assert (await Browser(desk.app).open(f"/kalender/{asked}")).status == 404
