from __future__ import annotations

import asyncio
import json
from typing import Any

from tests.fake_telegram import Clock, FakeTelegram
from tests.fake_telegram.conftest import Call


def texts(answer: tuple[int, dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in answer[1]["result"]]


async def test_update_is_given_until_the_offset_confirms_it(call: Call, fake: FakeTelegram) -> None:
    maria = fake.person(7)
    maria.send("satu")
    maria.send("dua")
    first = await call("getUpdates")
    assert texts(first) == ["satu", "dua"]
    second, third = (update["update_id"] for update in first[1]["result"])
    assert texts(await call("getUpdates", offset=second)) == ["satu", "dua"]
    assert texts(await call("getUpdates", offset=third)) == ["dua"]
    assert (await call("getUpdates", offset=third + 1, timeout=0))[1]["result"] == []
    assert (fake.updates.confirmed, len(fake.updates)) == (2, 0)


async def test_update_has_the_shape_of_the_bot_api(call: Call, fake: FakeTelegram, clock: Clock) -> None:
    await fake.person(7).send("/start abc")
    (update,) = (await call("getUpdates"))[1]["result"]
    assert update == {
        "update_id": 700_000_001,
        "message": {
            "message_id": 1,
            "from": {"id": 7, "is_bot": False, "first_name": "Maria", "language_code": "id"},
            "chat": {"id": 7, "type": "private", "first_name": "Maria"},
            "date": int(clock.now()),
            "text": "/start abc",
            "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
        },
    }


async def test_long_poll_ends_when_something_is_said(call: Call, fake: FakeTelegram) -> None:
    waiting = asyncio.create_task(call("getUpdates", timeout=30))
    await fake.until(lambda: fake.updates._poll is not None)
    fake.person(7).send("akhirnya")
    assert texts(await waiting) == ["akhirnya"]


async def test_limit_is_kept(call: Call, fake: FakeTelegram) -> None:
    for number in range(120):
        fake.person(7).send(str(number))
    assert len(texts(await call("getUpdates", limit=1000))) == 100
    assert texts(await call("getUpdates", offset=-3)) == ["117", "118", "119"]


async def test_messages_expire_after_a_day_and_presses_after_150_seconds(
    call: Call, fake: FakeTelegram, clock: Clock
) -> None:
    maria = fake.person(7)
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "1"}]]}
    await call("sendMessage", chat_id=7, text="Pilih", reply_markup=markup)
    maria.send("lama")
    maria.press_inline("A")
    clock.advance(149)
    assert len((await call("getUpdates"))[1]["result"]) == 2
    clock.advance(2)
    assert texts(await call("getUpdates", limit=100, offset=1)) == ["lama"]
    clock.advance(86_400)
    assert (await call("getUpdates", offset=2, timeout=0))[1]["result"] == []
    assert fake.updates.expired == [700_000_002, 700_000_001]


async def test_second_poller_ends_the_first_with_a_conflict(call: Call, fake: FakeTelegram) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=30))
    await fake.until(lambda: fake.updates._poll is not None)
    second = asyncio.create_task(call("getUpdates", offset=1, timeout=30))
    assert await first == (
        409,
        {
            "ok": False,
            "error_code": 409,
            "description": "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
            "running",
        },
    )
    fake.person(7).send("x")
    assert texts(await second) == ["x"]


async def test_polling_conflicts_with_a_webhook(call: Call) -> None:
    await call("setWebhook", url="http://127.0.0.1:9/hook")
    status, answer = await call("getUpdates")
    assert (status, answer["description"]) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    await call("deleteWebhook")
    assert (await call("getUpdates", offset=5, timeout=0))[0] == 200


async def test_only_kinds_that_were_asked_for_are_kept(call: Call, fake: FakeTelegram) -> None:
    await call("getUpdates", allowed_updates=["message"], timeout=0, offset=1)
    maria = fake.person(7)
    maria.block()
    maria.send("halo")
    (update,) = (await call("getUpdates", offset=2))[1]["result"]
    assert update["message"]["text"] == "halo"


async def test_duplicate_comes_after_it_was_confirmed(call: Call, fake: FakeTelegram) -> None:
    fake.faults.add("duplicate")
    fake.person(7).send("satu")
    (update,) = (await call("getUpdates"))[1]["result"]
    after = update["update_id"] + 1
    assert (await call("getUpdates", offset=after, timeout=0))[1]["result"] == [update]
    assert (await call("getUpdates", offset=after + 1, timeout=0))[1]["result"] == []


async def test_text_that_is_no_unicode_is_written_as_an_escape(fake: FakeTelegram) -> None:
    fake.person(7).send("a\ud800\x00")
    (update,) = fake.updates.all()
    assert b"a\\ud800\\u0000" in update.body
    assert json.loads(update.body)["message"]["text"] == "a\ud800\x00"
