"""The other end of the Telegram channel, for tests: a Bot API server on loopback and people who use it.

Inside a test::

    async with FakeTelegram() as fake:
        person = fake.person(5001, language_code="id")
        await person.send("/start")
        message = await person.next()
        person.press(message.buttons[0])

As a process: ``python -m tests.fake_telegram --port 8081``; ``remote.RemoteTelegram`` steers it.
"""

from __future__ import annotations

from tests.fake_telegram.clock import Clock
from tests.fake_telegram.fake import TOKEN, FakeTelegram
from tests.fake_telegram.methods import Call
from tests.fake_telegram.people import Person
from tests.fake_telegram.remote import RemotePerson, RemoteTelegram
from tests.fake_telegram.world import Chat, Message, MessageId

__all__ = [
    "TOKEN", "Call", "Chat", "Clock", "FakeTelegram", "Message", "MessageId", "Person", "RemotePerson",
    "RemoteTelegram",
]  # fmt: skip
