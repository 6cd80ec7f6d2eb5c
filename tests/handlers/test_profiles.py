"""PROFIL: several people on one phone, each with own sessions; what time brings says for whom it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update

from storage import erasing
from storage.tables import delivery
from storage.unit_of_work import UnitOfWork
from surveys.messages import Outgoing
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one

FIRST = (
    "Bila percakapan ini dipakai beberapa orang, jawaban masing-masing dipisahkan. Siapa nama Bapak/Ibu yang menulis "
    "di sini selama ini? Nama panggilan cukup."
)


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        yield opened


def texts(said: list[Outgoing]) -> list[str]:
    return [one.text for one in said]


def labels(said: list[Outgoing]) -> list[str]:
    return [button.label for row in said[-1].rows for button in row]


async def two(desk: DeskOfOne) -> None:
    """Maria is in the middle of a survey; Yohanes came after her and is writing."""
    await desk.tell("7", "/start suara", "Dari Maria")
    assert texts(await desk.tell("7", "PROFIL")) == [FIRST]
    who = await desk.tell("7", "Maria")
    assert (texts(who), labels(who)) == (["Siapa yang menulis sekarang?"], ["Maria", "Orang lain"])
    said = texts(await desk.tell("7", "Orang lain", "Yohanes"))
    assert said[0] == "Sekarang Yohanes yang menulis."
    assert "mengisi sebagai apa?" in said[1]


async def test_each_has_own_sessions_and_answers(desk: DeskOfOne) -> None:
    await two(desk)
    await desk.tell("7", "Warga", "/start suara", "Yohanes")
    who = await desk.tell("7", "/start")
    assert labels(who) == ["Maria", "Yohanes", "Orang lain"]
    said = texts(await desk.tell("7", "Maria"))
    assert said[0] == "Sekarang Maria yang menulis."
    assert "Pilih satu." in said[1]
    await desk.tell("7", "Bravo", "Maria", "Kirim", "/start", "2")
    await desk.tell("7", "Dari Yohanes", "Alfa", "Yohanes", "Kirim")
    assert await desk.rows("SELECT value FROM answer WHERE place = 'isi' ORDER BY response_id") == [
        ("Dari Maria",), ("Dari Yohanes",),
    ]  # fmt: skip
    assert await desk.number("SELECT count(DISTINCT respondent_id) FROM response") == 2
    assert await desk.number("SELECT count(*) FROM address") == 1
    assert sorted(await desk.rows("SELECT kind FROM respondent")) == [("",), ("warga",)]


async def test_a_link_waits_until_it_is_known_who_writes(desk: DeskOfOne) -> None:
    await two(desk)
    await desk.tell("7", "Warga")
    assert texts(await desk.tell("7", "/start suara")) == ["Siapa yang menulis sekarang?"]
    assert "Apa yang perlu diperbaiki?" in texts(await desk.tell("7", "Yohanes"))[-1]


async def test_names_that_cannot_be_one(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start suara", "Dari Maria", "/profil")
    for words in ("081234567890", "Maria 2", "..."):
        assert texts(await desk.tell("7", words)) == ["Mohon ketik nama tanpa angka, misalnya Maria."]
    assert "Pilih satu." in texts(await desk.tell("7", "Tidak usah"))[-1]
    assert await desk.number("SELECT count(*) FROM profile") == 0
    await desk.tell("7", "/profil", "Maria", "Orang lain")
    assert texts(await desk.tell("7", " maria ")) == ["Nama itu sudah dipakai di sini. Mohon ketik nama lain."]


async def test_an_opt_out_covers_the_address(desk: DeskOfOne) -> None:
    await two(desk)
    await desk.tell("7", "Warga", "BERHENTI")
    assert await desk.number("SELECT count(*) FROM respondent WHERE opted_out") == 2


async def test_start_ends_the_opt_out_of_the_one_who_writes_alone(desk: DeskOfOne) -> None:
    await desk.tell(
        "7", "/start", "Warga", "PENGUMUMAN", "Ya", "Ya", "PROFIL", "Maria", "Orang lain", "Yohanes", "Warga"
    )
    await desk.tell("7", "BERHENTI")
    who = await desk.tell("7", "/start")
    assert texts(who) == ["Siapa yang menulis sekarang?"]
    assert await desk.number("SELECT count(*) FROM respondent WHERE opted_out") == 2, "nobody knows yet who writes"
    said = texts(await desk.tell("7", "Maria"))
    assert said[:2] == [
        "Sekarang Maria yang menulis.",
        "Pengumuman akan kami kirim lagi. Ketik BERHENTI kapan saja untuk menghentikannya.",
    ]
    assert await desk.number("SELECT count(*) FROM respondent WHERE opted_out") == 1
    await desk.tell("7", "/start", "Yohanes", "/profil", "Maria")
    assert await desk.rows("SELECT purpose, action FROM consent ORDER BY id") == [
        ("broadcast", "given"), ("broadcast", "withdrawn"),
    ]  # fmt: skip


async def test_choosing_a_name_or_opening_a_link_ends_no_opt_out(desk: DeskOfOne) -> None:
    await two(desk)
    await desk.tell("7", "Warga", "BERHENTI", "/profil", "Maria", "/start suara", "Maria", "/start suara", "Yohanes")
    assert await desk.number("SELECT count(*) FROM respondent WHERE opted_out") == 2


# ---- one of them deletes their data -------------------------------------------------------------------


async def marias_is_gone(desk: DeskOfOne) -> None:
    """Maria and Yohanes share a telephone; Maria deletes what is held about her."""
    await desk.tell("7", "/start", "Warga", "PROFIL", "Maria", "Orang lain", "Yohanes", "Warga")
    await desk.tell("7", "/start suara", "Yohanes", "Dari Yohanes", "PROFIL", "Maria", "HAPUS", "Ya, hapus semua")


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize("words", ["halo", "DATA", "HAPUS", "/start", "Yohane", "Bravo"])
async def test_who_stays_is_asked_for_before_anything_is_heard(desk: DeskOfOne, words: str, *, later: bool) -> None:
    await marias_is_gone(desk)
    if later:
        await desk.tick()
        await desk.tick()
    who = await desk.tell("7", words)
    assert (texts(who), labels(who)) == (["Siapa yang menulis sekarang?"], ["Yohanes", "Orang lain"])
    who = await desk.tell("7", "DATA")
    assert (texts(who), labels(who)) == (["Siapa yang menulis sekarang?"], ["Yohanes", "Orang lain"])
    said = texts(await desk.tell("7", "Yohanes"))
    assert said[0] == "Sekarang Yohanes yang menulis."
    assert "Pilih satu." in said[1]
    held = texts(await desk.tell("7", "DATA"))
    assert "· survei yang belum selesai: 1" in held[0].split("\n")
    await desk.tell("7", "HAPUS", "Ya, hapus semua")
    await desk.tick()
    for table in ("session", "respondent", "address", "profile", "response"):
        assert await desk.number(f"SELECT count(*) FROM {table}") == 0, table


async def test_somebody_else_comes_after_who_went(desk: DeskOfOne) -> None:
    await marias_is_gone(desk)
    assert texts(await desk.tell("7", "/start", "Orang lain", "Tidak usah")) == ["Siapa yang menulis sekarang?"]
    said = texts(await desk.tell("7", "Orang lain", "Citra"))
    assert said[0] == "Sekarang Citra yang menulis."
    await desk.tell("7", "Warga")
    assert labels(await desk.tell("7", "/profil")) == ["Citra", "Yohanes", "Orang lain"]
    assert await desk.number("SELECT count(*) FROM respondent") == 2


async def test_stop_does_not_wait_until_it_is_known_who_writes(desk: DeskOfOne) -> None:
    await marias_is_gone(desk)
    said = texts(await desk.tell("7", "BERHENTI"))
    assert said[0].startswith("Baik, Bapak/Ibu tidak akan menerima pengumuman lagi.")
    assert said[1:] == ["Siapa yang menulis sekarang?"]
    assert texts(await desk.tell("7", "halo")) == ["Siapa yang menulis sekarang?"]
    assert await desk.number("SELECT count(*) FROM respondent WHERE opted_out AND kind = 'warga'") == 1


async def test_whose_neighbour_was_forgotten_is_asked_for(desk: DeskOfOne) -> None:
    await two(desk)
    await desk.tell("7", "Warga", "PROFIL", "Maria")
    async with desk.process.database.write() as transaction:
        [row] = await transaction.all(text("SELECT respondent_id FROM session"))
        await transaction.run(text("DELETE FROM session"))
        assert await erasing.forget_contact(transaction, row.respondent_id, now=desk.now)
    assert texts(await desk.tell("7", "halo")) == ["Siapa yang menulis sekarang?"]


async def test_what_waits_for_the_other_one_stays(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start suara", "Dari Maria", "NANTI", "Ingatkan besok")
    await desk.tell("7", "PROFIL", "Maria", "Orang lain", "Yohanes", "Warga")
    await desk.tell("7", "/start suara", "Yohanes", "Dari Yohanes", "NANTI", "Ingatkan besok")
    desk.now += timedelta(days=1)
    await desk.tick()
    assert await desk.number("SELECT count(*) FROM delivery WHERE state = 'queued' AND priority = 5") == 2
    async with desk.process.database.write() as transaction:
        await transaction.run(update(delivery).values(not_before=desk.now + timedelta(hours=1)))
    await desk.tell("7", "PROFIL", "Maria", "HAPUS", "Ya, hapus semua")
    assert await desk.number("SELECT count(*) FROM delivery WHERE priority = 5") == 1
    owner = await desk.rows("SELECT respondent_id FROM delivery WHERE priority = 5")
    assert owner == await desk.rows("SELECT respondent_id FROM profile")


async def test_stop_on_another_channel_reaches_what_waits_at_the_shared_one(desk: DeskOfOne) -> None:
    await two(desk)
    await desk.tell("web", "halo", channel="webchat")
    async with desk.process.database.write() as transaction:
        [address] = await transaction.all(text("SELECT id FROM address WHERE channel = 'telegram'"))
        maria = "(SELECT respondent_id FROM session)"
        await transaction.run(text(f"UPDATE address SET respondent_id = {maria} WHERE channel = 'webchat'"))
        unit = UnitOfWork(transaction, desk.process.vault, now=desk.now)
        unit.send(address.id, Outgoing(text="kabar"), priority=9, not_before=desk.now + timedelta(hours=1))
        await unit.flush()
    await desk.tell("web", "BERHENTI", channel="webchat")
    if await desk.number("SELECT count(*) FROM delivery WHERE priority = 9 AND state = 'queued'"):
        await desk.tell("web", "Hentikan semua pesan", channel="webchat")
    assert await desk.rows("SELECT state FROM delivery WHERE priority = 9") == [("skipped",)]


async def test_what_time_brings_says_for_whom_and_puts_no_question_to_another(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start suara", "Dari Maria", "NANTI", "Ingatkan besok")
    await desk.tell("7", "PROFIL", "Maria", "Orang lain", "Yohanes", "Warga")
    desk.now += timedelta(days=1)
    await desk.tick()
    assert [one.text for one in await desk.deliver() if one.text] == [
        (
            "Maria: Jawaban Suara kita sampai pertanyaan 1 sudah tersimpan. Bapak/Ibu dapat melanjutkan sampai Selasa, "
            "8 Desember 2026.\nMau lanjut sekarang?\nBila tombol tidak menanggapi, ketik PENGINGAT."
        )
    ]
    assert texts(await desk.tell("7", "/profil")) == ["Siapa yang menulis sekarang?"]
    assert "Pilih satu." in texts(await desk.tell("7", "Maria"))[-1]


async def test_sessions_of_those_who_are_not_writing_end_in_time(desk: DeskOfOne) -> None:
    await two(desk)
    desk.now += timedelta(days=40)
    await desk.tick()
    assert await desk.number("SELECT count(*) FROM session") == 0
    assert await desk.rows("SELECT state FROM response") == [("expired",)]
    assert await desk.number("SELECT count(*) FROM profile") == 2
    who = await desk.tell("7", "/start")
    assert labels(who) == ["Maria", "Yohanes", "Orang lain"]
