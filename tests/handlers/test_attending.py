"""Which door a message finds: groups, blocks, words, edits, albums, buttons of long ago, and what time has closed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from surveys.messages import Blocked, Location, Media, Other, Press, Reply, Text
from tests.handlers.counter import Counter, Person

PHOTO = Media(kind="image", reference="foto", mime="image/jpeg", size=1000)


# ---- groups and blocks -------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["/start", "/start@suara_alak_bot", "/start aspirasi"])
async def test_a_group_is_told_once_that_nobody_answers_there(counter: Counter, said: str) -> None:
    group = await counter.person("-100").send(said, group=True)
    assert group.text == "Layanan ini tidak menjawab di grup. Silakan kirim pesan langsung kepada bot."
    assert await counter.sessions() == []


@pytest.mark.parametrize("said", ["Selamat pagi semua", "/help", "Warga", "BERHENTI", Other("sticker"), PHOTO])
async def test_in_a_group_the_bot_is_silent(counter: Counter, said: Reply | str) -> None:
    group = await counter.person("-100").send(said, group=True)
    assert group.said == []
    assert await group.stands() == ""
    assert await counter.rows("SELECT count(*) FROM respondent") == [(0,)]


async def test_whoever_blocks_us_is_marked_and_back_with_the_next_word(counter: Counter, citizen: Person) -> None:
    await citizen.send(Blocked(True))
    assert citizen.said == []
    assert await counter.rows("SELECT gone FROM address") == [(1,)]
    await citizen.send("1")
    assert await counter.rows("SELECT gone FROM address") == [(0,)]
    assert await citizen.stands() == "persetujuan"


# ---- words in between --------------------------------------------------------------------------------


async def fresh(counter: Counter) -> Person:
    return await counter.person().send("/start")


async def consent(counter: Counter) -> Person:
    return await counter.person().send("/start tna_asn")


async def menu(counter: Counter) -> Person:
    return await counter.person().send("/start", "Warga")


async def offer(counter: Counter) -> Person:
    return await counter.person().send("Pelayanan di loket lambat sekali")


async def asking(counter: Counter) -> Person:
    return await counter.person().send("/start", "Warga", "Aspirasi warga", "Dengan kontak", "Ya")


async def menu_above(counter: Counter) -> Person:
    return await (await asking(counter)).send("/menu")


async def language_above(counter: Counter) -> Person:
    return await (await asking(counter)).send("/bahasa")


async def paused(counter: Counter) -> Person:
    return await (await asking(counter)).send("nanti")


async def kind_above(counter: Counter) -> Person:
    return await counter.person().send("/start aspirasi", "Dengan kontak", "Ya", "/menu")


async def consent_above(counter: Counter) -> Person:
    return await counter.person().send("/start aspirasi", "Dengan kontak", "Ya", "/start tna_asn")


async def referred(counter: Counter) -> Person:
    person = await (await asking(counter)).send("Naioni", "1", "1")
    return await person.send("Petugas di sana minta uang pelicin")


async def reviewing(counter: Counter) -> Person:
    person = await (await asking(counter)).send("Naioni", "1", "1")
    return await person.send("Mohon papan syarat yang jelas", "4", "Tidak")


STATES: dict[str, Callable[[Counter], Awaitable[Person]]] = {
    "kind": fresh,
    "consent": consent,
    "menu": menu,
    "offer": offer,
    "asking": asking,
    "menu_above": menu_above,
    "language_above": language_above,
    "kind_above": kind_above,
    "consent_above": consent_above,
    "paused": paused,
    "referred": referred,
    "reviewing": reviewing,
}
WHAT_STANDS = (
    """
word      kind           consent        menu           offer          asking         menu_above
/help     kind           consent        menu           offer          kelurahan      menu
/skip     kind           consent        -              offer          kelurahan      kelurahan
/back     kind           kind           -              kind           usia           kelurahan
/later    -              -              -              kind           @paused        @paused
/restart  kind           consent        menu           offer          @restarting    @restarting
/cancel   -              -              -              kind           @paused        kelurahan
/resume   kind           consent        -              offer          kelurahan      kelurahan
/status   kind           consent        menu           offer          kelurahan      menu
/start    kind           kind           menu           kind           kelurahan      kelurahan
/menu     kind           kind           menu           kind           menu           menu
/language language       language       language       language       language       language
English   kind           consent        menu           offer          kelurahan      menu
Mantasi   kind           consent        menu           offer          layanan        layanan
""",
    """
