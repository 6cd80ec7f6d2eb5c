"""One training's whole life, over a Bot API server and with a stepped clock: announced, enrolled in, reminded of, sat
through, judged, tested, applied in a task that is assessed, asked about after a month, and summed up as evidence.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import select

from bot.app import Process
from bot.chores import Chores
from bot.config import Config, Data, Telegram, Web
from handlers import tasks, training_office
from handlers.permissions import TERMINAL
from handlers.tasks import Given, Wanted
from insights.figures import Figure
from outreach.attendance import code
from outreach.evaluations import Evaluation
from outreach.roster import Changes
from reports._evidence_words import number
from reports.evidence import evidence_sheet
from storage import roster, trainings
from storage.tables import respondent
from storage.tables_training import enrolment
from storage.unit_of_work import UnitOfWork
from surveys.survey import in_language
from tests.fake_telegram import FakeTelegram
from tests.stories.drivers import TelegramDriver, settled
from tests.stories.story import WITA, Said, Story
from tests.stories.test_stories import Clock, running
from tests.trainings_office import HEAD, SESSION, STAFF, TRAINING, UNITS, known

PEOPLE = 5
KEY = SESSION.key
LEVEL = "Menyelia dan menjelaskan proses pelayanan"
THANKS = "✅ Terima kasih. Jawaban Bapak/Ibu sudah kami terima."
SKILLED = replace(
    TRAINING, competences=("pelayanan_publik",), skills=("menjelaskan syarat layanan", "mencatat pengaduan")
)


@dataclass
class Life:
    """An office that runs, its clock, and people with telephones."""

    process: Process
    chores: Chores
    fake: FakeTelegram
    clock: Clock
    drivers: dict[str, TelegramDriver] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    async def at(self, day: date, hour: time) -> None:
        """It is then; what is due is done."""
        self.clock.now = datetime.combine(day, hour, WITA)
        for _round in range(3):  # what is planned now is due now
            for _every, chore in self.chores.all().values():
                await chore(self.clock.now)
            await settled(self.process)
            self.clock.now += timedelta(seconds=10)

    async def say(self, who: str, *words: str) -> list[Said]:
        """What is said in return, to all of it."""
        driver = self.drivers[who]
        await driver.seen()
        for one in words:
            self.clock.now += timedelta(seconds=1)
            await driver.do(one)
        return await driver.seen()

    async def heard(self, who: str) -> str:
        """What came without being asked for."""
        return "\n".join(one.words for one in await self.drivers[who].seen())

    async def arrives(self, who: str, place: int) -> None:
        """Somebody writes for the first time, and proves who they are."""
        entry = HEAD if who == "head" else STAFF[place]
        self.drivers[who] = TelegramDriver(
            self.process, self.fake, self.fake.person(6000 + place, name=entry.name, language_code="id")
        )
        before = await self._people()
        await self.say(who, "/start", "ASN", "Setuju", "Isi tanpa NIP")
        [self.numbers[who]] = await self._people() - before
        async with self.process.database.write() as transaction:
            await known(transaction, self.process.vault, entry, self.numbers[who])

    async def _people(self) -> set[int]:
        async with self.process.database.read() as transaction:
            return {int(row.id) for row in await transaction.all(select(respondent.c.id))}

    async def sits(self, who: str, *, rightly: bool) -> str:
        """The test: every answer right, or none."""
        [survey] = [one for name, one in self.process.library.newest().items() if name == f"l2_{TRAINING.key}"]
        said = await self.say(who, f"/start {Evaluation(kind='test', session=KEY).payload}")
        while "Kirim" not in said[-1].labels:
            words = said[-1].words
            keyed = [one for one in survey.playbook.survey.keyed if in_language(one.label, "id") in words]
            [question] = keyed
            [right] = [in_language(one.label, "id") for one in question.choices if one.name == question.key]
            found = re.search(rf"(\d)\.? {re.escape(right)}", words)
            labels = list(said[-1].labels)
            place = int(found[1]) - 1 if found else labels.index(right)
            wanted = place if rightly else (place + 1) % len(question.choices)
            said = await self.say(who, str(wanted + 1) if found else labels[wanted])
        return (await self.say(who, "Kirim"))[0].words


@asynccontextmanager
async def living(folder: Path, clock: Clock) -> AsyncIterator[Life]:
    async with AsyncExitStack() as stack:
        fake = await stack.enter_async_context(FakeTelegram())
        telegram = Telegram(token=SecretStr(fake.token), base_url=fake.base_url, base_file_url=fake.base_file_url)
        config = Config(data=Data(folder=folder), web=Web(enabled=False), telegram=telegram)
        process = await stack.enter_async_context(running(config, Story("life"), clock))
        stack.push_async_callback(process.stop)
        await process.start()
        yield Life(process, Chores(process), fake, clock)


async def announced(life: Life) -> None:
    process = life.process
    async with process.database.write() as transaction:
        await roster.keep_units(transaction, UNITS)
        entries = (HEAD, *STAFF[:PEOPLE])
        await roster.save(transaction, process.vault, Changes(new=entries), [], today=life.clock.now.date())
        unit = UnitOfWork(transaction, process.vault, now=life.clock.now)
        await training_office.put(unit, TERMINAL, SKILLED, units=("kel_nbd",), positions=())
        await training_office.announce(unit, TERMINAL, SESSION, timezone=WITA)
        await unit.flush()


async def digits(life: Life, day: date) -> str:
    async with life.process.database.read() as transaction:
        secret = await trainings.secret_of(transaction, life.process.vault, KEY)
    assert secret is not None
    return code(secret, KEY, day, life.clock.now)


async def given(life: Life) -> Given:
    process = life.process
    wanted = Wanted(session=KEY, title="Teks syarat layanan", instruction="Susun teks syarat.", double=0)
    async with process.database.write() as transaction:
        unit = UnitOfWork(transaction, process.vault, now=life.clock.now)
        task = await tasks.put(unit, TERMINAL, wanted, calendar=process.house.calendar)
        return await tasks.assign(unit, TERMINAL, task.key, rng=random.Random(1), calendar=process.house.calendar)


async def index(life: Life) -> list[tuple[str, float | None]]:
    async with life.process.database.read() as transaction:
        sheet = await evidence_sheet(transaction, life.process.vault, KEY)
    return [(one.key, _float(one)) for one in sheet.evidence.index]


def _float(figure: Figure) -> float | None:
    value = number(figure)
    return None if value is None else float(value)


async def test_one_training_from_its_announcement_to_its_evidence(office: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(office, folder)
    clock = Clock(datetime(2026, 11, 16, 9, 0, tzinfo=WITA))
    async with living(folder, clock) as life:
        await announced(life)
        everybody = [f"p{place}" for place in range(PEOPLE)]
        await life.arrives("head", 90)
        for place, who in enumerate(everybody):
            await life.arrives(who, place)
            assert "Daftar" in (await life.say(who, f"/start t-{KEY}"))[-1].labels
            assert "terdaftar" in (await life.say(who, "Daftar"))[0].words
        await life.at(date(2026, 11, 24), time(9, 1))
        assert "Bapak/Ibu terdaftar pada pelatihan Pelayanan Prima (16 JP)" in await life.heard("p0")
        await life.at(date(2026, 11, 30), time(9, 1))
        assert "Besok, Selasa, 1 Desember 2026" in await life.heard("p0")
        for who in everybody:
            await life.sits(who, rightly=False)
        for day in (date(2026, 12, 1), date(2026, 12, 2)):
            await life.at(day, time(7, 50))
            for who in everybody:
                said = await life.say(who, f"HADIR {await digits(life, day)}")
                assert "hadir" in said[0].words.lower(), said
        await life.at(date(2026, 12, 2), time(15, 31))
        assert "Nama Bapak/Ibu tidak ditampilkan kepada pengajar." in await life.heard("p0")
        for who in everybody:
            await life.say(who, f"/start {Evaluation(kind='feedback', session=KEY).payload}")
            await life.say(who, *["4"] * 11, "9", "LEWATI", "Kirim")
            await life.sits(who, rightly=True)
        await life.at(date(2026, 12, 3), time(9, 0))
        async with life.process.database.read() as transaction:
            states = [row.state for row in await transaction.all(select(enrolment.c.state))]
        assert states == ["attended"] * PEOPLE
        assert await given(life) == Given(new=PEOPLE, twice=0, before=0)
        await life.at(date(2026, 12, 3), time(9, 5))
        assert "📌 Tugas setelah pelatihan Pelayanan Prima" in await life.heard("p0")
        for who in everybody:
            said = await life.say(who, "TUGAS", "Kirim tugas", "Syarat surat pindah: KK.", "Kirim", "Tetap kirim")
            assert any(one.words.startswith("✅ Tugas Bapak/Ibu sudah kami terima") for one in said)
        await life.at(date(2026, 12, 4), time(9, 1))
        assert "Tugas yang menunggu penilaian Bapak/Ibu: 5" in await life.heard("head")
        await life.say("head", "TUGAS", "Nilai tugas")
        for _one in everybody:
            said = await life.say("head", "3", "3", "3", "3", "Lewati", "Simpan")
        assert "✅ Tersimpan. Masih menunggu Bapak/Ibu: 0." in [one.words for one in said]
        await life.at(date(2026, 12, 4), time(9, 5))
        assert "✅ Tugas “Teks syarat layanan” lulus dengan nilai 66,67 dari 100." in await life.heard("p0")
        await life.at(date(2027, 1, 4), time(9, 1))
        assert "30 hari" in await life.heard("p0")
        for who in everybody:
            await life.say(who, f"/start {Evaluation(kind='follow_up', session=KEY, step=30).payload}")
            multi = ("Lebih cepat", "Selesai", "Tidak ada", "Selesai", "Tidak perlu", "Selesai")
            said = await life.say(who, "Ya", "3", "3", "LEWATI", *multi, LEVEL, "Rencana", "Kirim")
            assert [one.words for one in said].count(THANKS) == 1
            about = Evaluation(kind="supervisor", session=KEY, step=30, about=str(life.numbers[who]))
            await life.say("head", f"/start {about.payload}")
            helped = ("Bimbingan", "Selesai", "Tidak ada", "Selesai")
            said = await life.say("head", "3", "3", "Membaik", LEVEL, *helped, "LEWATI", "Kirim")
            assert [one.words for one in said].count(THANKS) == 1
        await life.at(date(2027, 1, 5), time(9, 0))
        assert await index(life) == [
            ("index.l1", 75.0),
            ("index.l2", 100.0),
            ("index.task", 66.67),
            ("index.l3", 75.0),
            ("index.ikp", 78.75),  # 0.15 x 75 + 0.25 x 100 + 0.3 x 66.67 + 0.3 x 75
        ]
