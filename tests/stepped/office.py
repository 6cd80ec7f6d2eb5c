"""An office with five civil servants and its programs, which are killed as a power cut would.

Rule of the file: acts are written as the office's own acts write them; a step of the clock is over once nothing is due
and nothing waits to be sent.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import text

from handlers.reminding import plan_session
from outreach.enrolment import Enrolment
from outreach.training import Day, Training, TrainingSession
from storage import attendance, enrolments, people, trainings
from storage.attendance import CheckedIn
from storage.database import Database, Transaction
from storage.enrolments import person_of
from storage.people import Keeping, lookup_of
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from surveys.messages import Address
from tests.fake_telegram.fake import FakeTelegram
from tests.fake_telegram.world import Message
from tests.handlers.counter import WITA
from tests.reminded import employ
from tests.stepped.__main__ import CLOCK
from tests.stepped.model import Session, What

_ROOT = Path(__file__).resolve().parents[2]
_DAY = re.compile(r"\d+ [A-Z]\w+ 20\d\d")
_UNDONE = """
    SELECT (SELECT count(*) FROM reminder WHERE due_at <= :now)
         + (SELECT count(*) FROM due WHERE due_at <= :now)
         + (SELECT count(*) FROM delivery WHERE state IN ('queued', 'leased'))
"""


@dataclass
class Office:
    """The database, the fake Bot API, the programs, and the time (by the office's clock, without a zone)."""

    database: Database
    vault: Vault
    fake: FakeTelegram
    folder: Path
    environ: Mapping[str, str]
    now: datetime
    programs: list[asyncio.subprocess.Process] = field(default_factory=list)
    seen: dict[int, int] = field(default_factory=dict)
    kills: int = 0

    @property
    def _clock(self) -> Path:
        return self.folder / "clock"

    def set_clock(self, moment: datetime) -> None:
        """It is that time everywhere."""
        self.now = moment
        new = self.folder / "clock.new"
        new.write_text(moment.replace(tzinfo=WITA).isoformat(), encoding="ascii")
        new.replace(self._clock)

    @property
    def aware(self) -> datetime:
        return self.now.replace(tzinfo=WITA)

    # ---- programs -----------------------------------------------------------------------------------

    async def start(self) -> None:
        """One more program."""
        with (self.folder / "log").open("ab") as log:
            self.programs.append(
                await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "tests.stepped", cwd=self.folder, stdout=log, stderr=log,
                    env={**os.environ, **self.environ, CLOCK: str(self._clock), "PYTHONPATH": str(_ROOT)},
                )
            )  # fmt: skip

    async def kill(self, place: int = 0) -> None:
        """SIGKILL one of them."""
        program = self.programs.pop(place)
        if program.returncode is None:
            program.send_signal(signal.SIGKILL)
        await program.wait()
        self.kills += 1

    async def stop(self) -> list[int]:
        """SIGTERM all of them; their exit codes."""
        for program in self.programs:
            program.send_signal(signal.SIGTERM)
        async with asyncio.timeout(15):
            codes = [await program.wait() for program in self.programs]
        self.programs = []
        return codes

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")[-6000:]

    async def settled(self, within: float = 90.0) -> None:
        """Until nothing is due and nothing waits to be sent."""
        loop = asyncio.get_running_loop()
        end = loop.time() + within
        while await self._undone():
            assert all(program.returncode is None for program in self.programs), self.log()
            assert loop.time() < end, f"{self.now}: {await self._standing()}\n{self.log()}"
            await asyncio.sleep(0.02)

    async def _standing(self) -> list[object]:
        """What is still to be done."""
        found: list[object] = []
        async with self.database.read() as transaction:
            for statement in (
                "SELECT key, due_at FROM reminder ORDER BY due_at LIMIT 3",
                "SELECT key, state, due_at, attempts FROM due ORDER BY due_at LIMIT 3",
                "SELECT id, state, reason FROM delivery WHERE state IN ('queued', 'leased')",
            ):
                found += await transaction.all(text(statement))
        return found

    async def _undone(self) -> int:
        moment = self.aware.astimezone(UTC)
        now: Any = moment.isoformat(timespec="microseconds") if self.database.sqlite else moment
        async with self.database.read() as transaction:
            row = await transaction.first(text(_UNDONE), {"now": now})
        return int(row[0]) if row is not None else 0

    def news(self, titles: Sequence[str]) -> list[tuple[int, datetime, frozenset[What]]]:
        """What came to whom since the last time."""
        found = []
        for number, person in sorted(self.fake.people.items()):
            messages = person.received
            new = messages[self.seen.get(number, 0) :]
            found += [(number, self.now, said_in(message, titles)) for message in new]
            self.seen[number] = len(messages)
        return found

    # ---- the office's acts --------------------------------------------------------------------------

    async def people(self, numbers: Sequence[int]) -> dict[int, int]:
        """Civil servants with these numbers on Telegram, who proved who they are: the last is everybody's superior.
        Telegram's number to respondent."""
        found = {}
        async with self.database.write() as transaction:
            unit = self._unit(transaction)
            for number in numbers:
                where = Address("telegram", str(number))
                lookup = lookup_of(where, self.vault)
                known = (await people.known(transaction, {lookup: where}, self.vault))[lookup]
                found[number] = unit.new_id()
                unit.add_respondent(found[number], kind="asn", language="id", opted_out=False)
                unit.keep_visit(
                    Keeping(
                        address_id=known.address_id, respondent_id=found[number], kind="asn", language="id",
                        opted_out=False, dialog={}, gone=False,
                    )
                )  # fmt: skip
                self.fake.person(number, started=True)
            await unit.flush()
            await employ(transaction, self.vault, list(found.values()), superior=len(numbers))
        return found

    def _unit(self, transaction: Transaction) -> UnitOfWork:
        return UnitOfWork(transaction, self.vault, now=self.aware)

    async def announce(self, one: Session, respondents: Mapping[int, int]) -> None:
        async with self.database.write() as transaction:
            training = Training(key=one.key, title=one.title, form="bimtek", jp=Decimal(8))
            await trainings.put(transaction, training, self.aware)
            await trainings.announce(transaction, self.vault, _session(one))
            rows = [
                Enrolment(
                    person=enrolments.person_of(respondents[number]), session=one.key, state="enrolled",
                    since=self.aware,
                )
                for number in one.people
            ]  # fmt: skip
            await enrolments.keep(transaction, self.vault, rows)
            await plan_session(self._unit(transaction), one.key)

    async def change(self, one: Session) -> None:
        async with self.database.write() as transaction:
            await trainings.change(transaction, _session(one))
            await plan_session(self._unit(transaction), one.key)

    async def was_there(self, one: Session, number: int, day: date, respondents: Mapping[int, int]) -> None:
        one.there[number].add(day)
        async with self.database.write() as transaction:
            there = CheckedIn(person=person_of(respondents[number]), day=day, at=self.aware, how="code")
            await attendance.check_in(transaction, one.key, there)
            await plan_session(self._unit(transaction), one.key)

    async def repeated(self) -> dict[int, int]:
        """By Telegram's number: messages that a dead process may have sent before they were sent."""
        found: dict[int, int] = {}
        async with self.database.read() as transaction:
            rows = await transaction.all(
                text(
                    "SELECT a.id, a.external FROM delivery d JOIN address a ON a.id = d.address_id "
                    "WHERE d.reason = 'repeated'"
                )
            )
        for row in rows:
            number = int(people.external_of(row.id, row.external, self.vault))
            found[number] = found.get(number, 0) + 1
        return found


