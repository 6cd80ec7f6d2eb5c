from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.telegram import parse
from surveys.messages import Address, Blocked, Edit, Incoming, Location, Media, Other, Press, Text

NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
SENT = datetime(2026, 11, 24, 2, 29, 55, tzinfo=UTC)
DATE = int(SENT.timestamp())
MARIA = {"id": 5001, "is_bot": False, "first_name": "Maria", "last_name": "Bria", "language_code": "id"}
PRIVATE = {"id": 5001, "type": "private", "first_name": "Maria", "last_name": "Bria"}
GROUP = {"id": -1002233, "type": "supergroup", "title": "RT 05"}
BOT = {"id": 123456789, "is_bot": True, "first_name": "Suara Alak", "username": "SuaraAlakBot"}


def message(**fields: Any) -> dict[str, Any]:
    return {"update_id": 900, "message": {"message_id": 41, "from": MARIA, "chat": PRIVATE, "date": DATE, **fields}}


def incoming(reply: Any, **more: Any) -> Incoming:
    usual: dict[str, Any] = {
        "address": Address("telegram", "5001"), "external_id": "900", "sent_at": SENT, "message_id": "41",
        "language": "id", "sender_name": "Maria Bria",
    }  # fmt: skip
    return Incoming(reply=reply, **(usual | more))


PHOTO = [
    {"file_id": "AgS", "file_unique_id": "a", "file_size": 1200, "width": 90, "height": 60},
    {"file_id": "AgL", "file_unique_id": "c", "file_size": 91_000, "width": 1280, "height": 853},
    {"file_id": "AgM", "file_unique_id": "b", "file_size": 20_100, "width": 320, "height": 213},
]
FILE = {"file_id": "F1", "file_unique_id": "u", "file_size": 700}


@pytest.mark.parametrize(
    ("fields", "reply"),
    [
        ({"text": "Saya setuju"}, Text("Saya setuju")),
        ({"text": "/start tna_asn"}, Text("/start tna_asn")),
        ({"text": "/bantuan@suaraalakbot"}, Text("/bantuan")),
        ({"text": "/start@LainBot x"}, Text("/start@LainBot x")),
        ({"text": "a\x00b"}, Text("a\x00b")),
        ({"photo": PHOTO, "caption": "Jalan rusak"},
         Media(kind="image", reference="AgL", mime="image/jpeg", size=91_000, caption="Jalan rusak")),
        ({"photo": PHOTO, "media_group_id": "13000"},
         Media(kind="image", reference="AgL", mime="image/jpeg", size=91_000, album="13000")),
        ({"voice": {**FILE, "duration": 12, "mime_type": "audio/ogg"}},
         Media(kind="audio", reference="F1", mime="audio/ogg", size=700, seconds=12, voice=True)),
        ({"audio": {**FILE, "duration": 61, "mime_type": "audio/mpeg", "file_name": "a.mp3"}},
         Media(kind="audio", reference="F1", mime="audio/mpeg", size=700, seconds=61, file_name="a.mp3")),
        ({"video": {**FILE, "duration": 5, "width": 1, "height": 1, "mime_type": "video/mp4"}},
         Media(kind="video", reference="F1", mime="video/mp4", size=700, seconds=5)),
        ({"video_note": {**FILE, "duration": 5, "length": 240}},
         Media(kind="video", reference="F1", mime="video/mp4", size=700, seconds=5)),
        ({"animation": {**FILE, "duration": 3, "mime_type": "video/mp4"}, "document": FILE},
         Media(kind="video", reference="F1", mime="video/mp4", size=700, seconds=3)),
        ({"document": {**FILE, "mime_type": "application/pdf", "file_name": "surat.pdf"}, "caption": "Surat"},
         Media(kind="file", reference="F1", mime="application/pdf", size=700, file_name="surat.pdf", caption="Surat")),
        ({"document": {**FILE, "mime_type": "image/JPEG", "file_name": "IMG_1.jpg"}},
         Media(kind="image", reference="F1", mime="image/jpeg", size=700, file_name="IMG_1.jpg")),
        ({"document": {**FILE, "mime_type": "image/svg+xml"}}, Media(kind="file", reference="F1", mime="image/svg+xml",
                                                                    size=700)),
        ({"document": {"file_id": "F1", "file_unique_id": "u"}}, Media(kind="file", reference="F1")),
        ({"photo": PHOTO, "forward_origin": {"type": "user", "sender_user": MARIA, "date": DATE}},
         Media(kind="image", reference="AgL", mime="image/jpeg", size=91_000)),
        ({"location": {"latitude": -10.22, "longitude": 123.53, "horizontal_accuracy": 12.5}},
         Location(-10.22, 123.53, 12.5)),
        ({"location": {"latitude": -10, "longitude": 123}, "venue": {"title": "Kantor Camat", "address": ""}},
         Location(-10.0, 123.0)),
        ({"text": "Pengumuman", "forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": DATE}},
         Other("forward")),
        ({"sticker": {**FILE, "type": "regular", "width": 512, "height": 512}}, Other("sticker")),
        ({"contact": {"phone_number": "+6281200000000", "first_name": "Maria", "user_id": 5001}}, Other("contact")),
        ({"poll": {"id": "1", "question": "?", "options": []}}, Other("poll")),
        ({"dice": {"emoji": "🎲", "value": 3}}, Other("dice")),
        ({"game": {"title": "x", "description": "", "photo": []}}, Other("game")),
        ({"something_new_of_2027": {}}, Other("message")),
    ],
)  # fmt: skip
def test_message_is_read_as_what_was_sent(fields: dict[str, Any], reply: Any) -> None:
    assert parse(message(**fields), NOW, username="SuaraAlakBot") == incoming(reply)


