from __future__ import annotations

import re
from typing import Any

import pytest

from tests.fake_telegram import FakeTelegram, RemoteTelegram
from tests.fake_telegram.conftest import Call


def sent(fake: FakeTelegram) -> list[dict[str, Any]]:
    import json

    return [json.loads(update.body) for update in fake.updates.all()]


async def test_pressing_a_key_sends_its_label(call: Call, fake: FakeTelegram) -> None:
    maria = fake.person(7)
    await call(
        "sendMessage",
        chat_id=7,
        text="Setuju?",
        reply_markup={"keyboard": [["Ya", "Tidak"], ["Lewati"]], "input_field_placeholder": "Ya atau tidak"},
    )
    assert (maria.keyboard, maria.placeholder) == ((("Ya", "Tidak"), ("Lewati",)), "Ya atau tidak")
    await maria.press("Tidak")
    assert sent(fake)[-1]["message"]["text"] == "Tidak"
    with pytest.raises(AssertionError, match="There is no key 'Mungkin'"):
        maria.press("Mungkin")


async def test_keyboard_stays_until_it_is_replaced_or_removed(call: Call, fake: FakeTelegram) -> None:
    maria = fake.person(7)
    await call("sendMessage", chat_id=7, text="a", reply_markup={"keyboard": [["Ya"]]})
    await call("sendMessage", chat_id=7, text="b")
    await call(
        "sendMessage",
        chat_id=7,
        text="c",
        reply_markup={"inline_keyboard": [[{"text": "A", "callback_data": "1"}]]},
    )
    keyboards = [maria.keyboard]
    await call("sendMessage", chat_id=7, text="d", reply_markup={"remove_keyboard": True})
    assert [*keyboards, maria.keyboard] == [(("Ya",),), ()]


async def test_keys_that_ask_share_the_place_or_the_number(call: Call, fake: FakeTelegram) -> None:
    maria = fake.person(7)
    keyboard = [[{"text": "📍", "request_location": True}, {"text": "☎️", "request_contact": True}]]
    await call("sendMessage", chat_id=7, text="a", reply_markup={"keyboard": keyboard})
    await maria.press("📍")
    await maria.press("☎️")
    place, contact = (update["message"] for update in sent(fake))
    assert place["location"] == {"latitude": -10.2211, "longitude": 123.5361}
    assert contact["contact"]["user_id"] == 7


async def test_press_carries_the_message_and_is_answered_once(call: Call, fake: FakeTelegram) -> None:
    maria = fake.person(7)
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "1:a"}, {"text": "B", "callback_data": "1:b"}]]}
    await call("sendMessage", chat_id=7, text="Pilih", reply_markup=markup)
    number = maria.press_inline("B")
    query = sent(fake)[-1]["callback_query"]
    assert (query["id"], query["data"], query["message"]["message_id"]) == (number, "1:b", 1)
    assert query["message"]["reply_markup"] == markup
    assert maria.waiting_presses == 1
    assert (await call("answerCallbackQuery", callback_query_id=number, text="Dicatat"))[0] == 200
    assert (maria.waiting_presses, maria.toasts) == (0, ["Dicatat"])
    assert (await call("answerCallbackQuery", callback_query_id=number))[0] == 400


async def test_button_that_is_gone_cannot_be_pressed_but_a_slow_finger_can(call: Call, fake: FakeTelegram) -> None:
    maria = fake.person(7)
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "1:a"}]]}
    await call("sendMessage", chat_id=7, text="Pilih", reply_markup=markup)
    await call("editMessageText", chat_id=7, message_id=1, text="Selesai")
    with pytest.raises(AssertionError, match="no button 'A'"):
        maria.press_inline("A")
    maria.press_data(1, "1:a")
    assert sent(fake)[-1]["callback_query"]["data"] == "1:a"


