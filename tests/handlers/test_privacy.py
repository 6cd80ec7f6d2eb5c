"""A person's rights over their data, as they are used in the chat."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from handlers.notices import Notice
from outreach.roster import Changes, Entry, Unit
from storage import deliveries, erasing, joining, privacy, roster
from storage.documents import PREFIX, Documents
from storage.errors import Duplicate
from storage.unit_of_work import UnitOfWork
from surveys.messages import Outgoing, Text
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one

SAID = "Loket pelayanan jarang buka pagi"
NAME = "Yohana Tefa"
CHAT = "530017711"


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        yield opened


async def answered(desk: DeskOfOne, person: str = CHAT, channel: str = "telegram") -> None:
    """Somebody answers the whole survey with their name."""
    last = await desk.tell(person, "/start suara", SAID, "Bravo", NAME, "Kirim", channel=channel)
    assert [one.text for one in last] == ["✅ Terima kasih. Jawaban Bapak/Ibu sudah kami terima."]


def labels(messages: list[Outgoing]) -> list[str]:
    return [button.label for row in messages[-1].rows for button in row]


# ---- DATA -------------------------------------------------------------------------------------------


async def test_data_is_shown_in_readable_words(desk: DeskOfOne) -> None:
    await answered(desk)
    first = await desk.tell(CHAT, "DATA")
    assert labels(first) == ["Lihat isi", "Kirim salinan", "Ralat", "Hapus semua", "Baca lengkap", "Tutup"]
    shown = await desk.tell(CHAT, "Lihat isi")
    assert shown[0].text == (
        "Suara kita · Selasa, 24 November 2026\n"
        f"Apa yang perlu diperbaiki? {SAID}\nPilih satu. Bravo\nSiapa nama Bapak/Ibu? {NAME}\n\n"
        f"Tentang Bapak/Ibu:\nAlamat (telegram): {CHAT}"
    )
    assert [one.text for one in await desk.tell(CHAT, "Tutup")] == ["Baik."]
    assert await desk.rows("SELECT kind, done_at IS NULL FROM privacy_request") == [("access", False)]


async def test_answers_that_are_not_sent_are_shown_too(desk: DeskOfOne) -> None:
    await desk.tell(CHAT, "/start suara", SAID)
    shown = await desk.tell(CHAT, "DATA", "Lihat isi")
    assert shown[0].text == (
        f"Suara kita · Selasa, 24 November 2026 (belum dikirim)\nApa yang perlu diperbaiki? {SAID}\n\n"
        f"Tentang Bapak/Ibu:\nAlamat (telegram): {CHAT}"
    )


async def test_the_entry_in_the_roster_and_the_name_at_a_shared_phone_are_shown_and_copied(desk: DeskOfOne) -> None:
    await answered(desk)
    database, vault = desk.process.database, desk.process.vault
    entry = Entry(number="198609262015052001", name="Maria Tefa", kind="PNS", unit="kel_nbs", rank="III/a")
    async with database.write() as transaction:
        await roster.keep_units(transaction, [Unit("kel_nbs", "Kelurahan Nunbaun Sabu")])
        await roster.save(transaction, vault, Changes(new=(entry,)), [], today=desk.now.date())
    [(address_id, respondent)] = await desk.rows("SELECT id, respondent_id FROM address")
    async with database.write() as transaction:
        await transaction.run(text(f"UPDATE employee SET respondent_id = {respondent}"))
        await joining.keep_profile(transaction, vault, int(str(address_id)), int(str(respondent)), "Bu Maria")
    shown = "\n".join(one.text for one in await desk.tell(CHAT, "DATA", "Lihat isi"))
    about = shown.partition("Tentang Bapak/Ibu:\n")[2].splitlines()
    assert about == [
        f"Alamat (telegram): {CHAT}",
        "Nama di ponsel bersama: Bu Maria",
        "Daftar pegawai: Nama: Maria Tefa",
        "Daftar pegawai: NIP/NI PPPK: 198609262015052001",
        "Daftar pegawai: Jenis pegawai: PNS",
        "Daftar pegawai: Unit: kel_nbs",
        "Daftar pegawai: Golongan: III/a",
    ]
    await desk.tell(CHAT, "Tutup", "SALINAN")
    await desk.tick()
    [name, _table] = [name for one in await desk.deliver() for _kind, name in one.media]
    found = await Documents(database, vault).read(name, channel="telegram", external_id=CHAT)
    content = json.loads(found.body if found else b"")
    assert content["you"]["names"] == ["Bu Maria"]
    assert [(one["kind"], bool(one["done_at"])) for one in content["requests"]] == [("access", True), ("copy", False)]


# ---- SALINAN ----------------------------------------------------------------------------------------


async def test_a_copy_comes_as_two_files_and_is_erased_once_handed(desk: DeskOfOne) -> None:
    await answered(desk)
    await desk.tell(CHAT, "SALINAN")
    assert await desk.number("SELECT count(*) FROM privacy_request WHERE done_at IS NULL") == 1
    await desk.tick()
    sent = await desk.deliver()
    references = [name for one in sent for _kind, name in one.media]
    assert [name.startswith(PREFIX) for name in references] == [True, True]
    documents = Documents(desk.process.database, desk.process.vault)
    found = [await documents.read(name, channel="telegram", external_id=CHAT) for name in references]
    assert [one.name for one in found if one] == ["data-saya-2026-11-24.json", "data-saya-2026-11-24.xlsx"]
    content = json.loads(found[0].body if found[0] else b"")
    assert [one["value"] for one in content["responses"][0]["answers"]] == [SAID, "b", NAME]
    assert content["you"]["addresses"] == [{"channel": "telegram", "number": CHAT}]
    book = load_workbook(io.BytesIO(found[1].body if found[1] else b""))
    assert [[cell.value for cell in row][-2:] for row in book["Jawaban"].iter_rows(min_row=2)] == [
        ["Apa yang perlu diperbaiki?", SAID],
        ["Pilih satu.", "Bravo"],
        ["Siapa nama Bapak/Ibu?", NAME],
    ]
    assert await documents.read(references[0], channel="telegram", external_id="999") is None
    await documents.handed(references[0])
    assert await documents.read(references[0], channel="telegram", external_id=CHAT) is None
    await desk.tick(timedelta(days=1, minutes=1))
    assert await desk.number("SELECT count(*) FROM document") == 0
    assert await desk.number("SELECT count(*) FROM privacy_request WHERE done_at IS NULL") == 0


async def test_a_copy_is_made_once_however_often_it_is_tried(desk: DeskOfOne) -> None:
    await answered(desk)
    await desk.tell(CHAT, "SALINAN")
    due = (await desk.rows("SELECT payload FROM due WHERE kind = 'privacy_copy'"))[0][0]
    await desk.tick()
    async with desk.process.database.write() as transaction:
        unit = UnitOfWork(transaction, desk.process.vault, now=desk.now)
        unit.plan("again", "privacy_copy", desk.now, str(due))
        await unit.flush()
    await desk.tick()
    assert await desk.number("SELECT count(*) FROM document") == 2


# ---- RALAT ------------------------------------------------------------------------------------------


async def test_answers_that_may_be_changed_are_changed_at_once(desk: DeskOfOne) -> None:
    await answered(desk)
    put_up = await desk.tell(CHAT, "RALAT")
    assert labels(put_up) == ["Kirim", "Ubah"]
    await desk.tell(CHAT, "Ubah", "2", "Alfa", "Kirim")
    assert await desk.rows("SELECT value FROM answer WHERE place = 'nilai'") == [("a",)]


async def test_anything_else_is_noted_for_the_office_without_numbers(desk: DeskOfOne) -> None:
    await desk.tell(CHAT, "RALAT")
    told = await desk.tell(CHAT, "Nama saya di daftar hadir tertulis dengan NIK 5371012505900001")
    assert told[0].text == "Terima kasih, ralat Bapak/Ibu kami catat. Selesai paling lambat Jumat, 27 November 2026."
    async with desk.process.database.read() as transaction:
        found = await privacy.open_requests(transaction, desk.process.vault)
    assert [(one.kind, one.note) for one in found] == [
        ("correct", "Nama saya di daftar hadir tertulis dengan NIK [NIK disamarkan]")
    ]
    assert found[0].due_at - found[0].asked_at == timedelta(hours=72)
    async with desk.process.database.write() as transaction:
        assert await privacy.done(transaction, found[0].id, desk.now)
        assert not await privacy.done(transaction, found[0].id, desk.now)
    assert await desk.rows("SELECT note FROM privacy_request") == [(None,)]


# ---- HAPUS ------------------------------------------------------------------------------------------


async def test_deleting_takes_two_taps_and_leaves_proof_of_consent_alone(desk: DeskOfOne) -> None:
    await desk.tell(CHAT, "/start", "ASN", "Setuju")
    await answered(desk)
    await answered(desk, "77", "telegram")
    await desk.tell(CHAT, "DATA", "Hapus semua")
    assert [one.text for one in await desk.tell(CHAT, "Batal")] == ["Baik, tidak ada yang dihapus."]
    assert await desk.number("SELECT count(*) FROM response") == 2
    asked = await desk.tell(CHAT, "HAPUS")
    assert labels(asked) == ["Ya, hapus semua", "Batal"]
    gone = await desk.tell(CHAT, "Ya, hapus semua")
    assert gone[0].text.startswith("Semua data Bapak/Ibu yang kami simpan sudah dihapus")
    assert await desk.number("SELECT count(*) FROM response") == 1
    assert await desk.number("SELECT count(*) FROM participation") == 1
    await desk.tick()
    addresses = await desk.rows("SELECT channel FROM address")
    assert addresses == [("telegram",)], "the address of the one who stays"
    kept = await desk.rows(
        "SELECT consent.purpose, respondent.kind FROM consent JOIN respondent ON respondent.id = consent.respondent_id"
    )
    assert kept == [("survey", "")]
    assert await desk.rows("SELECT kind FROM privacy_request WHERE done_at IS NOT NULL ORDER BY id DESC LIMIT 1") == [
        ("delete",)
    ]


async def test_whoever_writes_again_begins_anew(desk: DeskOfOne) -> None:
    await answered(desk)
    await desk.tell(CHAT, "HAPUS", "Ya, hapus semua")
    await answered(desk)
    await desk.tick()
    assert await desk.number("SELECT count(*) FROM response") == 1
    assert await desk.number("SELECT count(*) FROM address") == 1
    shown = await desk.tell(CHAT, "DATA", "Lihat isi")
    assert shown[0].text.startswith("Suara kita")


async def test_deleting_in_the_middle_of_a_survey_ends_it(desk: DeskOfOne) -> None:
    await desk.tell(CHAT, "/start suara", SAID)
    await desk.tell(CHAT, "/hapus", "Ya, hapus semua")
    assert await desk.number("SELECT count(*) FROM session") == 0
    assert await desk.number("SELECT count(*) FROM response") == 0
    assert await desk.number("SELECT count(*) FROM answer") == 0


async def test_the_other_channel_of_the_person_goes_too(desk: DeskOfOne) -> None:
    await answered(desk)
    await desk.tell("pengunjung", "halo", channel="webchat")
    async with desk.process.database.write() as transaction:
        await transaction.run(
            text("UPDATE address SET respondent_id = (SELECT respondent_id FROM response) WHERE channel = 'webchat'")
        )
    await desk.tell(CHAT, "HAPUS", "Ya, hapus semua")
    assert await desk.rows("SELECT channel FROM address") == [("telegram",)]
    await desk.tick()
    assert await desk.rows("SELECT channel FROM address") == []


def stored_bytes(folder: Path) -> bytes:
    """Everything that SQLite keeps on the disk."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("*.sqlite3*")) if path.suffix != ".shm")


