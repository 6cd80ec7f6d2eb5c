from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import pytest

from bot.channels._telegram_rendering import Call, escaped
from bot.channels.telegram import render
from surveys.messages import Button, Outgoing, rows_of

TEXT = {"parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def message(**fields: Any) -> tuple[Call, ...]:
    return (Call("sendMessage", {"chat_id": 5001, **TEXT, **fields}),)


@pytest.mark.parametrize(
    ("outgoing", "calls"),
    [
        (Outgoing(text="Halo"), message(text="Halo", reply_markup={"remove_keyboard": True})),
        (Outgoing(text="Halo", keyboard="keep"), message(text="Halo")),
        (Outgoing(text="5 < 6 & <b>7</b>", keyboard="keep"), message(text="5 &lt; 6 &amp; &lt;b&gt;7&lt;/b&gt;")),
        (
            Outgoing(text="?", rows=((Button("Ya"), Button("Tidak")), (Button("Lewati"),)), placeholder="Ya/Tidak"),
            message(
                text="?",
                reply_markup={
                    "keyboard": [[{"text": "Ya"}, {"text": "Tidak"}], [{"text": "Lewati"}]],
                    "resize_keyboard": True,
                    "is_persistent": True,
                    "one_time_keyboard": True,
                    "input_field_placeholder": "Ya/Tidak",
                },
            ),
        ),
        (
            Outgoing(text="?", rows=((Button("📍", ask="location"), Button("☎️", ask="contact")),)),
            message(
                text="?",
                reply_markup={
                    "keyboard": [[{"text": "📍", "request_location": True}, {"text": "☎️", "request_contact": True}]],
                    "resize_keyboard": True,
                    "is_persistent": True,
                    "one_time_keyboard": True,
                },
            ),
        ),
        (
            Outgoing(text="?", rows=((Button("A", "1:a"), Button("Peta", url="https://alak.example/peta")),)),
            message(
                text="?",
                reply_markup={
                    "inline_keyboard": [
                        [{"text": "A", "callback_data": "1:a"}, {"text": "Peta", "url": "https://alak.example/peta"}]
                    ]
                },
            ),
        ),
        (
            Outgoing(text="?", rows=((Button("✅ A", "1:a"),),), edits="40", acknowledges="77"),
            (
                Call("answerCallbackQuery", {"callback_query_id": "77"}),
                Call(
                    "editMessageText",
                    {
                        "chat_id": 5001,
                        "message_id": 40,
                        "text": "?",
                        **TEXT,
                        "reply_markup": {"inline_keyboard": [[{"text": "✅ A", "callback_data": "1:a"}]]},
                    },
                ),
            ),
        ),
        (
            Outgoing(text="Pilihan: A", edits="40"),
            (Call("editMessageText", {"chat_id": 5001, "message_id": 40, "text": "Pilihan: A", **TEXT}),),
        ),
        (Outgoing(text="", edits="40"), (Call("editMessageReplyMarkup", {"chat_id": 5001, "message_id": 40}),)),
        (Outgoing(text="", acknowledges="77"), (Call("answerCallbackQuery", {"callback_query_id": "77"}),)),
        (Outgoing(text=""), ()),
        (
            Outgoing(text="Mana?", rows=rows_of(("Ini",)), media=(("image", "tna/peta.png"),)),
            (
                Call(
                    "sendPhoto",
                    {
                        "chat_id": 5001,
                        "caption": "Mana?",
                        "parse_mode": "HTML",
                        "reply_markup": {
                            "keyboard": [[{"text": "Ini"}]],
                            "resize_keyboard": True,
                            "is_persistent": True,
                            "one_time_keyboard": True,
                        },
                    },
                    ("photo", PurePosixPath("tna/peta.png")),
                ),
            ),
        ),
        (
            Outgoing(text="", media=(("audio", "a.mp3"),), keyboard="keep"),
            (Call("sendAudio", {"chat_id": 5001}, ("audio", PurePosixPath("a.mp3"))),),
        ),
    ],
)
def test_message_is_rendered_as_the_calls_that_carry_it(outgoing: Outgoing, calls: tuple[Call, ...]) -> None:
    assert render("5001", outgoing) == calls


def test_half_a_surrogate_pair_cannot_travel() -> None:
    assert escaped("a\ud800<é>") == "a?&lt;é&gt;"
    (call,) = render("5001", Outgoing(text="x", rows=rows_of(("\ud800",))))
    assert call.payload["reply_markup"] == {
        "keyboard": [[{"text": "?"}]], "resize_keyboard": True, "is_persistent": True, "one_time_keyboard": True,
    }  # fmt: skip
