"""Steering a fake that runs as its own process: POST /control with {"do": …, "person": …, "with": {…}}.

Rule of the file: what a test can do beside the fake it can do from afar, by the same names.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any

import orjson

from tests.fake_telegram.wire import Answer, Request
from tests.fake_telegram.world import Message, MessageId

if TYPE_CHECKING:
    from tests.fake_telegram.fake import FakeTelegram
    from tests.fake_telegram.people import Person

_WAITING = frozenset({"next", "expect"})
_SEEING = frozenset({"messages", "received", "keyboard", "placeholder", "toasts", "waiting_presses", "read_all"})
_DOING = frozenset({
    "send", "press", "press_inline", "press_data", "send_photo", "send_album", "send_voice", "send_audio",
    "send_video", "send_video_note", "send_animation", "send_document", "send_sticker", "send_location",
    "send_contact", "send_poll", "send_dice", "forward", "edit", "block", "unblock", "deactivate",
})  # fmt: skip


def plain(value: Any) -> Any:
    """Something JSON can say: messages become objects."""
    if isinstance(value, Message):
        return {
            "message_id": value.message_id, "chat_id": value.chat_id, "by_bot": value.by_bot, "text": value.text,
            "kind": value.kind, "labels": value.labels, "markup": value.markup.kind, "edited": value.edited,
            "data": [[str(button.get("callback_data", "")) for button in row] for row in value.markup.rows],
        }  # fmt: skip
    if isinstance(value, MessageId):
        return int(value)
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value


def answer(fake: FakeTelegram, request: Request) -> Answer | Awaitable[Answer]:
    """Do what the request says. 400 with the reason where that cannot be done."""
    order = orjson.loads(request.body)
    verb, given = str(order["do"]), dict(order.get("with", {}))
    if "person" not in order:
        return _of_fake(fake, verb, given)
    settings = {key: order[key] for key in ("name", "language_code", "started") if key in order}
    person = fake.person(int(order["person"]), **settings)
    if verb in _WAITING:
        return _waited(person, verb, given)
    return _guarded(lambda: _of_person(person, verb, given))


def _of_person(person: Person, verb: str, given: dict[str, Any]) -> Any:
    if verb in _SEEING:
        seen = getattr(person, verb)
        return seen() if callable(seen) else seen
    if verb not in _DOING:
        raise AssertionError(f"A person cannot {verb}.")
    if "data" in given and verb != "press_data":
        given["data"] = bytes.fromhex(given["data"])
    return getattr(person, verb)(**given)


async def _waited(person: Person, verb: str, given: dict[str, Any]) -> Answer:
    try:
        if verb == "next":
            return _said(await person.next(**given))
        words = re.compile(given.pop("pattern")) if "pattern" in given else given.pop("words")
        return _said(await person.expect(words, **given))
    except AssertionError as error:
        return Answer(400, str(error).encode(), "text/plain")


def _of_fake(fake: FakeTelegram, verb: str, given: dict[str, Any]) -> Answer:
    match verb:
        case "about":
            return _said({"token": fake.token, "origin": fake.origin, "username": fake.me["username"]})
        case "fault":
            fake.faults.add(**given)
            return _said(True)
        case "clear_faults":
            fake.faults.clear()
            return _said(True)
        case "advance":
            fake.clock.advance(float(given["seconds"]))
            return _said(True)
        case "share_webhook":
            fake.share_webhook([(str(host), int(port)) for host, port in given["targets"]])
            return _said(True)
        case "per_second":
            fake.per_second = float(given["per_second"])
            return _said(True)
        case "recorded" | "refused":
            calls = (fake.recorded if verb == "recorded" else fake.refused)[int(given.get("since", 0)) :]
            return _said([call._asdict() for call in calls])
        case "state":
            hook = fake.webhook
            return _said({
                "pending": len(fake.updates), "confirmed": fake.updates.confirmed, "expired": fake.updates.expired,
                "conflicts": fake.updates.conflicts, "webhook_connections": hook.connections if hook else 0,
                "most_webhook_connections": hook.most_connections if hook else 0, "faults": fake.faults.happened,
                "recorded": len(fake.recorded), "refused": len(fake.refused),
            })  # fmt: skip
        case _:
            return Answer(400, f"The fake cannot {verb}.".encode(), "text/plain")


def _guarded(act: Any) -> Answer:
    try:
        return _said(act())
    except (AssertionError, LookupError, TypeError) as error:
        return Answer(400, str(error).encode(), "text/plain")


def _said(value: Any) -> Answer:
    return Answer(200, orjson.dumps({"result": plain(value)}))