async def test_no_byte_of_the_file_or_its_log_is_left(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'data' / 'suara.sqlite3'}"
    async with desk_of_one(url, tmp_path / "data") as desk:
        await answered(desk)
        for number in range(40):  # so that the log has been written into the file, and the file has grown
            await answered(desk, str(6000 + number))
        assert SAID.encode() in stored_bytes(tmp_path / "data")
        for number in range(40):
            await desk.tell(str(6000 + number), "HAPUS", "Ya, hapus semua")
        async with desk.process.database.read() as reader:  # a report looks at an older moment
            await reader.all(text("SELECT count(*) FROM answer"))
            await desk.tell(CHAT, "HAPUS", "Ya, hapus semua")
            await desk.tick()
            await desk.tick()
            assert await desk.rows("SELECT value <> '' FROM setting WHERE key = 'wal_owed'") == [(1,)]
            assert SAID.encode() in stored_bytes(tmp_path / "data"), "the reader still sees it, as it must"
        await desk.tick()
        assert await desk.rows("SELECT value FROM setting WHERE key = 'wal_owed'") == [("",)]
        found = stored_bytes(tmp_path / "data")
        assert SAID.encode() not in found
        wal = tmp_path / "data" / "suara.sqlite3-wal"
        assert SAID.encode() not in wal.read_bytes()


