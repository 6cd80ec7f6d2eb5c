"""A task after a training in the chat: given, handed in, assessed by one or two, revised, and told."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from handlers import administering, tasks
from handlers.errors import Conflict, NotAllowed
from handlers.permissions import TERMINAL, Actor
from handlers.tasks import Given, Wanted
from storage import submissions
from storage import tasks as stored
from storage.unit_of_work import UnitOfWork
from surveys.messages import Media, Outgoing
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one
from tests.office import WITA
from tests.trainings_office import AFTER, HEAD, SESSION, STAFF, attended, known, set_up

INSTRUCTION = "Susun teks syarat satu layanan yang paling sering diminta, lalu uji pada 5 warga."
PHOTO = Media(kind="image", reference="foto-1", mime="image/jpeg", size=1000)


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        opened.now = AFTER
        async with opened.process.database.write() as transaction:
            await set_up(transaction, opened.process.vault, now=AFTER)
        yield opened


def texts(said: list[Outgoing]) -> list[str]:
    return [one.text for one in said]


def labels(said: list[Outgoing]) -> list[str]:
    return [button.label for row in said[-1].rows for button in row]


async def arrive(desk: DeskOfOne, *people: int, head: bool = False) -> None:
    """These of the staff (by their place) write, prove who they are, and attended; the head writes as "head"."""
    named = [*((str(place), STAFF[place]) for place in people), *([("head", HEAD)] if head else [])]
    for chat, entry in named:
        before = await desk.rows("SELECT id FROM respondent")
        await desk.tell(chat, "/start", "ASN", "Setuju")
        [number] = [int(str(row[0])) for row in await desk.rows("SELECT id FROM respondent") if row not in before]
        async with desk.process.database.write() as transaction:
            await known(transaction, desk.process.vault, entry, number)
            if chat != "head":
                await attended(transaction, desk.process.vault, [number], now=desk.now)


async def admin(desk: DeskOfOne, chat: str, role: str = "evaluator") -> None:
    async with desk.process.database.write() as transaction:
        invited = await administering.invite(
            transaction, desk.process.vault, TERMINAL, name=f"Bu {chat}", role=role, now=desk.now
        )
    await desk.tell(chat, f"/admin {invited.code}")


async def put(desk: DeskOfOne, actor: Actor = TERMINAL, **wanted: object) -> str:
    given = {"title": "Teks syarat layanan", "instruction": INSTRUCTION, "session": SESSION.key, **wanted}
    async with desk.process.database.write() as transaction:
        unit = UnitOfWork(transaction, desk.process.vault, now=desk.now)
        one = await tasks.put(
            unit,
            actor,
            Wanted(**given),
            timezone=WITA,
            say=desk.process.house.say("id"),  # type: ignore[arg-type]
        )
    return one.key


async def assign(desk: DeskOfOne, key: str) -> Given:
    async with desk.process.database.write() as transaction:
        unit = UnitOfWork(transaction, desk.process.vault, now=desk.now)
        return await tasks.assign(
            unit, TERMINAL, key, rng=random.Random(1), timezone=WITA, say=desk.process.house.say("id")
        )


async def states(desk: DeskOfOne) -> list[str]:
    return [str(row[0]) for row in await desk.rows("SELECT state FROM assignment ORDER BY since, id")]


async def told(desk: DeskOfOne, wait: timedelta = timedelta(seconds=10)) -> list[str]:
    await desk.tick(wait)
    return [one.text for one in await desk.deliver() if one.text]


async def handed_in(desk: DeskOfOne, *chats: str) -> None:
    for chat in chats:
        said = await desk.tell(
            chat, "TUGAS", "Kirim tugas", "Ini teks syarat surat pindah.", PHOTO, "Kirim", "Tetap kirim"
        )
        assert said[0].text.startswith("✅"), said


async def judged(desk: DeskOfOne, chat: str, levels: str, remark: str = "Lewati", last: str = "Simpan") -> list[str]:
    await desk.tell(chat, "TUGAS", "Nilai tugas", *levels.split(), remark)
    return texts(await desk.tell(chat, last))


async def test_a_task_is_given_handed_in_assessed_and_told(desk: DeskOfOne) -> None:
    await arrive(desk, 0, head=True)
    key = await put(desk)
    assert key == "pelayanan_prima-2026-12-01-1"
    assert await assign(desk, key) == Given(new=1, twice=1, before=0)
    assert await told(desk) == [
        "📌 Tugas setelah pelatihan Pelayanan Prima: Susun teks syarat satu layanan yang paling sering diminta, lalu uji "
        "pada 5 warga.\nMohon dikirim paling lambat Rabu, 16 Desember 2026. Ketik TUGAS untuk melihat semuanya dan "
        "mengirimnya."
    ]
    page = await desk.tell("0", "TUGAS")
    assert INSTRUCTION in page[0].text
    assert labels(page) == ["Kirim tugas", "Lihat rubrik", "Tutup"]
    assert "Kesesuaian dengan instruksi (30%)" in texts(await desk.tell("0", "Lihat rubrik"))[0]
    await desk.tell("0", "Kirim tugas", "Ini teks syarat. Hubungi 0812 3456 7890.")
    said = await desk.tell("0", PHOTO)
    assert "1 berkas" in said[-1].text or "berkas: 1" in said[-1].text
    assert labels(said) == ["Kirim", "Kosongkan", "Batal"]
    assert labels(await desk.tell("0", "Kirim")) == ["Tetap kirim", "Tambah dahulu"]
    assert texts(await desk.tell("0", "Tetap kirim"))[0].startswith("✅ Tugas Bapak/Ibu sudah")
    assert await states(desk) == ["handed_in"]
    [(number, words, files)] = await desk.rows("SELECT id, words, files FROM submission")
    assert b"syarat" not in words  # type: ignore[operator]
    async with desk.process.database.read() as transaction:
        kept = await submissions.submission_of(transaction, desk.process.vault, int(str(number)))
    assert kept is not None
    assert kept.words == "Ini teks syarat. Hubungi [No. HP disamarkan]."
    assert await desk.rows("SELECT id, state, session_id FROM media") == [(files, "wanted", None)]
    assert await told(desk, timedelta(days=1)) == [
        "📌 Tugas yang menunggu penilaian Bapak/Ibu: 1. Ketik TUGAS untuk melihatnya."
    ]
