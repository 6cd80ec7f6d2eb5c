"""The roster in the database: whole or not at all, unreadable without the keys, and what proves who somebody is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select, text

from outreach.roster import Changes, Entry, Unit, compare
from storage import joining, proving, roster
from storage.database import Database, Transaction
from storage.tables import respondent, response, survey
from storage.tables_roster import employee
from storage.vault import Vault

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
PHONE = "+6281234567890"
A = Entry(number="197003051995031002", name="Yohanes Lay", kind="PNS", unit="kel_nbd", phone=PHONE, rank="IV/a")
B = Entry(
    number="198609262015052001", name="Maria Tefa", kind="PNS", unit="kel_nbd", position="fungsional",
    grade="ahli_muda", superior=A.number,
)  # fmt: skip


async def save(database: Database, vault: Vault, *entries: Entry, part: bool = False) -> Changes:
    async with database.write() as transaction:
        known = await roster.employees(transaction, vault)
        present = {one.entry.number: one.entry for one in known if one.left_on is None}
        left = {one.entry.number: one.entry for one in known if one.left_on is not None}
        changes = compare(entries, present, left, part=part)
        await roster.keep_units(transaction, [Unit("kel_nbd", "Kantor Lurah Nunbaun Delha", "lurah")])
        await roster.save(transaction, vault, changes, known, today=TODAY)
        return changes


async def stored(database: Database, vault: Vault) -> dict[str, tuple[Entry, date | None]]:
    async with database.read() as transaction:
        return {one.entry.number: (one.entry, one.left_on) for one in await roster.employees(transaction, vault)}


async def test_what_is_saved_comes_back(database: Database, vault: Vault) -> None:
    assert await save(database, vault, A, B) == Changes(new=(A, B))
    assert await stored(database, vault) == {A.number: (A, None), B.number: (B, None)}
    assert (await save(database, vault, A, B)).nothing


async def test_changed_gone_and_back(database: Database, vault: Vault) -> None:
    await save(database, vault, A, B)
    moved = replace(B, rank="III/b", superior="", phone="+6281311112222")
    await save(database, vault, moved)
    assert await stored(database, vault) == {A.number: (A, TODAY), B.number: (moved, None)}
    async with database.write() as transaction:
        assert await roster.claimed(transaction, vault, A.number) is None
    assert (await save(database, vault, A, moved)).back == (A,)
    assert await stored(database, vault) == {A.number: (A, None), B.number: (moved, None)}


async def test_a_phone_that_two_share_proves_nobody_until_one_of_them_has_another(
    database: Database, vault: Vault
) -> None:
    async def proves() -> list[bool]:
        async with database.write() as transaction:
            found = [await roster.claimed(transaction, vault, entry.number) for entry in (A, B)]
        return [one is not None and one.phone_lookup is not None for one in found]

    await save(database, vault, A, replace(B, phone=PHONE))
    assert await proves() == [False, False]
    await save(database, vault, A, replace(B, phone="+6281311112222"))
    assert await proves() == [True, True]


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


async def test_the_file_tells_nothing_without_the_keys(tmp_path: Path, vault: Vault) -> None:
    from storage.database import open_database
    from storage.migrating import migrate

    database = open_database(f"sqlite+aiosqlite:///{tmp_path / 'suara.db'}")
    await migrate(database)
    await save(database, vault, A, B)
    content = everything(tmp_path)
    await database.close()
    planted = (A.number, A.name, PHONE, PHONE[3:], B.number, B.name)
    assert [words for words in planted if words.encode() in content] == []
    assert b"kel_nbd" in content


async def test_who_is_linked_and_what_they_answered_is_proven(database: Database, vault: Vault) -> None:
    await save(database, vault, A, B)
    async with database.write() as transaction:
        assert await roster.anybody(transaction)
        await transaction.run(insert(respondent), [{"id": 7, "kind": "asn", "language": "id", "created_on": TODAY}])
        await transaction.run(
            insert(survey),
            [{"id": 1, "name": "s", "version": 1, "state": "open", "notation": b"", "published_at": NOW}],
        )
        row = {"survey_id": 1, "state": "open", "language": "id"}
        await transaction.run(insert(response), [{"id": 1, "respondent_id": 7, **row}])
        found = await roster.claimed(transaction, vault, B.number)
        assert found is not None
        assert await roster.facts(transaction, 7) is None
        await roster.link(transaction, found.id, 7)
        assert await roster.facts(transaction, 7) == roster.Facts(
            unit="kel_nbd", kind="PNS", position="fungsional", grade="ahli_muda"
        )
        assert await roster.count(transaction) == (2, 1)
        assert [row[0] for row in await transaction.all(select(respondent.c.verified))] == [True]
        assert [row[0] for row in await transaction.all(select(response.c.verified))] == [True]


async def test_numbers_are_found_under_keys_that_are_on_their_way_out(database: Database, vault: Vault) -> None:
    await save(database, vault, A)
    turned = vault.prepared().turned()
    async with database.write() as transaction:
        assert await roster.claimed(transaction, turned, A.number) is not None


# ---- tries and codes ----------------------------------------------------------------------------------


async def somebody(transaction: Transaction) -> int:
    await transaction.run(insert(respondent), [{"id": 7, "kind": "asn", "language": "id", "created_on": TODAY}])
    return 7


async def test_five_tries_then_an_hour(database: Database) -> None:
    me, number = b"a" * 16, b"n" * 16
    now = NOW
    async with database.write() as transaction:
        for _try in range(5):
            now += timedelta(minutes=1)
            assert await proving.try_again_at(transaction, [me, number], now) is None
        fifth = now
        for _try in range(3):
            now += timedelta(minutes=1)
            assert await proving.try_again_at(transaction, [me, number], now) == fifth + proving.PAUSE
        assert await proving.try_again_at(transaction, [b"b" * 16, number], now) == fifth + proving.PAUSE
        assert await proving.try_again_at(transaction, [me], fifth + proving.PAUSE) is None


async def test_tries_are_forgiven_and_forgotten(database: Database) -> None:
    me = b"a" * 16
    async with database.write() as transaction:
        for _try in range(6):
            await proving.try_again_at(transaction, [me], NOW)
        await proving.forgive(transaction, [me])
        assert await proving.try_again_at(transaction, [me], NOW) is None
        await joining.issue(transaction, Vault.new(), await somebody(transaction), "console", "1111AAAA", NOW)
        await proving.forget_guesses(transaction, NOW + proving.PAUSE)
        assert await transaction.all(text("SELECT * FROM joining_code")) == []
        assert await transaction.all(text("SELECT * FROM guess")) == []


async def test_a_code_serves_its_employee_until_it_expires(database: Database, vault: Vault) -> None:
    await save(database, vault, A, B)
    async with database.write() as transaction:
        ids = {row.lookup: row.id for row in await transaction.all(select(employee))}
        mine, other = ids[roster.number_lookup(A.number, vault)], ids[roster.number_lookup(B.number, vault)]

        async def fits(who: int, code: str, now: datetime = NOW) -> bool:
            return await proving.code_fits(transaction, who, code, vault, now)

        await proving.give_code(transaction, mine, "11112222", vault, NOW)
        assert [await fits(mine, "11112222"), await fits(mine, "11112223"), await fits(other, "11112222")] == [
            True, False, False,
        ]  # fmt: skip
        assert not await fits(mine, "11112222", NOW + proving.CODE_LIVES)
        await proving.give_code(transaction, mine, "33334444", vault, NOW)
        assert [await fits(mine, "11112222"), await fits(mine, "33334444")] == [False, True]
        kept = await transaction.all(text("SELECT seal FROM employee_code"))
        assert b"33334444" not in bytes(kept[0][0])
