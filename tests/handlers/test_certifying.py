"""SERTIFIKAT: after attendance and feedback, with the roster's name; asked for again, it is the same one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from handlers import certifying
from handlers.errors import Conflict, NotFound
from handlers.permissions import TERMINAL
from outreach.training import TrainingSession
from storage import certificates
from storage.documents import Documents
from storage.unit_of_work import UnitOfWork
from surveys.messages import Outgoing
from tests import training_day as day
from tests.handlers import test_crediting as crediting
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one

NUMBER = "001/SERT-ALAK/XII/2026"


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        process = opened.process
        scheme = process.config.training.certificate_number
        process.house = replace(process.house, certificate_number=scheme, public_url="https://alak.test")
        process.reception = replace(process.reception, house=process.house)
        await day.announced(process, opened.now)
        yield opened


async def attended(desk: DeskOfOne, *, feedback: bool = True) -> str:
    """Maria was there on both days, and gave her feedback."""
    await desk.tell("7", "/start", "ASN", "Setuju", day.MARIA.number, day.MARIA.phone)
    maria = await day.person(desk.process, day.MARIA)
    await crediting.there(desk, maria, day.FIRST, day.SECOND)
    desk.now = crediting.OVER
    await crediting.credit(desk)
    if feedback:
        await gave_feedback(desk, maria)
    return maria


async def gave_feedback(desk: DeskOfOne, person: str, session: str = day.KEY) -> None:
    async with desk.process.database.write() as transaction:
        await transaction.run(
            text("INSERT INTO participation (respondent_id, survey_name, occasion) VALUES (:one, 'l1_reaksi', :about)"),
            {"one": int(person), "about": session},
        )


def texts(said: list[Outgoing]) -> list[str]:
    return [one.text for one in said]


async def test_the_name_is_asked_then_the_paper_comes(desk: DeskOfOne) -> None:
    await attended(desk)
    asked = await desk.tell("7", "SERTIFIKAT")
    assert texts(asked) == ["Nama pada sertifikat: Maria T. Lado. Apakah sudah sesuai?"]
    assert await desk.number("SELECT count(*) FROM certificate") == 0
    assert texts(await desk.tell("7", "Ya"))[0] == f"Sertifikat {NUMBER} segera menyusul."
    desk.now += timedelta(seconds=10)
    for _every, chore in desk.chores.all().values():
        await chore(desk.now)
    sent = await desk.deliver()
    assert [one.text for one in sent] == [f"Nomor: {NUMBER}"]
    [(kind, reference)] = sent[0].media
    documents = Documents(desk.process.database, desk.process.vault)
    found = await documents.read(reference, channel="telegram", external_id="7")
    assert found is not None
    assert (kind, found.name, found.mime, found.body[:5]) == (
        "file", "sertifikat-001-SERT-ALAK-XII-2026.pdf", "application/pdf", b"%PDF-",
    )  # fmt: skip
    assert await documents.read(reference, channel="telegram", external_id="8") is None


async def test_asked_for_again_the_number_is_the_same(desk: DeskOfOne) -> None:
    await attended(desk)
    await desk.tell("7", "SERTIFIKAT", "Ya")
    assert texts(await desk.tell("7", "sertifikat saya"))[0] == f"Sertifikat {NUMBER} segera menyusul."
    assert await desk.number("SELECT count(*) FROM certificate") == 1
    assert await desk.number("SELECT count(*) FROM due WHERE kind = 'certificate'") == 1


async def test_a_name_that_is_not_right_is_mended_elsewhere(desk: DeskOfOne) -> None:
    await attended(desk)
    said = texts(await desk.tell("7", "SERTIFIKAT", "Belum"))
    assert said[0].startswith("Nama diambil dari daftar pegawai.")
    assert await desk.number("SELECT count(*) FROM certificate") == 0
    assert texts(await desk.tell("7", "SERTIFIKAT", "mungkin"))[-1].startswith("Nama pada sertifikat")


async def test_what_is_wanting_is_said(desk: DeskOfOne) -> None:
    name = "Nama pada sertifikat diambil dari daftar pegawai. Mohon ketik VERIFIKASI dengan NIP lebih dulu."
    assert texts(await desk.tell("8", "SERTIFIKAT"))[0] == name
    await desk.tell("7", "/start", "ASN", "Setuju", day.MARIA.number, day.MARIA.phone)
    none = "Belum ada pelatihan yang sudah selesai dengan kehadiran Bapak/Ibu tercatat."
    assert texts(await desk.tell("7", "SERTIFIKAT"))[0] == none
    maria = await day.person(desk.process, day.MARIA)
    await crediting.there(desk, maria, day.FIRST)
    assert texts(await desk.tell("7", "SERTIFIKAT"))[0] == none  # it is not over
    desk.now = crediting.OVER
    await crediting.credit(desk)
    assert texts(await desk.tell("7", "SERTIFIKAT"))[0] == (
        "Sertifikat Pelayanan Prima diberikan sesudah Bapak/Ibu mengisi umpan balik; nama Bapak/Ibu tidak ditampilkan "
        "di sana."
    )
    await gave_feedback(desk, maria, "angkatan_lain")
    assert "umpan balik" in texts(await desk.tell("7", "SERTIFIKAT"))[0]


async def test_without_the_setting_one_clear_sentence(desk: DeskOfOne) -> None:
    await attended(desk)
    process = desk.process
    process.reception = replace(process.reception, house=replace(process.house, certificate_number=""))
    assert texts(await desk.tell("7", "SERTIFIKAT"))[0] == (
        "Sertifikat belum diterbitkan di sini. Mohon tanyakan kepada kantor."
    )


async def test_without_the_package_one_clear_sentence(desk: DeskOfOne, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.certificates.pdf.possible", lambda: False)
    await attended(desk)
    await desk.tell("7", "SERTIFIKAT", "Ya")
    await desk.tick()
    assert texts(await desk.deliver()) == ["Sertifikat belum dapat dibuat saat ini. Mohon tanyakan kepada kantor."]


async def test_of_several_it_is_asked_which(desk: DeskOfOne) -> None:
    maria = await attended(desk)
    other: TrainingSession = replace(day.SESSION, key="lain-2026-12-01")
    await day.announced(desk.process, desk.now, other)
    async with desk.process.database.write() as transaction:
        await transaction.run(text("UPDATE enrolment SET session = session"))
        await transaction.run(
            text(
                "INSERT INTO enrolment (id, session, respondent_id, state, since, by, confirmed) "
                "SELECT id + 1, 'lain-2026-12-01', respondent_id, state, since, by, confirmed FROM enrolment"
            )
        )
    which = await desk.tell("7", "SERTIFIKAT")
    assert [button.label for row in which[0].rows for button in row] == ["1 Pelayanan Prima", "2 Pelayanan Prima"]
    assert texts(await desk.tell("7", "9")) == texts(which)
    said = [texts(await desk.tell("7", "SERTIFIKAT", number))[0] for number in ("1", "2 Pelayanan Prima")]
    assert sorted(one.split(" ")[0] for one in said) == ["Nama", "Sertifikat"]
    assert maria


async def test_numbers_go_on_and_are_never_given_twice(desk: DeskOfOne) -> None:
    async with desk.process.database.write() as transaction:
        given = [await certificates.next_ordinal(transaction, year) for year in (2026, 2026, 2027, 2026)]
    assert given == [1, 2, 1, 3]


async def test_one_that_was_withdrawn_is_not_sent(desk: DeskOfOne) -> None:
    await attended(desk)
    await desk.tell("7", "SERTIFIKAT", "Ya")

    async def revoke(number: str) -> None:
        async with desk.process.database.write() as transaction:
            unit = UnitOfWork(transaction, desk.process.vault, now=desk.now)
            today = date(2026, 12, 4)
            await certifying.revoke(unit, TERMINAL, number, today=today, reason="keliru", say=str)

    await revoke(NUMBER)
    with pytest.raises(Conflict):
        await revoke(NUMBER)
    with pytest.raises(NotFound):
        await revoke("002/SERT-ALAK/XII/2026")
    await desk.tick()
    assert await desk.deliver() == []
    assert texts(await desk.tell("7", "SERTIFIKAT"))[0] == (
        f"Sertifikat {NUMBER} dicabut pada Jumat, 4 Desember 2026. Mohon tanyakan kepada kantor."
    )
    assert await desk.rows("SELECT act, whom FROM audit WHERE act LIKE 'certif%'") == [
        ("certificates.revoke", f"certificate:{NUMBER}")
    ]
