"""Reminders of a training: planned when it is announced, sent when they are due, answered by their buttons."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot import wording
from bot.channels.console import Console
from bot.channels.webchat import WebChat
from bot.talk import Shown
from handlers import attendance_list
from handlers.attendance_list import said_of
from handlers.permissions import TERMINAL
from storage import mentoring as stored_mentoring
from tests.handlers.counter import Counter, Person
from tests.reminded import Trainings, at, session_on

TODAY = date(2026, 11, 24)
FIRST, SECOND = date(2026, 12, 8), date(2026, 12, 9)
H7, H1 = at(date(2026, 12, 1), 9), at(date(2026, 12, 7), 9)
HINT = "\nBila tombol tidak menanggapi, ketik PENGINGAT."


@pytest.fixture
def office(counter: Counter) -> Trainings:
    return Trainings(counter)


@pytest.fixture
async def key(asn: Person, office: Trainings) -> str:
    """A session of two days in which somebody takes part."""
    key = await office.offer(session_on(FIRST, SECOND))
    await office.enrol(key, await office.respondent(asn.address))
    await office.tick()
    return key


async def test_what_is_announced_is_planned_for_whoever_takes_part(office: Trainings, key: str) -> None:
    assert await office.planned() == [
        ("h7", "2026-12-01 09.00"),
        ("h1", "2026-12-07 09.00"),
        ("h0", "2026-12-08 06.30"),
        ("attendance_missed", "2026-12-09 08.00"),
        ("feedback", "2026-12-09 15.30"),
        ("attendance_missed", "2026-12-10 08.00"),
        ("follow_up", "2027-01-08 09.00"),
        ("follow_up", "2027-03-09 09.00"),
    ]


async def test_a_week_before_it_asks_and_the_answer_counts(asn: Person, office: Trainings, key: str) -> None:
    await office.tick(H7 - timedelta(minutes=1))
    assert await office.log() == []
    await office.tick(H7)
    assert asn.shown.text == (
        "🔔 Bapak/Ibu terdaftar pada pelatihan Pelayanan Prima (16 JP), Selasa–Rabu, 8–9 Desember 2026, pukul "
        "08.00–15.30 WITA, di Aula Kantor Camat Alak.\nApakah Bapak/Ibu dapat hadir?" + HINT
    )
    await office.tick()
    await asn.press("Hadir")
    assert asn.text == "Terima kasih, Bapak/Ibu. Kami tunggu: Selasa–Rabu, 8–9 Desember 2026, pukul 08.00 WITA."
    await asn.press_again()
    assert asn.text == ""
    assert await office.counter.rows("SELECT state, confirmed FROM enrolment") == [("enrolled", 1)]
    assert await office.log() == [("h7", "2026-12-01 09.00", "sent", "come")]
    await office.tick(H1)
    assert [button.label for row in asn.shown.rows for button in row] == []
    assert [line[:3] for line in await office.log()][1:] == [("h1", "2026-12-07 09.00", "sent")]


@pytest.mark.parametrize("channel", ["webchat", "console"])
async def test_a_press_counts_on_every_channel(counter: Counter, office: Trainings, channel: str) -> None:
    """As the channel itself reads it: the page's form, the line typed at the terminal."""
    person = await counter.person("21", channel=channel).send("/start", "ASN", "Setuju")
    await office.enrol(await office.offer(session_on(FIRST)), await office.respondent(person.address))
    await office.tick(H7)
    message_id, shown = counter.screens.shown[person.address][-1]
    talk = Shown()
    talk.say(message_id, shown)
    update = talk.meant("[Hadir]")
    if channel == "console":
        read = Console(lambda *_shown: None).parse({"person": "21", "number": 9000, **update}, counter.now)
    else:
        where = {"visitor": "21", "update": "9000", "message": ""}
        read = WebChat(None, None, Path()).parse({**where, **update}, counter.now)  # type: ignore[arg-type]
    assert read is not None
    await person.send(read.reply)
    assert person.text.startswith("Terima kasih, Bapak/Ibu. Kami tunggu")