async def test_emptying_the_log_keeps_nobody_from_writing(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'data' / 'suara.sqlite3'}"
    async with desk_of_one(url, tmp_path / "data") as desk:
        await answered(desk)
        async with desk.process.database.read() as reader:
            await reader.all(text("SELECT count(*) FROM answer"))
            await desk.tell(CHAT, "HAPUS", "Ya, hapus semua")
            done = await asyncio.gather(erasing.truncated(desk.process.database), desk.tell("8", "/start suara", SAID))
        assert done[0] is False
        assert await desk.number("SELECT count(*) FROM answer") == 1


async def test_files_of_the_person_go_from_the_disk_unless_somebody_else_sent_the_same(
    desk: DeskOfOne, tmp_path: Path
) -> None:
    await answered(desk)
    await answered(desk, "77")
    folder = tmp_path / "data" / "media" / "ab"
    folder.mkdir(parents=True)
    for name in ("own.jpg", "same.jpg"):
        (folder / name).write_bytes(b"x")
    ids = [row[0] for row in await desk.rows("SELECT id FROM response ORDER BY id")]
    async with desk.process.database.write() as transaction:
        for media, path, response in (
            ("m1", "own.jpg", ids[0]),
            ("m2", "same.jpg", ids[0]),
            ("m3", "same.jpg", ids[1]),
        ):
            await transaction.run(
                text(
                    "INSERT INTO media (id, kind, channel, mime, size, state, attempts, sha256, path, place) "
                    f"VALUES ('{media}', 'image', 'telegram', '', 1, 'fetched', 0, '', 'ab/{path}', '')"
                )
            )
            await transaction.run(
                text(
                    "INSERT INTO answer (response_id, place, value, raw, other, pages) "
                    f"VALUES ({response}, 'foto_{media}', '{media}', '', '', '{media}')"
                )
            )
    await desk.tell(CHAT, "HAPUS", "Ya, hapus semua")
    await desk.tick()
    assert sorted(path.name for path in folder.iterdir()) == ["same.jpg"]


