"""Thirty people answer the training-needs survey while the program is killed at random moments.

At the end every answer that somebody sent is stored once, everybody has finished, no question was skipped, and
prompts were repeated at most once a person and kill, beside what faults on the way and cries for help repeat.
``SUARA_CRASH_KILLS`` makes it long (``make soak``), and then it tells every ten kills how far it is.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import select, text

from bot import catalog
from bot.bundled import folder
from bot.trial import bundled, publish_bundled
from storage.database import Database, open_database
from storage.migrating import migrate
from storage.people import lookup_of
from storage.responses import read_answer, read_place
from storage.tables import answer
from storage.vault import Vault, open_vault
from surveys.engine import reopen
from surveys.engine.playbook import compile_survey
from surveys.messages import Address
from surveys.session import Answer, Place
from surveys.survey import Survey
from surveys.xlsform import read
from tests.crash.programs import Program
from tests.crash.respondent import Respondent
from tests.fake_telegram.fake import FakeTelegram
from tests.office import NOW

KILLS = int(os.environ.get("SUARA_CRASH_KILLS", "10"))
PEOPLE = 30
STEPS = 40
"""A part of the messages somebody sends from the first word to the last."""
SECRET = "rahasia"
FIRST_ID = 50_001
WAITING = "SELECT count(*) FROM delivery WHERE state IN ('queued', 'leased')"


@dataclass(slots=True)
class Run:
    """One run: the fake, the programs and the people."""

    fake: FakeTelegram
    programs: list[Program]
    people: list[Respondent]
    rng: random.Random

    @property
    def kills(self) -> int:
        return sum(program.kills for program in self.programs)

    async def kill_at_random(self) -> None:
        """Kill, start again, and once more, until it was often enough or everybody is done; then they hurry. How long
        people think goes by how long the kills will take, so that nobody is done before. Before every second kill
        something is heard: a message that is in hand at three deaths in a row is taken for the cause and set aside."""
        now = asyncio.get_running_loop().time
        begun = now()
        while self.kills < KILLS and not all(one.done for one in self.people):
            program = self.rng.choice(self.programs)
            if self.kills % 2:
                await self._something_heard()
            await asyncio.sleep(self.rng.uniform(0.05, 0.8))
            await program.kill()
            await program.start()
            await program.ready()
            pause = (now() - begun) * KILLS / self.kills / STEPS
            for one in self.people:
                one.pause = max(one.pause, pause)
            if self.kills % 10 == 0:
                print(f"{self.kills} kills, {self.answers} answers, {self.through} of {PEOPLE} through", flush=True)
        for one in self.people:
            one.pause = 0.05

    async def _something_heard(self) -> None:
        """Wait for the next message of the bot to anybody."""
        before = self._heard
        while True:
            if self._heard > before or self.through == PEOPLE:
                return
            await asyncio.sleep(0.02)

    @property
    def _heard(self) -> int:
        return sum(message.by_bot for one in self.people for message in one.person.messages)

    @property
    def answers(self) -> int:
        """What everybody said so far."""
        return sum(len(one.said) for one in self.people)

    @property
    def through(self) -> int:
        """How many are done."""
        return sum(one.done for one in self.people)


def training_needs() -> Survey:
    """The bundled survey."""
    [path] = [path for path in bundled() if path.stem == "tna_asn"]
    files = catalog.files(folder("catalog") / "alak")
    survey, _ = read(path, file_type=".md", name_hint=path.stem, files=files)
    return survey


async def run(tmp_path: Path, url: str, *, mode: str, programs: int, careful: int) -> None:
    """Play it to the end and look at what is stored."""
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}")
    rng = random.Random(seed)
    database = open_database(url)
    vault = open_vault(tmp_path / "suara.key", create=True)
    try:
        await migrate(database)
        await publish_bundled(database, "alak", NOW)
    finally:
        await database.close()
    async with FakeTelegram(webhook_pause=0.2, seed=seed) as fake:
        environ = {
            "SUARA_DATA__FOLDER": str(tmp_path),
            "SUARA_DATABASE__URL": url,
            "SUARA_TELEGRAM__TOKEN": fake.token,
            "SUARA_TELEGRAM__BASE_URL": fake.base_url,
            "SUARA_TELEGRAM__BASE_FILE_URL": fake.base_file_url,
            "SUARA_TELEGRAM__MODE": mode,
            "SUARA_TELEGRAM__WEBHOOK_SECRET": SECRET,
            "SUARA_TELEGRAM__WEBHOOK_URL": "http://127.0.0.1/hooks/telegram",
            "SUARA_LIMITS__CAREFUL_SECONDS": str(careful),
        }
        offices = [Program(tmp_path, environ) for _ in range(programs)]
        survey = training_needs()
        pause = 1.2 * max(1.0, KILLS / 10)
        people = [
            Respondent(fake.person(FIRST_ID + number), survey, random.Random(seed + number), pause)
            for number in range(PEOPLE)
        ]
        await asyncio.gather(*(office.start() for office in offices))
        try:
            await asyncio.gather(*(office.ready() for office in offices))
            if mode == "webhook":
                fake.targets = [("127.0.0.1", office.port) for office in offices]
                await set_webhook(fake)
            trouble(fake)
            played = Run(fake, offices, people, rng)
            async with asyncio.timeout(60 + 15 * KILLS):
                try:
                    await asyncio.gather(played.kill_at_random(), *(one.answer_all() for one in people))
                finally:
                    print(f"{played.kills} kills, faults {fake.faults.happened}")
                    print(f"helped {[one.helped for one in people]}, repeated {[one.repeated for one in people]}")
                    for one in people:
                        if not one.done:
                            last = [message.text for message in one.person.messages[-4:]]
                            print(f"unfinished: {one.person.user_id} said {one.said}, odd {one.odd[-1:]}, sees {last}")
            fake.faults.clear()
            await all_sent(url)
        finally:
            codes = await asyncio.gather(*(office.stop() for office in offices))
        assert codes == [0] * programs, offices[0].log()
        assert played.kills >= KILLS
        reread = open_database(url)
        try:
            await check(reread, vault, played)
            print(f"{played.answers} answers stored once each, none lost", flush=True)
        finally:
            await reread.close()


async def all_sent(url: str) -> None:
    """Wait until what was put back after a fault is sent too."""
    database = open_database(url)
    try:
        async with asyncio.timeout(60):
            while True:
                async with database.read() as transaction:
                    row = await transaction.first(text(WAITING))
                if row is not None and row[0] == 0:
                    return
                await asyncio.sleep(0.1)
    finally:
        await database.close()


async def set_webhook(fake: FakeTelegram) -> None:
    """As ``suara telegram setup`` does."""
    async with aiohttp.ClientSession() as http:
        body = {"url": "http://127.0.0.1/hooks/telegram", "secret_token": SECRET, "max_connections": 40}
        async with http.post(f"{fake.base_url}{fake.token}/setWebhook", json=body) as response:
            assert response.status == 200, await response.text()


def trouble(fake: FakeTelegram) -> None:
    """What goes wrong beside the kills."""
    fake.faults.add("duplicate", times=-1, probability=0.05)
    fake.faults.add("error", times=-1, probability=0.02)
    fake.faults.add("reset_before", times=-1, probability=0.01)
    fake.faults.add("reset_after", times=-1, probability=0.01)
    fake.faults.add("flood", times=-1, probability=0.005, seconds=1)
    fake.faults.add("lost_answer", times=-1, probability=0.02)


async def check(database: Database, vault: Vault, played: Run) -> None:
    """Every answer once, everybody finished, nothing else in the record."""
    stored = await answers_by_person(database, vault, played.people)
    await nothing_was_skipped(database, vault)
    for one in played.people:
        asked = {place: raw for place, raw in stored[one.person.user_id] if place in one.said}
        if asked != one.said:
            for message in one.person.messages:
                print(message.message_id, "<" if message.by_bot else ">", message.text.replace("\n", " / ")[-160:])
        assert asked == one.said, f"{one.person.user_id}: {one.odd}"
        unsaid = [place for place, raw in stored[one.person.user_id] if raw and place not in one.said]
        assert unsaid == []
    async with database.read() as transaction:
        states = await transaction.all(text("SELECT state, count(*) FROM response GROUP BY state"))
        assert [tuple(row) for row in states] == [("complete", PEOPLE)]
        for statement in (
            "SELECT count(*) FROM session",
            "SELECT count(*) FROM incident",
            WAITING,
            "SELECT count(*) FROM process",
        ):
            row = await transaction.first(text(statement))
            assert row is not None
            assert row[0] == 0, statement
    # A message whose way was cut after it arrived is sent once more, kills or not.
    doubtful = sum(played.fake.faults.happened.get(kind, 0) for kind in ("reset_after", "lost_answer"))
    for one in played.people:
        assert one.repeated <= played.kills + one.helped + doubtful, one.person.user_id
    # Whoever asks for help wants the question again; a slow machine makes many ask.
    assert sum(one.repeated - one.helped for one in played.people) <= played.kills * PEOPLE


async def nothing_was_skipped(database: Database, vault: Vault) -> None:
    """Laid before the engine anew, every response is complete: whatever its answers make relevant was asked, and nobody
    here passes a question over."""
    playbook = compile_survey(training_needs())
    given: dict[int, dict[Place, Answer]] = {}
    async with database.read() as transaction:
        for row in await transaction.all(select(answer)):
            given.setdefault(row.response_id, {})[read_place(row.place)] = read_answer(row, vault)
    for answers in given.values():
        asked = {place: one for place, one in answers.items() if playbook.item(place.name).asks}
        again = reopen(playbook, asked, language="id", now=NOW, rng=random.Random(1), say=str).session
        passed_over = [place for place in again.skipped if playbook.item(place.name).question.type != "note"]
        assert (again.doing, again.at, passed_over) == ("reviewing", None, [])


async def answers_by_person(
    database: Database, vault: Vault, people: Sequence[Respondent]
) -> dict[int, list[tuple[str, str]]]:
    """By Telegram's number of the person: (place, what was typed)."""
    found: dict[int, list[tuple[str, str]]] = {}
    statement = text(
        "SELECT answer.place, answer.raw FROM address "
        "JOIN response ON response.respondent_id = address.respondent_id "
        "JOIN answer ON answer.response_id = response.id WHERE address.lookup = :lookup"
    )
    async with database.read() as transaction:
        for one in people:
            lookup = lookup_of(Address("telegram", str(one.person.user_id)), vault)
            rows = await transaction.all(statement, {"lookup": lookup})
            found[one.person.user_id] = [(row[0], row[1]) for row in rows]
    return found


@pytest.mark.slow
@pytest.mark.timeout(60 + 30 * KILLS)
async def test_polling_on_sqlite(tmp_path: Path) -> None:
    await run(tmp_path, sqlite(tmp_path), mode="polling", programs=1, careful=120)


@pytest.mark.slow
@pytest.mark.timeout(60 + 30 * KILLS)
async def test_webhook_on_sqlite(tmp_path: Path) -> None:
    await run(tmp_path, sqlite(tmp_path), mode="webhook", programs=1, careful=2)


@pytest.mark.slow
@pytest.mark.timeout(60 + 30 * KILLS)
async def test_webhook_on_postgres_with_three(tmp_path: Path, postgres_url: str) -> None:
    await run(tmp_path, postgres_url, mode="webhook", programs=3, careful=2)


@pytest.mark.slow
@pytest.mark.timeout(60 + 30 * KILLS)
async def test_polling_on_postgres_with_two(tmp_path: Path, postgres_url: str) -> None:
    await run(tmp_path, postgres_url, mode="polling", programs=2, careful=2)


def sqlite(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'suara.sqlite3'}"
