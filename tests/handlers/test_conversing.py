"""Surveys at the desk: begun, answered, put aside, changed, sent; what is written down of them, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from surveys.messages import Media
from tests.handlers.counter import TUESDAY, WITA, Counter, Person

FORM = """
| survey |
| | type | name | label | required | relevant |
| | integer | umur | Umur? | yes | |
| | text | kantor | Kantor? | yes | ${umur} > 17 |
| | select_multiple alat or_other | alat | Alat? | | |
| | text | usul | Usul? | | |

| choices |
| | list_name | name | label |
| | alat | hp | HP |
| | alat | laptop | Laptop |

| settings |
| | form_title | form_id | chat_audience | chat_once | chat_editable | chat_ticket | chat_expires |
| | Survei uji | uji | all | yes | SETTING | | 3 |
"""
ONCE, EDITABLE = FORM.replace("SETTING", "no"), FORM.replace("SETTING", "yes")


async def sent(counter: Counter, form: str) -> Person:
    await counter.publish(form)
    person = await counter.person().send("/start uji", "30", "Lurah", "1,2", "Tambah jam layanan", "Kirim")
    assert person.text == "✅ Terima kasih. Jawaban Bapak/Ibu sudah kami terima."
    return person


async def test_what_is_sent_is_the_record(counter: Counter) -> None:
    await sent(counter, ONCE)
    assert await counter.answers() == {
        "umur": "30",
        "kantor": "Lurah",
        "alat": "hp laptop",
        "usul": "Tambah jam layanan",
    }
    assert await counter.rows("SELECT state, completed_on FROM response") == [("complete", "2026-11-24")]
    assert await counter.rows("SELECT survey_name FROM participation") == [("uji",)]
    assert await counter.sessions() == []


async def test_answers_are_in_the_record_while_they_are_given(counter: Counter) -> None:
    await counter.publish(ONCE)
    person = await counter.person().send("/start uji", "30", "Lurah")
    assert await counter.answers() == {"umur": "30", "kantor": "Lurah"}
    await person.send("kembali", "kembali", "12")
    assert await counter.answers() == {"umur": "12"}
    assert await counter.rows("SELECT state FROM response") == [("open",)]


async def test_once_is_once(counter: Counter) -> None:
    person = await sent(counter, ONCE)
    await person.send("/start uji")
    assert person.text == "Bapak/Ibu sudah mengisi “Survei uji”. Terima kasih."
    assert await counter.counts() == {
        "respondent": 1, "address": 1, "response": 1, "answer": 4, "participation": 1,
    }  # fmt: skip


# ---- changed after sending ---------------------------------------------------------------------------


async def test_what_was_sent_can_be_changed_and_counts_once_it_is_sent_again(counter: Counter) -> None:
    person = await sent(counter, EDITABLE)
    before = await counter.answers()
    await person.send("/start uji")
    assert person.said[0].text == "“Survei uji” sudah Bapak/Ibu kirim. Jawabannya masih dapat diubah."
    assert person.buttons == ["Kirim", "Ubah"]
    await person.send("ubah 1", "12")
    assert await counter.answers() == before
    assert await counter.rows("SELECT state FROM response") == [("complete",)]
    await person.send("Kirim")
    assert person.text == "✅ Terima kasih. Perubahan jawaban Bapak/Ibu sudah kami simpan."
    assert await counter.answers() == {"umur": "12", "alat": "hp laptop", "usul": "Tambah jam layanan"}
    assert await counter.rows("SELECT state FROM response") == [("complete",)]
    assert await counter.sessions() == []


@pytest.mark.parametrize("how", ["nanti", "berhenti", "batal", "nothing"])
async def test_a_change_that_is_abandoned_changes_nothing(counter: Counter, how: str) -> None:
    person = await sent(counter, EDITABLE)
    before = await counter.answers()
    await person.send("/start uji", "ubah 1", "12")
    if how != "nothing":
        await person.send(how)
        assert await person.stands() == "@paused"
    counter.wait(days=3, seconds=1)
    assert await counter.expire() == 1
    assert await counter.answers() == before
    assert await counter.rows("SELECT state FROM response") == [("complete",)]
    assert await counter.sessions() == []


async def test_a_change_goes_on_in_another_process(counter: Counter) -> None:
    person = await sent(counter, EDITABLE)
    await person.send("/start uji", "ubah 2", "Camat", "nanti")
    await counter.restart()
    await person.send("/start uji")
    assert "2. Kantor? Camat" in person.text
    await person.send("Kirim")
    assert (await counter.answers())["kantor"] == "Camat"


# ---- open and closed ---------------------------------------------------------------------------------


async def test_a_survey_that_is_closed_takes_nobody_new_and_lets_those_in_it_finish(counter: Counter) -> None:
    await counter.publish(ONCE)
    inside = await counter.person("1").send("/start uji", "30")
    await counter.close_survey("uji")
    outside = await counter.person("2").send("/start uji")
    assert outside.text == "“Survei uji” sudah ditutup. Terima kasih atas perhatian Bapak/Ibu."
    await inside.send("Lurah", "lewati", "lewati", "Kirim")
    assert inside.text.startswith("✅")


async def test_a_survey_has_its_time(counter: Counter) -> None:
    closes = datetime(2026, 11, 30, 16, 0, tzinfo=WITA)
    await counter.publish(
        ONCE.replace("| chat_expires |", "| chat_expires | chat_opens |").replace("| 3 |", "| 3 | 2026-11-25 |"),
        closes=closes,
    )
    person = await counter.person().send("/start uji")
    assert person.text == "“Survei uji” belum dibuka."
    counter.wait(days=2)
    await person.send("/start uji")
    assert await person.stands() == "umur"
    counter.now = closes + timedelta(seconds=1)
    other = await counter.person("8").send("/start uji")
    assert other.text.startswith("“Survei uji” sudah ditutup.")


async def test_a_survey_for_others_says_whom_it_is_for(citizen: Person) -> None:
    await citizen.send("/start tna_asn")
    assert citizen.text == (
        "“Survei kebutuhan pengembangan kompetensi ASN” ditujukan untuk ASN. "
        "Bila Bapak/Ibu mengisi sebagai ASN, ketik ASN."
    )
    await citizen.send("ASN")
    assert citizen.buttons == ["Setuju", "Baca lengkap", "Tidak setuju"]


# ---- several surveys ---------------------------------------------------------------------------------


async def test_after_a_second_survey_one_is_back_in_the_first(counter: Counter) -> None:
    await counter.publish(ONCE)
    person = await counter.person().send("/start skm_alak", "1", "/start uji", "12", "lewati", "lewati", "Kirim")
    assert person.said[0].text.startswith("✅")
    assert await person.stands() == "usia"
    assert person.buttons[-1] == "Kembali"


async def test_which_of_two_surveys_stands_is_known_in_another_process_even_after_one_batch(counter: Counter) -> None:
    await counter.publish(ONCE)
    person = await counter.person().send("/start skm_alak")
    await person.at_once("1", "/start uji")
    await counter.restart()
    await person.send("30")
    assert (await counter.answers())["umur"] == "30"


async def test_beginning_what_is_open_already_goes_on_with_it(counter: Counter) -> None:
    await counter.publish(ONCE)
    person = await counter.person().send("/start uji", "30", "/start uji")
    assert await person.stands() == "kantor"
    assert len(await counter.sessions()) == 1


# ---- anonymous ---------------------------------------------------------------------------------------

STORY = "Petugas loket kurang jelas menerangkan syarat surat pindah"


async def test_of_an_anonymous_aspiration_there_is_nothing_but_the_session_until_it_is_sent(counter: Counter) -> None:
    person = await counter.person().send("/start", "Warga", "1", "Anonim", "Ya", "Naioni", "1", "1,2", STORY, "5")
    assert await person.stands() == "@reviewing"
    assert await counter.counts() == {"respondent": 1, "address": 1, "session": 1}
    assert await counter.rows("SELECT response_id FROM session") == [(None,)]
    assert b"syarat surat pindah" not in counter.raw()
    await person.send("Kirim")
    assert await counter.counts() == {"respondent": 1, "address": 1, "pending_response": 1, "participation": 1}
    assert b"syarat surat pindah" not in counter.raw()
    assert person.said[-1].secret
    assert person.said[-1].erases_since is not None


async def test_who_decides_for_anonymity_later_leaves_no_record(counter: Counter) -> None:
    person = await counter.person().send("/start", "Warga", "1", "Dengan kontak", "Ya")
    assert (await counter.counts())["response"] == 1
    await person.send("kembali", "kembali", "Anonim")
    assert await counter.counts() == {"respondent": 1, "address": 1, "session": 1}


async def test_until_anonymity_is_decided_nothing_is_kept(counter: Counter) -> None:
    await counter.person().send("/start", "Warga", "1", "Dengan kontak")
    assert await counter.counts() == {"respondent": 1, "address": 1, "session": 1}


async def test_whoever_is_under_18_stays_unknown(counter: Counter) -> None:
    person = await counter.person().send("/start", "Warga", "1", "Dengan kontak", "Belum")
    assert person.text.startswith("Karena belum berusia 18 tahun")
    await person.send("Naioni", "1", "1", STORY)
    await person.send(Media(kind="image", reference="f", mime="image/jpeg", size=9))
    await person.send("5", "Kirim")
    assert "dan PIN" in person.text
    assert await counter.counts() == {"respondent": 1, "address": 1, "pending_response": 1, "participation": 1}


@pytest.mark.parametrize("before", [[], ["Dengan kontak", "Ya", "kembali", "kembali"]])
async def test_cancelling_keeps_nothing(counter: Counter, before: list[str]) -> None:
    person = await counter.person().send("/start", "Warga", "1", *before, "Batal")
    assert person.text == "Baik, pengisian dihentikan. Terima kasih."
    assert await counter.counts() == {"respondent": 1, "address": 1}


async def test_an_offered_message_is_forgotten_with_the_dialog_once_it_is_the_sessions(counter: Counter) -> None:
    await counter.person().send(STORY, "Ya", "Anonim")
    assert await counter.rows("SELECT dialog FROM address") == [(None,)]
    assert b"syarat surat pindah" not in counter.raw()


# ---- personal numbers --------------------------------------------------------------------------------

NUMBERS = {"nik": "5371011290010003", "nip": "198609262015051001", "phone": "081234567890"}


async def test_numbers_that_tell_who_somebody_is_never_reach_the_disk(counter: Counter) -> None:
    await counter.publish(ONCE)
    person = counter.person()
    words = "NIK 5371011290010003, NIP 198609262015051001, HP 0812-3456-7890"
    notice = (
        "Pesan Bapak/Ibu memuat nomor yang mirip NIK dan nomor yang mirip NIP dan nomor HP. "
        "Demi keamanan, nomor itu sudah kami samarkan dan tidak disimpan. Selebihnya tetap kami terima."
    )
    await person.send("Saya mau lapor. " + words)  # belongs to nothing
    assert person.text.startswith(notice)
    await person.send("Ya", "Dengan kontak", "Ya", "Naioni", "1", "1")
    assert "[NIK disamarkan]" in person.text
    await person.send(words)  # a story
    assert person.text.startswith(notice)
    story = person.message_id
    await person.edit(story, "Diubah: " + words)
    assert person.text.startswith(notice)
    await person.send("kembali", Media(kind="image", reference="f", mime="image/jpeg", size=9, caption=words))
    assert person.text.startswith(notice)
    await person.send("/start uji", "12", "Lainnya: " + words)  # another choice
    assert person.text.startswith(notice)
    await person.send(words, "Kirim")
    for number in (*NUMBERS.values(), "3456-7890", "0812-3456"):
        assert number.encode() not in counter.raw()
    assert b"[NIK disamarkan], NIP [NIP disamarkan], HP [No. HP disamarkan]" in counter.raw()


async def test_an_employee_number_that_is_asked_for_is_stored_sealed_and_shown_masked(counter: Counter) -> None:
    await counter.publish("""