@pytest.mark.parametrize("words", ["1", "HAPUS SEMUA", "Ya, hapus semuanya", "ya"])
async def test_while_a_survey_stands_the_answer_to_deleting_is_none_to_the_survey(desk: DeskOfOne, words: str) -> None:
    await desk.tell(CHAT, "/start suara", SAID, "HAPUS")
    said = await desk.tell(CHAT, words)
    assert said[0].text.startswith("Semua data Bapak/Ibu yang kami simpan sudah dihapus")
    assert await desk.number("SELECT count(*) FROM session") == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("jangan hapus", "Baik, tidak ada yang dihapus."),
        ("2", "Baik, tidak ada yang dihapus."),
        ("sonde jadi", "Baik, tidak ada yang dihapus."),
        ("Alfa", "Hapus semua data yang kami simpan tentang Bapak/Ibu?"),
        ("hapus semua pungutan", "Hapus semua data yang kami simpan tentang Bapak/Ibu?"),
    ],
)
async def test_what_is_no_yes_deletes_nothing_and_is_no_answer(desk: DeskOfOne, words: str, said: str) -> None:
    await desk.tell(CHAT, "/start suara", SAID, "HAPUS")
    assert (await desk.tell(CHAT, words))[0].text.startswith(said)
    assert await desk.rows("SELECT place FROM answer") == [("isi",)]


