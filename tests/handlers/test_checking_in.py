"""Checking in to a training: by the link of the QR code, by HADIR and digits, by digits alone; and what it is worth."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from outreach.roster import Entry
from surveys.messages import Outgoing
from tests import training_day as day
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one

NOT_ENROLLED = (
    "✅ Kehadiran tercatat: Pelayanan Prima, Selasa, 1 Desember 2026, sebagai peserta tambahan (belum terdaftar)."
)
PRESENT = "✅ Kehadiran tercatat: Pelayanan Prima, Selasa, 1 Desember 2026. Terima kasih sudah datang."
WRONG = "Kode itu tidak berlaku (lagi): kode berganti setiap menit. Mohon kirim kode yang tampil sekarang."
VERIFY = "Ketik VERIFIKASI dengan NIP, supaya jam pelajaran (JP) dihitung untuk Bapak/Ibu."


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        await day.announced(opened.process, opened.now)
        yield opened


def texts(said: list[Outgoing]) -> list[str]:
    return [one.text for one in said]


def labels(said: list[Outgoing]) -> list[str]:
    return [button.label for row in said[-1].rows for button in row]


async def proven(desk: DeskOfOne, number: str = "7", entry: Entry = day.MARIA) -> str:
    """Somebody who proved who they are."""
    said = await desk.tell(number, "/start", "ASN", "Setuju", entry.number, entry.phone)
    assert "✅" in said[0].text
    return await day.person(desk.process, entry)


async def rows(desk: DeskOfOne) -> list[tuple[object, ...]]:
    return await desk.rows("SELECT session, how, late FROM attendance ORDER BY at")


async def test_whoever_is_enrolled_checks_in_by_the_link(desk: DeskOfOne) -> None:
    await day.enrol(desk.process, desk.now, await proven(desk))
    desk.now = day.MORNING
    code = await day.shown(desk.process, desk.now + timedelta(seconds=1))
    assert texts(await desk.tell("7", f"/start h-{code}-{day.KEY}"))[0] == PRESENT
    assert await rows(desk) == [(day.KEY, "code", False)]
    said = texts(await desk.tell("7", f"HADIR {code}"))
    assert said[0] == (
        "Kehadiran sudah tercatat sebelumnya: Pelayanan Prima, Selasa, 1 Desember 2026. Tidak ada lagi yang perlu "
        "dilakukan."
    )
    assert len(await rows(desk)) == 1


@pytest.mark.parametrize("words", ["HADIR {}", "hadir {}", "Absen {}", "/hadir {}", "{}", " {} "])
async def test_what_is_typed(desk: DeskOfOne, words: str) -> None:
    await day.enrol(desk.process, desk.now, await proven(desk))
    desk.now = day.MORNING
    code = await day.shown(desk.process, desk.now)
    assert texts(await desk.tell("7", words.format(f"{code[:3]} {code[3:]}")))[0] == PRESENT


async def test_whoever_comes_late_is_noted_so(desk: DeskOfOne) -> None:
    await day.enrol(desk.process, desk.now, await proven(desk))
    desk.now = day.MORNING + timedelta(minutes=40)
    said = texts(await desk.tell("7", f"HADIR {await day.shown(desk.process, desk.now)}"))
    assert said[0] == (
        "✅ Kehadiran tercatat: Pelayanan Prima, Selasa, 1 Desember 2026, dan bahwa Bapak/Ibu datang sesudah dimulai."
    )
    assert await rows(desk) == [(day.KEY, "code", True)]


async def test_somebody_nobody_knows_walks_in(desk: DeskOfOne) -> None:
    desk.now = day.MORNING
    code = await day.shown(desk.process, desk.now)
    assert texts(await desk.tell("9", f"/start h-{code}-{day.KEY}")) == [f"{NOT_ENROLLED}\n{VERIFY}"]
    assert await rows(desk) == [(day.KEY, "code", False)]
    walked_in = await proven(desk, "9")
    assert await desk.number(f"SELECT count(*) FROM attendance WHERE respondent_id = {walked_in}") == 1


async def test_a_code_serves_in_its_time_alone(desk: DeskOfOne) -> None:
    await day.enrol(desk.process, desk.now, await proven(desk))
    code = await day.shown(desk.process, day.MORNING)
    nothing = (
        "Saat ini tidak ada pelatihan yang kehadirannya dicatat. Bila Bapak/Ibu sedang mengikutinya, mohon beri tahu "
        "pengajar."
    )
    early = "Pelayanan Prima: kehadiran dapat dicatat pada Selasa, 1 Desember 2026 mulai pukul 07.00 WITA."
    assert texts(await desk.tell("7", f"HADIR {code}"))[0] == nothing
    assert texts(await desk.tell("7", f"/start h-{code}-{day.KEY}"))[0] == early
    desk.now = day.MORNING - timedelta(hours=2)
    assert texts(await desk.tell("7", f"HADIR {code}"))[0] == early
    desk.now = day.MORNING + timedelta(minutes=5)
    assert texts(await desk.tell("7", f"HADIR {code}"))[0] == WRONG
    assert texts(await desk.tell("7", "hadir 12"))[0] == WRONG
    desk.now = day.MORNING + timedelta(days=3)
    over = (
        "Pelayanan Prima: waktu untuk mencatat kehadiran sudah lewat. Bila Bapak/Ibu hadir, mohon beri tahu pengajar."
    )
    assert texts(await desk.tell("7", f"/start h-{code}-{day.KEY}"))[0] == over
    assert texts(await desk.tell("7", f"/start h-{code}-tidak_ada"))[0] == nothing
    assert await rows(desk) == []


async def test_nobody_checks_in_to_what_was_called_off(desk: DeskOfOne) -> None:
    await day.enrol(desk.process, desk.now, await proven(desk))
    await day.changed(desk.process, cancelled=True)
    desk.now = day.MORNING
    code = await day.shown(desk.process, desk.now)
    words = "Pelayanan Prima dibatalkan, jadi tidak ada kehadiran yang dicatat."
    assert texts(await desk.tell("7", f"HADIR {code}"))[0] == words
    assert texts(await desk.tell("8", f"/start h-{code}-{day.KEY}"))[0] == words


async def test_guesses_are_counted_for_an_hour(desk: DeskOfOne) -> None:
    await proven(desk)
    desk.now = day.MORNING
    for _try in range(5):
        wrong = day.other_than(await day.shown(desk.process, desk.now))
        assert texts(await desk.tell("7", f"HADIR {wrong}"))[0] == WRONG
    code = await day.shown(desk.process, desk.now)
    refused = texts(await desk.tell("7", f"HADIR {code}"))[0]
    assert refused == (
        "Sudah beberapa kali dicoba. Mohon coba lagi sesudah pukul 08.50, atau beri tahu pengajar: kehadiran dapat "
        "dicatat olehnya."
    )
    assert texts(await desk.tell("7", code))[0] == refused
    assert await rows(desk) == []
    desk.now += timedelta(minutes=61)
    assert "✅" in texts(await desk.tell("7", await day.shown(desk.process, desk.now)))[0]


async def test_digits_are_the_answer_to_a_question_that_takes_them_and_else_check_in(desk: DeskOfOne) -> None:
    await day.enrol(desk.process, desk.now, await proven(desk))
    desk.now = day.MORNING
    await desk.tell("7", "/start suara")
    code = await day.shown(desk.process, desk.now)
    said = texts(await desk.tell("7", code))
    assert said[0] == f"Angka itu kami catat sebagai jawaban. Untuk mencatat kehadiran, ketik HADIR {code}."
    assert "Pilih satu." in said[-1]
    assert await desk.rows("SELECT value FROM answer") == [(code,)]
    assert await rows(desk) == []
    wrong = day.other_than(code)
    assert "Pilih satu." in texts(await desk.tell("7", wrong))[-1], "no choice, and no code"
    assert await rows(desk) == []
    said = texts(await desk.tell("7", code))
    assert said[0] == PRESENT
    assert "Pilih satu." in said[-1]
    assert await desk.rows("SELECT value FROM answer") == [(code,)]


async def test_digits_are_digits_while_nobody_checks_in(desk: DeskOfOne) -> None:
    await proven(desk)
    await desk.tell("7", "/start suara")
    assert "Pilih satu." in texts(await desk.tell("7", "123456"))[-1]
    assert await desk.number("SELECT count(*) FROM guess") == 0


async def test_several_on_one_phone_say_who_came(desk: DeskOfOne) -> None:
    await proven(desk)
    await desk.tell("7", "PROFIL", "Maria", "Orang lain", "Yohanes")
    desk.now = day.MORNING
    code = await day.shown(desk.process, desk.now)
    who = await desk.tell("7", f"/start h-{code}-{day.KEY}")
    assert (texts(who), labels(who)) == (["Siapa yang hadir?"], ["Maria", "Yohanes", "Orang lain"])
    assert await rows(desk) == []
    desk.now += timedelta(minutes=5)  # the code in the room is another one by now
    said = texts(await desk.tell("7", "Maria"))
    assert said[0] == f"Maria: {NOT_ENROLLED}"
    maria = await day.person(desk.process, day.MARIA)
    assert await desk.rows("SELECT respondent_id FROM attendance") == [(int(maria),)]
    again = await desk.tell("7", f"HADIR {await day.shown(desk.process, desk.now)}", "Yohanes")
    assert texts(again)[0] == f"Yohanes: {NOT_ENROLLED}\n{VERIFY}"
    assert await desk.number("SELECT count(DISTINCT respondent_id) FROM attendance") == 2
    other = await desk.tell("7", f"HADIR {await day.shown(desk.process, desk.now)}", "Orang lain")
    assert texts(other)[0] == "Ketik PROFIL lalu pilih “Orang lain”; sesudah itu pindai atau ketik kodenya sekali lagi."
    late = await desk.tell("7", f"HADIR {await day.shown(desk.process, desk.now)}")
    assert texts(late) == ["Siapa yang hadir?"]
    desk.now += timedelta(minutes=16)
    assert texts(await desk.tell("7", "1"))[0] == f"Maria: {WRONG}"


async def test_a_link_that_is_none(desk: DeskOfOne) -> None:
    said = texts(await desk.tell("7", "/start h-abc"))
    assert said == ["Mohon ketik HADIR dan enam angka yang tampil di ruangan, misalnya HADIR 123456."]