def _session(one: Session) -> TrainingSession:
    days = tuple(Day(day, time(8), time(15, 30)) for day in one.days)
    return TrainingSession(key=one.key, training=one.key, days=days, place="Aula", cancelled=one.cancelled)


def said_in(message: Message, titles: Sequence[str]) -> frozenset[What]:
    """What a message holds."""
    lines = message.text.splitlines()
    if lines[0].startswith("🔔 Ada "):
        return frozenset(_said(line, titles) for line in lines[1:] if line[:1].isdigit())
    return frozenset([_said(message.text, titles)])


def _said(words: str, titles: Sequence[str]) -> What:
    title = next(one for one in titles if one in words)
    day = _DAY.search(words)
    if "dapat hadir?" in words:
        return "h7", title, ""
    if "Kode hadir" in words:
        return "h0", title, ""
    if "Bapak/Ibu hadir?" in words:
        assert day is not None
        return "missed", title, day[0]
    if "sudah mengikuti" in words or "Umpan balik" in words:
        return "feedback", title, ""
    if "enilaian singkat" in words:
        name = re.search(r"Pegawai \d", words)
        assert name is not None
        return "supervisor", title, name[0]
    number = re.search(r"(\d+) hari se", words)
    if number is not None:
        return "follow_up", title, number[1]
    assert "pukul 08.00" in words, words
    return "h1", title, ""
