"""BANTUAN, BAHASA, MENU, DATA, LANJUT, BERHENTI outside surveys."""

from __future__ import annotations

import pytest

from handlers import commands
from tests.handlers.counter import Counter, Person

STOPPED = (
    "Baik, Bapak/Ibu tidak akan menerima pengumuman lagi. Pengingat pelatihan yang sudah didaftarkan tetap dikirim. "
    "Ketik MULAI bila berubah pikiran."
)


def test_every_word_has_one_file() -> None:
    words = [word for module in commands.registry.values() for word in module.WORDS]
    assert sorted(words) == sorted(commands.by_word())


async def test_help_says_what_can_be_typed(counter: Counter) -> None:
    person = await counter.person().send("bantuan")
    assert person.text == (
        "Ini layanan otomatis (bot). Ketik MENU untuk melihat yang dibuka, STATUS dan nomornya untuk mengikuti "
        "aspirasi, DATA untuk melihat data yang kami simpan, BAHASA untuk mengganti bahasa, BERHENTI untuk "
        "menghentikan pengumuman."
    )


async def test_help_repeats_the_question_that_stands(counter: Counter) -> None:
    person = await counter.person().send("/start", "Bantuan")
    assert person.buttons == ["ASN", "Warga", "Organisasi", "Bantuan"]


async def test_the_menu_asks_first_as_whom(counter: Counter, citizen: Person) -> None:
    assert await (await counter.person().send("menu")).stands() == "kind"
    assert await (await citizen.send("menu")).stands() == "menu"


@pytest.mark.parametrize("word", ["lanjut", "nanti", "lewati", "kembali", "ulang", "batal", "kirim"])
async def test_the_words_of_a_survey_say_that_none_is_open(counter: Counter, word: str) -> None:
    person = await counter.person().send(word)
    assert person.text == "Saat ini tidak ada survei yang sedang diisi. Ketik MENU untuk melihat pilihan."


@pytest.mark.parametrize("word", ["BERHENTI", "stop", "/stop", "jangan kirim lai", "su cukup", "hentikan semua pesan"])
async def test_stop_is_the_opt_out(counter: Counter, citizen: Person, word: str) -> None:
    await citizen.send(word)
    assert citizen.text == STOPPED
    assert await counter.rows("SELECT opted_out FROM respondent") == [(1,)]
    assert await citizen.stands() == ""


async def test_stop_takes_effect_for_somebody_new_too(counter: Counter) -> None:
    person = await counter.person().send("berhenti")
    assert person.text == STOPPED
    assert await counter.rows("SELECT opted_out FROM respondent") == [(1,)]


async def test_data_says_what_is_held(counter: Counter) -> None:
    person = await counter.person().send("/start tna_asn", "Setuju", "data")
    assert person.said[0].text.split("\n") == [
        "Berikut data yang kami simpan:",
        "· alamat percakapan ini, dalam bentuk tersandi",
        "· mengisi sebagai: ASN",
        "· survei yang jawabannya tersimpan: 1",
        "· survei yang belum selesai: 1",
        "· aspirasi bernomor: 0",
        "· catatan persetujuan: 1",
        "Jawaban anonim disimpan tanpa hubungan dengan Bapak/Ibu, jadi tidak dapat kami tampilkan di sini.",
    ]
    assert await person.stands() == "kelompok_unit"


async def test_the_language_is_asked_for_or_taken_at_once(counter: Counter) -> None:
    person = await counter.person().send("bahasa")
    assert person.buttons == ["Bahasa Indonesia", "English"]
    await person.send("/language en")
    assert person.said[0].text == "All right, we go on in English."
