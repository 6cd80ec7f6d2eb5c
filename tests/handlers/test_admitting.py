"""/admin in a chat: with a code, without one, by the same person on two channels, and by somebody who guesses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from handlers import administering
from handlers.permissions import TERMINAL
from storage import admins
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one

WELCOME = (
    "Selamat datang, Bu Rina. Obrolan ini sekarang milik Bapak/Ibu: ketik /admin di sini setiap kali hendak masuk."
)


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path) as opened:
        yield opened


async def code_for(desk: DeskOfOne, role: str = "owner", name: str = "Bu Rina") -> str:
    async with desk.process.database.write() as transaction:
        invited = await administering.invite(
            transaction, desk.process.vault, TERMINAL, name=name, role=role, now=desk.now
        )
    return invited.code


@pytest.mark.parametrize("channel", ["telegram", "webchat"])
@pytest.mark.parametrize("typed", ["/admin {code}", "/ADMIN@SuaraAlakBot {code} ", " / admin {code}"])
async def test_an_invitation_is_accepted_and_gives_a_link(desk: DeskOfOne, channel: str, typed: str) -> None:
    code = await code_for(desk)
    [said] = await desk.tell("7", typed.format(code=code), channel=channel)
    assert said.text.splitlines()[0] == WELCOME
    assert said.secret
    assert f"{desk.process.config.public_url}/admin/enter/" in said.text
    [again] = await desk.tell("7", "/admin", channel=channel)
    assert again.text.splitlines()[0] == "Masuk ke dasbor, satu kali, dalam 10 menit:"
    assert again.secret
    entered = administering.code_in(again.text.splitlines()[1].rpartition("/")[2])
    async with desk.process.database.read() as transaction:
        found = await admins.key_of(transaction, entered, desk.now)
    assert found is not None
    assert found[1] == "enter"


async def test_a_second_channel_is_the_same_person(desk: DeskOfOne) -> None:
    await desk.tell("7", f"/admin {await code_for(desk)}")
    [(number,)] = await desk.rows("SELECT id FROM admin")
    async with desk.process.database.write() as transaction:
        code = await administering.link(transaction, int(str(number)), now=desk.now, kind="connect")
    [said] = await desk.tell("tamu", f"/admin {code}", channel="webchat")
    assert said.text.splitlines()[0] == WELCOME
    assert await desk.rows("SELECT DISTINCT admin_id FROM admin_address") == [(number,)]
    assert await desk.number("SELECT count(*) FROM admin_address") == 2
    assert await desk.rows("SELECT act, origin FROM audit ORDER BY id") == [
        ("admins.invite", "terminal"), ("own.accept", "telegram"), ("own.connect", "webchat"),
    ]  # fmt: skip


async def test_for_everybody_else_there_is_nothing(desk: DeskOfOne) -> None:
    [said] = await desk.tell("7", "/admin")
    assert said.text == "Ini untuk pengelola program. Ketik /admin dan kode yang diberikan."
    assert not said.secret


async def test_five_guesses_a_day_and_the_owners_are_told(desk: DeskOfOne) -> None:
    await desk.tell("1", f"/admin {await code_for(desk)}")
    other = await code_for(desk, name="Pak Adi")
    for number in range(5):
        [said] = await desk.tell("7", f"/admin {administering.new_code() if number else 'tebak'}")
        assert said.text == "Kode ini tidak berlaku, atau sudah tidak berlaku. Silakan minta yang baru."
    assert await desk.rows("SELECT code FROM incident") == [("admin_code_guessed",)]
    [said] = await desk.tell("7", f"/admin {other}")
    assert said.text == "Percobaannya sudah terlalu banyak. Mohon coba lagi satu jam lagi."
    told = await desk.rows("SELECT count(*) FROM delivery JOIN admin_address USING (address_id)")
    assert told == [(2,)]  # the welcome, and the warning


@pytest.mark.parametrize("words", [("/start",), ("HAPUS", "HAPUS SEMUA", "Ya, hapus semuanya")])
async def test_no_word_in_between_gives_five_more_guesses(desk: DeskOfOne, words: tuple[str, ...]) -> None:
    code = await code_for(desk)
    for _ in range(4):
        await desk.tell("7", f"/admin {administering.new_code()}")
    await desk.tell("7", *words)
    await desk.tick()
    await desk.tell("7", f"/admin {administering.new_code()}")
    said = await desk.tell("7", f"/admin {code}")
    assert said[0].text == "Percobaannya sudah terlalu banyak. Mohon coba lagi satu jam lagi."
    desk.now += timedelta(hours=1, minutes=1)
    assert (await desk.tell("7", f"/admin {code}"))[0].text.splitlines()[0] == WELCOME


async def test_it_is_heard_in_the_middle_of_a_survey(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start", "Warga", "/start suara")
    question = (await desk.tell("7", "/start suara"))[-1].text
    said = await desk.tell("7", "/admin")
    assert said[0].text == "Ini untuk pengelola program. Ketik /admin dan kode yang diberikan."
    assert said[-1].text == question
    assert await desk.number("SELECT count(*) FROM answer") == 0


async def test_who_was_revoked_is_a_stranger_again(desk: DeskOfOne) -> None:
    await desk.tell("7", f"/admin {await code_for(desk)}")
    [(number,)] = await desk.rows("SELECT id FROM admin")
    async with desk.process.database.write() as transaction:
        await administering.revoke(transaction, desk.process.vault, TERMINAL, int(str(number)), now=desk.now)
    [said] = await desk.tell("7", "/admin")
    assert said.text == "Ini untuk pengelola program. Ketik /admin dan kode yang diberikan."