async def test_who_cannot_come_makes_room_and_hears_no_more(
    asn: Person, counter: Counter, office: Trainings, key: str
) -> None:
    other = await counter.person("13").send("/start", "ASN", "Setuju")
    await office.enrol(key, await office.respondent(other.address), state="waiting")
    await office.change(session_on(FIRST, SECOND, capacity=1))
    await office.tick(H7)
    await asn.press("Tidak dapat hadir")
    assert asn.text.startswith("Mengapa Bapak/Ibu tidak dapat ikut?")
    await asn.send("Sakit")
    assert asn.text.startswith("Baik, pendaftaran Bapak/Ibu pada Pelayanan Prima sudah dibatalkan.")
    await office.tick()
    rows = await counter.rows("SELECT respondent_id, state FROM enrolment")
    assert {int(str(who)): state for who, state in rows} == {
        await office.respondent(asn.address): "cancelled",
        await office.respondent(other.address): "enrolled",
    }
    people = {int(str(row[0])) for row in await counter.rows("SELECT respondent_id FROM reminder")}
    assert people == {await office.respondent(other.address)}


async def test_a_session_that_moves_moves_its_reminders(asn: Person, office: Trainings, key: str) -> None:
    await office.tick(H7)
    later = (FIRST + timedelta(days=14), SECOND + timedelta(days=14))
    await office.change(session_on(*later, key=key))
    await office.tick()
    assert await office.planned("h7", "h1", "h0") == [
        ("h7", "2026-12-15 09.00"), ("h1", "2026-12-21 09.00"), ("h0", "2026-12-22 06.30"),
    ]  # fmt: skip
    await office.change(session_on(FIRST, SECOND, key=key))
    await office.tick()
    assert await office.planned("h7", "h1", "h0") == [("h1", "2026-12-07 09.00"), ("h0", "2026-12-08 06.30")]
    assert len(await office.log()) == 1


async def test_a_session_that_is_called_off_is_not_spoken_of(office: Trainings, key: str) -> None:
    await office.change(session_on(FIRST, SECOND, key=key, cancelled=True))
    await office.tick()
    assert await office.planned() == []


async def test_a_row_is_judged_again_when_it_is_due(asn: Person, office: Trainings, key: str) -> None:
    await office.counter.rows("SELECT 1")
    await asn.send("berhenti semua")
    await office.tick(H7)
    await asn.send("/start")
    await office.tick(H1)
    assert [line[:3] for line in await office.log()] == [
        ("h7", "2026-12-01 09.00", "opted_out"),
        ("h1", "2026-12-07 09.00", "sent"),
    ]


async def test_after_downtime_what_is_past_its_use_is_skipped(asn: Person, office: Trainings, key: str) -> None:
    await office.tick(at(date(2026, 12, 7), 20))
    assert [line[:3] for line in await office.log()] == [
        ("h7", "2026-12-01 09.00", "past"),
        ("h1", "2026-12-07 09.00", "past"),
    ]
    await office.tick(at(FIRST, 6, 40))
    assert asn.shown.text.startswith("🔔 Hari ini pukul 08.00 WITA pelatihan Pelayanan Prima dimulai")


async def test_what_is_due_on_one_day_is_one_message(asn: Person, office: Trainings, key: str) -> None:
    """The feedback of one training comes at eight; H-1 of the next, due at nine, is taken along."""
    await office.was_there(key, FIRST, await office.respondent(asn.address))
    await office.was_there(key, SECOND, await office.respondent(asn.address))
    after = await office.offer(session_on(date(2026, 12, 11), key="berikut"))
    await office.enrol(after, await office.respondent(asn.address), confirmed=True)
    await office.tick(at(SECOND, 7, 30))
    await office.tick(at(date(2026, 12, 10), 8))
    assert asn.shown.text == (
        "🔔 Ada 2 hal hari ini:\n"
        "1. Besok, Jumat, 11 Desember 2026, pukul 08.00 WITA: pelatihan Pelayanan Prima di Aula Kantor Camat Alak.\n"
        "2. Umpan balik singkat atas pelatihan Pelayanan Prima." + HINT
    )
    sent = [line[:3] for line in await office.log() if line[2] == "sent"]
    assert sent == [("feedback", "2026-12-09 15.30", "sent"), ("h1", "2026-12-10 09.00", "sent")]
    await office.tick(at(date(2026, 12, 10), 9))
    assert [line[:3] for line in await office.log() if line[2] == "sent"] == sent


