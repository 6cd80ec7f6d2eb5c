"""The chain of what was done: whole, changed, cut; and several processes that append at once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import audit, settings
from storage.audit import Entry, Verdict
from storage.audit_mark import AuditMark
from storage.database import Database, open_database
from storage.vault import Vault

NOW = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)
VAULT = Vault.new()


async def write(database: Database, act: str, **more: str) -> str:
    async with database.write() as transaction:
        return await audit.append(transaction, VAULT, Entry(actor="terminal", act=act, **more), now=NOW)


async def check(database: Database, *noted: str) -> tuple[int, str, int]:
    async with database.read() as transaction:
        verdict = await audit.verify(transaction, VAULT, noted=noted)
    return verdict.rows, verdict.fault, verdict.at_row


async def run(database: Database, statement: str) -> None:
    async with database.write() as transaction:
        await transaction.run(text(statement))


@pytest.fixture
async def three(database: Database) -> Database:
    for act in ("a.one", "a.two", "a.three"):
        await write(database, act, whom="survey:skm", reason="alasan", origin="terminal")
    return database


async def test_nothing_yet_is_whole(database: Database) -> None:
    assert await check(database) == (0, "", 0)


async def test_three_rows_are_whole_and_numbered_without_gaps(three: Database) -> None:
    assert await check(three) == (3, "", 0)
    async with three.read() as transaction:
        assert [(row.id, row.act, row.at) for row in await audit.latest(transaction)] == [
            (3, "a.three", NOW), (2, "a.two", NOW), (1, "a.one", NOW),
        ]  # fmt: skip
        assert [row.id for row in await audit.latest(transaction, before=3, most=1)] == [2]


@pytest.mark.parametrize("column", ["actor", "act", "whom", "before", "after", "origin", "reason"])
async def test_a_changed_column_is_found(three: Database, column: str) -> None:
    await run(three, f"UPDATE audit SET {column} = 'x' WHERE id = 2")
    assert await check(three) == (1, "changed", 2)


async def test_a_changed_moment_is_found(three: Database) -> None:
    await run(three, "UPDATE audit SET at = (SELECT '2026-11-24 02:05:01+00:00') WHERE id = 3" if three.sqlite
              else "UPDATE audit SET at = at + interval '1 second' WHERE id = 3")  # fmt: skip
    assert await check(three) == (2, "changed", 3)


@pytest.mark.parametrize(("gone", "found"), [(1, (0, "missing", 1)), (2, (1, "missing", 2)), (3, (2, "missing", 3))])
async def test_a_missing_row_is_found_at_the_end_too(three: Database, gone: int, found: tuple[int, str, int]) -> None:
    await run(three, f"DELETE FROM audit WHERE id = {gone}")
    assert await check(three) == found


async def test_rows_that_moved_up_are_found(three: Database) -> None:
    await run(three, "DELETE FROM audit WHERE id = 2")
    await run(three, "UPDATE audit SET id = 2 WHERE id = 3")
    assert await check(three) == (1, "changed", 2)


async def test_a_tail_that_was_noted_down_shows_a_chain_that_was_cut_with_its_tail(three: Database) -> None:
    async with three.read() as transaction:
        before = (await audit.verify(transaction, VAULT)).tail
    last = await write(three, "a.four")
    assert await check(three, before, last) == (4, "", 0)
    await run(three, "DELETE FROM audit WHERE id = 4")
    async with three.write() as transaction:
        await settings.keep(transaction, audit.TAIL, before)
    assert await check(three) == (3, "", 0)
    assert await check(three, last) == (3, "noted", 4)


async def test_no_row_and_no_tail_but_a_key_is_no_beginning(three: Database) -> None:
    await run(three, "DELETE FROM audit")
    await run(three, f"DELETE FROM setting WHERE key = '{audit.TAIL}'")
    assert await check(three) == (0, "missing", 1)


async def test_the_mark_beside_the_keys_is_of_what_was_committed(database: Database, tmp_path: Path) -> None:
    database.audit_mark = mark = AuditMark(tmp_path / "suara.audit")
    first = await write(database, "a.one")
    assert mark.read() == (first,)

    async def undone() -> None:
        async with database.write() as transaction:
            await audit.append(transaction, VAULT, Entry(actor="terminal", act="a.two"), now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await undone()
    assert mark.read() == (first,)
    second = await write(database, "a.two")
    assert mark.read() == (second,)
    assert await check(database) == (2, "", 0)


async def test_a_chain_that_fell_back_behind_its_mark_is_found_however_far_it_grows(
    database: Database, tmp_path: Path
) -> None:
    database.audit_mark = mark = AuditMark(tmp_path / "suara.audit")
    first, second = await write(database, "a.one"), await write(database, "a.two")
    await run(database, "DELETE FROM audit WHERE id = 2")
    async with database.write() as transaction:
        await settings.keep(transaction, audit.TAIL, first)
    assert await check(database) == (1, "missing", 2)
    await write(database, "a.other")
    third = await write(database, "a.three")
    assert mark.read() == (second, third)
    assert await check(database) == (2, "noted", 2)


async def test_a_row_written_without_the_key_is_found(three: Database) -> None:
    async with three.write() as transaction:
        await settings.keep(transaction, audit.KEY, "")
    await write(three, "a.four")
    assert await check(three) == (0, "changed", 1)


async def test_what_was_and_is_stands_as_a_hash_alone(database: Database) -> None:
    async with database.write() as transaction:
        for before, after in (("Rina", "Rini"), ("Rina", None)):
            entry = Entry(actor="admin:1", act="a.one", before={"name": before}, after=after)
            await audit.append(transaction, VAULT, entry, now=NOW)
    async with database.read() as transaction:
        second, first = await audit.latest(transaction)
    assert first.before == second.before != first.after != ""
    assert len(first.before) == 32
    assert second.after == ""


async def test_several_processes_append_one_chain(database: Database, database_url: str) -> None:
    others = [open_database(database_url) for _ in range(3)]
    await asyncio.gather(*(write(one, f"a.act{number}") for number in range(8) for one in others))
    for one in others:
        await one.close()
    assert await check(database) == (24, "", 0)


async def test_what_was_not_committed_is_not_in_the_chain(database: Database) -> None:
    async def undone() -> None:
        async with database.write() as transaction:
            await audit.append(transaction, VAULT, Entry(actor="terminal", act="a.one"), now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await undone()
    await write(database, "a.two")
    async with database.read() as transaction:
        assert (await audit.verify(transaction, VAULT)) == Verdict(
            rows=1, tail=await settings.value(transaction, audit.TAIL)
        )
