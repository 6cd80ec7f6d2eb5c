"""A dashboard over a real database, with one admin of any role, and a browser without JavaScript."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from starlette.types import ASGIApp

from bot import catalog
from bot.bundled import folder
from bot.units import kelurahan_of, lists_of, positions_of, units_of
from bot.wording import catalogue
from handlers import administering
from handlers.permissions import TERMINAL
from outreach.calendar import Settings, calendar_of
from storage.database import Database, open_database
from storage.migrating import migrate
from storage.vault import Vault
from surveys.xlsform import FileType, examine
from tests.web.browser import Browser, Page
from tests.web.house import KEY, Clock
from web.app import build
from web.rates import Rates
from web.site import Administration, Site


@dataclass(slots=True)
class Dashboard:
    """``invite`` somebody, ``signed_in`` as them."""

    app: ASGIApp
    site: Site
    database: Database
    vault: Vault
    clock: Clock
    numbers: dict[str, int] = field(default_factory=dict)

    def house(self) -> Administration:
        """What the pages rely on."""
        assert self.site.administration is not None
        return self.site.administration

    async def invite(self, role: str = "owner", *units: str, name: str = "") -> str:
        """A code; the number stands in ``numbers`` under the name."""
        async with self.database.write() as transaction:
            invited = await administering.invite(
                transaction, self.vault, TERMINAL, name=name, role=role, units=units, now=self.clock()
            )
        self.numbers[invited.name] = invited.admin_id
        return invited.code

    async def signed_in(self, role: str = "owner", *units: str, name: str = "") -> Browser:
        """The browser of somebody new."""
        browser = Browser(self.app)
        page = await browser.open(f"/admin/enter/{await self.invite(role, *units, name=name)}?lang=id")
        entered = await browser.press(page, "Terima")
        assert entered.status == 200, entered.text
        return browser


@asynccontextmanager
async def dashboard(where: Path, *, knocks: int = 1000, public_url: str = "") -> AsyncIterator[Dashboard]:
    """Open one; everybody may knock ``knocks`` times."""
    database = open_database(f"sqlite:///{where / 'suara.sqlite3'}")
    await migrate(database)
    clock, vault = Clock(), Vault.new()
    lists = catalog.files(folder("catalog") / "alak")
    site = Site(
        say=lambda code: catalogue(code).gettext,
        languages=("id", "en"),
        office="Kecamatan Alak",
        key=KEY,
        public_url=public_url,
        clock=clock,
        administration=Administration(
            database=database,
            vault=vault,
            uploads=where / "uploads",
            media=where / "media",
            forms=lambda content, kind, name, say: examine(
                content, file_type=cast("FileType", kind), name_hint=name, files=lists, say=say
            ),
            units=lambda: units_of("alak"),
            lists=lambda: lists_of("alak"),
            calendar=lambda: calendar_of((), Settings(timezone=ZoneInfo("Asia/Makassar"))),
            positions=lambda: positions_of("alak"),
            serves=lambda: kelurahan_of("alak"),
            facts=lambda: [("web.host", "127.0.0.1")],
            knocks=Rates(burst=knocks, per_second=1 / 30),
        ),
    )
    try:
        yield Dashboard(build(site), site, database, vault, clock)
    finally:
        await database.close()


def sign_in_form(page: Page) -> dict[str, str]:
    """The fields of the form with the password."""
    return dict(next(form for form in page.forms if "password" in form.fields).fields)
