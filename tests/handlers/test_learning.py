"""PELATIHAN: what suits me, a place, the waiting list, why not; invitations; whoever did nothing themselves is told."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from handlers import training_office
from handlers.permissions import TERMINAL
from outreach.training import Day
from surveys.messages import Outgoing
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one
from tests.handlers.learners import PRIMA, SESSION, act, civil_servant, due, heard, offer

WHEN = "Selasa–Rabu, 1–2 Desember 2026, pukul 08.00–15.30 WITA, di Aula Kantor Camat Alak"
PAGE = f"Pelayanan Prima: bimbingan teknis (bimtek), 16 jam pelajaran (JP)\n{WHEN}\n"
ENROLLED = (
    f"✅ Bapak/Ibu terdaftar pada pelatihan Pelayanan Prima: {WHEN}. Kami akan mengingatkan. Ketik PELATIHAN SAYA "
    "untuk melihat atau membatalkannya."
)


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        yield opened


def texts(said: list[Outgoing]) -> list[str]:
    return [one.text for one in said]


def labels(said: list[Outgoing]) -> list[str]:
    return [button.label for row in said[-1].rows for button in row]


async def test_nothing_is_announced(desk: DeskOfOne) -> None:
    await civil_servant(desk, "7")
    said = await desk.tell("7", "PELATIHAN")
    assert texts(said) == [
        (
            "Saat ini belum ada pelatihan yang dibuka untuk Bapak/Ibu. Silakan ketik PELATIHAN lagi beberapa hari "
            "mendatang.\nKetik /verifikasi agar pelatihan khusus unit Bapak/Ibu ikut ditampilkan."
        )
    ]
    assert labels(said) == ["Tutup"]
    assert texts(await desk.tell("7", "Tutup"))[0] == "Baik."


async def test_trainings_are_for_civil_servants(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start", "Warga")
    said = texts(await desk.tell("7", "PELATIHAN"))
    assert said == ["Pelatihan ini untuk ASN. Bila Bapak/Ibu ASN, ketik ASN dulu, lalu PELATIHAN."]


async def test_a_place_is_taken_and_called_off(desk: DeskOfOne) -> None:
    await offer(desk)
    await civil_servant(desk, "7")
    said = await desk.tell("7", "pelatihan")
    assert texts(said) == [
        (
            "Pelatihan yang cocok untuk Bapak/Ibu:\n"
            "1 Pelayanan Prima (16 JP), Selasa–Rabu, 1–2 Desember 2026\n"
            "Ketik /verifikasi agar pelatihan khusus unit Bapak/Ibu ikut ditampilkan."
        )
    ]
    assert labels(said) == ["1 Pelayanan Prima", "Tutup"]
    said = await desk.tell("7", "1")
    assert texts(said) == [f"{PAGE}Sisa tempat: 2."]
    assert labels(said) == ["Daftar", "Berkas kalender", "Daftar pelatihan", "Tutup"]
    assert texts(await desk.tell("7", "Daftar"))[0] == ENROLLED
    said = await desk.tell("7", "PELATIHAN SAYA")
    assert texts(said) == [
        "Pelatihan Bapak/Ibu:\n1 Pelayanan Prima (16 JP), Selasa–Rabu, 1–2 Desember 2026 · terdaftar"
    ]
    said = await desk.tell("7", "1 Pelayanan Prima")
    assert texts(said) == [f"{PAGE}Sisa tempat: 1.\nBapak/Ibu terdaftar."]
    assert labels(said) == ["Batalkan pendaftaran", "Berkas kalender", "Daftar pelatihan", "Tutup"]
    said = await desk.tell("7", "batal")
    assert labels(said) == ["Tugas mendesak", "Sakit", "Cuti atau izin", "Tetap ikut"]
    said = await desk.tell("7", "Ada musrenbang, telepon 081234567890")
    assert texts(said)[0] == (
        "Baik, pendaftaran Bapak/Ibu pada Pelayanan Prima sudah dibatalkan. Terima kasih sudah memberi kabar."
    )
    assert await desk.rows("SELECT state FROM enrolment") == [("cancelled",)]


async def test_what_is_full_has_a_waiting_list_and_who_moves_up_is_told(desk: DeskOfOne) -> None:
    await offer(desk)
    for name in ("1", "2", "3", "4"):
        await civil_servant(desk, name)
        said = texts(await desk.tell(name, "PELATIHAN", "1", "Daftar"))[0]
        if name in {"1", "2"}:
            assert said == ENROLLED
        else:
            assert said == (
                f"Pelatihan Pelayanan Prima sudah penuh. Bapak/Ibu nomor {int(name) - 2} dalam daftar tunggu; kami "
                "kabari begitu ada tempat."
            )
    await desk.tell("1", "PELATIHAN SAYA", "1", "Batalkan pendaftaran", "Sakit")
    assert texts(await desk.tell("4", "PELATIHAN SAYA", "1"))[0].endswith("nomor 1 dalam daftar tunggu.")
    await desk.tell("4", "Tutup")
    await due(desk)
    assert await heard(desk) == [
        (
            f"✅ Bapak/Ibu mendapat tempat pada pelatihan Pelayanan Prima: {WHEN}. Ketik PELATIHAN SAYA untuk melihat "
            "atau membatalkannya."
        )
    ]
    await due(desk)
    assert await heard(desk) == []


async def test_where_several_share_a_phone_it_is_said_for_whom_it_is(desk: DeskOfOne) -> None:
    await offer(desk, replace(SESSION, capacity=1))
    await civil_servant(desk, "1")
    await desk.tell("1", "/start t-prima-1", "Daftar")
    await civil_servant(desk, "2")
    await desk.tell("2", "/start t-prima-1", "Daftar", "PROFIL", "Maria", "Orang lain", "Yohanes", "Warga")
    await desk.tell("1", "/start t-prima-1", "Batalkan pendaftaran", "Sakit")
    await due(desk)
    assert [one.partition(" pada")[0] for one in await heard(desk)] == ["Maria: ✅ Bapak/Ibu mendapat tempat"]


async def test_who_blocked_the_bot_is_not_written_to(desk: DeskOfOne) -> None:
    await offer(desk)
    await civil_servant(desk, "1")
    await desk.tell("1", "/start t-prima-1", "Daftar")
    async with desk.process.database.write() as transaction:
        await transaction.run(text("UPDATE address SET gone = TRUE"))
    await act(desk, training_office.cancel, TERMINAL, "prima-1")
    await due(desk)
    assert await heard(desk) == []


async def test_outside_office_hours_it_waits_unless_it_begins_soon(desk: DeskOfOne) -> None:
    await offer(desk)
    await civil_servant(desk, "1")
    await desk.tell("1", "/start t-prima-1", "Daftar")
    desk.now += timedelta(hours=10)  # 20.05
    await act(desk, training_office.change, TERMINAL, replace(SESSION, place="Ruang rapat"))
    await due(desk)
    assert await heard(desk) == []
    desk.now += timedelta(hours=12)  # 08.05
    await due(desk)
    assert len(await heard(desk)) == 1
    desk.now += timedelta(days=5, hours=12)  # the evening before the last day but one
    await act(desk, training_office.cancel, TERMINAL, "prima-1")
    await due(desk)
    assert len(await heard(desk)) == 1


async def test_a_clash_is_told_before(desk: DeskOfOne) -> None:
    await offer(desk)
    other = replace(
        SESSION, key="arsip-1", days=(Day(date(2026, 12, 2), time(13), time(16)),), place="Ruang rapat", capacity=0
    )
    await offer(desk, other, replace(PRIMA, key="arsip", title="Arsip", jp=Decimal(4)))
    await civil_servant(desk, "7")
    await desk.tell("7", "/start t-prima-1", "Daftar")
    said = await desk.tell("7", "/start t-arsip-1", "Daftar")
    assert texts(said) == [
        "Rabu, 2 Desember 2026, pukul 08.00–15.30: Bapak/Ibu mengikuti Pelayanan Prima pada waktu itu. Tetap daftar?"
    ]
    assert labels(said) == ["Tetap daftar", "Tidak usah"]
    assert "Masih ada tempat." in texts(await desk.tell("7", "Tidak usah"))[0]
    assert texts(await desk.tell("7", "Daftar", "ya"))[0].startswith("✅ Bapak/Ibu terdaftar pada pelatihan Arsip")


async def test_a_link_is_followed_once_somebody_agreed(desk: DeskOfOne) -> None:
    await offer(desk)
    await desk.tell("9", "/start t-prima-1")
    assert texts(await desk.tell("9", "Setuju")) == [f"{PAGE}Sisa tempat: 2."]
    assert texts(await desk.tell("9", "/start t-nothing")) == [
        "Pelatihan itu sudah tidak ada. Ketik PELATIHAN untuk melihat yang lain."
    ]


async def test_the_calendar_file_comes_into_the_chat(desk: DeskOfOne) -> None:
    await offer(desk)
    await civil_servant(desk, "7")
    said = await desk.tell("7", "/start t-prima-1", "Berkas kalender")
    assert said[0].text == "Buka berkas ini agar pelatihan tercatat di kalender Bapak/Ibu."
    [(kind, reference)] = said[0].media
    assert kind == "file"
    assert reference.startswith("document:")
    assert await desk.rows("SELECT name, mime FROM document") == [
        ("prima-1.ics", "text/calendar; charset=utf-8; method=PUBLISH")
    ]


async def test_where_people_reach_our_pages_there_is_a_link_beside_the_file(desk: DeskOfOne) -> None:
    await offer(desk)
    await civil_servant(desk, "7")
    reception = desk.process.reception
    desk.process.reception = replace(reception, house=replace(reception.house, public_url="https://alak.example/"))
    said = await desk.tell("7", "/start t-prima-1", "Berkas kalender")
    assert re.fullmatch(
        r"Buka berkas ini .*\nKalender di komputer dapat memakai tautan ini dan mengikuti perubahannya: "
        r"https://alak\.example/kalender/[0-9a-f]{32}/prima-1\.ics",
        said[0].text,
    )


async def test_attachments_are_sent_where_they_are_asked_for(desk: DeskOfOne) -> None:
    await offer(desk, SESSION, replace(PRIMA, attachments=("pelatihan/materi.pdf", "denah.png")))
    await civil_servant(desk, "7")
    said = await desk.tell("7", "/start t-prima-1")
    assert labels(said) == ["Daftar", "Berkas kalender", "Lampiran", "Daftar pelatihan", "Tutup"]
    said = await desk.tell("7", "Lampiran")
    assert [(one.text, one.media) for one in said[:2]] == [
        ("Lampiran: materi.pdf", (("file", "pelatihan/materi.pdf"),)),
        ("Lampiran: denah.png", (("image", "denah.png"),)),
    ]
    assert said[2].text.startswith("Pelayanan Prima:")


async def test_what_is_changed_and_called_off_reaches_everybody_once(desk: DeskOfOne) -> None:
    await offer(desk)
    await civil_servant(desk, "7")
    await desk.tell("7", "/start t-prima-1", "Daftar")
    later = replace(SESSION, days=(Day(date(2026, 12, 8), time(9), time(12)),))
    await act(desk, training_office.change, TERMINAL, later)
    await act(desk, training_office.change, TERMINAL, replace(later, place="Kantor Lurah Nunbaun Delha"))
    await due(desk)
    assert await heard(desk) == [
        (
            "🔔 Ada perubahan pada pelatihan Pelayanan Prima. Waktu baru: Selasa, 8 Desember 2026, pukul 09.00–12.00 "
            "WITA (semula: Selasa–Rabu, 1–2 Desember 2026). Tempat baru: di Kantor Lurah Nunbaun Delha. "
            "Tempat Bapak/Ibu tetap tersedia. Ketik PELATIHAN SAYA bila tidak dapat hadir."
        )
    ]
    await act(desk, training_office.cancel, TERMINAL, "prima-1")
    await due(desk)
    assert await heard(desk) == [
        (
            "Mohon maaf, pelatihan Pelayanan Prima pada Selasa, 8 Desember 2026, pukul 09.00–12.00 WITA, di Kantor "
            "Lurah Nunbaun Delha batal dilaksanakan. Ketik PELATIHAN untuk melihat yang lain."
        )
    ]
    assert await desk.number("SELECT count(*) FROM due WHERE kind = 'training_news'") == 0