def test_edited_message_names_the_message_it_changes() -> None:
    later = SENT.replace(minute=30)
    update = message(text="Salah ketik", edit_date=int(later.timestamp()))
    update["edited_message"] = update.pop("message")
    assert parse(update, NOW) == incoming(Edit("41", Text("Salah ketik")), sent_at=later)


def test_edited_caption_is_an_edit_of_the_photo() -> None:
    update = message(photo=PHOTO, caption="Jalan Baru", edit_date=DATE)
    update["edited_message"] = update.pop("message")
    photo = Media(kind="image", reference="AgL", mime="image/jpeg", size=91_000, caption="Jalan Baru")
    assert parse(update, NOW) == incoming(Edit("41", photo))


def test_live_location_that_moved_says_nothing() -> None:
    update = message(location={"latitude": 1, "longitude": 2, "live_period": 900}, edit_date=DATE)
    update["edited_message"] = update.pop("message")
    assert parse(update, NOW) is None


def test_press_names_the_message_it_stood_under_and_is_dated_now() -> None:
    shown = {"message_id": 40, "from": BOT, "chat": PRIVATE, "date": DATE, "text": "Pilih"}
    update = {
        "update_id": 900,
        "callback_query": {"id": "77001", "from": MARIA, "message": shown, "chat_instance": "9", "data": "12:b"},
    }
    assert parse(update, NOW) == incoming(Press("12:b", "40", "77001"), sent_at=NOW, message_id="")


def test_press_under_a_message_that_is_too_old_to_be_shown_is_read() -> None:
    old = {"message_id": 40, "chat": PRIVATE, "date": 0}
    update = {"update_id": 900, "callback_query": {"id": "77001", "from": MARIA, "message": old, "data": "12:b"}}
    assert parse(update, NOW) == incoming(Press("12:b", "40", "77001"), sent_at=NOW, message_id="")


def test_press_without_its_message_is_read() -> None:
    update = {"update_id": 900, "callback_query": {"id": "77001", "from": MARIA, "data": "12:b"}}
    assert parse(update, NOW) == incoming(Press("12:b", "", "77001"), sent_at=NOW, message_id="")