| survey |
| | type | name | label | chat_kind |
| | text | nip | NIP? | nip |
| | text | hp | HP? | phone |
| | text | nama | Nama? | name |

| settings |
| | form_title | form_id |
| | Rahasia | uji |
""")
    person = await counter.person().send("/start uji", "19860926 201505 1 001", "0812 3456 7890", "Maria Tanpa Nama")
    assert person.text.split("\n")[1:4] == [
        "1. NIP? ••••••••••••••1001",
        "2. HP? ••••••••••7890",
        "3. Nama? Maria Tanpa Nama",
    ]
    await person.send("Kirim")
    for words in ("198609262015051001", "201505", "81234567890", "Maria Tanpa"):
        assert words.encode() not in counter.raw()
    assert await counter.rows("SELECT place, value FROM answer WHERE sealed IS NULL") == []


async def test_what_repeats_a_name_or_a_number_is_stored_sealed_as_they_are(counter: Counter) -> None:
    await counter.publish("""
| survey |
| | type | name | label | chat_kind | default | calculation |
| | text | nama | Nama? | name | | |
| | text | nip | NIP? | nip | | |
| | calculate | sapaan | | | | concat('Yth. ', ${nama}) |
| | calculate | lahir | | | | substr(${nip}, 0, 8) |
| | calculate | surat | | | | concat(${sapaan}, ' di tempat') |
| | text | panggilan | Nama pada sertifikat? | | ${nama} | |
| | text | usul | Usul? | | | |

