"""One poisoned message fails alone, even one that kills the process; a full disk acknowledges nothing and recovers."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import text

from storage.database import open_database
from tests.crash.programs import Program
from tests.fake_telegram.fake import FakeTelegram
from tests.fake_telegram.people import Person

POISONED = (str(Path(__file__).with_name("poisoned.py")),)
SECRET = "rahasia"


def environ(fake: FakeTelegram, folder: Path, mode: str) -> dict[str, str]:
    return {
        "SUARA_DATA__FOLDER": str(folder),
        "SUARA_TELEGRAM__TOKEN": fake.token,
        "SUARA_TELEGRAM__BASE_URL": fake.base_url,
        "SUARA_TELEGRAM__BASE_FILE_URL": fake.base_file_url,
        "SUARA_TELEGRAM__MODE": mode,
        "SUARA_TELEGRAM__WEBHOOK_SECRET": SECRET,
        "SUARA_TELEGRAM__WEBHOOK_URL": "http://127.0.0.1/hooks/telegram",
    }


async def rows(folder: Path, statement: str) -> list[tuple[object, ...]]:
    database = open_database(f"sqlite+aiosqlite:///{folder / 'suara.sqlite3'}")
    try:
        async with database.read() as transaction:
            return [tuple(row) for row in await transaction.all(text(statement))]
    finally:
        await database.close()


async def hook(fake: FakeTelegram, program: Program) -> None:
    fake.targets = [("127.0.0.1", program.port)]
    body = {"url": "http://127.0.0.1/hooks/telegram", "secret_token": SECRET}
    url = f"{fake.base_url}{fake.token}/setWebhook"
    async with aiohttp.ClientSession() as http, http.post(url, json=body) as response:
        assert response.status == 200


@asynccontextmanager
async def running(program: Program) -> AsyncIterator[Program]:
    await program.start()
    try:
        await program.ready()
        yield program
    finally:
        await program.stop()


async def greeted(person: Person) -> None:
    person.send("/start")
    await person.expect("sebagai apa", 15)


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_a_message_that_kills_the_process_three_times_is_set_aside(tmp_path: Path, mode: str) -> None:
    async with FakeTelegram(webhook_pause=0.1) as fake:
        program = Program(tmp_path, environ(fake, tmp_path, mode), command=POISONED)
        await program.start()
        await program.ready()
        if mode == "webhook":
            await hook(fake, program)
        await greeted(fake.person(1))
        fake.person(2).send("mati")
        fake.person(3).send("/start")
        for _ in range(3):
            assert await program.died() == 9, program.log()
            await program.start()
        try:
            await program.ready()
            await fake.person(2).expect("belum dapat kami olah", 30)
            await fake.person(3).expect("sebagai apa", 30)
            await greeted(fake.person(4))
        finally:
            code = await program.stop()
        assert code == 0
    assert await rows(tmp_path, "SELECT code, channel FROM incident") == [("quarantined", "telegram")]
    assert await rows(tmp_path, "SELECT * FROM trial") == []
    assert await rows(tmp_path, "SELECT count(*) FROM respondent") == [(3,)]


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_what_no_database_takes_fails_alone_or_not_at_all(tmp_path: Path, mode: str) -> None:
    async with (
        FakeTelegram(webhook_pause=0.1) as fake,
        running(Program(tmp_path, environ(fake, tmp_path, mode), command=POISONED)) as program,
    ):
        if mode == "webhook":
            await hook(fake, program)
        people = [fake.person(number) for number in range(1, 7)]
        for person, words in zip(
            people,
            ("nol \x00 di tengah", "separuh \ud83d tanda", "9" * 100, "salah", "a" * 4000 + "!", "/start"),
            strict=True,
        ):
            person.send(words)
        for person in people:
            await person.next(20)
        for person in people:
            person.read_all()
            await greeted(person)
    assert await rows(tmp_path, "SELECT code FROM incident") == [("failed",)]
    assert await rows(tmp_path, "SELECT count(*) FROM delivery WHERE state IN ('queued', 'leased')") == [(0,)]


async def test_an_update_that_cannot_be_read_is_noted_once_and_acknowledged(tmp_path: Path) -> None:
    async with FakeTelegram() as fake, running(Program(tmp_path, environ(fake, tmp_path, "webhook"))) as program:
        url = f"http://127.0.0.1:{program.port}/hooks/telegram"
        good = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with aiohttp.ClientSession() as http:

            async def post(body: bytes, headers: dict[str, str]) -> int:
                async with http.post(url, data=body, headers=headers) as response:
                    return response.status

            assert await post(b'{"update_id": 5, "message": "?"}', {}) == 403
            assert await post(b"not json", good) == 200
            assert await post(b'{"update_id": 1' + b"0" * 100 + b', "message": 7}', good) == 200
            assert await post(b'{"update_id": 6, "poll": {}}', good) == 200
            async with http.get(url) as response:
                assert response.status == 404
    noted = await rows(tmp_path, "SELECT DISTINCT code, channel FROM incident")
    assert noted == [("unreadable", "telegram")]


async def test_an_end_by_signal_is_clean_and_quick(tmp_path: Path) -> None:
    async with FakeTelegram() as fake:
        program = Program(tmp_path, environ(fake, tmp_path, "polling"))
        await program.start()
        await program.ready()
        await greeted(fake.person(1))
        fake.person(1).send("ASN")
        started = time.monotonic()
        assert await program.stop() == 0
        assert time.monotonic() - started < 5
        async with running(program):
            await fake.person(1).next(20)
    assert await rows(tmp_path, "SELECT * FROM process") == []
    assert "did not end well" not in program.log()


async def test_a_second_instance_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    async with FakeTelegram() as fake, running(Program(tmp_path, environ(fake, tmp_path, "polling"))):
        second = Program(tmp_path, environ(fake, tmp_path, "polling"))
        await second.start()
        assert await second.died() == 1
        assert "suara.lock" not in second.log()
        assert str(tmp_path) in second.log()
