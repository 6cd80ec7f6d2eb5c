"""/pelatihan baru: an admin announces a session in a few answers; everybody else gets the list."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from surveys.messages import Outgoing
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one
from tests.handlers.learners import civil_servant, offer
from tests.handlers.test_telling_rates import admin

DAYS = "1-2 Desember 2026, 08.00-15.30"


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        await admin(opened, "admin")
        yield opened


def labels(said: list[Outgoing]) -> list[str]:
    return [button.label for row in said[-1].rows for button in row]


async def test_from_the_title_to_the_link(desk: DeskOfOne) -> None:
    said = await desk.tell("7", "/pelatihan baru")
    assert said[0].text == "Apa judul pelatihannya? Ketik judul baru, atau pilih yang sudah ada."
    said = await desk.tell("7", "Pelayanan Prima di Loket")
    assert labels(said) == [
        "bimtek", "lokakarya", "sosialisasi", "seminar", "kursus", "coaching", "mentoring", "e-learning"
    ]  # fmt: skip
    assert (await desk.tell("7", "bimtek"))[0].text == "Berapa jam pelajaran (JP)? Satu JP 45 menit."
    await desk.tell("7", "16 JP", DAYS, "Aula Kantor Camat Alak")
    said = await desk.tell("7", "30 orang")
    assert said[0].text == (
        "Pelayanan Prima di Loket: bimbingan teknis (bimtek), 16 jam pelajaran (JP)\n"
        "Selasa–Rabu, 1–2 Desember 2026, pukul 08.00–15.30 WITA, di Aula Kantor Camat Alak\n"
        "Masih ada tempat.\n"
        "Pelatihan ini akan muncul pada PELATIHAN (untuk semua ASN); tidak ada yang dikirimi pesan. Umumkan?"
    )
    assert labels(said) == ["Umumkan", "Ulangi dari awal", "Batal"]
    assert await desk.number("SELECT count(*) FROM training") == 0
    said = await desk.tell("7", "Umumkan")
    key = "pelayanan_prima_di_loket-2026-12-01"
    assert said[0].text == (f"✅ Sudah diumumkan: Pelayanan Prima di Loket. Tautan untuk dibagikan:\n/start t-{key}")
    assert await desk.rows("SELECT key FROM training_session") == [(key,)]
    acts = await desk.rows("SELECT act FROM audit WHERE act LIKE 'trainings%' ORDER BY id")
    assert acts == [("trainings.put",), ("trainings.announce",)]
    await civil_servant(desk, "8")
    assert (await desk.tell("8", "PELATIHAN"))[0].text.splitlines()[1].startswith("1 Pelayanan Prima di Loket (16 JP)")


async def test_a_training_of_the_catalogue_needs_no_form_and_hours(desk: DeskOfOne) -> None:
    await offer(desk)
    assert labels(await desk.tell("7", "/pelatihan baru")) == ["Pelayanan Prima"]
    said = await desk.tell("7", "pelayanan prima")
    assert said[0].text.startswith("Hari apa")
    said = await desk.tell("7", DAYS, "Aula Kantor Camat Alak", "Tanpa batas", "Umumkan")
    assert said[0].text == (
        "Selasa, 1 Desember 2026, pukul 08.00–15.30: Aula Kantor Camat Alak sudah dipakai oleh Pelayanan Prima pada "
        "waktu itu."
    )
    assert await desk.number("SELECT count(*) FROM training_session") == 1
    said = await desk.tell("7", "kembali", "kembali", "Ruang rapat", "20", "umumkan")
    assert said[0].text.startswith("✅ Sudah diumumkan: Pelayanan Prima.")
    assert await desk.number("SELECT count(*) FROM training_session") == 2


@pytest.mark.parametrize(
    ("before", "typed", "sentence"),
    [
        ((), "x" * 81, "Judulnya 81 huruf; paling banyak 80."),
        (("Arsip",), "dansa", "Bentuk “dansa” belum dikenal: pilih salah satu dari daftar."),
        (("Arsip", "bimtek"), "banyak", "Mohon ketik angka, misalnya 16."),
        (("Arsip", "bimtek"), "9000", "Jam pelajaran (JP) paling banyak 2000."),
        (("Arsip", "bimtek", "8"), "besok pagi", ("“besok pagi” belum memuat hari beserta jamnya. Tulis seperti ini: "
         "1-2 Desember 2026, 08.00-15.30")),
        (("Arsip", "bimtek", "8"), "1 Desember 2020, 08.00-12.00",
         "Selasa, 1 Desember 2020, pukul 08.00 sudah lewat: sebut hari yang akan datang."),
        (("Arsip", "bimtek", "8", DAYS), "y" * 81, "Nama tempatnya 81 huruf; paling banyak 80."),
        (("Arsip", "bimtek", "8", DAYS, "Aula"), "banyak", "Mohon ketik angka, misalnya 16."),
    ],
)  # fmt: skip
async def test_each_answer_is_looked_through_at_once(
    desk: DeskOfOne, before: tuple[str, ...], typed: str, sentence: str
) -> None:
    said = await desk.tell("7", "/pelatihan baru", *before, typed)
    assert said[0].text.startswith(sentence)
    said = await desk.tell("7", "batal")
    assert said[0].text == "Baik, tidak ada yang disimpan."
    assert await desk.number("SELECT count(*) FROM training") == 0


async def test_others_get_the_list(desk: DeskOfOne) -> None:
    await civil_servant(desk, "8")
    assert (await desk.tell("8", "/pelatihan baru"))[0].text.startswith("Saat ini belum ada pelatihan")
    await admin(desk, "viewer", person="9")
    await desk.tell("9", "/start", "ASN", "Setuju")
    assert (await desk.tell("9", "/pelatihan baru"))[0].text.startswith("Saat ini belum ada pelatihan")
