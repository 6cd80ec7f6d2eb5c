"""The menu, and how a survey that was put aside goes on."""

from __future__ import annotations

import pytest

from tests.handlers.counter import Counter, Person

OTHER = """
| survey |
| | type | name | label |
| | text | usul | Usul? |

| settings |
| | form_title | form_id | chat_audience |
| | Survei Kepuasan Masyarakat bagian dua | {name} | {audience} |
"""


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        ("1", "persetujuan"),
        ("2", "jenis_kelamin"),
        ("Aspirasi warga", "persetujuan"),
        ("aspirasi", "persetujuan"),
        ("Survei Kepuasan…", "jenis_kelamin"),
        ("survei kepuasan masyarakat", "jenis_kelamin"),
        ("skm_alak", "jenis_kelamin"),
        ("3", "menu"),
        ("0", "menu"),
        ("999999999999", "menu"),
        ("asp", "menu"),
    ],
)
async def test_what_is_chosen_from_the_menu(citizen: Person, words: str, stands: str) -> None:
    await citizen.send(words)
    assert await citizen.stands() == stands


async def test_a_number_that_is_not_there_is_told_which_are(citizen: Person) -> None:
    await citizen.send("7")
    assert citizen.text.startswith("Mohon pilih angka 1 sampai 2.\nApa yang ingin Bapak/Ibu lakukan?")


async def test_titles_that_read_alike_carry_their_numbers(counter: Counter) -> None:
    await counter.publish(OTHER.format(name="skm_dua", audience="all"))
    person = await counter.person().send("/start", "Warga")
    assert person.buttons == ["1 Aspirasi warga", "2 Survei Kepuasan…", "3 Survei Kepuasan…"]
    assert person.text.endswith("3 Survei Kepuasan Masyarakat bagian dua")
    await person.send("survei kepuasan")
    assert await person.stands() == "offer"
    await person.send("/menu", "3 Survei Kepuasan…")
    assert await person.stands() == "usul"


async def test_only_what_is_meant_for_one_is_shown(counter: Counter) -> None:
    await counter.publish(OTHER.format(name="mitra", audience="stakeholder"))
    organisation = await counter.person("1").send("/start", "Organisasi")
    assert "bagian dua" in organisation.text
    citizen = await counter.person("2").send("/start", "Warga")
    assert "bagian dua" not in citizen.text


async def test_nothing_is_open(counter: Counter, citizen: Person) -> None:
    for name in ("aspirasi", "skm_alak", "tna_asn", "l1_reaksi"):
        await counter.close_survey(name)
    await citizen.send("/menu")
    assert citizen.text == "Saat ini belum ada survei yang dibuka. Silakan mampir lagi lain waktu."
    await citizen.send("/start")
    assert citizen.text == "Selamat pagi.\nSaat ini belum ada survei yang dibuka. Silakan mampir lagi lain waktu."
    assert await citizen.stands() == ""


@pytest.mark.parametrize("words", ["Lanjutkan", "lanjut", "ya", "terus", "LEWATI", "kembali", "/resume"])
async def test_what_takes_up_a_survey_that_was_put_aside(citizen: Person, words: str) -> None:
    await citizen.send("1", "Anonim", "nanti", words)
    assert citizen.text.startswith("Kita lanjutkan dari tempat Bapak/Ibu berhenti.")
    assert await citizen.stands() == "usia"


async def test_put_aside_again_is_said_again(citizen: Person) -> None:
    await citizen.send("1", "Anonim", "nanti")
    first = citizen.text
    await citizen.send("nanti")
    assert citizen.text == first
    assert citizen.buttons == ["Lanjutkan", "Ingatkan besok", "Berhenti"]


async def test_beginning_again_what_was_put_aside(citizen: Person) -> None:
    await citizen.send("1", "Anonim", "nanti", "ulang", "ya")
    assert await citizen.stands() == "persetujuan"


@pytest.mark.parametrize("word", ["Berhenti", "berhenti", "stop pak", "/stop"])
async def test_stopping_what_was_put_aside_for_later_stops_the_survey_alone(citizen: Person, word: str) -> None:
    await citizen.send("1", "Anonim", "nanti")
    assert citizen.buttons == ["Lanjutkan", "Ingatkan besok", "Berhenti"]
    await citizen.send(word)
    assert citizen.text.startswith("Pengisian survei kami jeda.")
    assert (await citizen.stands(), citizen.buttons) == ("@paused", ["Lanjutkan", "Hentikan semua pesan"])
    await citizen.send("Hentikan semua pesan")
    assert citizen.text.startswith("Baik, Bapak/Ibu tidak akan menerima pengumuman lagi.")


@pytest.mark.parametrize("words", ["Hentikan semua pesan", "jangan kirim pesan lagi", "unsubscribe", "stop semua"])
async def test_who_wants_no_messages_at_all_is_heard_at_once(citizen: Person, words: str) -> None:
    await citizen.send("1", "Anonim", "nanti", words)
    assert citizen.text.startswith("Baik, ")


async def test_stopping_twice_stops_all_messages(citizen: Person) -> None:
    await citizen.send("1", "Anonim", "nanti", "berhenti", "berhenti")
    assert citizen.text.startswith("Baik, Bapak/Ibu tidak akan menerima pengumuman lagi.")


@pytest.mark.parametrize("typed", ["34", "loket", "halo", "Selamat pagi"])
async def test_whatever_is_sent_while_a_survey_rests_is_asked_whether_it_goes_on(citizen: Person, typed: str) -> None:
    await citizen.send("1", "Anonim", "nanti", typed)
    assert citizen.text.endswith("“Aspirasi warga” masih menunggu. Mau dilanjutkan?")
    assert citizen.buttons == ["Lanjutkan", "Menu"]
    await citizen.send("ya")
    assert await citizen.stands() == "usia"


@pytest.mark.parametrize("no", ["Menu", "tidak"])
async def test_who_does_not_go_on_chooses_from_the_menu(citizen: Person, no: str) -> None:
    await citizen.send("1", "Anonim", "nanti", "34", no)
    assert await citizen.stands() == "menu"


async def test_a_sentence_is_offered_and_the_survey_put_aside_is_named(citizen: Person) -> None:
    await citizen.send("1", "Anonim", "nanti", "Loket sering tutup sebelum jam tiga")
    assert citizen.text == (
        "Kami menerima: “Loket sering tutup sebelum jam tiga”\n"
        "“Aspirasi warga” masih menunggu, Lanjutkan membawa Bapak/Ibu kembali ke sana.\n"
        "Apakah pesan ini ingin disampaikan sebagai aspirasi?"
    )
    assert citizen.buttons == ["Ya", "Tidak", "Lanjutkan"]
    await citizen.send("Lanjutkan")
    assert await citizen.stands() == "usia"
