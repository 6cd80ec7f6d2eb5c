"""Keys are changed while people write: everything stays readable, and nothing is left under the old ones."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, select, text

from bot.app import open_store
from bot.backups import back_up
from bot.rekeying import KeyWatch, rotate
from storage import audit, processes, rotating, tickets
from storage.database import Database, open_database
from storage.people import lookup_of
from storage.responses import Pending
from storage.rotating import PLAIN, SEALED, known_keys
from storage.tables import address, metadata, pending_response, ticket
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault, fingerprint
from storage.webchat import Transcripts
from surveys.messages import Address, Outgoing, Text
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one
from tests.rows import fill

NAME = "Yohana Tefa"
CHAT = "530017711"
PHONE = "081353001771"


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        yield opened


def key_file(desk: DeskOfOne) -> Path:
    return desk.process.config.key_file


@asynccontextmanager
async def beside(url: str) -> AsyncIterator[Database]:
    """As another process has the database."""
    other = open_database(url)
    try:
        yield other
    finally:
        await other.close()


@asynccontextmanager
async def watching(desk: DeskOfOne) -> AsyncIterator[None]:
    """The process is signed on and looks at the key file, as its ticker does."""
    async with desk.process.database.write() as transaction:
        await processes.sign_on(transaction, desk.process.number, desk.now)
    watch = KeyWatch(desk.process)

    async def look() -> None:
        while True:
            await watch.look(desk.now)
            await asyncio.sleep(0.01)

    task = asyncio.create_task(look())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def changed(desk: DeskOfOne, url: str) -> Vault:
    """The keys after they were changed by somebody else."""
    async with beside(url) as other:
        return await rotate(other, Vault.from_json(key_file(desk).read_text()), key_file(desk), clock=lambda: desk.now)


def only_new(vault: Vault) -> Vault:
    """The new keys and nothing else."""
    return Vault({vault.current: vault.keys[vault.current]}, vault.current, vault.pepper)


async def unreadable(database: Database, vault: Vault) -> list[str]:
    """Which sealed columns hold something that these keys do not open."""
    found = []
    async with database.read() as transaction:
        for place in SEALED:
            for row in await transaction.all(select(place.table)):
                value = getattr(row, place.column)
                if value is not None:
                    try:
                        vault.unseal(place.of(row), value)
                    except Exception:  # noqa: BLE001 -- whatever it is, it is not readable
                        found.append(f"{place.table.name}.{place.column}")
    return found


def test_every_column_of_bytes_is_looked_after() -> None:
    columns = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    named = {f"{place.table.name}.{place.column}" for place in SEALED} | set(PLAIN)
    assert columns == named


async def test_people_write_while_the_keys_are_changed(desk: DeskOfOne, database_url: str) -> None:
    before = desk.process.vault.current
    for number in range(30):
        await desk.tell(str(7000 + number), "/start suara", f"Cerita {number}", "Alfa", NAME)
    stop = asyncio.Event()
    finished: list[str] = []

    async def write() -> None:
        for number in range(30):
            if number >= 5 and stop.is_set():
                return
            await desk.tell(str(7000 + number), "Kirim")  # somebody known
            await desk.tell(str(8000 + number), "/start suara", f"Cerita baru {number}", "Bravo", NAME, "Kirim")
            finished.extend((str(7000 + number), str(8000 + number)))

    async with watching(desk):
        writing = asyncio.create_task(write())
        vault = await changed(desk, database_url)
        stop.set()
        await writing
        await KeyWatch(desk.process).look(desk.now)
    assert vault.current != before
    assert vault.older == ()
    assert await known_keys(desk.process.database) == fingerprint(vault)
    assert await unreadable(desk.process.database, only_new(vault)) == []
    assert await rotating.remaining(desk.process.database, vault) == 0
    assert await desk.number("SELECT count(*) FROM response WHERE state = 'complete'") == len(finished)
    people = await desk.number("SELECT count(*) FROM respondent")
    assert people == await desk.number("SELECT count(*) FROM address"), "nobody was made twice"
    async with desk.process.database.read() as transaction:
        for row in await transaction.all(select(address)):
            where = Address(row.channel, vault.unseal(b"address/external/%d" % row.id, row.external).decode())
            assert row.lookup == lookup_of(where, only_new(vault))
    shown = await desk.tell("7029", "DATA", "Lihat isi")
    assert "Cerita 29" in shown[0].text


async def test_broken_off_anywhere_it_is_finished_by_beginning_again(
    desk: DeskOfOne, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.tell(CHAT, "/start suara", "Loket tutup", "Alfa", NAME, "Kirim")
    keys: set[str] = set()
    for stage in ("known_keys", "everybody_knows", "turned", "reseal", "settle", "settled"):
        async with beside(database_url) as other:
            with monkeypatch.context() as patch, suppress(ZeroDivisionError):
                match stage:
                    case "everybody_knows":
                        patch.setattr("bot.rekeying.everybody_knows", _breaks)
                    case "turned" | "settled":
                        patch.setattr(Vault, stage, _breaks_at_once)
                    case _:
                        patch.setattr(rotating, stage, _breaks)
                await rotate(other, Vault.from_json(key_file(desk).read_text()), key_file(desk))
            vault = Vault.from_json(key_file(desk).read_text())
            assert await unreadable(other, vault) == [], stage
        vault = await changed(desk, database_url)
        desk.process.vault.adopt(vault)
        assert await unreadable(desk.process.database, only_new(vault)) == [], stage
        assert (await desk.tell(CHAT, "RALAT"))[-1].rows[0][0].label == "Kirim", f"{stage}: still known"
        await desk.tell(CHAT, "Kirim")
        keys.add(vault.current)
    assert len(keys) == 6


async def _breaks(*_: object) -> None:
    raise ZeroDivisionError


def _breaks_at_once(*_: object) -> None:
    raise ZeroDivisionError


async def test_tickets_answer_to_their_pins_afterwards(desk: DeskOfOne, database_url: str) -> None:
    vault = desk.process.vault
    async with desk.process.database.write() as transaction:
        unit = UnitOfWork(transaction, vault, now=desk.now)
        survey = int(str((await transaction.all(text("SELECT min(id) FROM survey")))[0][0]))
        unit.put_pending(survey, "id", False, (), "ALK-26-0418-P", vault.lookup("pin", "ALK-26-0418-P 4831"))
        await unit.flush()
        await transaction.run(
            ticket.insert().values(
                number="ALK-26-0419-Q",
                survey_name="suara",
                state="new",
                opened_on=desk.now.date(),
                pin_seal=vault.lookup("pin", "ALK-26-0419-Q 0007"),
            )
        )
    new = only_new(await changed(desk, database_url))
    async with desk.process.database.read() as transaction:
        for number, pin in (("ALK-26-0418-P", "4831"), ("ALK-26-0419-Q", "0007")):
            seal = new.lookup("pin", f"{number} {pin}")
            found = await tickets.status(transaction, new, number, seal)
            assert found is not None
            assert await tickets.status(transaction, new, number, new.lookup("pin", f"{number} 1111")) is None
        row = await transaction.first(select(pending_response))
        assert row is not None
        assert Pending.unsealed(new, row.id, row.body).ticket == "ALK-26-0418-P"


async def test_a_web_conversation_and_its_cookie_outlive_the_change(desk: DeskOfOne, database_url: str) -> None:
    visitors = ("pengunjung-1", "pengunjung-2")
    site = desk.process.vault.site_key()
    transcripts = Transcripts(desk.process.database, desk.process.vault)
    for visitor in visitors:
        await transcripts.heard(visitor, "1", Text("halo"), now=desk.now)
        await desk.tell(visitor, "halo", channel="webchat")
        await transcripts.told(visitor, Outgoing(text="Selamat pagi."), now=desk.now)
    middle = desk.process.vault.prepared().turned()
    desk.process.vault.adopt(middle)  # the change has begun
    middle.write(key_file(desk))
    assert len(await transcripts.read(visitors[0])) == 2
    await transcripts.told(visitors[0], Outgoing(text="Apa kabar?"), now=desk.now + timedelta(minutes=5))
    new = await changed(desk, database_url)
    desk.process.vault.adopt(only_new(new))
    assert [len(await transcripts.read(visitor)) for visitor in visitors] == [3, 2]
    assert new.site_key() == site


async def test_the_audit_is_still_whole_and_everything_else_readable(desk: DeskOfOne, database_url: str) -> None:
    async with desk.process.database.write() as transaction:
        key = await audit._key(transaction, desk.process.vault, make=True)
    new = await changed(desk, database_url)
    async with desk.process.database.read() as transaction:
        assert await audit._key(transaction, only_new(new), make=False) == key


async def test_a_backup_from_before_is_read_with_the_keys_of_after(
    desk: DeskOfOne, database_url: str, tmp_path: Path
) -> None:
    await desk.tell(CHAT, "/start suara", "Loket tutup", "Alfa", NAME, "Kirim")
    await back_up(desk.process.database, data=tmp_path / "data", target=tmp_path / "old.zip", now=desk.now)
    new = await changed(desk, database_url)
    from bot.restoring import keys_fit
    from storage import backing
    from storage.archive import Archive

    restored = f"sqlite+aiosqlite:///{tmp_path / 'restored.sqlite3'}"
    with Archive(tmp_path / "old.zip") as archive:
        assert keys_fit(archive, key_file(desk)) is True
        async with beside(restored) as other:
            async with other.write() as transaction:
                await backing.restore(transaction, archive, note=lambda _table, _rows: None)
            after = await rotate(other, new, tmp_path / "restored.key")
            assert await unreadable(other, only_new(after)) == []
            async with other.read() as transaction:
                found = await transaction.first(
                    select(address.c.id).where(
                        address.c.lookup == lookup_of(Address("telegram", CHAT), only_new(after))
                    )
                )
            assert found is not None


async def test_another_process_starts_in_the_middle_of_a_change(desk: DeskOfOne) -> None:
    await desk.tell(CHAT, "/start suara", "Loket tutup")
    Vault.from_json(key_file(desk).read_text()).prepared().turned().write(key_file(desk))
    database, vault, _before = await open_store(desk.process.config)
    await database.close()
    assert len(vault.lookups("address", "x")) == 2


async def test_a_stolen_file_reveals_no_name_number_or_address(tmp_path: Path) -> None:
    """The database, its log and a backup, searched for what is secret; before and after a change of keys."""
    folder = tmp_path / "data"
    url = f"sqlite+aiosqlite:///{folder / 'suara.sqlite3'}"
    planted = (NAME, CHAT, PHONE, "pengunjung-rahasia")
    async with desk_of_one(url, folder) as desk:
        await desk.tell(CHAT, "/start suara", "Loket tutup", "Alfa", NAME, "Kirim")
        await desk.tell("pengunjung-rahasia", f"nomor saya {PHONE}", channel="webchat")
        await desk.tell(CHAT, "RALAT", "Batal", "SALINAN")
        await desk.tick()
        for stage in ("before", "after"):
            await back_up(desk.process.database, data=folder, target=tmp_path / f"{stage}.zip", now=desk.now)
            import zipfile

            with zipfile.ZipFile(tmp_path / f"{stage}.zip") as archive:
                backup = b"".join(archive.read(name) for name in archive.namelist())
            stolen = b"".join(path.read_bytes() for path in folder.glob("suara.sqlite3*")) + backup
            found = [
                word
                for word in planted
                for form in (word.encode(), word.encode("utf-16-le"), word.casefold().encode())
                if form in stolen
            ]
            assert found == [], stage
            assert b"Loket tutup" in stolen, "what is no secret is there: the search would find it"
            if stage == "before":
                desk.process.vault.adopt(await changed(desk, url))


async def test_nothing_of_the_old_keys_is_needed_for_any_table(database_url: str, tmp_path: Path) -> None:
    """Rows in every table: those that are not sealed with real keys are left out of the way first."""
    del tmp_path
    async with beside(database_url) as database:
        from storage.migrating import migrate

        await migrate(database)
        await fill(database, rows=3)
        vault = Vault.new()
        async with database.write() as transaction:
            for place in SEALED:
                for row in await transaction.all(select(place.table)):
                    if getattr(row, place.column) is None:
                        continue
                    where = [column == getattr(row, column.name) for column in place.table.primary_key]
                    sealed = vault.seal(place.of(row), b"x")
                    await transaction.run(place.table.update().where(*where).values({place.column: sealed}))
        new = vault.prepared().turned()
        for table in dict.fromkeys(place.table for place in SEALED):
            await rotating._all(database, rotating._sealed, new, table, lambda _table, _rows: None)
        assert await rotating.remaining(database, new) == 0
        assert await unreadable(database, only_new(new)) == []
