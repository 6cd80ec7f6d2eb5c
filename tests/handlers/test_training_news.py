"""News of trainings: a process that dies after telling tells nothing twice, one that dies before loses nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from handlers import training_news, training_office
from handlers.permissions import TERMINAL
from outreach.training import Day
from storage import dues
from storage.dues import Due
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one
from tests.handlers.learners import PRIMA, SESSION, act, civil_servant, heard, offer, unit_of
from tests.office import WITA


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        await offer(opened)
        await civil_servant(opened, "7")
        await opened.tell("7", "/start t-prima-1", "Daftar")
        await act(opened, training_office.change, TERMINAL, replace(SESSION, place="Ruang rapat"))
        yield opened


async def claimed(desk: DeskOfOne) -> list[Due]:
    async with desk.process.database.write() as transaction:
        found = await dues.claim(transaction, desk.process.number, desk.now, 100)
    return [one for one in found if one.kind == "training_news"]


async def told(desk: DeskOfOne, due: Due) -> int:
    async with desk.process.database.write() as transaction:
        return await training_news.tell(unit_of(desk, transaction), desk.process.reception, due)


async def test_the_same_row_tells_once(desk: DeskOfOne) -> None:
    [due] = await claimed(desk)
    assert await told(desk, due) == 1
    assert await told(desk, due) == 0
    assert len(await heard(desk)) == 1
    assert await claimed(desk) == []


async def test_what_was_claimed_by_a_process_that_died_is_told_by_another(desk: DeskOfOne) -> None:
    [_due] = await claimed(desk)
    async with desk.process.database.write() as transaction:
        await dues.free(transaction, [desk.process.number])
    [due] = await claimed(desk)
    assert await told(desk, due) == 1


async def test_what_is_changed_while_it_is_told_is_told_as_well(desk: DeskOfOne) -> None:
    [due] = await claimed(desk)
    await act(desk, training_office.change, TERMINAL, replace(SESSION, place="Aula Kantor Lurah"))
    assert await told(desk, due) == 0, "the row was planned anew"
    [due] = await claimed(desk)
    assert await told(desk, due) == 1
    assert "Tempat baru: di Aula Kantor Lurah." in (await heard(desk))[0]


async def test_what_is_as_it_was_is_no_news(desk: DeskOfOne) -> None:
    await act(desk, training_office.change, TERMINAL, SESSION)
    [due] = await claimed(desk)
    assert await told(desk, due) == 0


# ---- one message a day, within the office's hours ---------------------------------------------------

MONDAY = date(2026, 11, 30)
"""The working day before SESSION."""


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), WITA)


async def ticked(desk: DeskOfOne, moment: datetime) -> list[str]:
    """What people are told without their asking up to that moment, and at it."""
    desk.now = moment
    for _round in range(3):  # what is planned by one tick is sent by the next
        await desk.tick()
    return await heard(desk)


async def test_news_takes_the_reminders_of_the_day_along(desk: DeskOfOne) -> None:
    """One message on the day before, though the place was changed that morning; nothing more at nine."""
    await ticked(desk, at(date(2026, 11, 27), 15))
    later = replace(SESSION, key="prima-2", days=(Day(date(2026, 12, 21), time(8), time(15)),))
    await offer(desk, later, replace(PRIMA, key="lagi", title="Pelayanan Lanjutan"))
    await desk.tell("7", "/start t-prima-2", "Daftar")
    desk.now = at(MONDAY, 8, 10)
    await act(desk, training_office.change, TERMINAL, replace(later, training="lagi", place="Ruang rapat"))
    [message] = await ticked(desk, at(MONDAY, 8, 10))
    assert message.startswith("🔔 Ada perubahan pada pelatihan Pelayanan Lanjutan. Tempat baru: di Ruang rapat.")
    assert "\n\n🔔 Besok, Selasa, 1 Desember 2026, pukul 08.00 WITA: pelatihan Pelayanan Prima" in message
    assert await ticked(desk, at(MONDAY, 9, 30)) == []
    sent = "SELECT rule FROM reminder_log WHERE outcome = 'sent' AND rule IN ('h1', 'training_news') ORDER BY rule, at"
    assert [row[0] for row in await desk.rows(sent)] == ["h1", "training_news", "training_news"]


async def test_after_the_message_of_the_day_news_comes_at_once_and_alone(desk: DeskOfOne) -> None:
    await ticked(desk, at(date(2026, 11, 27), 15))
    assert len(await ticked(desk, at(MONDAY, 9))) == 1, "the reminder of the day before"
    await act(desk, training_office.change, TERMINAL, replace(SESSION, place="Aula Kantor Lurah"))
    [message] = await ticked(desk, at(MONDAY, 10))
    assert "Aula Kantor Lurah" in message
    assert "Besok" not in message


@pytest.mark.parametrize(
    ("changed", "begins", "told_at"),
    [
        (at(date(2026, 12, 24), 10), date(2027, 1, 5), at(date(2026, 12, 28), 8)),  # collective leave, then Christmas
        (at(date(2026, 12, 5), 20), date(2026, 12, 8), at(date(2026, 12, 7), 8)),  # Saturday, for a Tuesday
        (at(date(2026, 12, 5), 20), date(2026, 12, 7), at(date(2026, 12, 5), 20)),  # for a Monday: it could not wait
    ],
)
async def test_news_waits_for_the_hours_of_the_working_calendar_where_it_can(
    desk: DeskOfOne, changed: datetime, begins: date, told_at: datetime
) -> None:
    session = replace(SESSION, days=(Day(begins, time(8), time(15)),))
    await act(desk, training_office.change, TERMINAL, session)
    await ticked(desk, changed - timedelta(hours=1))
    desk.now = changed
    await act(desk, training_office.change, TERMINAL, replace(session, place="Gedung serbaguna"))
    if told_at > changed:
        assert await ticked(desk, changed) == []
        assert await ticked(desk, told_at - timedelta(minutes=2)) == []
    assert any("Gedung serbaguna" in text for text in await ticked(desk, told_at))
