"""``suara privacy`` and ``suara keys rotate``: what an officer sees."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app import open_store
from bot.config import Config, Data, DatabaseSettings
from storage import people, privacy
from storage.database import Database
from storage.people import lookup_of
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from surveys.messages import Address
from tests.bot.cli.conftest import Installation

NOW = datetime(2090, 1, 1, tzinfo=UTC)
"""Far off, so that nothing is overdue whenever the tests run."""
PERSON = Address("telegram", "530017711")


def inside(suara: Installation, work: object) -> object:
    """Do something in the installation's database."""

    async def run() -> object:
        config = Config(data=Data(folder=suara.data), database=DatabaseSettings(url=suara.url))  # type: ignore[arg-type]
        database, vault, _before = await open_store(config)
        try:
            return await work(database, vault)  # type: ignore[operator]
        finally:
            await database.close()

    return asyncio.run(run())


@pytest.fixture
def office(suara: Installation) -> Installation:
    """With one person who asked for a correction."""
    assert suara("migrate").code == 0

    async def plant(database: Database, vault: Vault) -> None:
        async with database.write() as transaction:
            found = await people.known(transaction, {lookup_of(PERSON, vault): PERSON}, vault)
            unit = UnitOfWork(transaction, vault, now=NOW)
            unit.add_respondent(17, kind="warga", language="id", opted_out=False)
            unit.add_consent(17, "survey", "1", "given", NOW, "telegram", "1")
            await unit.flush()
            address = next(iter(found.values())).address_id
            await transaction.run(text(f"UPDATE address SET respondent_id = 17 WHERE id = {address}"))
            await privacy.ask(
                transaction, vault, subject=17, kind="correct", channel="telegram", now=NOW, done=False,
                note="Umur saya 31",
            )  # fmt: skip
            await privacy.ask(
                transaction, vault, subject=99, kind="delete", channel="webchat", now=NOW, done=True,
            )  # fmt: skip

    inside(suara, plant)
    return suara


def test_what_is_open_is_listed_and_carried_out(office: Installation) -> None:
    listed = office("privacy", "due")
    assert listed.code == 0
    assert re.fullmatch(r"1  correct  due \d{4}-\d\d-\d\d \d\d:\d\d  respondent 17\n", listed.out)
    assert office("privacy", "show", "1").out == f"{listed.out}Umur saya 31\n"
    assert office("privacy", "done", "1").out == "Request 1 is done.\n"
    assert office("privacy", "due").out == "No request is open.\n"
    again = office("privacy", "done", "1")
    assert (again.code, again.err) == (1, "There is no open request of that number; see: suara privacy due\n")
    assert office("privacy", "show", "5").code == 1
    acts = inside(office, _acts)
    assert acts == [("requests.see", "respondent:17", ""), ("requests.settle", "respondent:17", "")]


def test_what_is_overdue_is_called_so(office: Installation) -> None:
    async def age(database: Database, _vault: Vault) -> None:
        async with database.write() as transaction:
            past = (NOW - timedelta(days=36500)).isoformat(timespec="microseconds")
            await transaction.run(text(f"UPDATE privacy_request SET due_at = '{past}'"))

    inside(office, age)
    listed = office("privacy", "due")
    assert (listed.code, listed.out.rstrip().endswith("OVERDUE")) == (1, True)


def test_a_leak_is_told_by_number_and_by_address_with_a_reason_alone(office: Installation) -> None:
    found = office("privacy", "breach", "--since", "2026-01-01")
    assert found.code == 0
    assert found.out.splitlines() == [
        "respondent;kind;since;channels;responses;sealed_answers;tickets;open;consents",
        f"17;warga;{NOW.date()};telegram;0;0;0;0;1",
        "99;deleted since;;;;;;;",
    ]
    assert PERSON.external_id not in found.out + found.err
    assert "Respondents: 1; addresses: telegram 1; deleted since: 1." in found.err
    refused = office("privacy", "breach", "--since", "2026-01-01", "--identities")
    assert refused.code == 1
    assert PERSON.external_id not in refused.out
    named = office("privacy", "breach", "--since", "2026-01-01", "--identities", "--reason", "Laptop loket dicuri")
    assert named.out.splitlines()[1].endswith(f";1;telegram:{PERSON.external_id}")
    assert inside(office, _acts) == [("identities.open", "respondents", "Laptop loket dicuri")]
    later = office("privacy", "breach", "--since", "2099-01-01")
    assert "deleted since: 0." in later.err
    assert office("privacy", "breach", "--since", "kemarin").err == (
        "“kemarin” is no date. Please write it like 2026-11-24.\n"
    )


def test_retention_says_what_would_go(office: Installation) -> None:
    told = office("privacy", "retention", "--dry-run")
    assert told.out.splitlines() == [
        "incidents, older than 30 days: 0",
        "lists of what was sent, older than 90 days: 0",
        "addresses nobody used, older than 365 days: 0",
        "aspirations that lose their owner, older than 365 days: 0",
        "responses that lose their owner, older than 730 days: 0",
        "photos, recordings and documents, older than 180 days: 0",
        "words and files of tasks, older than 730 days: 0",
        "proof of consent, older than 1825 days: 0",
        "reminders: what became of them, older than 365 days: 0",
        "what was told of mentoring meetings, older than 730 days: 0",
        "reasons why people did not come to a training, older than 180 days: 0",
        "places in trainings without a day there, older than 1825 days: 0",
        "days of attendance at trainings, older than 3650 days: 0",
        "learning hours (JP), older than 3650 days: 0",
        "certificates, older than 3650 days: 0",
    ]
    assert told.err == "Nothing was changed.\n"
    assert office("privacy", "retention").code == 0


def test_keys_are_changed(office: Installation) -> None:
    key: Path = office.data / "suara.key"
    before = Vault.from_json(key.read_text())
    done = office("keys", "rotate")
    assert done.code == 0
    assert done.out.startswith("Everything is sealed with new keys.\n")
    after = Vault.from_json(key.read_text())
    assert after.current != before.current
    assert after.pepper != before.pepper
    assert oct(key.stat().st_mode & 0o777) == "0o600"
    assert office("privacy", "show", "1").out.endswith("Umur saya 31\n")
    assert inside(office, _acts) == [("keys.rotate", "", ""), ("requests.see", "respondent:17", "")]


async def _acts(database: Database, _vault: Vault) -> list[tuple[object, ...]]:
    async with database.read() as transaction:
        return [tuple(row) for row in await transaction.all(text("SELECT act, whom, reason FROM audit ORDER BY id"))]