async def test_a_yes_that_was_typed_before_the_question_was_seen_deletes_nothing(desk: DeskOfOne) -> None:
    await desk.tell(CHAT, "/start suara", SAID)
    said = await desk.take(desk.incoming(CHAT, Text("HAPUS")), desk.incoming(CHAT, Text("ya")))
    assert said[-1].text.startswith("Hapus semua data yang kami simpan")
    assert await desk.number("SELECT count(*) FROM answer") == 1


# ---- BERHENTI, MULAI, PENGUMUMAN --------------------------------------------------------------------

AGAIN = "Baik, kami boleh menulis lagi kepada Bapak/Ibu. Pengumuman hanya dikirim bila dikehendaki: ketik PENGUMUMAN."


async def said_of(desk: DeskOfOne, purpose: str = "broadcast") -> list[str]:
    found = await desk.rows(f"SELECT action FROM consent WHERE purpose = '{purpose}' ORDER BY id")
    return [str(row[0]) for row in found]


async def test_a_link_ends_no_opt_out(desk: DeskOfOne) -> None:
    await desk.tell(CHAT, "/start", "Warga", "PENGUMUMAN", "Tidak", "BERHENTI")
    await desk.tell(CHAT, "/start suara")
    assert await said_of(desk) == ["refused", "withdrawn"]
    assert await desk.number("SELECT count(*) FROM respondent WHERE opted_out") == 1


async def test_start_takes_up_what_was_agreed_to_and_nothing_else(desk: DeskOfOne) -> None:
    await desk.tell(CHAT, "/start", "Warga", "PENGUMUMAN", "Tidak", "BERHENTI")
    assert (await desk.tell(CHAT, "MULAI"))[0].text == AGAIN
    assert await said_of(desk) == ["refused", "withdrawn"]
    await desk.tell(CHAT, "PENGUMUMAN", "Ya", "Ya", "BERHENTI")
    said = await desk.tell(CHAT, "MULAI")
    assert said[0].text == "Pengumuman akan kami kirim lagi. Ketik BERHENTI kapan saja untuk menghentikannya."
    assert await said_of(desk) == ["refused", "withdrawn", "given", "withdrawn", "given"]
    assert await said_of(desk, "reminder") == []


async def test_stop_and_start_in_one_breath(desk: DeskOfOne) -> None:
    await desk.tell(CHAT, "/start", "Warga", "PENGUMUMAN", "Ya", "Ya")
    await desk.take(desk.incoming(CHAT, Text("BERHENTI")), desk.incoming(CHAT, Text("MULAI")))
    assert await said_of(desk) == ["given", "withdrawn", "given"]


async def queued(desk: DeskOfOne) -> list[tuple[object, ...]]:
    return await desk.rows("SELECT priority, state FROM delivery WHERE priority > 0 ORDER BY id")


async def to_everywhere(desk: DeskOfOne, priority: int) -> None:
    """One message of that priority to every address there is."""
    ids = [int(str(row[0])) for row in await desk.rows("SELECT id FROM address ORDER BY id")]
    async with desk.process.database.write() as transaction:
        unit = UnitOfWork(transaction, desk.process.vault, now=desk.now)
        for one in ids:
            unit.send(one, Outgoing(text="kabar"), priority=priority, not_before=desk.now + timedelta(hours=1))
        await unit.flush()


