"""A list is saved whole or not at all, by those who may; codes are given for employees of one's own unit."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from bot.bundled import folder
from bot.catalog import files
from handlers import rostering
from handlers.errors import Conflict, NotAllowed, NotFound
from handlers.permissions import TERMINAL, Actor
from outreach.roster_lists import Lists, read_lists
from outreach.roster_reading import Read, read_roster
from storage import roster
from storage.database import Database, Transaction, open_database
from storage.migrating import migrate
from storage.vault import Vault

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
MARIA = "198609262015052001"
LIST = f"Nama;NIP;Status;Unit\nMaria Tefa;{MARIA};PNS;NBD\nYohanes Lay;197003051995031002;PNS;Namosain\n"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = open_database(database_url)
    await migrate(opened)
    yield opened
    await opened.close()


@pytest.fixture(scope="module")
def vault() -> Vault:
    return Vault.new()


@pytest.fixture(scope="module")
def lists() -> Lists:
    return read_lists(files(folder("catalog") / "alak"))


def read(content: str, lists: Lists) -> Read:
    return read_roster(content.encode(), "daftar.csv", lists, today=TODAY)


async def save(
    database: Database, vault: Vault, lists: Lists, content: str, actor: Actor = TERMINAL
) -> rostering.Examined:
    examined = await rostering.examine(database, vault, TERMINAL, read(content, lists), part=False)
    await rostering.save(database, vault, actor, examined, lists, now=NOW, today=TODAY)
    return examined


async def test_looked_through_saved_and_looked_through_again(database: Database, vault: Vault, lists: Lists) -> None:
    examined = await rostering.examine(database, vault, TERMINAL, read(LIST, lists), part=False)
    async with database.read() as transaction:
        assert not await roster.anybody(transaction)
    assert len(examined.changes.new) == 2
    assert (await save(database, vault, lists, LIST)).changes == examined.changes
    again = await rostering.examine(database, vault, TERMINAL, read(LIST, lists), part=False)
    async with database.read() as transaction:
        assert again.changes.nothing
        assert len(await roster.units(transaction)) == len(lists.units)
        rows = await transaction.all(text("SELECT act, actor FROM audit"))
    assert [tuple(row) for row in rows] == [("roster.import", "terminal")]


async def test_with_one_bad_row_nothing_is_saved(database: Database, vault: Vault, lists: Lists) -> None:
    with pytest.raises(Conflict, match="Nothing was saved"):
        await save(database, vault, lists, LIST + "Ani;123;PNS;NBD\n")
    async with database.read() as transaction:
        assert not await roster.anybody(transaction)
        assert await transaction.all(text("SELECT * FROM audit")) == []


async def test_who_is_bound_to_a_unit_imports_nothing(database: Database, vault: Vault, lists: Lists) -> None:
    lurah = Actor(name="admin:1", role="admin", units=frozenset({"kel_nbd"}))
    with pytest.raises(NotAllowed):
        await save(database, vault, lists, LIST, lurah)


async def test_codes_for_ones_own_unit(database: Database, vault: Vault, lists: Lists) -> None:
    await save(database, vault, lists, LIST)
    lurah = Actor(name="admin:1", role="admin", units=frozenset({"kel_nbd"}))

    async def code(actor: Actor, number: str) -> str:
        async with database.write() as transaction:
            return await rostering.give_code(transaction, vault, actor, number, now=NOW, rng=random.Random(1))

    given = await code(lurah, MARIA)
    assert len(given.replace("-", "")) == 8
    assert given.replace("-", "").isdecimal()
    for number in ("197003051995031002", "198801012015011001"):  # elsewhere or nowhere: the same answer
        with pytest.raises(NotFound, match="of your units"):
            await code(lurah, number)
    with pytest.raises(NotAllowed):
        await code(Actor(name="admin:2", role="viewer"), MARIA)
    with pytest.raises(NotFound):
        await code(TERMINAL, "198801012015011001")


async def test_units_that_a_list_added_are_known_to_the_next(database: Database, vault: Vault, lists: Lists) -> None:
    from outreach.roster import Unit

    async with database.write() as transaction:
        await roster.keep_units(transaction, [Unit("sd_tenau", "SD Negeri Tenau", "sekolah")])
    async with database.read() as transaction:
        known = await rostering.lists_with_units(transaction, lists)
    assert known.unit_names.key("sd negeri tenau") == "sd_tenau"
    assert lists.unit_names.key("sd negeri tenau") is None


async def test_nothing_is_compared_or_sealed_while_the_chat_waits_to_write(
    database: Database, vault: Vault, lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing, done = [False], []

    @asynccontextmanager
    async def write() -> AsyncIterator[Transaction]:
        async with Database.write(database) as transaction:
            writing[0] = True
            try:
                yield transaction
            finally:
                writing[0] = False

    monkeypatch.setattr(database, "write", write)

    def noting(name: str, does: Callable[..., object]) -> Callable[..., object]:
        def noted(*given: object) -> object:
            done.append((name, writing[0]))
            return does(*given)

        return noted

    for name in ("seal", "unseal", "lookup"):
        monkeypatch.setattr(Vault, name, noting(name, getattr(Vault, name)))
    await save(database, vault, lists, LIST)
    await save(database, vault, lists, LIST.replace("Maria", "Mariana"))
    audit_key = [("seal", True), ("unseal", True)]
    assert [one for one in done if one[1]] == audit_key
    assert len(done) > len(audit_key)


async def test_a_roster_that_changed_since_it_was_compared_stays(
    database: Database, vault: Vault, lists: Lists
) -> None:
    late = await rostering.examine(database, vault, TERMINAL, read(LIST, lists), part=False)
    await save(database, vault, lists, LIST)
    with pytest.raises(Conflict, match="changed since you looked"):
        await rostering.save(database, vault, TERMINAL, late, lists, now=NOW, today=TODAY)
    async with database.read() as transaction:
        assert await roster.count(transaction) == (2, 0)


async def test_an_import_that_is_broken_off_leaves_the_old_roster_whole(
    database: Database, vault: Vault, lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    await save(database, vault, lists, LIST)
    before = await rostering.examine(database, vault, TERMINAL, read(LIST, lists), part=False)

    async def broken(*_given: object, **_more: object) -> None:
        raise OSError("cut off")

    monkeypatch.setattr(rostering, "record", broken)  # the last thing of the transaction
    with pytest.raises(OSError, match="cut off"):
        await save(database, vault, lists, LIST.replace("Maria", "Mariana").replace("Namosain", "NBD"))
    assert await rostering.examine(database, vault, TERMINAL, read(LIST, lists), part=False) == before