| settings |
| | form_title | form_id |
| | Rahasia | uji |
""")
    person = await counter.person().send("/start uji", "Maria Tefa", "19860926 201505 1 001", "Tetap", "Loket dua")
    await person.send("Kirim")
    sealed = await counter.rows("SELECT place FROM answer WHERE sealed IS NOT NULL ORDER BY place")
    assert sealed == [("lahir",), ("nama",), ("nip",), ("panggilan",), ("sapaan",), ("surat",)]
    assert await counter.rows("SELECT place, value, raw FROM answer WHERE value || raw || other <> ''") == [
        ("usul", "Loket dua", "Loket dua")
    ]


# ---- files -------------------------------------------------------------------------------------------


async def story(counter: Counter) -> Person:
    return await counter.person().send("/start", "Warga", "1", "Dengan kontak", "Ya", "Naioni", "1", "1")


async def test_sending_waits_for_a_voice_note_and_then_the_receipt_comes_by_itself(counter: Counter) -> None:
    person = await story(counter)
    await person.voice()
    await person.send("5", "Tidak", "Kirim")
    assert person.text == "Jawaban sudah lengkap. Berkasnya masih kami simpan; kami beri kabar begitu selesai."
    assert await counter.rows("SELECT state FROM response") == [("open",)]
    await counter.restart()
    await counter.fetched(kept=True)
    assert await counter.rows("SELECT state FROM response") == [("complete",)]
    assert await counter.sessions() == []
    [(number,)] = await counter.rows("SELECT number FROM ticket")
    [receipt] = await counter.queued()
    assert receipt == (
        f"✅ Terima kasih. Aspirasi Bapak/Ibu tercatat dengan nomor {number}. Kami memeriksanya paling lama 3 hari "
        f"kerja.\nKetik STATUS {number} untuk melihat perkembangannya."
    )


async def test_a_file_that_cannot_be_had_is_asked_for_again(counter: Counter) -> None:
    person = await story(counter)
    await person.photo()
    await person.send("5")
    await counter.fetched(kept=False)
    [said] = await counter.queued()
    assert said.startswith("Berkas untuk “Ceritakan pengalaman atau harapan Bapak/Ibu. Boleh ketik…” belum berhasil")
    assert await person.stands() == "cerita"
    await person.send(STORY)
    assert await person.stands() == "kabari"


async def test_a_file_lost_underneath_another_survey_waits_until_one_is_back(counter: Counter) -> None:
    person = await story(counter)
    await person.photo()
    await person.send("/start skm_alak")
    await counter.fetched(kept=False)
    [said] = await counter.queued()
    assert said.endswith("Mohon kirim sekali lagi.")
    assert await person.stands() == "jenis_kelamin"
    await person.send("/start aspirasi")
    assert await person.stands() == "cerita"


async def test_a_receipt_underneath_another_survey_leaves_its_question_standing(counter: Counter) -> None:
    person = await story(counter)
    await person.photo()
    await person.send("5", "Tidak", "Kirim", "/start skm_alak")
    await counter.fetched(kept=True)
    receipt, prompt = await counter.queued()
    assert receipt.startswith("✅")
    assert "Jenis kelamin" in prompt
    assert await person.stands() == "jenis_kelamin"


# ---- language ----------------------------------------------------------------------------------------


async def test_the_language_changes_in_the_middle_and_so_do_buttons_and_receipt(counter: Counter) -> None:
    person = await story(counter)
    await person.send("/language", "English")
    assert person.said[0].text == "All right, we go on in English."
    assert person.text.split("\n")[2:4] == ["5 of 8 done.", "Question 6 of 8"]
    await person.send("The counter closes too early, before three o'clock", "4")
    assert person.text.startswith("Question 8 of 8\nShall we tell you what comes of it?")
    await person.send("No", "Send")
    assert person.text.startswith("✅ Thank you. Your aspiration is recorded as ALK-26-")
    await counter.restart()
    await person.send("/start")
    assert person.text.startswith("Good morning.")
    await person.send("Bahasa Indonesia", "Aspirasi warga")
    assert person.text.startswith("Aspirasi Bapak/Ibu menjadi masukan")


async def test_the_device_is_a_first_guess(counter: Counter) -> None:
    assert (await counter.person(language="en").send("/start")).text.startswith("Good morning. This is the automatic")
    assert (await counter.person("8", language="fr").send("/start")).text.startswith("Selamat pagi.")


async def test_a_survey_without_that_language_stays_in_its_own(counter: Counter) -> None:
    await counter.publish(ONCE)
    person = await counter.person().send("/start uji", "/language", "English")
    assert person.text.split("\n\n") == ["All right, we go on in English.", "Umur?"]


# ---- the whole of it ---------------------------------------------------------------------------------


async def test_the_training_survey_from_the_link_to_the_thanks(counter: Counter) -> None:
    person = await counter.person().send("/start tna_asn", "Setuju")
    assert await counter.rows("SELECT purpose, action, channel FROM consent") == [("survey", "given", "telegram")]
    await person.send("Kantor Camat Alak", "Sekretariat Kecamatan", "PNS", "Pelaksana", "1", "Setiap hari", "1")
    steps = 0
    while await person.stands() != "@reviewing":
        steps += 1
        assert steps < 40
        match await person.stands():
            case "top3":
                await person.send("3,1,2")
            case "bentuk" | "hambatan":
                await person.press("1", "2", "Selesai")
            case "tugas_sulit" | "usul":
                await person.send("lewati")
            case _:
                await person.send("1 2" if "Level mana" in person.text else "1")
    await person.send("Kirim")
    assert person.text == "✅ Terima kasih. Jawaban Bapak/Ibu sudah kami terima."
    answers = await counter.answers()
    assert (answers["integritas"], answers["integritas_penting"], answers["bentuk"]) == ("1", "2", "kelas bimtek")
    assert TUESDAY.date().isoformat() == (await counter.rows("SELECT completed_on FROM response"))[0][0]


async def test_a_repetition_is_in_the_record_by_its_number(counter: Counter) -> None:
    await counter.publish("""
| survey |
| | type | name | label |
| | begin_repeat | latih | Pelatihan |
| | text | judul | Judul? |
| | end_repeat | | |

| settings |
| | form_title | form_id |
| | Latih | uji |
""")
    person = await counter.person().send(
        "/start uji", "Bimtek", "ya", "Lokakarya", "tidak", "ubah 1", "Seminar", "Kirim"
    )
    assert await counter.answers() == {"judul[1]": "Seminar", "judul[2]": "Lokakarya"}
    assert (await counter.rows("SELECT state FROM response")) == [("complete",)]
    assert person.said[-1].rows == ()


async def test_who_missed_a_question_is_asked_it_again_whatever_they_write_or_tap(counter: Counter) -> None:
    await counter.publish(ONCE)
    person = await counter.person().send("/start uji", "30")
    for words in ("30", "Lurah"):  # a tap on what was answered before, and what might be an answer
        counter.screens.marks = [replace(mark, message_id="", missed=True) for mark in counter.screens.marks]
        await person.send(words)
        assert (person.text, await person.value("kantor")) == ("Kantor?", "")
    await person.send("Lurah")
    assert (person.text.splitlines()[0], await person.value("kantor")) == ("Alat?", "Lurah")
