"""A certificate from the question in the chat to the document on the telephone, over a Bot API server."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bot.app import Process, open_store
from bot.chores import Chores
from bot.config import Config, Data, Telegram, TrainingSettings, Web
from handlers import crediting
from storage import attendance
from storage.attendance import CheckedIn
from storage.unit_of_work import UnitOfWork
from tests import training_day as day
from tests.fake_telegram import FakeTelegram


class Clock:
    """Stands still until it is told."""

    def __init__(self) -> None:
        self.now = day.MORNING + timedelta(days=3)

    def __call__(self) -> datetime:
        return self.now


async def test_the_document_arrives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr("bot.app.clock", clock)
    async with FakeTelegram() as fake:
        config = Config(
            data=Data(folder=tmp_path),
            web=Web(enabled=False),
            telegram=Telegram(token=SecretStr(fake.token), base_url=fake.base_url, base_file_url=fake.base_file_url),
            training=TrainingSettings(certificates=True),
        )
        database, vault, _before = await open_store(config)
        process = Process(config, database, vault)
        try:
            await day.announced(process, clock.now)
            await process.start()
            maria = fake.person(5001, name="Maria", language_code="id")
            for words, answer in (
                ("/start", "mengisi sebagai apa"),
                ("ASN", "setuju"),
                ("Setuju", "ketik NIP"),
                (day.MARIA.number, "nomor HP"),
                (day.MARIA.phone, "tercatat sebagai pegawai"),
            ):
                maria.send(words)
                await maria.expect(answer)
            person = await day.person(process, day.MARIA)
            async with database.write() as transaction:
                for one in (day.FIRST, day.SECOND):
                    came = CheckedIn(person=person, day=one, at=day.MORNING, how="list")
                    await attendance.check_in(transaction, day.KEY, came)
                unit = UnitOfWork(transaction, vault, now=clock.now)
                await crediting.credit(unit, day.KEY)
                await transaction.run(
                    text(
                        "INSERT INTO participation (respondent_id, survey_name, occasion) VALUES (:one, :two, :three)"
                    ),
                    {"one": int(person), "two": "l1_reaksi", "three": day.KEY},
                )
            maria.send("SERTIFIKAT")
            await maria.expect("Maria T. Lado")
            maria.send("Ya")
            await maria.expect("segera menyusul")
            for _every, chore in Chores(process).all().values():
                await chore(clock.now)
            found = await maria.expect(re.compile(r"Nomor: 001/SERT-ALAK/[IVX]+/\d{4}"))
            document = found.extra["document"]
            assert isinstance(document, dict)
            assert found.kind == "document"
            assert re.fullmatch(r"sertifikat-001-SERT-ALAK-[IVX]+-\d{4}\.pdf", str(document["file_name"]))
            assert int(str(document["file_size"])) > 10_000
        finally:
            await process.stop()
            await database.close()