async def test_later_comes_later_although_planned_again(asn: Person, office: Trainings, key: str) -> None:
    await office.was_there(key, FIRST, await office.respondent(asn.address))
    await office.was_there(key, SECOND, await office.respondent(asn.address))
    await office.tick(at(SECOND, 15, 30))
    await asn.press("Ingatkan nanti")
    assert asn.text == "Baik, kami ingatkan pada Kamis, 10 Desember 2026, pukul 09.00 WITA."
    await office.enrol(key, await office.respondent(asn.address))
    await office.tick()
    assert ("feedback", "2026-12-10 09.00") in await office.planned()
    await office.tick(at(date(2026, 12, 10), 9))
    assert [line for line in await office.log() if line[0] == "feedback"] == [
        ("feedback", "2026-12-09 15.30", "sent", "later"),
        ("feedback", "2026-12-10 09.00", "sent", ""),
    ]


async def test_who_was_missed_says_so(asn: Person, office: Trainings, key: str) -> None:
    await office.tick(at(SECOND, 8))
    assert asn.shown.text == (
        "Kehadiran Bapak/Ibu pada pelatihan Pelayanan Prima, Selasa, 8 Desember 2026, belum tercatat.\n"
        "Apakah Bapak/Ibu hadir?" + HINT
    )
    await asn.press("Saya hadir")
    assert asn.text.startswith("Terima kasih. Kami sampaikan kepada penyelenggara")
    assert (await office.log())[-1] == ("attendance_missed", "2026-12-09 08.00", "sent", "was_there")
    assert await office.counter.rows("SELECT count(*) FROM attendance") == [(0,)], "it is not checked in by it"
    async with office.counter.database.read() as transaction:
        sheet = await attendance_list.shown(transaction, office.counter.vault, TERMINAL, key, say=str)
    [one] = sheet.people
    assert sheet.said == {(one.person, FIRST): True}
    assert said_of(sheet, one, say=wording.catalogue("id").gettext) == "08/12: mengatakan hadir"


async def test_a_press_is_lost_and_the_word_shows_it_again(asn: Person, office: Trainings, key: str) -> None:
    await office.tick(H7)
    asn.counter.screens.shown[asn.address].clear()
    await asn.send("pengingat")
    assert asn.buttons == ["Hadir", "Tidak dapat hadir"]
    await asn.press("Hadir")
    await asn.send("PENGINGAT")
    assert asn.text == "Tidak ada pengingat yang menunggu jawaban Bapak/Ibu."


async def test_who_shares_a_phone_is_named_and_meant(
    asn: Person, counter: Counter, office: Trainings, key: str
) -> None:
    maria = await office.respondent(asn.address)
    await asn.send("profil", "Maria", "Orang lain", "Yosef", "ASN", "Setuju")
    assert await office.respondent(asn.address) != maria
    await office.tick(H7)
    assert asn.shown.text.startswith("Maria: 🔔 Bapak/Ibu terdaftar")
    await asn.press("Hadir")
    assert await counter.rows("SELECT respondent_id, confirmed FROM enrolment") == [(maria, 1)]


async def test_a_place_of_somebody_else_on_the_phone_is_free_once_it_is_certain(
    asn: Person, counter: Counter, office: Trainings, key: str
) -> None:
    maria = await office.respondent(asn.address)
    await asn.send("profil", "Maria", "Orang lain", "Yosef", "ASN", "Setuju")
    await office.tick(H7)
    await asn.press("Tidak dapat hadir")
    assert "Apakah sudah pasti" in asn.text
    assert await counter.rows("SELECT respondent_id, state FROM enrolment") == [(maria, "enrolled")]
    await asn.press("Bebaskan tempat")
    assert await counter.rows("SELECT respondent_id, state FROM enrolment") == [(maria, "cancelled")]


async def test_a_foreign_press_means_nothing(asn: Person, counter: Counter, office: Trainings, key: str) -> None:
    await office.tick(H7)
    other = await counter.person("13").send("/start", "ASN", "Setuju")
    counter.screens.shown[other.address] = list(counter.screens.shown[asn.address])
    await other.press("Hadir")
    assert other.text == "Tombol ini sudah tidak dipakai."
    assert await counter.rows("SELECT confirmed FROM enrolment") == [(0,)]


