"""FakeTelegram: the Bot API on loopback, with people who talk to the bot.

Rule of the file: it speaks the real wire format and enforces the published limits; it is never kinder to the bot
than the platform is. What it cannot do, it says (404).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Self

from tests.fake_telegram.clock import Clock
from tests.fake_telegram.door import Door
from tests.fake_telegram.faults import Faults
from tests.fake_telegram.files import Files
from tests.fake_telegram.methods import Call, Methods, Pressed
from tests.fake_telegram.people import Person
from tests.fake_telegram.updates import DAY, PRESS, Updates
from tests.fake_telegram.webhook import Webhook
from tests.fake_telegram.wire import Serving
from tests.fake_telegram.world import Chat, Message, MessageId

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFakeFakeFk"
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
        self.door = Door(self, self._methods, webhook_timeout=webhook_timeout, webhook_pause=webhook_pause)
        self._server: asyncio.Server | None = None
        self._live: set[Serving] = set()
        self._on_message: dict[int | None, list[OnMessage]] = {}
        self._albums = 13_000_000_000_000_000
        self._callbacks = 4_380_000_000_000_000_000
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
            lambda: Serving(self.door.answer, self._live, self.clock.now), "127.0.0.1", self.port, backlog=512
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

    # ---- what it can say of itself -------------------------------------------------------------------

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
