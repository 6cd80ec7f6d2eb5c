"""An employee proves who they are in the chat: by phone, by code, in vain, later, and from a second channel."""

from __future__ import annotations

import json
import random
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Process
from handlers import rostering
from handlers.permissions import TERMINAL
from outreach.roster import Changes, Entry, Unit
from storage import roster
from storage.documents import PREFIX, Documents
from surveys.messages import Outgoing
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one
from tests.office import NOW

FORM = b"""
| survey |
| | type | name | label | required | default |
| | select_one unit | unit | Unit mana? | yes | pulldata('facts', 'unit', '', '') |
| | text | usul | Apa usul Bapak/Ibu? | yes | |

| choices |
| | list_name | name | label |
| | unit | kel_nbd | Nunbaun Delha |
| | unit | kel_nbs | Nunbaun Sabu |

| settings |
| | form_title | form_id | default_language | chat_anonymous | chat_once | chat_audience |
| | Usul | usul | Bahasa Indonesia (id) | no | yes | asn |
"""
MARIA, PHONE = "198609262015052001", "+6281312345678"
YOHANES = "197003051995031002"
UNKNOWN = "198801012015011001"
ASK = (
    "Mohon ketik NIP atau NI PPPK Bapak/Ibu (18 angka). Nomor ini hanya dipakai untuk mencocokkan daftar pegawai dan "
    "disimpan dalam bentuk tersandi."
)
PROOF = "Terima kasih. Sekarang mohon ketik nomor HP yang tercatat di daftar pegawai, atau kode dari admin unit."
IN_VAIN = (
    "Nomor dan bukti itu tidak cocok dengan daftar pegawai. Mohon ketik NIP sekali lagi, atau minta kode kepada admin "
    "unit. Survei juga dapat diisi tanpa NIP."
)
DONE = "✅ Terima kasih. Bapak/Ibu tercatat sebagai pegawai Kantor Lurah Nunbaun Delha."


async def fill(process: Process) -> None:
    """Two employees on the roster."""
    entries = (
        Entry(number=MARIA, name="Maria Tefa", kind="PNS", unit="kel_nbd", position="pelaksana", phone=PHONE),
        Entry(number=YOHANES, name="Yohanes Lay", kind="PNS", unit="kel_nbd"),
    )
    async with process.database.write() as transaction:
        await roster.keep_units(transaction, [Unit("kel_nbd", "Kantor Lurah Nunbaun Delha", "lurah")])
        await roster.save(transaction, process.vault, Changes(new=entries), [], today=NOW.date())


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data", form=FORM) as opened:
        await fill(opened.process)
        yield opened


async def code_for(desk: DeskOfOne, number: str) -> str:
    async with desk.process.database.write() as transaction:
        return await rostering.give_code(
            transaction, desk.process.vault, TERMINAL, number, now=desk.now, rng=random.Random(1)
        )


def texts(said: list[Outgoing]) -> list[str]:
    return [one.text for one in said]


async def test_after_consent_the_number_is_asked_then_a_proof_and_the_survey_knows_the_unit(desk: DeskOfOne) -> None:
    [asked] = await desk.tell("7", "/start usul", "Setuju")
    assert (asked.text, [button.label for row in asked.rows for button in row]) == (ASK, ["Isi tanpa NIP"])
    assert texts(await desk.tell("7", "19860926 201505 2 001")) == [PROOF]
    said = await desk.tell("7", "0813-1234-5678")
    assert said[0].text == DONE
    assert "Unit mana?" in said[1].text
    assert "Nunbaun Delha" in said[1].text.splitlines()[-1]
    await desk.tell("7", "Tetap", "Lebih banyak latihan", "Kirim")
    assert await desk.rows("SELECT value FROM answer WHERE place = 'unit'") == [("kel_nbd",)]
    assert [bool(row[0]) for row in await desk.rows("SELECT verified FROM response")] == [True]
    assert [bool(row[0]) for row in await desk.rows("SELECT verified FROM respondent")] == [True]
    assert await desk.number("SELECT count(*) FROM employee WHERE respondent_id IS NOT NULL") == 1


async def test_a_code_from_the_unit_serves_once(desk: DeskOfOne) -> None:
    code = await code_for(desk, YOHANES)
    await desk.tell("7", "/start usul", "Setuju", YOHANES)
    assert (await desk.tell("7", f"kodenya {code}"))[0].text == DONE
    assert await desk.number("SELECT count(*) FROM employee_code") == 0
    assert await desk.rows("SELECT act, actor FROM audit") == [("roster.code", "terminal")]


async def test_unknown_numbers_are_answered_like_known_ones(desk: DeskOfOne) -> None:
    for person, number in (("7", MARIA), ("8", UNKNOWN), ("9", YOHANES)):
        assert texts(await desk.tell(person, "/start usul", "Setuju", number)) == [PROOF]
        assert texts(await desk.tell(person, "081399990000")) == [IN_VAIN]
    assert await desk.rows("SELECT verified FROM respondent GROUP BY 1") in ([(0,)], [(False,)])


