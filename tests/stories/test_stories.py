"""Every story over every channel: the same words and buttons, whatever carries them."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import orjson
import pytest
from pydantic import SecretStr

from bot.app import Process, open_store
from bot.chores import Chores
from bot.config import Config, Data, Telegram, Web
from bot.forms import examined
from bot.playing import parse_duration
from storage import surveys as stored
from storage.webchat import Transcripts
from surveys import notation
from tests.fake_telegram import FakeTelegram
from tests.handlers.test_identifying import fill
from tests.stories.drivers import ConsoleDriver, Driver, TelegramDriver, WebChatDriver, settled
from tests.stories.story import WITA, Said, Story, Turn, Wait, fits, read, told_apart

HERE = Path(__file__).parent
STORIES = sorted(HERE.glob("*.story"))
CHANNELS = ("console", "webchat", "telegram")
ELSEWHERE = "@elsewhere "
CODE = re.compile(r"\b\d{4}-[A-Z]{4}\b")


@dataclass(slots=True)
class Clock:
    """The office's clock: it moves when the story says so, and a second with every turn."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the bundled surveys published; copied for each story."""
    folder = tmp_path_factory.mktemp("office")

    async def prepare() -> None:
        config = Config(data=Data(folder=folder), web=Web(enabled=False))
        database, vault, _before = await open_store(config)
        process = Process(config, database, vault)
        await process.start()
        await process.stop()
        await database.close()

    asyncio.run(prepare())
    return folder


@asynccontextmanager
async def running(config: Config, story: Story) -> AsyncIterator[Process]:
    database, vault, _before = await open_store(config)
    try:
        if story.form is not None:
            survey, problems = examined(story.form, district="alak", zone=WITA)
            assert survey is not None, problems
            async with database.write() as transaction:
                await stored.publish(
                    transaction,
                    name=survey.name,
                    version=await stored.next_version(transaction, survey.name),
                    notation=orjson.dumps(notation.dump(survey)),
                    source=None,
                    source_type="",
                    now=story.begins,
                )
        process = Process(config, database, vault)
        if story.roster:
            await fill(process)
        yield process
    finally:
        await database.close()


@asynccontextmanager
async def playing(
    channel: str, story: Story, folder: Path, clock: Clock
) -> AsyncIterator[tuple[Process, Driver, Driver]]:
    """The office, who plays the story, and the same person at the console."""
    async with AsyncExitStack() as stack:
        web, telegram = Web(enabled=False), Telegram()
        fake: FakeTelegram | None = None
        if channel == "webchat":
            web = Web(port=0)
        if channel == "telegram":
            fake = await stack.enter_async_context(FakeTelegram())
            telegram = Telegram(token=SecretStr(fake.token), base_url=fake.base_url, base_file_url=fake.base_file_url)
        config = Config(data=Data(folder=folder), web=web, telegram=telegram)
        process = await stack.enter_async_context(running(config, story))
        stack.push_async_callback(process.stop)
        elsewhere = ConsoleDriver(process, clock, folder)
        driver: Driver = elsewhere
        await process.start()
        if channel == "webchat":
            driver = WebChatDriver(process, Transcripts(process.database, process.vault))
        if fake is not None:
            driver = TelegramDriver(process, fake, fake.person(5001, name="Maria", language_code=story.language))
        stack.push_async_callback(driver.close)
        yield process, driver, elsewhere


async def played(channel: str, story: Story, folder: Path, clock: Clock) -> None:
    async with playing(channel, story, folder, clock) as (process, here, elsewhere):
        work = Chores(process).all()
        driver, code = here, ""
        for turn in story.turns:
            clock.now += timedelta(seconds=1)
            match turn:
                case Turn():
                    driver = elsewhere if turn.done.startswith(ELSEWHERE) else here
                    await driver.do(turn.done.removeprefix(ELSEWHERE).replace("{code}", code))
                    await work["fetching files"][1](clock.now)
                case Wait():
                    clock.now += parse_duration(turn.duration)
                    for _every, chore in work.values():
                        await chore(clock.now)
            await settled(process)
            said = await driver.seen()
            code = next((found[0] for one in said if (found := CODE.search(one.words))), code)
            difference = told_apart(turn.said, said)
            if difference:
                done = turn.done if isinstance(turn, Turn) else f"@ wait {turn.duration}"
                pytest.fail(
                    f"{story.name}.story:{turn.line}, on {channel}, after “{done}”\n{difference}", pytrace=False
                )


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
async def test_story(path: Path, channel: str, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story = read(path)
    if channel not in story.only:
        return
    folder = tmp_path / "data"
    shutil.copytree(office, folder)
    clock = Clock(story.begins)
    monkeypatch.setattr("bot.app.clock", clock)
    await played(channel, story, folder, clock)


def test_there_are_stories() -> None:
    assert len(STORIES) >= 5


def test_a_story_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.story"
    path.write_text(
        "# note\n@ now 2026-11-24T16:00\n@ only console\n\n"
        "> /start\n< Selamat sore.\n\n  1 ASN\n  2 Warga   [ASN] [Warga]\n"
        "> dua\n  baris\n@ wait P2D\n< Kabar\n",
        encoding="utf-8",
    )
    story = read(path)
    assert story.begins == datetime(2026, 11, 24, 16, 0, tzinfo=WITA)
    assert story.only == frozenset({"console"})
    assert story.turns == [
        Turn(5, "/start", [Said("Selamat sore. 1 ASN 2 Warga", ("ASN", "Warga"))]),
        Turn(10, "dua\nbaris"),
        Wait(12, "P2D", [Said("Kabar")]),
    ]


@pytest.mark.parametrize("line", ["? what", "< before anything", "@ dance"])
def test_a_line_that_is_none_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.story"
    path.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.story:1: "):
        read(path)


@pytest.mark.parametrize(
    ("expected", "found", "agrees"),
    [
        (Said("Halo."), Said("Halo."), True),
        (Said("Nomor … dan PIN …."), Said("Nomor ALK-26-0418-P dan PIN 4831."), True),
        (Said("Nomor …"), Said("Nama"), False),
        (Said("Halo"), Said("Halo."), False),
        (Said("Halo.", ("Ya",)), Said("Halo."), False),
        (Said("Halo.", ("Ya",)), Said("Halo.", ("Ya", "Tidak")), False),
    ],
)
def test_what_fits(expected: Said, found: Said, *, agrees: bool) -> None:
    assert fits(expected, found) is agrees
