"""As whom a person writes, whether they agree, and in which language."""

from __future__ import annotations

from datetime import timedelta

import pytest

from surveys.messages import Text
from tests.handlers.counter import TUESDAY, Counter, Person

CONSENT = (
    "Sebelum mulai: jawaban Bapak/Ibu dipakai untuk menyusun rencana pelatihan ASN tahun 2027, disimpan paling lama 2 "
    "tahun, dan tidak memengaruhi penilaian kinerja. Bapak/Ibu dapat melihat atau menghapus data kapan saja dengan "
    "mengetik DATA.\nApakah Bapak/Ibu setuju?"
)


async def test_the_first_words(counter: Counter) -> None:
    person = await counter.person().send("/start")
    assert person.text == (
        "Selamat pagi. Ini layanan otomatis (bot) Kecamatan Alak untuk menampung masukan ASN dan "
        "warga tentang pelayanan dan pengembangan "
        "kompetensi ASN.\nBapak/Ibu mengisi sebagai apa?"
    )
    assert person.buttons == ["ASN", "Warga", "Organisasi", "Bantuan"]


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [(4, "pagi"), (9, "pagi"), (10, "siang"), (14, "siang"), (15, "sore"), (17, "sore"), (18, "malam"), (3, "malam")],
)
async def test_the_greeting_goes_by_the_clock_of_alak(counter: Counter, hour: int, greeting: str) -> None:
    counter.now = TUESDAY.replace(hour=(hour - 8) % 24)
    person = await counter.person().send("/start")
    assert person.text.startswith(f"Selamat {greeting}. Ini layanan otomatis")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Warga", "warga"),
        ("saya warga pak", "warga"),
        ("masyarakat umum", ""),
        ("2", "warga"),
        ("citizen", "warga"),
        ("Organisasi", "stakeholder"),
        ("pemangku kepentingan", "stakeholder"),
        ("3", "stakeholder"),
        ("4", ""),
        ("bukan", ""),
    ],
)
async def test_as_whom(counter: Counter, words: str, kind: str) -> None:
    person = await counter.person().send("/start", words)
    assert await counter.rows("SELECT kind FROM respondent") == [(kind,)]
    if not kind:
        assert person.text == "Mohon pilih: ASN, Warga, atau Organisasi." or await person.stands() == "offer"


@pytest.mark.parametrize("words", ["ASN", "pns", "saya PPPK", "P3K", "1", "pegawai negeri"])
async def test_civil_servants_are_asked_for_their_consent(counter: Counter, words: str) -> None:
    person = await counter.person().send("/start", words)
    assert (person.text, person.buttons) == (CONSENT, ["Setuju", "Baca lengkap", "Tidak setuju"])
    assert await counter.rows("SELECT kind FROM respondent") == [("",)]


async def test_the_whole_notice_and_the_question_again(counter: Counter) -> None:
    person = await counter.person().send("/start", "ASN", "Baca lengkap")
    *notice, question = person.said
    assert [len(one.text) <= 600 for one in notice] == [True, True, True]
    assert "Kelompok di bawah lima orang tidak pernah ditampilkan." in notice[1].text
    assert question.text == CONSENT


@pytest.mark.parametrize("yes", ["Setuju", "saya setuju", "ya", "ho"])
async def test_who_agrees_is_written_down_with_the_notice(counter: Counter, yes: str) -> None:
    person = await counter.person().send("/start", "ASN", yes)
    assert await counter.rows("SELECT purpose, notice_version, action, channel, message_id FROM consent") == [
        ("survey", "1", "given", "telegram", person.message_id)
    ]
    assert await counter.rows("SELECT kind FROM respondent") == [("asn",)]
    assert "Survei kebutuhan pengembangan kompetensi ASN" in person.text


@pytest.mark.parametrize("no", ["Tidak setuju", "tidak", "sonde"])
async def test_of_who_does_not_agree_nothing_is_kept(counter: Counter, no: str) -> None:
    person = await counter.person().send("/start tna_asn", no)
    assert person.text == "Baik, kami tidak menyimpan jawaban apa pun. Bila berubah pikiran, ketik MULAI."
    assert await counter.counts() == {"respondent": 1, "address": 1, "consent": 1}
    assert await counter.rows("SELECT action FROM consent") == [("refused",)]
    await person.send("MULAI")
    assert await person.stands() == "kind"


async def test_anything_else_is_told_what_is_expected(counter: Counter) -> None:
    person = await counter.person().send("/start", "ASN", "nanti saya pikir dulu ya")
    assert person.text == "Mohon jawab: Setuju atau Tidak setuju."
    assert await person.stands() == "consent"


async def test_a_yes_that_was_written_before_the_notice_was_seen_agrees_to_nothing(counter: Counter) -> None:
    person = await counter.person().send("/start")
    await person.at_once("ASN", "ya")
    assert await person.stands() == "consent"
    assert await counter.rows("SELECT action FROM consent") == []
    first, second = person.incoming(Text("Baca lengkap")), person.incoming(Text("ya"))
    await person.hand_in(first)
    await person.hand_in(second)
    assert await counter.rows("SELECT action FROM consent") == []
    await person.send("ya")
    assert await counter.rows("SELECT action FROM consent") == [("given",)]


async def test_a_link_is_followed_after_consent(counter: Counter) -> None:
    person = await counter.person().send("/start tna_asn", "Baca lengkap", "Setuju")
    assert await person.stands() == "kelompok_unit"


@pytest.mark.parametrize("name", ["Bahasa Indonesia", "indonesia", "1", "id"])
async def test_the_language_is_chosen_by_its_name(counter: Counter, name: str) -> None:
    person = await counter.person(language="en").send("/start", "/language")
    assert (person.text, person.buttons) == ("Bahasa / Language?", ["Bahasa Indonesia", "English"])
    await person.send(name)
    assert person.said[0].text == "Baik, kita lanjutkan dalam bahasa Indonesia."
    assert await person.stands() == "kind"
    assert await counter.rows("SELECT language FROM respondent") == [("id",)]


async def test_what_is_no_language_goes_to_what_stood_before(counter: Counter, citizen: Person) -> None:
    await citizen.send("/language", "Aspirasi warga")
    assert await citizen.stands() == "persetujuan"


async def test_the_language_stays_chosen(counter: Counter, citizen: Person) -> None:
    await citizen.send("/language English")
    counter.wait(days=400)
    await counter.restart()
    await citizen.send("/start")
    assert citizen.text.startswith("Good morning.\nWhat would you like to do?")
    assert counter.now - TUESDAY > timedelta(days=400)
