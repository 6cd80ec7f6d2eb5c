"""Buttons under reminders of tasks and of the follow-up: each leads where it says; who was told is not told again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import attendance
from storage.attendance import CheckedIn
from storage.enrolments import person_of
from surveys.messages import Button, Outgoing, Press
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one
from tests.handlers.test_tasks import INSTRUCTION, arrive, assign, put, texts
from tests.office import WITA
from tests.trainings_office import AFTER, SESSION, set_up

DUE = date(2026, 12, 16)


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        opened.now = AFTER
        async with opened.process.database.write() as transaction:
            await set_up(transaction, opened.process.vault, now=AFTER)
        yield opened


async def came(desk: DeskOfOne, *people: int, head: bool = False) -> None:
    """They arrive, and the list of both days says that they were there."""
    await arrive(desk, *people, head=head)
    async with desk.process.database.write() as transaction:
        for row in await transaction.all(text("SELECT respondent_id FROM enrolment")):
            for day in (date(2026, 12, 1), date(2026, 12, 2)):
                there = CheckedIn(person=person_of(row.respondent_id), day=day, at=desk.now, how="list")
                await attendance.check_in(transaction, SESSION.key, there)


async def ticked(desk: DeskOfOne, day: date, hour: int = 9) -> list[Outgoing]:
    """What is sent without anybody's asking at that hour."""
    desk.now = datetime.combine(day, time(hour), WITA)
    for _round in range(3):  # what is planned by one tick is sent by the next
        await desk.tick()
    return [one for one in await desk.deliver() if one.text]


def button(sent: list[Outgoing], label: str) -> Button:
    [found] = [one for message in sent for row in message.rows for one in row if one.label.endswith(label)]
    return found


async def press(desk: DeskOfOne, person: str, pressed: Button) -> list[str]:
    said = await desk.take(desk.incoming(person, Press(pressed.data)))
    return [one for one in texts(said) if one]


async def test_a_task_is_handed_in_and_its_rubric_seen_from_the_reminder(desk: DeskOfOne) -> None:
    await came(desk, 0)
    await assign(desk, await put(desk, due=DUE))
    await ticked(desk, date(2026, 12, 4))
    sent = await ticked(desk, date(2026, 12, 15))
    rubric, hand_in = button(sent, "Lihat rubrik"), button(sent, "Kirim tugas")
    assert "Kesesuaian dengan instruksi (30%)" in (await press(desk, "0", rubric))[0]
    assert (await press(desk, "0", hand_in))[0].startswith("Tugas “Teks syarat layanan”. Mohon kirim teks")
    await desk.tell("9", "/start", "ASN", "Setuju")
    assert await press(desk, "9", hand_in) == ["Tombol ini sudah tidak dipakai."]


async def test_whoever_was_given_a_task_that_day_is_not_reminded_of_it_besides(desk: DeskOfOne) -> None:
    """Its last day is near: the news says until when, and the reminder for that is skipped."""
    await came(desk, 0)
    await ticked(desk, date(2026, 12, 4))
    desk.now = datetime.combine(date(2026, 12, 15), time(10), WITA)
    await assign(desk, await put(desk, due=DUE))
    sent = await ticked(desk, date(2026, 12, 15), 11)
    assert [INSTRUCTION[1:] in one for one in texts(sent)] == [True]
    assert all("diharapkan" not in one and "🔔" not in one for one in texts(sent))
    assert await desk.rows("SELECT outcome FROM reminder_log WHERE rule = 'task_due' AND outcome = 'sent'") == []


async def test_a_supervisor_starts_or_says_that_it_is_nobody_of_theirs(desk: DeskOfOne) -> None:
    await came(desk, 0, 1, head=True)
    await ticked(desk, date(2026, 12, 4))
    sent = [one for one in await ticked(desk, date(2027, 1, 4)) if "Bukan" in str(one.rows)]
    assert len(sent) == 1, "both of the staff in one message"
    [first, second] = [one for row in sent[0].rows for one in row if one.label.endswith("Bukan bawahan saya")]
    [start, _other] = [one for row in sent[0].rows for one in row if one.label.endswith("Mulai")]
    assert await press(desk, "head", start) == ["Survei ini belum diterbitkan. Mohon beri tahu penyelenggara."]
    assert (await press(desk, "head", second))[0].startswith("Terima kasih. Kami tidak menanyakan orang ini lagi")
    assert await press(desk, "head", second) == [], "a double tap"
    await ticked(desk, date(2027, 1, 5))
    planned = "SELECT payload FROM reminder WHERE rule = 'supervisor'"
    assert len(await desk.rows(planned)) == 1, "after 90 days about the other one alone"
    assert first.data != second.data
    assert await press(desk, "0", first) == ["Tombol ini sudah tidak dipakai."]
    assert timedelta(0) < datetime(2027, 3, 2, tzinfo=WITA) - desk.now