async def test_stop_bites_at_once_on_every_address_but_reminders_go_on(desk: DeskOfOne) -> None:
    await answered(desk)
    await desk.tell("pengunjung", "halo", channel="webchat")
    async with desk.process.database.write() as transaction:
        await transaction.run(text("UPDATE address SET respondent_id = (SELECT respondent_id FROM response)"))
    await to_everywhere(desk, deliveries.BROADCAST)
    await to_everywhere(desk, deliveries.REMINDER)
    told = await desk.tell(CHAT, "BERHENTI")
    assert [one.text for one in told] == [
        (
            "Baik, Bapak/Ibu tidak akan menerima pengumuman lagi. Pengingat pelatihan yang sudah didaftarkan tetap "
            "dikirim. Ketik MULAI bila berubah pikiran."
        )
    ]
    assert await queued(desk) == [(9, "skipped"), (9, "skipped"), (5, "queued"), (5, "queued")]
    await desk.tell(CHAT, "BERHENTI SEMUA")
    assert await queued(desk) == [(9, "skipped")] * 2 + [(5, "skipped")] * 2
    told = await desk.tell(CHAT, "MULAI")
    assert told[0].text == AGAIN
    assert await desk.rows("SELECT purpose, action FROM consent ORDER BY id") == [
        ("broadcast", "withdrawn"),
        ("broadcast", "withdrawn"),
        ("reminder", "withdrawn"),
        ("reminder", "given"),
    ]
    assert await desk.rows("SELECT kind FROM privacy_request ORDER BY id") == [("stop",), ("stop",), ("start",)]


async def test_announcements_are_a_purpose_of_their_own(desk: DeskOfOne) -> None:
    await desk.tell(CHAT, "/start", "ASN", "Setuju")
    people = [int(str(row[0])) for row in await desk.rows("SELECT id FROM respondent")]
    async with desk.process.database.read() as transaction:
        assert await privacy.agreed(transaction, people, "broadcast") == frozenset()
    assert labels(await desk.tell(CHAT, "PENGUMUMAN")) == ["Ya, silakan", "Tidak, terima kasih", "Baca lengkap"]
    await desk.tell(CHAT, "Ya, silakan")
    async with desk.process.database.read() as transaction:
        assert await privacy.agreed(transaction, people, "broadcast") == frozenset(people)
    await desk.tell(CHAT, "BERHENTI")
    async with desk.process.database.read() as transaction:
        assert await privacy.agreed(transaction, people, "broadcast") == frozenset()
        assert await privacy.agreed(transaction, people, "survey") == frozenset(people)


# ---- a notice that changed --------------------------------------------------------------------------


async def test_a_new_version_of_the_notice_asks_once_more(desk: DeskOfOne) -> None:
    await desk.tell(CHAT, "/start", "ASN", "Setuju")
    notices = desk.process.house.notices
    for language in ("id", "en"):
        notices.texts["survey", language] = Notice("survey", "2", language, "Teks baru. Setuju?", "Teks baru, lengkap.")
    notices.settled.clear()
    assert [one.text for one in await desk.tell(CHAT, "BERHENTI")] != ["Teks baru. Setuju?"], "rights never wait"
    asked = await desk.tell(CHAT, "MENU")
    assert [one.text for one in asked] == [
        "Pemberitahuan kami berubah, karena itu kami bertanya sekali lagi.",
        "Teks baru. Setuju?",
    ]
    await desk.tell(CHAT, "Setuju")
    assert await desk.rows("SELECT notice_version, action FROM consent WHERE purpose = 'survey' ORDER BY id") == [
        ("1", "given"),
        ("2", "given"),
    ]
    assert "Pemberitahuan" not in " ".join(one.text for one in await desk.tell(CHAT, "MENU"))