async def test_a_number_is_never_said_back(desk: DeskOfOne) -> None:
    said: list[str] = []
    for words in (
        "/start usul",
        "Setuju",
        MARIA[:-1],
        "bukan nomor",
        "198613262015052001",
        MARIA,
        "0813",
        "VERIFIKASI",
    ):
        said += texts(await desk.tell("7", words))
    assert [text for text in said if "1986" in text or "0813" in text] == []
    assert (
        "Nomor yang kami terima berisi 17 angka, sedangkan NIP berisi 18 angka. Mohon periksa kembali, atau ketik "
        "BANTUAN."
    ) in said


async def test_after_five_tries_one_waits_from_wherever_one_tries_that_number(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start usul", "Setuju")
    for _time in range(5):
        assert texts(await desk.tell("7", MARIA, "081399990000")) == [IN_VAIN]
    [refused, *_survey] = texts(await desk.tell("7", MARIA, PHONE))
    assert refused.startswith("Sudah beberapa kali dicoba. Mohon coba lagi setelah pukul 11.")
    other = texts(await desk.tell("8", "/start usul", "Setuju", MARIA, PHONE))
    assert other[0].startswith("Sudah beberapa kali dicoba.")
    desk.now += timedelta(hours=1)
    assert (await desk.tell("7", "VERIFIKASI", MARIA, PHONE))[0].text == DONE


async def test_a_code_ends_the_wait_for_the_number(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start usul", "Setuju")
    for _time in range(5):
        await desk.tell("7", MARIA, "081399990000")
    code = await code_for(desk, MARIA)
    assert (await desk.tell("8", "/start usul", "Setuju", MARIA, code))[0].text == DONE


async def test_without_a_number_the_survey_begins_and_is_counted_apart(desk: DeskOfOne) -> None:
    said = await desk.tell("7", "/start usul", "Setuju", "Isi tanpa NIP")
    assert said[0].text == (
        "Baik. Ketik /verifikasi kapan saja; sampai saat itu jawaban Bapak/Ibu dihitung sebagai belum terverifikasi."
    )
    assert "Unit mana?" in said[1].text
    await desk.tell("7", "Nunbaun Sabu")
    assert [bool(row[0]) for row in await desk.rows("SELECT verified FROM response")] == [False]
    said = await desk.tell("7", "/verifikasi", MARIA, PHONE)
    assert said[0].text == DONE
    assert "Apa usul Bapak/Ibu?" in said[1].text  # what was being answered stands again
    await desk.tell("7", "Lebih banyak latihan", "Kirim")
    assert [bool(row[0]) for row in await desk.rows("SELECT verified FROM response")] == [True]
    assert await desk.rows("SELECT value FROM answer WHERE place = 'unit'") == [("kel_nbs",)]


async def test_help_in_between_asks_again(desk: DeskOfOne) -> None:
    assert texts(await desk.tell("7", "/start usul", "Setuju", "BANTUAN"))[-1] == ASK
    assert texts(await desk.tell("7", MARIA, "BANTUAN"))[-1] == PROOF


TAKEN_OFF = (
    "Sebelumnya percakapan lain terkonfirmasi sebagai Bapak/Ibu; sekarang tidak lagi. Bila itu juga milik Bapak/Ibu, "
    "ketik /pindah di sana untuk menggabungkan keduanya; bila bukan, mohon beri tahu admin unit."
)


async def test_a_code_takes_the_employee_off_whoever_had_proven_it_by_phone(desk: DeskOfOne) -> None:
    await desk.tell("666", "/start usul", "Setuju", MARIA, PHONE, "Tetap")  # a colleague, who knows both numbers
    code = await code_for(desk, MARIA)
    said = texts(await desk.tell("7", "/start usul", "Setuju", MARIA, code))
    assert said[:2] == [DONE, TAKEN_OFF]
    await desk.tell("7", "Tetap", "Rahasia Maria", "Kirim")
    shown = texts(await desk.tell("666", "DATA", "Lihat isi"))
    assert [text for text in shown if "Rahasia Maria" in text] == []
    assert texts(await desk.tell("666", "Tutup"))[0] == "Baik."
    await desk.tell("666", "Bukan Maria", "Kirim")
    assert [(str(row[0]), bool(row[1])) for row in await desk.rows(
        "SELECT answer.value, response.verified FROM response JOIN answer ON answer.response_id = response.id "
        "WHERE answer.place = 'usul' ORDER BY answer.value"
    )] == [("Bukan Maria", False), ("Rahasia Maria", True)]  # fmt: skip
    assert sorted(bool(row[0]) for row in await desk.rows("SELECT verified FROM respondent")) == [False, True]
    assert await desk.number("SELECT count(*) FROM employee WHERE respondent_id IS NOT NULL") == 1
    acts = await desk.rows("SELECT act FROM audit ORDER BY id")
    assert acts == [("roster.code",), ("respondents.unlink",)]
    await desk.tell("666", "/start usul")  # what begins afterwards is told nothing of her either
    assert texts(await desk.tell("666", "/verifikasi", MARIA, PHONE))[0].startswith("Bapak/Ibu sudah dikenal")


async def test_what_stands_open_at_the_one_who_was_taken_off_forgets_the_roster(desk: DeskOfOne) -> None:
    await desk.tell("666", "/start usul", "Setuju", MARIA, PHONE)
    code = await code_for(desk, MARIA)
    await desk.tell("7", "/start usul", "Setuju", MARIA, code)
    await desk.tell("666", "Nunbaun Sabu", "Bukan Maria", "Kirim")
    assert [bool(row[0]) for row in await desk.rows("SELECT verified FROM response WHERE state = 'complete'")] == [
        False
    ]


async def test_both_conversations_of_an_employee_are_joined_by_move(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start usul", "Setuju", MARIA, PHONE, "Tetap")
    code = await code_for(desk, MARIA)
    await desk.tell("tamu", "/start usul", "Setuju", MARIA, code, channel="webchat")
    given = re.search(r"\d{4}-[A-Z]{4}", texts(await desk.tell("7", "/pindah"))[0])
    assert given is not None
    await desk.tell("tamu", f"/pindah {given[0]}", "Ya", channel="webchat")
    assert await desk.number("SELECT count(*) FROM respondent") == 1
    assert [bool(row[0]) for row in await desk.rows("SELECT verified FROM respondent")] == [True]


async def test_from_a_second_channel_a_phone_is_not_enough(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start usul", "Setuju", MARIA, PHONE, "Tetap")
    said = texts(await desk.tell("tamu", "/start usul", "Setuju", MARIA, PHONE, channel="webchat"))
    assert said[0] == (
        "Bapak/Ibu sudah dikenal dari percakapan lain. Ketik /pindah di sana, atau minta kode kepada admin unit."
    )
    assert await desk.number("SELECT count(*) FROM respondent") == 2


async def test_somebody_who_left_is_unknown(desk: DeskOfOne) -> None:
    async with desk.process.database.write() as transaction:
        known = await roster.employees(transaction, desk.process.vault)
        gone = tuple(one.entry for one in known if one.entry.number == MARIA)
        await roster.save(transaction, desk.process.vault, Changes(gone=gone), known, today=NOW.date())
    assert texts(await desk.tell("7", "/start usul", "Setuju", MARIA, PHONE)) == [IN_VAIN]


async def test_one_conversation_is_one_employee(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start usul", "Setuju", MARIA, PHONE)
    assert texts(await desk.tell("7", "/verifikasi"))[0] == "Bapak/Ibu sudah tercatat sebagai pegawai. Terima kasih."
    assert await desk.number("SELECT count(*) FROM employee WHERE respondent_id IS NOT NULL") == 1


async def test_without_a_roster_nobody_is_asked(database_url: str, tmp_path: Path) -> None:
    async with desk_of_one(database_url, tmp_path / "data", form=FORM) as desk:
        said = await desk.tell("7", "/start usul", "Setuju")
        assert "Unit mana?" in said[-1].text
        assert texts(await desk.tell("7", "/verifikasi"))[0] == (
            "Daftar pegawai belum ada di sini. Semua survei tetap dapat Bapak/Ibu isi."
        )


async def test_an_anonymous_survey_is_told_nothing(database_url: str, tmp_path: Path) -> None:
    form = FORM.replace(b"| Bahasa Indonesia (id) | no | yes |", b"| Bahasa Indonesia (id) | always | no |")
    async with desk_of_one(database_url, tmp_path / "data", form=form) as desk:
        await fill(desk.process)
        said = await desk.tell("7", "/start usul", "Setuju", MARIA, PHONE)
        assert said[0].text == DONE
        assert "Tetap" not in [button.label for row in said[-1].rows for button in row]
        assert "Sudah terisi" not in said[-1].text


async def test_who_is_known_reads_it_among_their_data(desk: DeskOfOne) -> None:
    line = "· catatan Bapak/Ibu pada daftar pegawai, tersandi"
    await desk.tell("7", "/start usul", "Setuju", "Isi tanpa NIP")
    assert line not in texts(await desk.tell("7", "DATA"))[0].splitlines()
    await desk.tell("7", "Tutup", "/verifikasi", MARIA, PHONE)
    assert line in texts(await desk.tell("7", "DATA"))[0].splitlines()


async def test_what_the_office_lists_of_them_stands_in_their_copy(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start usul", "Setuju", MARIA, PHONE)
    await desk.tell("7", "/salinan")
    await desk.tick()
    documents = Documents(desk.process.database, desk.process.vault)
    names = [str(row[0]) for row in await desk.rows("SELECT id FROM document")]
    made = [await documents.read(PREFIX + name, channel="telegram", external_id="7") for name in names]
    held = next(json.loads(one.body) for one in made if one is not None and one.mime == "application/json")
    assert {name: held["employee"][name] for name in ("number", "name", "unit", "phone")} == {
        "number": MARIA,
        "name": "Maria Tefa",
        "unit": "kel_nbd",
        "phone": PHONE,
    }