async def test_everything_people_send_has_its_field(fake: FakeTelegram) -> None:
    maria = fake.person(7)
    maria.send_photo(caption="Jalan")
    maria.send_album(2, caption="Dua")
    maria.send_voice()
    maria.send_audio()
    maria.send_video()
    maria.send_video_note()
    maria.send_animation()
    maria.send_document()
    maria.send_sticker()
    maria.send_location()
    maria.send_contact()
    maria.send_poll()
    maria.send_dice()
    maria.forward()
    messages = [update["message"] for update in sent(fake)]
    usual = {"message_id", "from", "chat", "date"}
    assert [sorted(message.keys() - usual) for message in messages] == [
        ["caption", "photo"],
        ["caption", "media_group_id", "photo"],
        ["media_group_id", "photo"],
        ["voice"],
        ["audio"],
        ["video"],
        ["video_note"],
        ["animation", "document"],
        ["document"],
        ["sticker"],
        ["location"],
        ["contact"],
        ["poll"],
        ["dice"],
        ["forward_origin", "text"],
    ]


async def test_writing_unblocks_the_bot_first(fake: FakeTelegram) -> None:
    maria = fake.person(7)
    maria.block()
    maria.send("Saya kembali")
    kinds = [next(key for key in update if key != "update_id") for update in sent(fake)]
    states = [update["my_chat_member"]["new_chat_member"]["status"] for update in sent(fake)[:2]]
    assert (kinds, states) == (["my_chat_member", "my_chat_member", "message"], ["kicked", "member"])


async def test_group_messages_come_from_the_group(fake: FakeTelegram) -> None:
    group = fake.group(-100_5)
    await fake.person(7).send("/start@SuaraAlakBot", group=group)
    message = sent(fake)[0]["message"]
    assert (message["chat"], message["from"]["id"]) == ({"id": -1005, "type": "group", "title": "RT 05"}, 7)


async def test_next_and_expect_read_what_the_bot_says(call: Call, fake: FakeTelegram) -> None:
    maria = fake.person(7)
    for text in ("Selamat pagi", "Pertanyaan 1", "Pertanyaan 2"):
        await call("sendMessage", chat_id=7, text=text)
    assert (await maria.next()).text == "Selamat pagi"
    assert (await maria.expect(re.compile(r"\d$"))).text == "Pertanyaan 1"
    assert [message.text for message in maria.read_all()] == ["Pertanyaan 2"]
    with pytest.raises(AssertionError, match="The bot said nothing"):
        await maria.next(within=0.01)
    await call("sendMessage", chat_id=7, text="Lain")
    with pytest.raises(AssertionError, match="Expected 'Terima kasih'"):
        await maria.expect("Terima kasih", within=0.01)


async def test_listener_hears_every_message_of_its_chat(call: Call, fake: FakeTelegram) -> None:
    fake.person(8, started=True)
    heard: list[tuple[int, str]] = []
    fake.on_message(7, lambda message: heard.append((7, message.text)))
    fake.on_message(None, lambda message: heard.append((0, message.text)))
    await call("sendMessage", chat_id=7, text="a")
    await call("sendMessage", chat_id=8, text="b")
    assert heard == [(7, "a"), (0, "a"), (0, "b")]


async def test_a_fake_of_its_own_process_is_steered_from_afar(http: Any) -> None:
    async with await RemoteTelegram.start("--webhook-pause", "0.1") as fake:
        maria = fake.person(7, name="Maria")
        assert await maria.send("/start") == 1
        url = f"{fake.base_url}{fake.token}"
        async with http.post(
            f"{url}/sendMessage",
            json={"chat_id": 7, "text": "Setuju?", "reply_markup": {"keyboard": [["Ya", "Tidak"]]}},
        ) as response:
            assert response.status == 200
        message = await maria.next()
        assert (message.text, message.labels) == ("Setuju?", (("Ya", "Tidak"),))
        assert await maria.press("Ya") == 3
        assert await maria.do("send_photo", data=b"\xff\xd8synthetic", caption="Jalan") == 4
        with pytest.raises(AssertionError, match="There is no key 'Mungkin'"):
            await maria.press("Mungkin")
        await fake.fault("flood", seconds=2)
        async with http.post(f"{url}/sendMessage", json={"chat_id": 7, "text": "x"}) as response:
            assert response.status == 429
        state = await fake.state()
        assert (state["pending"], state["recorded"], state["faults"]) == (3, 1, {"flood": 1})
        assert [call["method"] for call in await fake.recorded()] == ["sendmessage"]
