from __future__ import annotations

import aiohttp
import pytest

from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.conftest import Call
from tests.fake_telegram.faults import Faults, Kind


@pytest.mark.parametrize(
    ("kind", "status", "description"),
    [
        ("flood", 429, "Too Many Requests: retry after 3"),
        ("error", 500, "Internal Server Error"),
        ("blocked", 403, "Forbidden: bot was blocked by the user"),
        ("deactivated", 403, "Forbidden: user is deactivated"),
        ("not_found", 400, "Bad Request: chat not found"),
    ],
)
async def test_fault_strikes_once_and_nothing_is_done(
    call: Call, fake: FakeTelegram, kind: Kind, status: int, description: str
) -> None:
    fake.faults.add(kind, seconds=3)
    assert (await call("getMe"))[0] == 200
    struck = await call("sendMessage", chat_id=7, text="x")
    assert (struck[0], struck[1]["description"]) == (status, description)
    assert (await call("sendMessage", chat_id=7, text="y"))[0] == 200
    assert [message.text for message in fake.person(7).received] == ["y"]
    assert fake.faults.happened == {kind: 1}


@pytest.mark.parametrize(("kind", "arrived"), [("reset_before", []), ("reset_after", ["x"]), ("hang", [])])
async def test_connection_ends_before_or_after_it_was_done(
    call: Call, fake: FakeTelegram, kind: Kind, arrived: list[str]
) -> None:
    fake.faults.add(kind, seconds=0.01)
    with pytest.raises(aiohttp.ClientError):
        await call("sendMessage", chat_id=7, text="x")
    assert [message.text for message in fake.person(7).received] == arrived


async def test_delay_answers_late_but_does_it_at_once(call: Call, fake: FakeTelegram) -> None:
    fake.faults.add("delay", seconds=0.05)
    status, answer = await call("sendMessage", chat_id=7, text="x")
    assert (status, answer["result"]["text"]) == (200, "x")


async def test_bad_gateway_is_no_json(fake: FakeTelegram, http: aiohttp.ClientSession) -> None:
    fake.faults.add("bad_gateway", method="getMe")
    async with http.post(f"{fake.base_url}{fake.token}/getMe") as response:
        assert (response.status, response.content_type) == (502, "text/html")


def test_fault_concerns_only_its_method_and_chat() -> None:
    faults = Faults()
    faults.add("error", method="sendPhoto", chat_id=7, times=-1)
    faults.add("flood", method="*", chat_id=8)
    struck = [
        (method, chat, fault.kind if (fault := faults.for_call(method, chat)) else None)
        for method, chat in (("sendphoto", 7), ("sendphoto", 9), ("sendmessage", 7), ("getme", 8), ("getme", 8))
    ]
    assert struck == [
        ("sendphoto", 7, "error"),
        ("sendphoto", 9, None),
        ("sendmessage", 7, None),
        ("getme", 8, "flood"),
        ("getme", 8, None),
    ]


def test_dice_are_seeded() -> None:
    def struck(seed: int) -> list[bool]:
        faults = Faults(seed)
        faults.add("error", times=-1, probability=0.5)
        return [faults.for_call("sendmessage", 1) is not None for _ in range(40)]

    assert struck(1) == struck(1)
    assert struck(1) != struck(2)
    assert {*struck(1)} == {True, False}
