"""What belongs to nothing: greetings, words that become an aspiration, and what belongs elsewhere."""

from __future__ import annotations

import re

import pytest

from surveys.messages import Media, Other
from tests.handlers.counter import Counter, Person

WISH = "Mohon jam layanan di kelurahan ditambah"
LAPOR = (
    "Hal ini lebih tepat ditangani lewat SP4N-LAPOR: lapor.go.id atau SMS ke 1708 dengan format KOTKUPANG(spasi)isi "
    "laporan. Boleh juga kami simpan sebagai aspirasi."
)
EMERGENCY = (
    "Bila ini keadaan darurat, mohon segera telepon 112, atau 110 untuk polisi. "
    "Pesan di sini tidak dibaca setiap saat. Boleh juga kami simpan sebagai aspirasi."
)
POLICE = "Untuk kejadian seperti ini, mohon hubungi polisi di nomor 110. Boleh juga kami simpan sebagai aspirasi."


async def test_words_outside_any_survey_become_the_story_of_an_aspiration(counter: Counter) -> None:
    person = await counter.person().send(WISH)
    assert person.text == f"Kami menerima: “{WISH}”\nApakah pesan ini ingin disampaikan sebagai aspirasi?"
    assert person.buttons == ["Ya", "Tidak"]
    await person.send("Ya", "Anonim", "Ya", "Naioni", "1", "1")
    assert f"Sudah terisi: {WISH}" in person.text
    assert person.buttons == ["Tetap", "Kembali"]
    await person.send("Tetap")
    assert await person.value("cerita") == WISH
    assert await person.stands() == "penting"


async def test_they_are_offered_whoever_one_is(asn: Person, citizen: Person) -> None:
    for person in (asn, citizen):
        await person.send(WISH)
        assert person.buttons == ["Ya", "Tidak"]


@pytest.mark.parametrize("no", ["Tidak", "sonde", "Tidak usah"])
async def test_what_is_not_wanted_is_let_go(counter: Counter, no: str) -> None:
    person = await counter.person().send(WISH, no)
    assert person.said[0].text == "Baik, pesan itu tidak kami simpan."
    assert await person.stands() == "kind"
    assert b"jam layanan" not in counter.raw()


async def test_several_messages_are_offered_together(counter: Counter) -> None:
    person = await counter.person().send(
        "Di loket pelayanan Naioni", "petugasnya sering tidak ada", "Ya", "Anonim", "Ya"
    )
    await person.send("Naioni", "1", "1", "Tetap")
    assert await person.value("cerita") == "Di loket pelayanan Naioni\npetugasnya sering tidak ada"


async def test_a_yes_that_was_written_before_the_offer_was_seen_hands_nothing_in(counter: Counter) -> None:
    person = await counter.person().at_once(WISH, "ya")
    assert await person.stands() == "offer"
    assert await counter.sessions() == []


async def test_an_offered_message_that_is_edited_is_offered_anew(counter: Counter) -> None:
    person = await counter.person().send(WISH)
    await person.edit(person.message_id, "Mohon loket dibuka juga pada hari Sabtu")
    assert "“Mohon loket dibuka juga pada hari Sabtu”" in person.text
    await person.send("Ya", "Anonim", "Ya", "Naioni", "1", "1", "Tetap")
    assert await person.value("cerita") == "Mohon loket dibuka juga pada hari Sabtu"


async def test_what_is_too_long_is_cut_and_that_is_said(counter: Counter) -> None:
    person = await counter.person().send("Antrean panjang sekali. " * 60)
    assert person.said[0].text == "Pesannya panjang; yang kami simpan 1000 huruf pertama."
    await person.send("Ya", "Anonim", "Ya", "Naioni", "1", "1", "Tetap")
    story = await person.value("cerita")
    assert story.startswith("Antrean panjang sekali. Antrean")
    assert 980 < len(story) <= 1000


async def test_a_number_at_the_cut_leaves_no_half_of_itself(counter: Counter) -> None:
    person = await counter.person().send("x" * 985 + " 5371011290010003 selesai")
    await person.send("Ya", "Anonim", "Ya", "Naioni", "1", "1", "Tetap")
    assert "5371" not in await person.value("cerita")


@pytest.mark.parametrize("words", ["Selamat pagi pak", "halo", "hai min 🙏", "Shalom", "👍", "terima kasih"])
async def test_a_greeting_is_greeted(counter: Counter, words: str) -> None:
    person = await counter.person().send(words)
    assert await person.stands() == "kind"
    assert person.text.startswith("Selamat pagi. Ini layanan otomatis (bot) Kecamatan Alak")
    await person.send("Warga", words)
    assert await person.stands() == "menu"
    assert person.text.startswith("Selamat pagi.\nApa yang ingin Bapak/Ibu lakukan?")