@pytest.mark.parametrize(("status", "blocked"), [("kicked", True), ("member", False)])
def test_blocking_and_unblocking_is_read(status: str, blocked: bool) -> None:
    change = {
        "chat": PRIVATE,
        "from": MARIA,
        "date": DATE,
        "old_chat_member": {"user": BOT, "status": "member" if blocked else "kicked"},
        "new_chat_member": {"user": BOT, "status": status, "until_date": 0},
    }
    update = {"update_id": 900, "my_chat_member": change}
    assert parse(update, NOW) == incoming(Blocked(blocked), message_id="")


@pytest.mark.parametrize(
    "said",
    [
        {"text": "Selamat pagi semua"},
        {"text": "/help"},
        {"text": "/start@bot_lain"},
        {"photo": PHOTO},
        {"contact": {"phone_number": "1", "first_name": "A"}},
    ],
)
def test_of_what_people_say_in_a_group_nothing_is_taken_in(said: dict[str, object]) -> None:
    update = message(chat=GROUP, **said)
    assert parse(update, NOW, username="SuaraAlakBot") is None
    assert parse({"update_id": 900, "edited_message": {**update["message"], "edit_date": DATE}}, NOW) is None


def test_group_is_told_apart_and_answered_where_it_is() -> None:
    assert parse(message(chat=GROUP, text="/start@SuaraAlakBot"), NOW, username="SuaraAlakBot") == incoming(
        Text("/start"), address=Address("telegram", "-1002233"), group=True
    )


def test_language_and_name_may_be_missing() -> None:
    sender = {"id": 5001, "is_bot": False, "first_name": ""}
    update = message(text="x")
    update["message"]["from"] = sender
    assert parse(update, NOW) == incoming(Text("x"), language="", sender_name="")


@pytest.mark.parametrize(
    "update",
    [
        message(new_chat_members=[MARIA]),
        message(pinned_message={"message_id": 1, "chat": PRIVATE, "date": 0}),
        {"update_id": 900, "message": {"message_id": 41, "from": BOT, "chat": PRIVATE, "date": DATE, "text": "x"}},
        {"update_id": 900, "message": {"message_id": 41, "chat": GROUP, "date": DATE, "text": "x"}},
        {"update_id": 900, "channel_post": {"message_id": 41, "chat": GROUP, "date": DATE, "text": "x"}},
        {"update_id": 900, "poll_answer": {"poll_id": "1", "user": MARIA, "option_ids": [0]}},
        {"update_id": 900, "callback_query": {"id": "1", "from": MARIA, "game_short_name": "x"}},
        {"update_id": 900, "my_chat_member": {"chat": GROUP, "from": MARIA, "date": DATE,
                                              "new_chat_member": {"user": BOT, "status": "left"}}},
        {"update_id": 900},
    ],
)  # fmt: skip
def test_what_nobody_says_to_a_survey_is_nothing(update: dict[str, Any]) -> None:
    assert parse(update, NOW) is None


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"update_id": "x"},
        {"update_id": 900, "message": "halo"},
        {"update_id": 900, "message": None},
        {"update_id": 900, "message": {"message_id": 41, "from": MARIA, "chat": PRIVATE, "text": "x"}},
        {"update_id": 900, "message": {"message_id": 41, "from": MARIA, "chat": {}, "date": DATE, "text": "x"}},
        message(date=10**100, text="x"),
        message(photo=[{}]),
        message(location={"latitude": "selatan"}),
        {"update_id": 900, "callback_query": {"id": "1", "data": "x"}},
        {"update_id": 900, "my_chat_member": {"chat": PRIVATE, "from": MARIA, "date": DATE}},
    ],
)
def test_what_is_no_update_raises_without_quoting_it(update: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"^No Telegram update: [A-Za-z]+$"):
        parse(update, NOW)
