"""BANTUAN outside surveys: what can be typed here."""

from __future__ import annotations

from tests.handlers.counter import Counter


async def test_help_says_what_can_be_typed(counter: Counter) -> None:
    person = await counter.person().send("bantuan")
    assert person.text == (
        "Ini layanan otomatis (bot). Ketik MENU untuk melihat survei yang dibuka, STATUS dan nomornya untuk mengikuti "
        "aspirasi, DATA untuk melihat data yang kami simpan, BAHASA untuk mengganti bahasa, BERHENTI untuk "
        "menghentikan pengumuman."
    )


async def test_help_repeats_the_question_that_stands(counter: Counter) -> None:
    person = await counter.person().send("/start", "Bantuan")
    assert person.buttons == ["ASN", "Warga", "Organisasi", "Bantuan"]