async def test_a_few_letters_get_the_menu(citizen: Person) -> None:
    await citizen.send("apa")
    assert citizen.text.startswith("Apa yang ingin Bapak/Ibu lakukan?")


@pytest.mark.parametrize("words", ["/pengaturan", "/xyz"])
async def test_an_unknown_command_is_no_wish(counter: Counter, citizen: Person, words: str) -> None:
    await citizen.send(words)
    assert citizen.text.startswith("Perintah itu belum kami kenal.\nApa yang ingin")
    other = await counter.person("9").send(words)
    assert other.said[0].text == "Perintah itu belum kami kenal."
    assert await other.stands() == "kind"


@pytest.mark.parametrize("reply", [Other("sticker"), Media(kind="image", reference="f", mime="image/jpeg", size=9)])
async def test_what_cannot_be_read_is_named(counter: Counter, citizen: Person, reply: Other | Media) -> None:
    await citizen.send(reply)
    assert citizen.text.startswith("Kiriman itu belum dapat kami pakai di sini.\n\nApa yang ingin")
    other = await counter.person("9").send(reply)
    assert other.said[0].text == "Kiriman itu belum dapat kami pakai di sini."
    assert await other.stands() == "kind"


async def test_as_whom_one_writes_can_be_said_at_any_time(counter: Counter, citizen: Person) -> None:
    await citizen.send("Saya ASN")
    assert citizen.buttons == ["Setuju", "Baca lengkap", "Tidak setuju"]
    await citizen.send("Setuju")
    assert "Survei kebutuhan pengembangan kompetensi ASN" in citizen.text
    await citizen.send("warga")
    assert citizen.text.startswith("Apa yang ingin")
    assert await counter.rows("SELECT kind FROM respondent") == [("warga",)]


async def test_without_a_survey_that_takes_messages_nothing_is_promised(counter: Counter) -> None:
    await counter.close_survey("aspirasi")
    person = await counter.person().send(WISH)
    assert await person.stands() == "kind"


# ---- words with a ticket number ----------------------------------------------------------------------

TICKET = "ALK-26-0416-P"
NOT_FOUND = "Nomor itu belum kami temukan. Untuk aspirasi anonim, PIN juga diperlukan: STATUS nomor PIN."
NOT_COMPLETE = "Nomor itu belum lengkap. Contoh nomor: ALK-26-0417-Q. Mohon periksa kembali."
NOT_KEPT = "Pesan dengan nomor tiket tidak kami simpan. Mohon tuliskan yang ingin disampaikan tanpa nomornya."
LONG = f"Aspirasi saya {TICKET} dengan PIN 8870 tentang lampu jalan di Namosain belum ditanggapi. " * 2


def remembers_none(dialog: dict[str, str]) -> bool:
    written = repr(dialog)
    return "0416" not in written and "8870" not in written


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (f"{TICKET} 8870", [NOT_FOUND]),
        (TICKET, [NOT_FOUND]),
        (f"status {TICKET} / 8870", [NOT_FOUND]),
        ("ALK-26-0416-Q 8870", [NOT_COMPLETE]),
        ("PIN saya 8870", [NOT_COMPLETE]),
        (LONG, [NOT_KEPT, NOT_FOUND]),
    ],
)
async def test_a_ticket_number_is_neither_offered_nor_kept(
    counter: Counter, citizen: Person, words: str, says: list[str]
) -> None:
    asked = await counter.person("8").send("/start")
    for person in (citizen, asked, counter.person("9")):
        await person.send(words)
        assert [message.text for message in person.said][: len(says)] == says
        assert await person.stands() != "offer"
        assert remembers_none(await person.dialog())
    assert await asked.stands() == "kind"


async def test_the_status_of_an_anonymous_one_is_told_without_the_word(counter: Counter) -> None:
    person = await told(counter, "Loket buka lebih pagi", "Anonim")
    await person.send("5", "Kirim")
    found = re.search(r"(ALK-\d\d-\d{4}-[A-Z]) dan PIN (\d{4})", person.text)
    assert found is not None
    await person.send(f"{found[1]} {found[2]}")
    assert person.said[0].text == f"{found[1]} (Aspirasi warga): DITERIMA, per Selasa, 24 November 2026."
    assert person.said[0].secret


async def test_it_does_not_join_words_that_are_offered(counter: Counter) -> None:
    person = await counter.person().send(WISH)
    for words in (f"{TICKET} 8870", "ALK-26-0416-Q 8870", LONG):
        await person.send(words)
        assert (await person.stands(), (await person.dialog())["text"]) == ("offer", WISH)
    assert person.buttons == ["Ya", "Tidak"]


