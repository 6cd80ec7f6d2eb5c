"""What comes to pass at the office in a story while the person waits: ``@ happens a_task``."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from sqlalchemy import select

from bot.app import Process
from handlers import tasks
from handlers.permissions import TERMINAL
from handlers.tasks import Wanted
from outreach.roster import Entry
from storage import submissions
from storage import tasks as stored
from storage.tables import respondent
from storage.tables_training import submission
from storage.unit_of_work import UnitOfWork
from tests.trainings_office import HEAD, SESSION, STAFF, attended, known, respondents, set_up

Happening = Callable[[Process, datetime], Awaitable[None]]
INSTRUCTION = "Susun teks syarat satu layanan yang paling sering diminta, lalu uji pada 5 warga."


async def a_task(process: Process, now: datetime) -> None:
    """The one who writes attended a training, and has a task after it."""
    person = await _who_writes(process, STAFF[0], now)
    async with process.database.write() as transaction:
        await attended(transaction, process.vault, [person], now=now)
    await _given(process, now)


async def a_task_to_assess(process: Process, now: datetime) -> None:
    """One of their people handed in a task."""
    await _who_writes(process, HEAD, now)
    people = await respondents(process.database, process.vault, entries=STAFF[:1], now=now)
    async with process.database.write() as transaction:
        await attended(transaction, process.vault, people, now=now)
    await _given(process, now)
    async with process.database.write() as transaction:
        [(given, _task)] = await stored.of_person(transaction, people[0])
        await submissions.hand_in(transaction, process.vault, given.id, "Ini teks syarat surat pindah.", [], now=now)
        await stored.move(transaction, given.id, "handed_in", now)


async def the_files_are_here(process: Process, _now: datetime) -> None:
    """What was sent was fetched and lies in the media folder, bare of where and when it was taken."""
    async with process.database.read() as transaction:
        [handed_in] = await transaction.all(select(submission.c.files))
        found = await submissions.files(transaction, handed_in.files.split())
    assert [(one.state, one.mime) for one in found] == [("fetched", "image/jpeg"), ("fetched", "application/pdf")]
    photo = (process.config.folder / "media" / found[0].path).read_bytes()
    assert b"Exif" not in photo
    assert (process.config.folder / "media" / found[1].path).read_bytes().startswith(b"%PDF")


async def _who_writes(process: Process, entry: Entry, now: datetime) -> int:
    """They prove to be that employee; their number."""
    async with process.database.write() as transaction:
        await set_up(transaction, process.vault, now=now)
        [(person,)] = await transaction.all(select(respondent.c.id))
        await known(transaction, process.vault, entry, person)
    return int(person)


async def _given(process: Process, now: datetime) -> None:
    wanted = Wanted(session=SESSION.key, title="Teks syarat layanan", instruction=INSTRUCTION, double=0)
    async with process.database.write() as transaction:
        unit = UnitOfWork(transaction, process.vault, now=now)
        task = await tasks.put(unit, TERMINAL, wanted, calendar=process.house.calendar)
        await tasks.assign(unit, TERMINAL, task.key, rng=random.Random(1), calendar=process.house.calendar)


HAPPENINGS: Mapping[str, Happening] = {
    "a_task": a_task,
    "a_task_to_assess": a_task_to_assess,
    "the_files_are_here": the_files_are_here,
}