word      language_above kind_above     consent_above  paused         referred       reviewing
/help     language       kind           consent        @paused        referred       @reviewing
/skip     kelurahan      kelurahan      kelurahan      kelurahan      referred       @reviewing
/back     kelurahan      kelurahan      kelurahan      kelurahan      referred       kabari
/later    @paused        @paused        @paused        @paused        @paused        @paused
/restart  @restarting    @restarting    @restarting    @restarting    @restarting    @restarting
/cancel   kelurahan      kelurahan      kelurahan      @paused        referred       @paused
/resume   kelurahan      kelurahan      kelurahan      kelurahan      referred       @reviewing
/status   language       kind           consent        @paused        referred       @reviewing
/start    kelurahan      kelurahan      kelurahan      kelurahan      penting        @reviewing
/menu     menu           kind           kind           menu           menu           menu
/language language       language       language       language       language       language
English   kelurahan      kind           consent        menu           referred       @reviewing
Mantasi   layanan        layanan        consent        @paused        referred       @reviewing
""",
)
"""What stands after a word, in each state; "-" is nothing."""
TABLES = [[line.split() for line in table.strip().split("\n")] for table in WHAT_STANDS]
TABLE = [
    (row[0], state, stands.replace("-", ""))
    for heading, *rows in TABLES
    for row in rows
    for state, stands in zip(heading[1:], row[1:], strict=True)
]


def test_every_state_is_in_the_table() -> None:
    assert [state for heading, *_rows in TABLES for state in heading[1:]] == list(STATES)


@pytest.mark.parametrize(("word", "state", "stands"), TABLE)
async def test_a_word_in_between_loses_nothing(counter: Counter, word: str, state: str, stands: str) -> None:
    person = await STATES[state](counter)
    before = [dict(session.answers) for session in await counter.sessions()]
    await person.send(word)
    assert await person.stands() == stands
    assert person.text != ""
    if word == "Mantasi" and stands == "layanan":
        return
    assert [dict(session.answers) for session in await counter.sessions()] == before


IN_BETWEEN = {
    "/data": "Tutup",
    "/hapus": "Batal",
    "/ralat": "Batal",
    "/salinan": "",
    "/pengumuman": "Tidak, terima kasih",
    "/profil": "Tidak usah",
    "/pindah": "",
    "/pindah 0000-AAAA": "",
    "/verifikasi": "",
}
"""Words that ask something themselves, and the button that closes it."""


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("word", IN_BETWEEN)
async def test_what_is_asked_in_between_gives_the_place_back(counter: Counter, word: str, state: str) -> None:
    person = await STATES[state](counter)
    stood, before = await person.stands(), [dict(session.answers) for session in await counter.sessions()]
    await person.send(word)
    if IN_BETWEEN[word]:
        assert await person.stands() != stood
        await person.send("/status")
        assert IN_BETWEEN[word] in person.buttons
        await person.send(IN_BETWEEN[word])
    assert await person.stands() == stood
    assert person.text != ""
    assert [dict(session.answers) for session in await counter.sessions()] == before


async def test_stop_ends_announcements_outside_a_survey_and_pauses_inside(counter: Counter) -> None:
    for state, begin in STATES.items():
        person = await begin(counter)
        inside = state not in {"kind", "consent", "menu", "offer"}
        await person.send("BERHENTI")
        if inside:
            assert person.buttons == ["Lanjutkan", "Hentikan semua pesan"], state
            assert await counter.rows("SELECT opted_out FROM respondent") == [(0,)]
            await person.send("Hentikan semua pesan")
        assert person.text == (
            "Baik, Bapak/Ibu tidak akan menerima pengumuman lagi. Pengingat pelatihan yang sudah didaftarkan tetap "
            "dikirim. Ketik MULAI bila berubah pikiran."
        ), state
        assert await counter.rows("SELECT opted_out FROM respondent") == [(1,)]
        await person.send("MULAI")
        assert person.text.startswith("Baik, kami boleh menulis lagi"), state
        assert await counter.rows("SELECT opted_out FROM respondent") == [(0,)]
        for table in ("answer", "session", "response", "consent"):
            async with counter.database.write() as transaction:
                await transaction.connection.exec_driver_sql(f"DELETE FROM {table}")
        async with counter.database.write() as transaction:
            await transaction.connection.exec_driver_sql("UPDATE address SET dialog = NULL")
            await transaction.connection.exec_driver_sql("UPDATE respondent SET kind = ''")


async def test_a_double_tap_on_stop_does_not_end_all_messages(counter: Counter) -> None:
    person = await asking(counter)
    await person.at_once("BERHENTI", "BERHENTI")
    assert await person.stands() == "@paused"
    assert await counter.rows("SELECT opted_out FROM respondent") == [(0,)]
    assert len(person.said) == 1


async def test_an_answer_after_the_menu_is_the_surveys_again(counter: Counter) -> None:
    person = await menu_above(counter)
    await person.send("lanjut", "2")
    assert await person.value("kelurahan") == "nbs"
    person = await person.send("/menu", "Pendidikan")
    assert await person.stands() == "keterampilan"


async def test_a_word_that_answers_the_question_is_its_answer(counter: Counter) -> None:
    """Words that a story may well consist of count with a stroke before them."""
    person = await (await asking(counter)).send("Naioni", "1", "1", "bahasa indonesia")
    assert await person.value("cerita") == "bahasa indonesia"
    person = await person.send("kembali", "/bahasa")
    assert await person.stands() == "language"


async def test_a_word_inside_a_sentence_is_no_command(counter: Counter) -> None:
    person = await (await asking(counter)).send("Naioni", "1", "1")
    await person.send("Tolong berhenti menutup loket sebelum jam 3, nanti saja tutupnya")
    assert await person.stands() == "penting"


# ---- late, twice, elsewhere --------------------------------------------------------------------------


async def test_a_double_tap_is_one_answer(counter: Counter) -> None:
    person = await asking(counter)
    first, second = person.incoming(Text("Naioni")), person.incoming(Text("Naioni"))
    await person.hand_in(first)
    await person.hand_in(second)
    assert person.said == []
    assert await person.stands() == "layanan"
    await person.at_once("4", "4")
    assert (await person.value("layanan"), await person.stands()) == ("kesehatan", "keterampilan")


async def test_a_double_tap_on_the_menu_begins_once(counter: Counter) -> None:
    person = await menu(counter)
    await person.at_once("Aspirasi warga", "Aspirasi warga")
    assert len(person.said) == 1
    assert await person.stands() == "persetujuan"


async def test_a_prompt_whose_receipt_comes_with_the_next_message_counts_as_shown(counter: Counter) -> None:
    """The receipts of what was sent ride with the next batch; they count for it already."""
    person = await asking(counter)
    first, second = person.incoming(Text("Naioni")), person.incoming(Text("4"))
    await person.hand_in(first)
    assert counter.screens.marks != []
    await person.hand_in(second)
    assert await person.value("layanan") == ""
    assert person.text.startswith("Kiriman itu untuk pertanyaan sebelumnya")


async def test_presses_of_one_batch_are_all_seen(counter: Counter) -> None:
    person = await (await asking(counter)).send("Naioni", "1")
    message_id, first = person._inline("1")
    _message_id, second = person._inline("2")
    await person.at_once(Press(first.data, message_id, "a"), Press(second.data, message_id, "b"), "selesai")
    assert await person.value("keterampilan") == "ramah jelas"


async def test_buttons_that_were_answered_in_words_go(counter: Counter) -> None:
    person = await (await asking(counter)).send("Naioni", "1")
    message_id, _button = person._inline("1")
    await person.send("1,2")
    shown = dict(counter.screens.shown[person.address])
    assert shown[message_id].rows == ()
    assert shown[message_id].text != ""
    assert person.buttons == ["Kembali"]


async def test_a_button_of_long_ago_says_so(counter: Counter) -> None:
    person = await (await asking(counter)).send("Naioni", "1")
    message_id, button = person._inline("1")
    await person.send("1,2", "kembali")
    await person.send(Press(button.data, message_id, "cb"))
    assert person.text == "Kiriman itu untuk pertanyaan sebelumnya, jadi tidak kami pakai."
    assert person.said[0].acknowledges == "cb"
    await person.send("nanti", Press(button.data, message_id, "cb"))
    assert (person.text, person.said[0].edits, person.said[0].acknowledges) == (
        "Tombol ini sudah tidak dipakai.",
        message_id,
        "cb",
    )


async def test_an_edit_corrects_a_survey_that_rests(counter: Counter) -> None:
    person = await (await asking(counter)).send("Naioni")
    edited = person.message_id
    await person.send("nanti")
    await person.edit(edited, "Mantasi")
    assert person.text == "Sudah diubah: Bapak/Ibu tinggal di kelurahan mana? → Mantasi."
    assert await person.stands() == "@paused"
    assert await person.value("kelurahan") == "mantasi"
    assert (await counter.answers())["kelurahan"] == "mantasi"


async def test_an_edit_corrects_the_survey_underneath_and_the_upper_one_stays(counter: Counter) -> None:
    person = await (await asking(counter)).send("Naioni")
    edited = person.message_id
    await person.send("/start skm_alak")
    assert await person.stands() == "jenis_kelamin"
    await person.edit(edited, "Mantasi")
    assert person.text == "Sudah diubah: Bapak/Ibu tinggal di kelurahan mana? → Mantasi."
    assert person.said[-1].rows == ()
    assert await person.stands() == "jenis_kelamin"


async def test_an_edit_of_something_else_is_passed_over(counter: Counter) -> None:
    person = await asking(counter)
    await person.edit("1", "apa saja")
    assert person.said == []
    assert await person.stands() == "kelurahan"


async def test_a_late_photo_of_an_album_joins_its_answer_wherever_one_is_by_now(counter: Counter) -> None:
    person = await (await asking(counter)).send("Naioni", "1", "1")
    await person.photo(album="a")
    assert await person.stands() == "penting"
    await person.photo(album="a")
    assert person.said == []
    await person.send("/menu")
    await person.photo(album="a")
    assert (person.said, await person.stands()) == ([], "menu")
    await person.send("/start skm_alak")
    for said in (["Paling banyak 3 berkas untuk pertanyaan ini; selebihnya tidak dipakai."], []):
        await person.photo(album="a")
        assert ([one.text for one in person.said], await person.stands()) == (said, "jenis_kelamin")
    pages = {len(answer.pages) for session in await counter.sessions() for answer in session.answers.values()}
    assert max(pages) == 3


@pytest.mark.parametrize("state", ["kind", "menu", "asking", "paused"])
async def test_an_album_out_of_place_is_answered_once(counter: Counter, state: str) -> None:
    person = await STATES[state](counter)
    await person.photo(album="a")
    assert person.text != ""
    stands = await person.stands()
    await person.photo(album="a")
    assert person.said == []
    assert await person.stands() == stands


@pytest.mark.parametrize("reply", [Other("sticker"), Other("poll"), Other("contact"), Location(-10.2, 123.6), PHOTO])
@pytest.mark.parametrize("state", ["kind", "consent", "menu", "offer", "menu_above", "language_above", "referred"])
async def test_what_is_no_answer_is_named_and_the_question_repeated(counter: Counter, state: str, reply: Reply) -> None:
    person = await STATES[state](counter)
    stands, prompt = await person.stands(), person.shown
    await person.send(reply)
    assert person.text.startswith("Kiriman itu belum dapat kami pakai di sini.")
    assert await person.stands() == stands
    assert person.shown.rows == prompt.rows


# ---- time --------------------------------------------------------------------------------------------


async def test_days_later_and_in_another_process_one_goes_on_where_one_was(counter: Counter) -> None:
    person = await (await asking(counter)).send("Naioni")
    counter.wait(days=9)
    await counter.restart()
    await person.send("3")
    assert (await person.value("kelurahan"), await person.value("layanan")) == ("naioni", "bansos")
    await person.send("nanti")
    await counter.restart()
    counter.wait(days=9)
    await person.send("Lanjutkan")
    assert person.text.startswith("Kita lanjutkan dari tempat Bapak/Ibu berhenti.")
    assert await person.stands() == "keterampilan"


@pytest.mark.parametrize("ticks", [True, False])
async def test_a_session_whose_time_is_up_is_closed_and_the_message_is_not_its_answer(
    counter: Counter, ticks: bool
) -> None:
    person = await (await asking(counter)).send("Naioni")
    counter.wait(days=14, seconds=1)
    if ticks:
        assert await counter.expire() == 1
    await person.send("3")
    gone = "Waktu pengisian survei ini sudah lewat, jadi kami tutup. Terima kasih atas jawaban yang sudah diberikan."
    assert person.text.startswith("Apa yang ingin" if ticks else gone)
    assert await person.stands() == "menu"
    assert await counter.sessions() == []
    assert await counter.rows("SELECT state FROM response") == [("expired",)]


async def test_reminders_are_planned_for_nine_tomorrow(counter: Counter) -> None:
    person = await paused(counter)
    await person.send("Ingatkan besok")
    assert person.text == "Baik, kami akan mengingatkan pada Rabu, 25 November 2026."
    assert await counter.rows("SELECT kind, due_at FROM due") == [
        ("session_reminder", "2026-11-25T01:00:00.000000+00:00")
    ]
