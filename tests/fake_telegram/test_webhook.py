from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from tests.fake_telegram import Clock, FakeTelegram
from tests.fake_telegram.conftest import Call

Answer = Callable[[dict[str, Any], int], Awaitable[web.Response]]


class Hook:
    """A bot behind a webhook: ``answer(update, number of the request)``; 200 unless told otherwise."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.open = 0
        self.most_open = 0
        self.url = ""
        self.port = 0

        async def well(update: dict[str, Any], number: int) -> web.Response:
            return web.Response()

        self.answer: Answer = well

    def texts(self) -> list[str]:
        return [said(update) for update in self.updates]

    async def called(self, request: web.Request) -> web.Response:
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            update = await request.json()
            self.updates.append(update)
            self.headers.append({name.lower(): value for name, value in request.headers.items()})
            return await self.answer(update, len(self.updates))
        finally:
            self.open -= 1


def said(update: dict[str, Any]) -> str:
    kind = next(key for key in update if key != "update_id")
    return f"{kind}:{update[kind].get('text') or update[kind].get('data')}"


@asynccontextmanager
async def serving(hook: Hook) -> AsyncIterator[Hook]:
    app = web.Application()
    app.router.add_post("/hook", hook.called)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", hook.port)
    await site.start()
    hook.port = runner.addresses[0][1]
    hook.url = f"http://127.0.0.1:{hook.port}/hook"
    try:
        yield hook
    finally:
        await runner.cleanup()


@pytest.fixture
async def hook(fake: FakeTelegram) -> AsyncIterator[Hook]:
    async with serving(Hook()) as hook:
        yield hook
        if fake.webhook is not None:
            await fake.webhook.close()
            fake.webhook = None


async def test_update_is_carried_with_the_secret(call: Call, fake: FakeTelegram, hook: Hook) -> None:
    await call("setWebhook", url=hook.url, secret_token="rahasia_1")
    fake.person(7).send("halo")
    await fake.all_confirmed()
    assert hook.texts() == ["message:halo"]
    assert hook.headers[0]["x-telegram-bot-api-secret-token"] == "rahasia_1"
    assert hook.headers[0]["content-type"] == "application/json"


async def test_updates_that_wait_are_carried_once_the_webhook_is_set(
    call: Call, fake: FakeTelegram, hook: Hook
) -> None:
    for number in range(3):
        fake.person(7).send(str(number))
    await call("setWebhook", url=hook.url)
    await fake.all_confirmed()
    assert hook.texts() == ["message:0", "message:1", "message:2"]


async def test_one_persons_messages_keep_their_order_and_others_do_not_wait(
    call: Call, fake: FakeTelegram, hook: Hook
) -> None:
    release = asyncio.Event()

    async def slow_for_maria(update: dict[str, Any], number: int) -> web.Response:
        if update["message"]["chat"]["id"] == 7:
            await release.wait()
        return web.Response()

    hook.answer = slow_for_maria
    await call("setWebhook", url=hook.url)
    fake.person(7).send("maria 1")
    fake.person(7).send("maria 2")
    fake.person(8).send("yohanis 1")
    fake.person(8).send("yohanis 2")
    await fake.until(lambda: len(hook.updates) == 3)
    assert sorted(hook.texts()) == ["message:maria 1", "message:yohanis 1", "message:yohanis 2"]
    release.set()
    await fake.all_confirmed()
    assert hook.texts()[-1] == "message:maria 2"


async def test_messages_edits_and_presses_do_not_wait_for_each_other(
    call: Call, fake: FakeTelegram, hook: Hook
) -> None:
    release = asyncio.Event()

    async def slow(update: dict[str, Any], number: int) -> web.Response:
        if "message" in update:
            await release.wait()
        return web.Response()

    hook.answer = slow
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "1:a"}]]}
    await call("sendMessage", chat_id=7, text="Pilih", reply_markup=markup)
    await call("setWebhook", url=hook.url)
    maria = fake.person(7)
    number = maria.send("tiga")
    maria.edit(number, "empat")
    maria.press_inline("A")
    await fake.until(lambda: len(hook.updates) == 3)
    assert sorted(hook.texts()) == ["callback_query:1:a", "edited_message:empat", "message:tiga"]
    release.set()
    await fake.all_confirmed()


async def test_no_more_connections_than_agreed(call: Call, fake: FakeTelegram, hook: Hook) -> None:
    full = asyncio.Event()

    async def waits_for_the_others(update: dict[str, Any], number: int) -> web.Response:
        if hook.open == 4:
            full.set()
        await full.wait()
        return web.Response()

    hook.answer = waits_for_the_others
    await call("setWebhook", url=hook.url, max_connections=4)
    for person in range(100, 120):
        fake.person(person).send("x")
    await fake.all_confirmed()
    assert (len(hook.updates), hook.most_open) == (20, 4)
    _, info = await call("getWebhookInfo")
    assert info["result"]["max_connections"] == 4


async def test_never_more_than_a_hundred_connections(call: Call, fake: FakeTelegram, hook: Hook) -> None:
    await call("setWebhook", url=hook.url, max_connections=100_000)
    assert fake.webhook is not None
    assert fake.webhook.max_connections == 100


async def test_update_is_repeated_until_it_is_answered_2xx(call: Call, fake: FakeTelegram, hook: Hook) -> None:
    async def well_the_third_time(update: dict[str, Any], number: int) -> web.Response:
        return web.Response(status=500 if number < 3 else 204)

    hook.answer = well_the_third_time
    await call("setWebhook", url=hook.url)
    fake.person(7).send("x")
    await fake.all_confirmed()
    assert hook.texts() == ["message:x"] * 3
    _, info = await call("getWebhookInfo")
    assert info["result"]["last_error_message"] == "Wrong response from the webhook: 500"


async def test_retry_after_is_honoured(call: Call, fake: FakeTelegram, hook: Hook) -> None:
    async def busy_once(update: dict[str, Any], number: int) -> web.Response:
        return web.Response(status=503, headers={"Retry-After": "1"}) if number == 1 else web.Response()

    hook.answer = busy_once
    await call("setWebhook", url=hook.url)
    fake.person(7).send("x")
    await fake.until(lambda: len(hook.updates) == 1)
    for number in range(20):  # without Retry-After the second try would come at once
        fake.person(8).send(str(number))
    await fake.all_confirmed()
    assert hook.texts() == ["message:x", *(f"message:{number}" for number in range(20)), "message:x"]


async def test_update_that_would_be_too_old_is_given_up(
    call: Call, fake: FakeTelegram, hook: Hook, clock: Clock
) -> None:
    async def busy(update: dict[str, Any], number: int) -> web.Response:
        return web.Response(status=503, headers={"Retry-After": "3600"})

    hook.answer = busy
    await call("setWebhook", url=hook.url)
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "1:a"}]]}
    await call("sendMessage", chat_id=7, text="Pilih", reply_markup=markup)
    fake.person(7).press_inline("A")
    await fake.all_confirmed()
    assert fake.updates.expired == [700_000_001]


async def test_method_in_the_answer_is_carried_out(call: Call, fake: FakeTelegram, hook: Hook) -> None:
    async def answers(update: dict[str, Any], number: int) -> web.Response:
        return web.json_response({"method": "sendMessage", "chat_id": 7, "text": f"Anda bilang {number}"})

    hook.answer = answers
    await call("setWebhook", url=hook.url)
    fake.person(7).send("x")
    assert (await fake.person(7).next()).text == "Anda bilang 1"
    assert [(kept.method, kept.message_id) for kept in fake.recorded] == [("sendmessage", 2)]


async def test_refused_method_in_the_answer_is_told_to_nobody(call: Call, fake: FakeTelegram, hook: Hook) -> None:
    async def answers(update: dict[str, Any], number: int) -> web.Response:
        return web.json_response({"method": "sendMessage", "chat_id": 7, "text": ""})

    hook.answer = answers
    await call("setWebhook", url=hook.url)
    fake.person(7).send("x")
    await fake.all_confirmed()
    assert [kept.refused for kept in fake.refused] == ["Bad Request: message text is empty"]


async def test_answer_that_takes_too_long_is_tried_again(http: Any, clock: Clock) -> None:
    async with FakeTelegram(webhook_timeout=0.1, webhook_pause=0.01) as fake, serving(Hook()) as hook:
        fake.person(7, started=True)

        async def too_slow_once(update: dict[str, Any], number: int) -> web.Response:
            if number == 1:
                await asyncio.sleep(5)
            return web.Response()

        hook.answer = too_slow_once
        async with http.post(f"{fake.base_url}{fake.token}/setWebhook", json={"url": hook.url}):
            pass
        fake.person(7).send("x")
        await fake.all_confirmed()
        assert hook.texts() == ["message:x"] * 2


async def test_webhook_that_is_down_gets_its_updates_when_it_is_back(
    call: Call, fake: FakeTelegram, hook: Hook
) -> None:
    later = Hook()
    async with serving(later):
        pass  # a port that is free again
    later.url = f"http://127.0.0.1:{later.port}/hook"
    await call("setWebhook", url=later.url)
    fake.person(7).send("x")
    assert fake.webhook is not None
    await fake.until(lambda: fake.webhook is not None and fake.webhook.last_error == "Connection refused")
    async with serving(later):
        await fake.all_confirmed()
        await fake.webhook.close()
        fake.webhook = None
    assert later.texts() == ["message:x"]


async def test_duplicate_and_lost_answer_repeat_the_update(call: Call, fake: FakeTelegram, hook: Hook) -> None:
    async def answers(update: dict[str, Any], number: int) -> web.Response:
        return web.json_response({"method": "sendMessage", "chat_id": 7, "text": str(number)})

    hook.answer = answers
    fake.faults.add("lost_answer")
    fake.faults.add("duplicate")
    await call("setWebhook", url=hook.url)
    maria = fake.person(7)
    maria.send("pertama")
    await fake.all_confirmed()
    maria.send("kedua")
    await fake.all_confirmed()
    assert hook.texts() == ["message:pertama", "message:pertama", "message:kedua", "message:kedua"]
    assert [message.text for message in maria.received] == ["2", "3", "4"]


async def test_several_processes_share_the_address_in_turn(call: Call, fake: FakeTelegram) -> None:
    async with serving(Hook()) as one, serving(Hook()) as two:
        fake.share_webhook([("127.0.0.1", one.port), ("127.0.0.1", two.port)])
        full = asyncio.Event()

        async def waits(update: dict[str, Any], number: int) -> web.Response:
            if one.open + two.open == 4:
                full.set()
            await full.wait()
            return web.Response()

        one.answer = two.answer = waits
        await call("setWebhook", url="http://bot.invalid/hook")
        for person in range(100, 104):
            fake.person(person).send("x")
        await fake.all_confirmed()
        assert (len(one.updates), len(two.updates)) == (2, 2)
        assert fake.webhook is not None
        await fake.webhook.close()
        fake.webhook = None


async def test_deleted_webhook_leaves_updates_to_polling(call: Call, fake: FakeTelegram, hook: Hook) -> None:
    await call("setWebhook", url=hook.url)
    await call("deleteWebhook")
    fake.person(7).send("x")
    (update,) = (await call("getUpdates"))[1]["result"]
    assert update["message"]["text"] == "x"
    assert hook.updates == []