async def test_everything_about_somebody_goes_with_them(
    asn: Person, counter: Counter, office: Trainings, key: str
) -> None:
    await office.tick(H7)
    await asn.send("hapus")
    await asn.send(*asn.buttons[:1])
    assert await counter.rows("SELECT key FROM reminder UNION SELECT key FROM reminder_log") == []


# ---- surveys ----------------------------------------------------------------------------------------


async def test_who_puts_a_survey_aside_is_reminded_the_next_day_once(
    counter: Counter, asn: Person, office: Trainings
) -> None:
    await asn.send("/start tna_asn")
    await asn.send("nanti")
    await asn.send("Ingatkan besok")
    assert await office.planned() == [("unfinished_survey", "2026-11-25 09.00")]
    await office.everything()
    assert await office.planned() == [("unfinished_survey", "2026-11-25 09.00")]
    await office.tick(at(TODAY + timedelta(days=1), 9))
    assert asn.shown.text.endswith("Mau lanjut sekarang?" + HINT)
    await asn.press("Lanjutkan")
    assert await asn.stands() not in {"", "@paused"}
    await office.everything(at(TODAY + timedelta(days=2), 4))
    await office.tick(at(TODAY + timedelta(days=2), 9))
    assert [line[2] for line in await office.log()] == ["sent", "sent"]
    await office.everything(at(TODAY + timedelta(days=3), 4))
    assert await office.planned() == []


async def test_a_conversation_that_is_over_leaves_no_line(counter: Counter, asn: Person, office: Trainings) -> None:
    await asn.send("/start tna_asn", "nanti", "Ingatkan besok")
    await office.tick(at(TODAY + timedelta(days=1), 9))
    await asn.press("Berhenti")
    await office.everything(at(TODAY + timedelta(days=2), 4))
    assert await office.log() == []
    assert await office.planned() == []


async def test_civil_servants_hear_that_a_survey_closes(counter: Counter, asn: Person, office: Trainings) -> None:
    await counter.person("12").send("/start", "Warga")
    name = await counter.publish(FORM, closes=at(date(2026, 12, 4), 16))
    await office.everything()
    assert await office.planned() == [("survey_closing", "2026-12-01 09.00")]
    await office.tick(at(date(2026, 12, 1), 9))
    assert asn.shown.text.startswith("🔔 Uji coba dapat diisi sampai Jumat, 4 Desember 2026, pukul 16.00 WITA.")
    await asn.press("Mulai")
    assert (await asn.session()).survey == name


FORM = """
| survey | | | |
| --- | --- | --- | --- |
| | type | name | label |
| | text | a | Apa? |
| settings | | | |
| | form_title | form_id | chat_audience |
| | Uji coba | uji | asn |
"""


# ---- mentoring --------------------------------------------------------------------------------------


async def test_both_of_a_pair_tell_of_their_meeting(counter: Counter, asn: Person, office: Trainings) -> None:
    mentee = await counter.person("13").send("/start", "ASN", "Setuju")
    pair = await office.pair(asn.address, mentee.address, date(2026, 12, 1))
    await office.tick()
    assert (
        await office.planned()
        == [("mentoring_check_in", "2026-12-01 09.00")] * 2 + [("mentoring_check_in", "2026-12-15 09.00")] * 2
    )
    await office.tick(at(date(2026, 12, 1), 9))
    assert mentee.shown.text == (
        "🔔 Hari ini, Selasa, 1 Desember 2026: pertemuan mentoring Mendampingi dengan Pegawai 1.\nApakah sudah bertemu?"
        + HINT
    )
    await mentee.press("Sudah bertemu")
    assert mentee.text.startswith("Terima kasih, pertemuannya sudah dicatat. Apa yang dibahas?")
    await mentee.send("Menulis naskah dinas, nomor saya 081234567890")
    assert mentee.text.startswith("Terima kasih, sudah dicatat.\n")
    async with counter.database.read() as transaction:
        [told] = await stored_mentoring.told_of(transaction, counter.vault, [pair])
    assert (told.day, told.held) == (date(2026, 12, 1), True)
    assert told.words.startswith("Menulis naskah dinas, nomor saya ")
    assert "081234567890" not in told.words
