"""PINDAH: what was half done on one channel goes on on the other, nothing is answered twice, nobody joins unasked."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.inbox import Inbox
from surveys.messages import Address, Incoming, Outgoing, Text
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one
from tests.office import Posted

VOID = "Kode itu tidak (lagi) berlaku. Mohon ketik /pindah di kanal lain untuk kode baru."
ASK = (
    "Gabungkan percakapan ini dengan yang di kanal lain? Jawaban dan tiket keduanya menjadi satu. Pilih Ya hanya bila "
    "Bapak/Ibu sendiri yang meminta kode itu."
)
ONE = "✅ Kedua percakapan sudah menjadi satu."


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        yield opened


def texts(said: list[Outgoing]) -> list[str]:
    return [one.text for one in said]


async def code_of(desk: DeskOfOne, person: str = "7") -> str:
    said = await desk.tell(person, "/pindah")
    assert said[0].secret
    found = re.search(r"/pindah (\d{4}-[A-Z]{4})", said[0].text)
    assert found is not None
    return found[1]


async def web(desk: DeskOfOne, *words: str) -> list[str]:
    return texts(await desk.tell("tamu", *words, channel="webchat"))


async def test_a_half_finished_survey_goes_on_on_the_other_channel(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start suara", "Loket buka lebih pagi")
    code = await code_of(desk)
    assert await web(desk, f"/pindah {code}") == [ASK]
    said = await web(desk, "Ya")
    assert said[0] == ONE
    assert "Pilih satu." in said[1]
    await web(desk, "Bravo", "Maria", "Kirim")
    assert await desk.rows("SELECT state FROM response") == [("complete",)]
    assert await desk.rows("SELECT value FROM answer WHERE place IN ('isi', 'nilai') ORDER BY place") == [
        ("Loket buka lebih pagi",), ("b",),
    ]  # fmt: skip
    assert await desk.number("SELECT count(*) FROM respondent") == 1
    assert await desk.number("SELECT count(DISTINCT respondent_id) FROM address") == 1
    assert await desk.rows("SELECT act, origin FROM audit") == [("respondents.merge", "webchat")]


async def test_an_old_question_on_the_first_screen_takes_no_answer(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start suara", "Loket buka lebih pagi")
    await web(desk, f"PINDAH {(await code_of(desk)).lower()}", "ya", "Bravo")
    said = texts(await desk.tell("7", "Alfa"))  # answers a question that was answered there meanwhile
    assert said[0] == "Sementara itu Bapak/Ibu melanjutkan di kanal lain. Sekarang sampai di sini:"
    assert "Siapa nama Bapak/Ibu?" in said[1]
    assert await desk.rows("SELECT value FROM answer WHERE place = 'nilai'") == [("b",)]
    await desk.tell("7", "Maria", "Kirim")
    assert await desk.rows("SELECT state FROM response") == [("complete",)]


async def test_a_survey_begun_later_stands_on_one_screen_as_well(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start", "Warga")
    await web(desk, f"/pindah {await code_of(desk)}", "Ya")
    await web(desk, "/start suara", "Loket buka lebih pagi")
    said = texts(await desk.tell("7", "Alfa"))
    assert said[0].startswith("Sementara itu")
    assert await desk.number("SELECT count(*) FROM answer") == 1


async def test_what_was_sent_on_both_counts_once(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start suara", "Pertama", "Alfa", "Maria", "Kirim")
    await web(desk, "/start suara", "Kedua", "Bravo", "Maria", "Kirim")
    assert (await web(desk, f"/pindah {await code_of(desk)}", "Ya"))[0] == ONE
    assert await desk.rows("SELECT state FROM response ORDER BY completed_at") == [("withdrawn",), ("complete",)]
    assert await desk.number("SELECT count(*) FROM participation") == 1


async def test_a_code_is_void_after_a_quarter_of_an_hour_after_use_and_where_it_came_from(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start suara")
    code = await code_of(desk)
    assert texts(await desk.tell("7", f"/pindah {code}"))[0] == (
        "Kode itu dari percakapan ini. Mohon ketik di kanal lain."
    )
    desk.now += timedelta(minutes=16)
    assert (await web(desk, f"/pindah {code}"))[0] == VOID
    code = await code_of(desk)
    assert (await web(desk, f"/pindah {code}", "Ya"))[0] == ONE
    assert texts(await desk.tell("lain", f"/pindah {code}", channel="webchat"))[0] == VOID


async def test_a_link_does_the_same_and_says_where_one_stands_when_it_is_old(desk: DeskOfOne) -> None:
    desk.process.house = replace(
        desk.process.house,
        ways=lambda payload: [
            ("telegram", f"https://t.me/suara?start={payload}"),
            ("webchat", f"/chat?start={payload}"),
        ],
    )
    desk.process.reception = replace(desk.process.reception, house=desk.process.house)
    await desk.tell("7", "/start suara", "Loket")
    said = (await desk.tell("7", "/pindah"))[0].text.split("\n")
    assert said[-2] == "Atau buka tautan ini di sana:"
    payload = said[-1].removeprefix("/chat?start=")
    assert await web(desk, f"/start {payload}") == [ASK]
    assert (await web(desk, "Ya"))[0] == ONE
    assert (await web(desk, f"/start {payload}"))[0] == VOID


async def test_no_keeps_both_apart(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start suara", "Loket")
    assert (await web(desk, f"/pindah {await code_of(desk)}", "Tidak"))[0] == "Baik, keduanya tetap terpisah."
    assert await desk.number("SELECT count(*) FROM respondent") == 2
    assert await desk.number("SELECT count(*) FROM audit") == 0


async def test_guessing_has_an_end(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start suara")
    code = await code_of(desk)
    for _time in range(5):
        assert (await web(desk, "/pindah 0000-AAAA"))[0] == VOID
    assert (await web(desk, f"/pindah {code}"))[0].startswith("Sudah beberapa kali dicoba.")
    assert await desk.number("SELECT count(*) FROM respondent") == 2


async def at_once(desk: DeskOfOne, *said: tuple[str, str, str]) -> Posted:
    """These (channel, person, words) come in one batch; what was said in return."""
    process, sender = desk.process, Posted()
    inbox = Inbox(process.database, process.vault, process.reception, sender, clock=lambda: desk.now, process=1)
    done = [
        inbox.submit(
            Incoming(
                address=Address(channel, person),
                external_id=str(number),
                reply=Text(words),
                sent_at=desk.now,
                message_id=str(number),
                language="id",
            )
        )
        for number, (channel, person, words) in enumerate(said, start=901)
    ]
    running = asyncio.create_task(inbox.run())
    await asyncio.wait(done)
    inbox.close()
    await running
    return sender


async def test_both_channels_in_one_batch(desk: DeskOfOne) -> None:
    """Joining is done in a batch of its own; what the other one said in the same moment is not lost."""
    await desk.tell("7", "/start suara", "Loket buka lebih pagi")
    code = await code_of(desk)
    await web(desk, f"/pindah {code}")
    sender = await at_once(desk, ("telegram", "7", "Bravo"), ("webchat", "tamu", "Ya"))
    assert await desk.number("SELECT count(*) FROM incident") == 0
    assert await desk.rows("SELECT value FROM answer WHERE place = 'nilai'") == [("b",)]
    assert await desk.number("SELECT count(*) FROM respondent") == 1
    assert "Siapa nama Bapak/Ibu?" in sender.leased[-1].outgoing.text


async def test_one_person_on_two_channels_in_one_batch(desk: DeskOfOne) -> None:
    await desk.tell("7", "/start suara", "Loket buka lebih pagi")
    await web(desk, f"/pindah {await code_of(desk)}", "Ya")
    sender = await at_once(desk, ("webchat", "tamu", "Bravo"), ("telegram", "7", "Alfa"))
    assert await desk.rows("SELECT value FROM answer WHERE place = 'nilai'") == [("b",)]
    assert await desk.number("SELECT count(*) FROM session") == 1
    said = [one.outgoing.text for one in sender.leased if one.address.channel == "telegram"]
    assert "Siapa nama Bapak/Ibu?" in said[-1]
