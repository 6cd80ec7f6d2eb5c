"""PROFIL: several people on one phone, each with own sessions; what time brings says for whom it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

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
    await desk.tell("7", "/start")
    assert await desk.number("SELECT count(*) FROM respondent WHERE opted_out") == 0


async def test_what_time_brings_says_for_whom_and_puts_no_question_to_another(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start suara", "Dari Maria", "NANTI", "Ingatkan besok")
    await desk.tell("7", "PROFIL", "Maria", "Orang lain", "Yohanes", "Warga")
    desk.now += timedelta(days=1)
    await desk.tick()
    assert [one.text for one in await desk.deliver() if one.text] == [
        "Maria: ada yang menunggu Bapak/Ibu. Ketik /profil lalu pilih nama."
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
