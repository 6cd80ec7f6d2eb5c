"""Who admins are as respondents, and what competences are called, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert

import surveys.definitions
from bot.bundled import folder
from bot.catalog import files
from handlers import administering, publishing
from handlers.permissions import TERMINAL
from storage import admins
from storage.competences import competence_names
from storage.database import Database
from storage.tables import address
from storage.vault import Vault
from surveys.xlsform import examine
from tests.trainings_office import STAFF, respondents, set_up

NOW = datetime(2026, 12, 3, 1, tzinfo=UTC)


async def test_an_admin_is_the_respondents_on_their_own_addresses_alone(database: Database, vault: Vault) -> None:
    async with database.write() as transaction:
        await set_up(transaction, vault, now=NOW)
        invited = [
            await administering.invite(transaction, vault, TERMINAL, name=name, role="evaluator", now=NOW)
            for name in ("Satu", "Dua")
        ]
    first, second = await respondents(database, vault, entries=STAFF[:2], now=NOW)
    async with database.write() as transaction:
        for number, who in ((7, first), (8, None), (9, second)):
            row = {"id": number, "channel": "webchat", "lookup": bytes([number]) * 16, "external": b"", "gone": False}
            await transaction.run(insert(address), [{**row, "respondent_id": who, "prompt_message_id": ""}])
        await admins.connect(transaction, invited[0].admin_id, 7)
        await admins.connect(transaction, invited[0].admin_id, 8)
        await admins.connect(transaction, invited[1].admin_id, 9)
        found = [await admins.respondents_of(transaction, one.admin_id) for one in invited]
    assert found == [frozenset({first}), frozenset({second})]


async def test_competences_are_called_as_the_survey_of_needs_calls_them(database: Database) -> None:
    async with database.read() as transaction:
        assert await competence_names(transaction, "id") == {}
    content = (Path(surveys.definitions.__path__[0]) / "tna_asn.md").read_bytes()
    survey, problems = examine(content, file_type=".md", name_hint="tna_asn", files=files(folder("catalog") / "alak"))
    assert survey is not None, problems
    async with database.write() as transaction:
        planned = await publishing.plan(transaction, survey)
        await publishing.publish(transaction, planned, source=content, source_type=".md", now=NOW)
        names = [await competence_names(transaction, language) for language in ("id", "en")]
    assert (names[0]["kerjasama"], names[1]["kerjasama"]) == ("Kerja sama", "Teamwork")
    assert "tek_layanan" in names[0]
