from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from tests.fake_telegram import Clock, FakeTelegram
from tests.fake_telegram.conftest import Call


def inline(*rows: list[tuple[str, str]]) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": data} for label, data in row] for row in rows]}


def keys(*rows: list[str]) -> dict[str, Any]:
    return {"keyboard": [[{"text": label} for label in row] for row in rows]}


@pytest.mark.parametrize(
    ("method", "fields", "words"),
    [
        ("sendMessage", {"chat_id": 7}, "message text is empty"),
        ("sendMessage", {"chat_id": 7, "text": "  \n "}, "text must be non-empty"),
        ("sendMessage", {"chat_id": 7, "text": "x" * 4097}, "message is too long"),
        ("sendMessage", {"chat_id": 7, "text": "<b>" + "x" * 4097 + "</b>", "parse_mode": "HTML"},
         "message is too long"),
        ("sendMessage", {"chat_id": 7, "text": "<b>x", "parse_mode": "HTML"},
         'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'),
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 99, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": inline([("A", "d" * 65)])}, "BUTTON_DATA_INVALID"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": inline([("A", "ö" * 33)])}, "BUTTON_DATA_INVALID"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": inline([("A", "")])},
         "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": inline([("", "1")])},
         "inline keyboard button text must be non-empty"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": keys([" "])},
         "keyboard button text must be non-empty"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": inline(*[[("A", str(n))] for n in range(101)])},
         "reply markup is too long"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": inline([("A", str(n)) for n in range(9)])},
         "reply markup is too long"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": keys(*[["A"]] * 301)}, "reply markup is too long"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": keys(["A"] * 13)}, "reply markup is too long"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": keys(*[["A" * 250]] * 50)},
         "reply markup is too long"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": "{"},
         "can't parse reply keyboard markup JSON object"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": {"keyboard": [["A"], "B"]}},
         'field "keyboard" must be an Array of Arrays'),
        ("editMessageText", {"chat_id": 7, "message_id": 999, "text": "x"}, "message to edit not found"),
        ("deleteMessage", {"chat_id": 7, "message_id": 999}, "message to delete not found"),
        ("answerCallbackQuery", {"callback_query_id": "1"},
         "query is too old and response timeout expired or query ID is invalid"),
        ("sendPhoto", {"chat_id": 7}, "there is no photo in the request"),
        ("sendPhoto", {"chat_id": 7, "photo": "AgACunknown"}, "wrong file identifier/HTTP URL specified"),
        ("sendPhoto", {"chat_id": 7, "photo": "x", "caption": "x" * 1025}, "message caption is too long"),
        ("getFile", {"file_id": "x"}, "invalid file_id"),
        ("setMyCommands", {"commands": [{"command": "Bantuan", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "bantuan", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setMyShortDescription", {"short_description": "x" * 121}, "bot short description is too long"),
        ("sendChatAction", {"chat_id": 7, "action": "sleep"}, "wrong parameter action in request"),
        ("setWebhook", {"url": "ftp://x"}, "invalid webhook URL specified"),
        ("setWebhook", {"url": "http://x", "secret_token": "a b"}, "secret token contains unallowed characters"),
    ],
)  # fmt: skip
async def test_method_refuses_what_is_beyond_the_limits(
    call: Call, method: str, fields: dict[str, Any], words: str
) -> None:
    assert await call(method, **fields) == (
        400,
        {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"},
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "x" * 4096},
        {"text": "<b>" + "&lt;" * 4096 + "</b>", "parse_mode": "HTML"},
        {"text": "x", "reply_markup": inline([("A", "d" * 64)])},
        {"text": "x", "reply_markup": inline([("A", "ö" * 32)])},
        {"text": "x", "reply_markup": inline(*[[("A", str(n))] for n in range(100)])},
        {"text": "x", "reply_markup": keys(*[["A"]] * 300)},
        {"text": "x", "reply_markup": json.dumps(keys(["A"] * 12))},
        {"text": "x", "reply_markup": {**keys(["A"]), "input_field_placeholder": "p" * 64}},
    ],
)
async def test_send_message_accepts_what_just_fits(call: Call, fake: FakeTelegram, fields: dict[str, Any]) -> None:
    status, answer = await call("sendMessage", chat_id=7, **fields)
    assert (status, answer["ok"], answer["result"]["message_id"]) == (200, True, 1)
    assert [(kept.method, kept.chat_id, kept.payload["text"], kept.message_id) for kept in fake.recorded] == [
        ("sendmessage", 7, fields["text"], 1)
    ]


async def test_message_is_answered_as_the_platform_writes_it(call: Call, fake: FakeTelegram, clock: Clock) -> None:
    status, answer = await call(
        "sendMessage", chat_id=7, text="<b>Hai</b>", parse_mode="HTML", reply_markup=inline([("A", "1:a")])
    )
    assert (status, answer) == (
        200,
        {
            "ok": True,
            "result": {
                "message_id": 1,
                "from": fake.me,
                "chat": {"id": 7, "type": "private", "first_name": "Maria"},
                "date": int(clock.now()),
                "text": "Hai",
                "entities": [{"type": "bold", "offset": 0, "length": 3}],
                "reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "1:a"}]]},
            },
        },
    )


async def test_message_ids_are_one_sequence_for_both_sides(call: Call, fake: FakeTelegram) -> None:
    maria = fake.person(7)
    ids = [int(await maria.send("satu"))]
    ids.append((await call("sendMessage", chat_id=7, text="dua"))[1]["result"]["message_id"])
    ids.append(int(await maria.send("tiga")))
    assert ids == [1, 2, 3]


async def test_edit_changes_the_message_once(call: Call, fake: FakeTelegram) -> None:
    await call("sendMessage", chat_id=7, text="Pilih:", reply_markup=inline([("A", "1")]))
    changed = {"chat_id": 7, "message_id": 1, "text": "Pilih:", "reply_markup": inline([("✅ A", "1")])}
    assert (await call("editMessageText", **changed))[0] == 200
    assert await call("editMessageText", **changed) == (
        400,
        {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: message is not modified: specified new message content and reply markup are "
            "exactly the same as a current content and reply markup of the message",
        },
    )
    assert (await call("editMessageReplyMarkup", chat_id=7, message_id=1))[0] == 200
    shown = fake.person(7).received
    assert [(message.text, message.labels, bool(message.edited)) for message in shown] == [("Pilih:", (), True)]


async def test_edit_refuses_a_message_with_a_reply_keyboard_and_somebody_elses(call: Call, fake: FakeTelegram) -> None:
    await call("sendMessage", chat_id=7, text="x", reply_markup=keys(["A"]))
    theirs = await fake.person(7).send("y")
    refused = {"ok": False, "error_code": 400, "description": "Bad Request: message can't be edited"}
    assert await call("editMessageText", chat_id=7, message_id=1, text="z") == (400, refused)
    assert await call("editMessageText", chat_id=7, message_id=theirs, text="z") == (400, refused)


async def test_person_who_blocked_is_not_reached(call: Call, fake: FakeTelegram) -> None:
    maria = fake.person(7)
    maria.block()
    assert await call("sendMessage", chat_id=7, text="x") == (
        403,
        {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"},
    )
    maria.unblock()
    assert (await call("sendMessage", chat_id=7, text="x"))[0] == 200
    maria.deactivate()
    assert (await call("sendMessage", chat_id=7, text="x"))[1]["description"] == "Forbidden: user is deactivated"


async def test_bodies_of_every_kind_are_read(fake: FakeTelegram, http: aiohttp.ClientSession) -> None:
    url = f"{fake.base_url}{fake.token}/SENDMESSAGE"
    markup = json.dumps(inline([("A", "1")]))
    form = aiohttp.FormData({"chat_id": "7", "text": "multipart", "reply_markup": markup}, default_to_multipart=True)
    for body in ({"data": {"chat_id": "7", "text": "form", "reply_markup": markup}}, {"data": form}):
        async with http.post(url, **body) as response:
            assert response.status == 200
    async with http.get(url, params={"chat_id": "7", "text": "query"}) as response:
        assert response.status == 200
    assert [(message.text, message.labels) for message in fake.person(7).received] == [
        ("form", (("A",),)),
        ("multipart", (("A",),)),
        ("query", ()),
    ]


async def test_upload_is_kept_and_can_be_sent_again_by_its_id(
    call: Call, fake: FakeTelegram, http: aiohttp.ClientSession
) -> None:
    form = aiohttp.FormData({"chat_id": "7", "caption": "Peta"})
    form.add_field("photo", b"\xff\xd8\xff\xe0 synthetic", filename="peta.jpg", content_type="image/jpeg")
    async with http.post(f"{fake.base_url}{fake.token}/sendPhoto", data=form) as response:
        sent = (await response.json())["result"]
    largest = sent["photo"][-1]["file_id"]
    assert (await call("sendPhoto", chat_id=7, photo=largest))[0] == 200
    assert (await call("sendVoice", chat_id=7, voice=largest))[1]["description"] == (
        "Bad Request: can't use file of type Photo as Voice"
    )
    _, link = await call("getFile", file_id=largest)
    async with http.get(f"{fake.origin}/file/bot{fake.token}/{link['result']['file_path']}") as response:
        assert await response.read() == b"\xff\xd8\xff\xe0 synthetic"


async def test_download_link_lives_an_hour_and_big_files_have_none(
    call: Call, fake: FakeTelegram, clock: Clock, http: aiohttp.ClientSession
) -> None:
    maria = fake.person(7)
    maria.send_document(b"isi", name="a.txt", mime="text/plain")
    maria.send_document(b"isi", name="b.txt", mime="text/plain", size=21 << 20)
    small, big = (message.extra["document"] for message in maria.messages)
    assert isinstance(small, dict)
    assert isinstance(big, dict)
    assert (await call("getFile", file_id=big["file_id"]))[1]["description"] == "Bad Request: file is too big"
    _, link = await call("getFile", file_id=small["file_id"])
    clock.advance(3601)
    async with http.get(f"{fake.origin}/file/bot{fake.token}/{link['result']['file_path']}") as response:
        assert response.status == 404


async def test_media_group_is_one_album(fake: FakeTelegram, http: aiohttp.ClientSession, call: Call) -> None:
    media = [{"type": "photo", "media": "attach://a", "caption": "Satu"}, {"type": "photo", "media": "attach://b"}]
    form = aiohttp.FormData({"chat_id": "7", "media": json.dumps(media)})
    for name in "ab":
        form.add_field(name, b"\xff\xd8" + name.encode(), filename=f"{name}.jpg")
    async with http.post(f"{fake.base_url}{fake.token}/sendMediaGroup", data=form) as response:
        sent = (await response.json())["result"]
    assert [message.get("caption") for message in sent] == ["Satu", None]
    assert len({message["media_group_id"] for message in sent}) == 1
    assert (await call("sendMediaGroup", chat_id=7, media=media[:1]))[1]["description"] == (
        "Bad Request: group send failed: media album must contain from 2 to 10 items"
    )


async def test_face_of_the_bot_is_kept_by_language(call: Call, fake: FakeTelegram) -> None:
    await call("setMyCommands", commands=[{"command": "bantuan", "description": "Bantuan"}])
    await call("setMyCommands", commands=[{"command": "help", "description": "Help"}], language_code="en")
    await call("setMyDescription", description="Suara warga")
    await call("setMyDescription", description="Voices", language_code="en")
    assert fake.commands == {
        ("", ""): [{"command": "bantuan", "description": "Bantuan"}],
        ("", "en"): [{"command": "help", "description": "Help"}],
    }
    assert (await call("getMyDescription", language_code="en"))[1]["result"] == {"description": "Voices"}
    assert (await call("getMyDescription", language_code="fr"))[1]["result"] == {"description": "Suara warga"}


async def test_wrong_token_and_unknown_method_are_told_apart(fake: FakeTelegram, http: aiohttp.ClientSession) -> None:
    async with http.post(f"{fake.base_url}1:wrong/getMe") as response:
        assert (response.status, (await response.json())["description"]) == (401, "Unauthorized")
    async with http.post(f"{fake.base_url}{fake.token}/fly") as response:
        assert (response.status, (await response.json())["description"]) == (404, "Not Found")


async def test_too_many_a_second_are_refused_with_a_pause(call: Call, fake: FakeTelegram) -> None:
    fake.per_second = 2
    answers = [await call("sendMessage", chat_id=7, text="x") for _ in range(3)]
    assert [status for status, _ in answers] == [200, 200, 429]
    assert answers[-1][1] == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