async def test_an_offered_message_that_is_edited_into_one_is_dropped(counter: Counter) -> None:
    person = await counter.person().send(WISH)
    await person.edit(person.message_id, f"{TICKET} 8870")
    assert person.text == NOT_FOUND
    assert "text" not in await person.dialog()
    assert remembers_none(await person.dialog())


async def test_a_ticket_number_is_no_answer_of_a_survey(citizen: Person) -> None:
    await citizen.send("/start aspirasi", "Dengan kontak", "Ya", "Naioni", "1", "1", f"{TICKET} 8870")
    assert citizen.said[0].text == NOT_FOUND
    assert await citizen.stands() == "cerita"


# ---- what belongs elsewhere --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Petugas minta uang rokok untuk KTP", LAPOR),
        ("Banyak calo di depan kantor", LAPOR),
        ("pungli", LAPOR),
        ("Ada kebakaran di Namosain, tolong cepat", EMERGENCY),
        ("Motor saya dicuri di depan kantor lurah", POLICE),
    ],
)
async def test_what_belongs_elsewhere_is_told_where(counter: Counter, words: str, says: str) -> None:
    person = await counter.person().send(words)
    assert person.text == says
    assert person.buttons == ["Simpan aspirasi", "Tidak usah"]


async def test_it_is_kept_all_the_same_and_not_asked_twice(counter: Counter) -> None:
    words = "Petugas minta uang rokok untuk KTP"
    person = await counter.person().send(words, "Simpan aspirasi", "Anonim", "Ya", "Naioni", "1", "1", "Tetap")
    assert await person.stands() == "penting"
    assert await person.value("cerita") == words


async def test_or_it_is_not(counter: Counter) -> None:
    person = await counter.person().send("Petugas minta uang rokok untuk KTP", "Tidak usah")
    assert person.said[0].text == "Baik, pesan itu tidak kami simpan."
    assert await counter.counts() == {"respondent": 1, "address": 1}


async def told(counter: Counter, words: str, how: str = "Dengan kontak") -> Person:
    return await counter.person().send("/start", "Warga", "1", how, "Ya", "Naioni", "1", "1", words)


async def test_a_story_that_belongs_elsewhere_waits_for_a_word(counter: Counter) -> None:
    person = await told(counter, "Saya dimintai uang pelicin oleh oknum petugas")
    assert (person.text, person.buttons) == (LAPOR, ["Simpan aspirasi", "Tidak usah"])
    await person.send("apa maksudnya")
    assert person.text == "Mohon pilih: Simpan aspirasi atau Tidak usah."
    await person.send("simpan")
    assert person.text.startswith("Pertanyaan 7 dari 8\nSeberapa penting")
    await person.send("kembali", "Saya dimintai uang pelicin oleh oknum petugas di loket 2")
    assert await person.stands() == "penting"


@pytest.mark.parametrize("how", ["Dengan kontak", "Anonim"])
async def test_a_story_that_is_not_to_be_kept_is_gone_with_all_that_was_said(counter: Counter, how: str) -> None:
    person = await told(counter, "Saya dimintai uang pelicin oleh oknum petugas", how)
    await person.send("Tidak usah")
    assert person.text == "Baik, pengisian dihentikan. Terima kasih."
    assert await counter.counts() == {"respondent": 1, "address": 1}
    assert how != "Anonim" or b"pelicin" not in counter.raw()


async def test_the_rest_of_such_a_story_still_joins_it(counter: Counter) -> None:
    person = await counter.person().send("/start", "Warga", "1", "Anonim", "Ya", "Naioni", "1", "1")
    await person.at_once("Saya dimintai uang pelicin", "kejadiannya hari Senin")
    assert await person.stands() == "referred"
    assert await person.value("cerita") == "Saya dimintai uang pelicin\nkejadiannya hari Senin"


async def test_a_story_that_turns_into_one_when_it_is_edited(counter: Counter) -> None:
    person = await told(counter, "Pelayanan di loket lambat")
    await person.edit(person.message_id, "Pelayanan di loket lambat kalau tidak kasih uang rokok")
    assert person.text.endswith(LAPOR)
    await person.send("ya")
    assert await person.stands() == "penting"


async def test_surveys_without_a_ticket_are_left_alone(counter: Counter) -> None:
    await counter.publish("""
| survey |
| | type | name | label |
| | text | usul | Usul? |

| settings |
| | form_title | form_id |
| | Usul | uji |
""")
    person = await counter.person().send("/start uji", "Hapus pungli di semua loket")
    assert await person.stands() == "@reviewing"