async def test_a_link_opens_its_survey_once_the_new_notice_was_answered(desk: DeskOfOne) -> None:
    await desk.tell(CHAT, "/start", "ASN", "Setuju", "PENGUMUMAN", "Ya")
    notices = desk.process.house.notices
    for purpose in ("survey", "broadcast"):
        for language in ("id", "en"):
            notices.texts[purpose, language] = Notice(purpose, "2", language, f"Baru: {purpose}?", "Lengkap.")
    notices.settled.clear()
    assert [one.text for one in await desk.tell(CHAT, "/start suara")][1:] == ["Baru: survey?"]
    assert "Apa yang perlu diperbaiki?" in (await desk.tell(CHAT, "Setuju"))[-1].text
    await desk.tell(CHAT, SAID, "Bravo", NAME, "Kirim")
    assert [one.text for one in await desk.tell(CHAT, "/start suara")][1:] != ["Baru: broadcast?"]
    await desk.tell(CHAT, "Kirim")
    assert [one.text for one in await desk.tell(CHAT, "MENU")][1:] == ["Baru: broadcast?"]


async def test_a_survey_that_is_being_answered_is_not_interrupted(desk: DeskOfOne) -> None:
    await desk.tell(CHAT, "/start", "ASN", "Setuju", "/start suara")
    notices = desk.process.house.notices
    for language in ("id", "en"):
        notices.texts["survey", language] = Notice("survey", "2", language, "Teks baru. Setuju?", "Teks baru, lengkap.")
    notices.settled.clear()
    await desk.tell(CHAT, SAID)
    assert await desk.rows("SELECT value FROM answer") == [(SAID,)]


# ---- anonymous and confidential ---------------------------------------------------------------------

SWITCHED = b"""
| survey |
| | type | name | label::Bahasa Indonesia (id) | label::English (en) | required |
| | select_one cara | cara | Bagaimana dikirim? | How? | yes |
| | text | isi | Apa yang perlu diperbaiki? | What should be better? | yes |

| choices |
| | list_name | name | label::Bahasa Indonesia (id) | label::English (en) |
| | cara | anonim | Anonim | Anonymous |
| | cara | kontak | Dengan kontak | With contact |
| | cara | rahasia | Rahasia | Confidential |

| settings |
| | form_title | form_id | default_language | chat_anonymous | chat_anonymous_if | chat_audience |
| | Saran | suara | Bahasa Indonesia (id) | choice | ${cara} = 'anonim' | all |
"""


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [
        ("Dengan kontak", "", [(True, False)]),
        ("Rahasia", "", [(True, True)]),
        ("Rahasia", "Dengan kontak", [(True, False)]),
        ("Dengan kontak", "Rahasia", [(True, True)]),
        ("Rahasia", "Anonim", []),
        ("Anonim", "", []),
    ],
)
async def test_the_persons_switch_is_kept_with_what_they_said(
    database_url: str, tmp_path: Path, first: str, then: str, kept: list[tuple[bool, bool]]
) -> None:
    async with desk_of_one(database_url, tmp_path / "data", form=SWITCHED) as desk:
        await desk.tell(CHAT, "/start suara", first, SAID)
        if then:
            await desk.tell(CHAT, "Ubah", "1", then)
        await desk.tell(CHAT, "Kirim")
        rows = await desk.rows("SELECT respondent_id IS NOT NULL, confidential FROM response")
        assert [(bool(known), bool(confidential)) for known, confidential in rows] == kept
        proof = await desk.rows("SELECT purpose, notice_version, action FROM consent")
        assert proof == [("aspiration", "1", "given")] * len(kept)


async def test_confidential_is_written_down_before_anything_is_sent(database_url: str, tmp_path: Path) -> None:
    async with desk_of_one(database_url, tmp_path / "data", form=SWITCHED) as desk:
        await desk.tell(CHAT, "/start suara", "Rahasia")
        assert [bool(row[0]) for row in await desk.rows("SELECT confidential FROM response")] == [True]


async def test_the_tables_take_no_hour_of_a_response_that_is_nobodys(desk: DeskOfOne) -> None:
    await answered(desk)
    with pytest.raises(Duplicate):
        async with desk.process.database.write() as transaction:
            await transaction.run(text("UPDATE response SET respondent_id = NULL"))
