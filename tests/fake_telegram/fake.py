"""FakeTelegram: the Bot API on loopback, with people who talk to the bot.

Rule of the file: it speaks the real wire format and enforces the published limits; it is never kinder to the bot
than the platform is. What it cannot do, it says (404).
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Self

import orjson

from tests.fake_telegram import control
from tests.fake_telegram.bodies import Fields, read, said, whole
from tests.fake_telegram.clock import Clock
from tests.fake_telegram.faults import Fault, Faults
from tests.fake_telegram.files import Files
from tests.fake_telegram.methods import Call, Methods, Pressed
from tests.fake_telegram.people import Person
from tests.fake_telegram.refusals import BLOCKED, DEACTIVATED, Refusal, Reset, bad_request, too_many
from tests.fake_telegram.updates import DAY, PRESS, Updates, encoded
from tests.fake_telegram.webhook import Webhook
from tests.fake_telegram.wire import Answer, Request, Serving
from tests.fake_telegram.world import Chat, Message, MessageId

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFakeFakeFk"
_UNAUTHORIZED = Answer(401, b'{"ok":false,"error_code":401,"description":"Unauthorized"}')
_NOT_FOUND = Answer(404, b'{"ok":false,"error_code":404,"description":"Not Found"}')
_TRUE = b'{"ok":true,"result":true}'
_NO_RESPONSE_METHODS = frozenset({"setwebhook", "deletewebhook", "close", "logout"})
OnMessage = Callable[[Message], None]


class FakeTelegram:
    """``async with FakeTelegram() as fake:`` and give the bot ``fake.token`` and ``fake.base_url``.

    ``clock``: for the 24 hours and the 150 seconds. ``webhook_timeout``: seconds a webhook may take (60).
    ``webhook_pause``: what one second of the webhook's waiting between tries lasts (1.0; less for impatient tests).
    ``keep``: how many calls, and how many messages of one chat, are remembered.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        port: int = 0,
        clock: Clock | None = None,
        username: str = "SuaraAlakBot",
        webhook_timeout: float = 60.0,
        webhook_pause: float = 1.0,
        keep: int = 100_000,
        seed: int = 1,
    ) -> None:
        self.token = token
        self.port = port
        self.clock = clock or Clock()
        self.faults = Faults(seed)
        self.updates = Updates(self.clock, self.faults)
        self.files = Files()
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, Person] = {}
        self.me: dict[str, object] = {
            "id": int(token.partition(":")[0]), "is_bot": True, "first_name": "Suara Alak", "username": username,
            "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False,
        }  # fmt: skip
        self.webhook: Webhook | None = None
        self.targets: list[tuple[str, int]] = []
        """Set before setWebhook: (host, port) of several processes that share the webhook's address, in turn."""
        self.per_second = 0.0
        """Messages a second before 429 comes; 0 = never."""
        self._methods = Methods(self, keep=keep)
        self._keep = keep
        self._webhook_timeout, self._webhook_pause = webhook_timeout, webhook_pause
        self._server: asyncio.Server | None = None
        self._live: set[Serving] = set()
        self._on_message: dict[int | None, list[OnMessage]] = {}
        self._albums = 13_000_000_000_000_000
        self._callbacks = 4_380_000_000_000_000_000
        self._prefix = f"/bot{token}/"
        self._tokens = 0.0
        self._tokens_at = 0.0
        self._loop: asyncio.AbstractEventLoop

    # ---- its life ------------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()

    async def open(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._server = await self._loop.create_server(
            lambda: Serving(self._answer, self._live), "127.0.0.1", self.port, backlog=512
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self.webhook is not None:
            await self.webhook.close()
            self.webhook = None
        if self._server is not None:
            self._server.close()
        for connection in list(self._live):
            connection.close()
        await self.until(lambda: not self._live, 5, "the connections to end")

    @property
    def origin(self) -> str:
        """http://127.0.0.1:port, for ``telegram.base_url``."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot calls base_url."""
        return f"{self.origin}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.origin}/file/bot"

    # ---- people --------------------------------------------------------------------------------------

    def person(self, user_id: int, *, name: str = "Warga", language_code: str = "id", started: bool = False) -> Person:
        """The person with this id, new or known. ``started``: the bot may write first."""
        person = self.people.get(user_id)
        if person is None:
            chat = Chat(user_id, "private", name, language_code)
            self.chats[user_id] = chat
            person = self.people[user_id] = Person(self, chat)
        person.chat.started |= started
        return person

    def group(self, chat_id: int, title: str = "RT 05") -> Chat:
        """A group the bot was put into."""
        if chat_id not in self.chats:
            self.chats[chat_id] = Chat(chat_id, "group", title, started=True)
        return self.chats[chat_id]

    def on_message(self, chat_id: int | None, callback: OnMessage) -> None:
        """Call back with every message the bot sends or edits in this chat (None: in any), after it was accepted."""
        self._on_message.setdefault(chat_id, []).append(callback)

    @property
    def recorded(self) -> list[Call]:
        """The calls that were accepted, in order."""
        return [call for call in self._methods.calls if not call.refused]

    @property
    def refused(self) -> list[Call]:
        """The calls that were refused for what they say."""
        return [call for call in self._methods.calls if call.refused]

    @property
    def presses(self) -> Mapping[str, Pressed]:
        """Presses not answered yet, by callback query id."""
        return self._methods.presses

    @property
    def commands(self) -> Mapping[tuple[str, str], object]:
        return self._methods.commands

    @property
    def texts(self) -> Mapping[tuple[str, str], str]:
        return self._methods.texts

    def next_album(self) -> int:
        self._albums += 1
        return self._albums

    def said(self, person: Person, kind: str, fields: Mapping[str, object], *, group: Chat | None = None) -> MessageId:
        """Somebody said this (called by Person)."""
        chat = group or person.chat
        if chat is person.chat:
            chat.started = True
            if chat.blocked:
                person.unblock()
        number, date = chat.next_id(), int(self.clock.now())
        text = str(fields.get("text") or fields.get("caption") or "")
        extra = {key: value for key, value in fields.items() if key not in {"text", "caption", "entities"}}
        chat.put(Message(number, chat.chat_id, by_bot=False, text=text, kind=kind, date=date, extra=extra), self._keep)
        content = {"message_id": number, "from": person.chat.user(), "chat": chat.json(), "date": date, **fields}
        self.updates.add("message", content, chat_id=chat.chat_id, queue=("chat", chat.chat_id), keep=DAY)
        return MessageId(number)

    def edited(self, person: Person, message: Message) -> None:
        """Somebody changed a message (called by Person)."""
        person.chat.messages[message.message_id] = message
        content = self._methods.as_json(person.chat, message)
        self.updates.add("edited_message", content, chat_id=message.chat_id, queue=("edit", message.chat_id), keep=DAY)

    def pressed(self, person: Person, message_id: int, data: str) -> str:
        """Somebody pressed an inline button (called by Person)."""
        self._callbacks += 1
        number = str(self._callbacks)
        chat = person.chat
        self._methods.presses[number] = Pressed(chat.chat_id, message_id, self.clock.now())
        message = chat.messages.get(message_id)
        shown = (
            self._methods.as_json(chat, message)
            if message is not None
            else {"message_id": message_id, "chat": chat.json(), "date": 0}
        )
        content = {
            "id": number, "from": chat.user(), "message": shown, "chat_instance": str(-chat.chat_id * 31), "data": data,
        }  # fmt: skip
        self.updates.add("callback_query", content, chat_id=chat.chat_id, queue=("press", chat.chat_id), keep=PRESS)
        return number

    def appeared(self, chat: Chat, message: Message) -> None:
        """The bot sent or changed this (called by Methods)."""
        person = self.people.get(chat.chat_id)
        if person is not None:
            person.saw(message)
        for key in (chat.chat_id, None):
            for callback in self._on_message.get(key, ()):
                self._loop.call_soon(callback, message)

    # ---- the server ----------------------------------------------------------------------------------

    def _answer(self, request: Request) -> Answer | Awaitable[Answer]:
        if request.path.startswith(self._prefix):
            return self._call(request, request.path[len(self._prefix) :].lower())
        if request.path.startswith(f"/file{self._prefix}"):
            return self._download(request.path[len(self._prefix) + 5 :])
        if request.path == "/control":
            return control.answer(self, request)
        return _UNAUTHORIZED if re.match(r"/(?:file/)?bot\d+:", request.path) else _NOT_FOUND

    def _call(self, request: Request, method: str) -> Answer | Awaitable[Answer]:
        try:
            fields, files = read(request)
            fault = self.faults.for_call(method, whole(fields, "chat_id"))
            if fault is not None:
                return self._struck(fault, request, method)
            if method in _SLOW:
                return self._slowly(method, fields)
            if not self._methods.known(method):
                return _NOT_FOUND
            self._hurry(method)
            return _ok(self._methods.carry_out(method, fields, files))
        except Refusal as refusal:
            return _no(refusal)

    def _hurry(self, method: str) -> None:
        if not self.per_second or not method.startswith("send"):
            return
        now = time.monotonic()
        self._tokens = min(self.per_second, self._tokens + (now - self._tokens_at) * self.per_second)
        self._tokens_at = now
        if self._tokens < 1:
            raise too_many(1)
        self._tokens -= 1

    async def _slowly(self, method: str, fields: Fields) -> Answer:
        try:
            if method == "getupdates":
                self._allow(fields)
                offset, limit, timeout = whole(fields, "offset"), whole(fields, "limit", 100), whole(fields, "timeout")
                return Answer(200, await self.updates.poll(offset, limit, timeout))
            await self._set_webhook(fields if method == "setwebhook" else {**fields, "url": ""})
            return Answer(200, _TRUE)
        except Refusal as refusal:
            return _no(refusal)

    async def _set_webhook(self, fields: Fields) -> None:
        url, secret = said(fields, "url"), said(fields, "secret_token")
        if url and not re.match(r"https?://[^/\s]+", url):
            raise bad_request("invalid webhook URL specified")
        if len(secret) > 256:
            raise bad_request("secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
            raise bad_request("secret token contains unallowed characters")
        self._allow(fields)
        if self.webhook is not None:
            await self.webhook.close()
            self.webhook = None
        if said(fields, "drop_pending_updates") in {"true", "True", "1"}:
            self.updates.clear()
        if url:
            self.updates.interrupt("Conflict: terminated by setWebhook request")
            self.webhook = Webhook(
                url, updates=self.updates, faults=self.faults, clock=self.clock, carry_out=self._carry_out,
                secret=secret, max_connections=min(max(whole(fields, "max_connections", 40), 1), 100),
                timeout=self._webhook_timeout, pause=self._webhook_pause, targets=self.targets,
            )  # fmt: skip

    def _allow(self, fields: Fields) -> None:
        allowed = fields.get("allowed_updates")
        if isinstance(allowed, str) and allowed:
            allowed = orjson.loads(allowed)
        if isinstance(allowed, list):
            self.updates.allowed = frozenset(map(str, allowed)) or None

    def webhook_info(self) -> dict[str, object]:
        hook = self.webhook
        info: dict[str, object] = {
            "url": hook.url if hook else "", "has_custom_certificate": False, "pending_update_count": len(self.updates),
        }  # fmt: skip
        if hook is not None:
            info |= {"max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
            if hook.last_error:
                info |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error}
        if self.updates.allowed is not None:
            info["allowed_updates"] = sorted(self.updates.allowed)
        return info

    def _carry_out(self, body: bytes) -> None:
        """A method in a webhook's answer: carried out, its result is told to nobody."""
        try:
            fields = orjson.loads(body)
        except orjson.JSONDecodeError:
            return
        if not isinstance(fields, dict) or not isinstance(fields.get("method"), str):
            return
        method = fields.pop("method").lower()
        if method in _NO_RESPONSE_METHODS or method.startswith("get") or not self._methods.known(method):
            return
        fault = self.faults.for_call(method, whole(fields, "chat_id"))
        if fault is not None and fault.kind not in {"delay", "reset_after"}:
            return
        with contextlib.suppress(Refusal):  # recorded; the bot never learns of it
            self._methods.carry_out(method, fields, {})

    def _struck(self, fault: Fault, request: Request, method: str) -> Answer | Awaitable[Answer]:
        match fault.kind:
            case "flood":
                return _no(too_many(fault.seconds))
            case "error":
                return _no(Refusal(500, "Internal Server Error"))
            case "bad_gateway":
                return Answer(502, b"<html><h1>502 Bad Gateway</h1></html>", "text/html")
            case "reset_before":
                raise Reset
            case "blocked":
                return _no(Refusal(403, BLOCKED))
            case "deactivated":
                return _no(Refusal(403, DEACTIVATED))
            case "not_found":
                return _no(bad_request("chat not found"))
            case _:
                return self._late(fault, request, method)

    async def _late(self, fault: Fault, request: Request, method: str) -> Answer:
        if fault.kind == "hang":
            await asyncio.sleep(fault.seconds)
            raise Reset
        fields, files = read(request)
        try:
            if method in _SLOW:
                answer = await self._slowly(method, fields)
            else:
                answer = _ok(self._methods.carry_out(method, fields, files))
        except Refusal as refusal:
            answer = _no(refusal)
        if fault.kind == "reset_after":
            raise Reset
        await asyncio.sleep(fault.seconds)
        return answer

    def _download(self, path: str) -> Answer:
        fault = self.faults.for_call("download", 0)
        if fault is not None:
            if fault.kind.startswith("reset"):
                raise Reset
            return _no(too_many(fault.seconds) if fault.kind == "flood" else Refusal(500, "Internal Server Error"))
        data = self.files.download(path, self.clock.now())
        return _NOT_FOUND if data is None else Answer(200, data, "application/octet-stream")

    # ---- for tests that wait -------------------------------------------------------------------------

    async def until(self, holds: Callable[[], bool], within: float = 5.0, what: str = "it") -> None:
        """Wait until ``holds()``; AssertionError after ``within`` seconds."""
        end = time.monotonic() + within
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"Waited {within} s in vain for {what}.")
            await asyncio.sleep(0.005)

    async def all_confirmed(self, within: float = 10.0) -> None:
        """Wait until no update waits for the bot any more."""
        await self.until(lambda: not len(self.updates), within, "the bot to confirm its updates")

    def share_webhook(self, targets: Sequence[tuple[str, int]]) -> None:
        """From the next setWebhook on, its connections go to these (host, port) in turn."""
        self.targets = list(targets)


_SLOW = frozenset({"getupdates", "setwebhook", "deletewebhook"})


def _ok(result: object) -> Answer:
    return Answer(200, encoded({"ok": True, "result": result}))


def _no(refusal: Refusal) -> Answer:
    return Answer(refusal.code, orjson.dumps(refusal.body()))
