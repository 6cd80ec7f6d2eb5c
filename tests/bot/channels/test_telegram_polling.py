from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels import _telegram_polling
from bot.channels._telegram_polling import AFTER_AN_OUTAGE, LONGEST_PAUSE, Trouble, pause
from bot.channels.telegram import TelegramChannel, poll
from surveys.messages import Incoming, Text
from tests.fake_telegram import FakeTelegram


class Desk:
    """Keeps what the loop hands over; ``before`` runs first and may refuse."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.poison: list[tuple[str, str]] = []
        self.troubles: list[Trouble] = []
        self.before: Callable[[], None] = lambda: None

    async def accept(self, batch: Sequence[Incoming]) -> None:
        self.before()
        self.batches.append([said(incoming) for incoming in batch])

    async def accept_poison(self, number: str, _update: Mapping[str, Any], error: ValueError) -> None:
        self.poison.append((number, str(error)))

    @property
    def all(self) -> list[str]:
        return [text for batch in self.batches for text in batch]


def said(incoming: Incoming) -> str:
    return incoming.reply.text if isinstance(incoming.reply, Text) else type(incoming.reply).__name__


@asynccontextmanager
async def polling(channel: TelegramChannel, desk: Desk, *, limit: int = 100) -> AsyncIterator[None]:
    task = asyncio.create_task(
        poll(
            channel,
            desk.accept,
            desk.accept_poison,
            rng=random.Random(1),
            limit=limit,
            seconds=20,
            watch=desk.troubles.append,
        )
    )
    try:
        yield
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses themselves are tried out on their own."""
    monkeypatch.setattr(_telegram_polling, "pause", lambda tries, asked, rng, most: 0.01)


async def test_updates_are_handed_over_and_confirmed(channel: TelegramChannel, fake: FakeTelegram) -> None:
    desk, maria = Desk(), fake.person(5001)
    maria.send("satu")
    maria.send("dua")
    async with polling(channel, desk):
        await fake.all_confirmed()
        maria.send("tiga")
        await fake.all_confirmed()
    assert (desk.batches, desk.troubles) == ([["satu", "dua"], ["tiga"]], [])


async def test_nothing_is_confirmed_before_it_is_accepted(channel: TelegramChannel, fake: FakeTelegram) -> None:
    desk, waiting = Desk(), []
    fake.person(5001).send("satu")
    desk.before = lambda: waiting.append((len(fake.updates), fake.updates.confirmed))
    async with polling(channel, desk):
        await fake.all_confirmed()
    assert waiting == [(1, 0)]


async def test_what_is_not_committed_is_asked_for_again(
    channel: TelegramChannel, fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk()
    failures = iter([OSError("disk full"), ValueError("locked")])

    def fail_twice() -> None:
        error = next(failures, None)
        if error is not None:
            raise error

    desk.before = fail_twice
    fake.person(5001).send("satu")
    async with polling(channel, desk):
        await fake.all_confirmed()
    assert (desk.batches, desk.troubles) == ([["satu"]], ["not committed", ""])
    assert [record.message for record in caplog.records] == [
        "Updates from Telegram could not be kept; they are asked for again."
    ] * 2


async def test_update_that_cannot_be_read_is_handed_over_as_poison(
    channel: TelegramChannel, fake: FakeTelegram
) -> None:
    desk, maria = Desk(), fake.person(5001)
    maria.send("satu")
    fake.updates.add_raw(b'{"update_id":%d,"message":{"text":"tanpa pengirim"}}', chat_id=1, queue=("chat", 1))
    fake.updates.add_raw(b'{"update_id":%d,"message":{"from":"x"}}', chat_id=1, queue=("chat", 1))
    fake.updates.add_raw(b'{"update_id":%d,"channel_post":{}}', chat_id=1, queue=("chat", 1))
    maria.send("dua\ud800")
    async with polling(channel, desk):
        await fake.all_confirmed()
    assert (desk.batches, desk.poison) == (
        [["satu", "dua\ud800"]],
        [("700000003", "No Telegram update: AttributeError")],
    )


async def test_duplicates_do_not_turn_the_offset_back(channel: TelegramChannel, fake: FakeTelegram) -> None:
    desk, maria = Desk(), fake.person(5001)
    fake.faults.add("duplicate", times=2)
    async with polling(channel, desk, limit=2):
        for number in range(6):
            maria.send(str(number))
        await fake.all_confirmed()
        maria.send("akhir")
        await fake.all_confirmed()
    assert sorted(desk.all) == ["0", "0", "1", "1", "2", "3", "4", "5", "akhir"]


@pytest.mark.parametrize(
    ("kind", "trouble"),
    [("flood", "refused"), ("error", "unreachable"), ("bad_gateway", "unreachable"), ("reset_before", "unreachable"),
     ("reset_after", "unreachable")],
)  # fmt: skip
async def test_faults_lose_nothing(channel: TelegramChannel, fake: FakeTelegram, kind: Any, trouble: Trouble) -> None:
    desk, maria = Desk(), fake.person(5001)
    maria.send("satu")
    fake.faults.add(kind, method="getUpdates", times=2)
    async with polling(channel, desk):
        await fake.all_confirmed()
        maria.send("dua")
        await fake.all_confirmed()
    assert (desk.all, desk.troubles) == (["satu", "dua"], [trouble, ""])


async def test_conflict_is_noticed_and_waited_out(channel: TelegramChannel, fake: FakeTelegram) -> None:
    desk = Desk()
    fake.person(5001).send("satu")
    await channel.set_up({}, default="id", webhook_url="http://127.0.0.1:9/hook")
    async with polling(channel, desk):
        await fake.until(lambda: fake.updates.conflicts > 0)
        await channel.set_up({}, default="id")
        await fake.all_confirmed()
    assert (desk.all, desk.troubles) == (["satu"], ["conflict", ""])


async def test_channel_that_could_not_open_asks_for_its_name_later(fake: FakeTelegram) -> None:
    channel, desk = TelegramChannel(fake.token, base_url=fake.base_url), Desk()
    fake.faults.add("bad_gateway", method="getMe", times=2)
    with pytest.raises(Exception, match="HTTP 502"):
        await channel.open()
    group = fake.group(-1005)
    fake.person(5001).send("/start@SuaraAlakBot", group=group)
    async with polling(channel, desk):
        await fake.all_confirmed()
    await channel.close()
    assert (channel.username, desk.all) == ("SuaraAlakBot", ["/start"])


def test_pauses_grow_up_to_a_minute_and_a_half_and_are_never_shorter_than_asked() -> None:
    class Dice(random.Random):
        def random(self) -> float:
            return 0.5

    assert [pause(tries, 0.0, Dice()) for tries in (1, 2, 3, 7, 50)] == [1.25, 2.5, 5.0, 75.0, 75.0]
    assert LONGEST_PAUSE == 60.0
    assert [pause(tries, 0.0, Dice(), most=AFTER_AN_OUTAGE) for tries in (1, 4, 50)] == [1.25, 6.25, 6.25]
    assert pause(1, 30.0, Dice()) == 37.5


def test_source_is_what_the_loop_needs(channel: TelegramChannel) -> None:
    source: _telegram_polling.Source = channel
    assert source.parse({"update_id": 1}, datetime.min.replace(tzinfo=UTC)) is None
