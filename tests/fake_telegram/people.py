"""Simulated people: what somebody with a telephone can do and see, and nothing else.

Rule of the file: an action happens at once and gives the id of the message it sent; a button can be pressed only
while it is on the screen. Nobody here reads the bot's mind: ``next`` and ``expect`` wait for what it shows.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tests.fake_telegram.files import picture
from tests.fake_telegram.updates import DAY
from tests.fake_telegram.world import Chat, Message, MessageId

if TYPE_CHECKING:
    from tests.fake_telegram.fake import FakeTelegram

WAIT = 5.0
"""Seconds that ``next`` and ``expect`` wait unless told otherwise."""
_OGG = b"OggS" + bytes(60)
_MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(60)
_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Person:
    """Somebody in the private chat with the bot."""

    def __init__(self, fake: FakeTelegram, chat: Chat) -> None:
        self._fake = fake
        self.chat = chat
        self.user_id = chat.chat_id
        self._unread: deque[Message] = deque()
        self._news = asyncio.Event()

    # ---- what they see -------------------------------------------------------------------------------

    @property
    def messages(self) -> list[Message]:
        """Everything on the screen, both sides, as it stands now."""
        return list(self.chat.messages.values())

    @property
    def received(self) -> list[Message]:
        """What the bot's messages on the screen say now."""
        return [message for message in self.chat.messages.values() if message.by_bot]

    @property
    def keyboard(self) -> tuple[tuple[str, ...], ...]:
        """The labels of the reply keyboard, row by row; () if there is none."""
        return tuple(tuple(str(button["text"]) for button in row) for row in self.chat.keyboard.rows)

    @property
    def placeholder(self) -> str:
        """The grey text in the empty input field."""
        return self.chat.keyboard.placeholder

    @property
    def toasts(self) -> list[str]:
        return self.chat.toasts

    @property
    def waiting_presses(self) -> int:
        """Presses whose button still shows the turning clock."""
        return sum(pressed.chat_id == self.user_id for pressed in self._fake.presses.values())

    def saw(self, message: Message) -> None:
        """The bot sent or changed this (called by the fake)."""
        self._unread.append(message)
        self._news.set()

    async def next(self, within: float = WAIT) -> Message:
        """The next message of the bot, new or edited, that was not read yet."""
        try:
            async with asyncio.timeout(within):
                while not self._unread:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"The bot said nothing for {within} s. {self._screen()}") from None
        return self._unread.popleft()

    async def expect(self, words: str | re.Pattern[str], within: float = WAIT) -> Message:
        """The next message, new or edited, that holds these words; those before it count as read."""
        holds = re.compile(re.escape(words)) if isinstance(words, str) else words
        wanted = words if isinstance(words, str) else words.pattern
        passed: list[str] = []
        try:
            async with asyncio.timeout(within):
                while True:
                    message = await self.next(within + 1)
                    if holds.search(message.text):
                        return message
                    passed.append(message.text)
        except TimeoutError:
            seen = "\n".join(f"  < {text}" for text in passed) or "  nothing"
            raise AssertionError(f"Expected {wanted!r} within {within} s, but saw:\n{seen}") from None

    def read_all(self) -> list[Message]:
        """What came and was not read yet; now it is."""
        read = list(self._unread)
        self._unread.clear()
        return read

    def _screen(self) -> str:
        lines = [f"  {'<' if message.by_bot else '>'} {message.text}" for message in self.messages[-6:]]
        return "The screen:\n" + ("\n".join(lines) or "  empty")

    # ---- what they do --------------------------------------------------------------------------------

    def send(self, text: str, *, group: Chat | None = None, forwarded: bool = False) -> MessageId:
        """Type a message. "/start x" is a command."""
        fields: dict[str, object] = {"text": text}
        if text.startswith("/"):
            word = re.split(r"\s", text, maxsplit=1)[0]
            fields["entities"] = [{"type": "bot_command", "offset": 0, "length": len(word)}]
        if forwarded:
            fields |= self._forward_fields()
        return self._fake.said(self, "text", fields, group=group)

    def press(self, label: str) -> MessageId:
        """Press a button of the reply keyboard: its label is sent, or what it asks for."""
        for row in self.chat.keyboard.rows:
            for button in row:
                if button["text"] == label:
                    if button.get("request_location"):
                        return self.send_location()
                    if button.get("request_contact"):
                        return self.send_contact(own=True)
                    return self.send(label)
        raise AssertionError(f"There is no key {label!r}; the keyboard is {self.keyboard}. {self._screen()}")

    def press_inline(self, label: str, message_id: int = 0) -> str:
        """Press a button under a message (the latest that has it); gives the id of the callback query."""
        found = self._inline(label, message_id)
        if found is None:
            raise AssertionError(f"There is no button {label!r} under any message. {self._screen()}")
        return self._fake.pressed(self, *found)

    def press_data(self, message_id: int, data: str) -> str:
        """Send a press a second time, or one whose button is gone by now: the way was long, or fingers were quick."""
        return self._fake.pressed(self, message_id, data)

    def _inline(self, label: str, message_id: int) -> tuple[int, str] | None:
        shown = self.chat.messages
        for number in (message_id,) if message_id else reversed(shown):
            for row in shown[number].markup.rows if shown[number].markup.kind == "inline" else ():
                for button in row:
                    if button["text"] == label and "callback_data" in button:
                        return number, str(button["callback_data"])
        return None

    def send_photo(
        self, data: bytes = b"", *, caption: str = "", album: str = "", size: int = 0, forwarded: bool = False
    ) -> MessageId:
        put = self._fake.files.put("photo", data or picture(), mime="image/jpeg", size=size)
        return self._media("photo", put, caption, album, forwarded)

    def send_album(self, photos: int | list[bytes] = 3, *, caption: str = "") -> list[MessageId]:
        """Several photos as one; the caption stands under the first."""
        pictures = [picture(90 + number, 60) for number in range(photos)] if isinstance(photos, int) else photos
        album = str(self._fake.next_album())
        return [
            self.send_photo(data, caption=caption if number == 0 else "", album=album)
            for number, data in enumerate(pictures)
        ]

    def send_voice(self, data: bytes = _OGG, *, seconds: int = 4, size: int = 0, mime: str = "audio/ogg") -> MessageId:
        return self._media("voice", self._fake.files.put("voice", data, mime=mime, seconds=seconds, size=size))

    def send_audio(self, data: bytes = b"ID3" + bytes(60), *, seconds: int = 9, name: str = "rekaman.mp3") -> MessageId:
        return self._media("audio", self._fake.files.put("audio", data, name=name, mime="audio/mpeg", seconds=seconds))

    def send_video(self, data: bytes = _MP4, *, seconds: int = 5, caption: str = "", size: int = 0) -> MessageId:
        put = self._fake.files.put("video", data, mime="video/mp4", seconds=seconds, size=size)
        return self._media("video", put, caption)

    def send_video_note(self, data: bytes = _MP4, *, seconds: int = 5) -> MessageId:
        return self._media("video_note", self._fake.files.put("video_note", data, seconds=seconds))

    def send_animation(self, data: bytes = _MP4) -> MessageId:
        return self._media("animation", self._fake.files.put("animation", data))

    def send_document(
        self,
        data: bytes = _PDF,
        *,
        name: str = "surat.pdf",
        mime: str = "application/pdf",
        caption: str = "",
        album: str = "",
        size: int = 0,
    ) -> MessageId:
        put = self._fake.files.put("document", data, name=name, mime=mime, size=size)
        return self._media("document", put, caption, album)

    def send_sticker(self) -> MessageId:
        return self._media("sticker", self._fake.files.put("sticker", b"RIFF" + bytes(40), mime="image/webp"))

    def send_location(
        self, latitude: float = -10.2211, longitude: float = 123.5361, *, accuracy: float = 0.0
    ) -> MessageId:
        place: dict[str, object] = {"latitude": latitude, "longitude": longitude}
        if accuracy:
            place["horizontal_accuracy"] = accuracy
        return self._fake.said(self, "location", {"location": place})

    def send_contact(self, phone: str = "+6281200000000", *, own: bool = False) -> MessageId:
        contact: dict[str, object] = {"phone_number": phone, "first_name": self.chat.title}
        contact["user_id"] = self.user_id if own else self.user_id + 1
        return self._fake.said(self, "contact", {"contact": contact})

    def send_poll(self, question: str = "Setuju?") -> MessageId:
        poll = {
            "id": "5", "question": question, "options": [{"text": "Ya", "voter_count": 0}], "total_voter_count": 0,
            "is_closed": False, "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
        }  # fmt: skip
        return self._fake.said(self, "poll", {"poll": poll})

    def send_dice(self) -> MessageId:
        return self._fake.said(self, "dice", {"dice": {"emoji": "🎲", "value": 3}})

    def forward(self, text: str = "Pengumuman dari tetangga") -> MessageId:
        """Pass on somebody else's message."""
        return self.send(text, forwarded=True)

    def edit(self, message_id: int, text: str) -> None:
        """Change what an own message says (of a photo: its caption)."""
        message = self.chat.messages[message_id]
        if message.by_bot:
            raise AssertionError(f"Message {message_id} is not theirs.")
        self._fake.edited(self, message._replace(text=text, edited=int(self._fake.clock.now())))

    def block(self) -> None:
        """Block the bot."""
        self._member("member", "kicked", blocked=True)

    def unblock(self) -> None:
        self._member("kicked", "member", blocked=False)

    def _member(self, before: str, after: str, *, blocked: bool) -> None:
        self.chat.blocked = blocked
        content = {
            "chat": self.chat.json(), "from": self.chat.user(), "date": int(self._fake.clock.now()),
            "old_chat_member": {"user": self._fake.me, "status": before, **({} if blocked else {"until_date": 0})},
            "new_chat_member": {"user": self._fake.me, "status": after, **({"until_date": 0} if blocked else {})},
        }  # fmt: skip
        self._fake.updates.add(
            "my_chat_member", content, chat_id=self.user_id, queue=("member", self.user_id), keep=DAY
        )

    def deactivate(self) -> None:
        """Delete the account."""
        self.chat.deactivated = True

    def _forward_fields(self) -> Mapping[str, object]:
        origin = {"type": "hidden_user", "sender_user_name": "Seseorang", "date": int(self._fake.clock.now())}
        return {"forward_origin": origin}

    def _media(
        self, kind: str, put: Mapping[str, object], caption: str = "", album: str = "", forwarded: bool = False
    ) -> MessageId:
        fields: dict[str, object] = dict(put)
        if caption:
            fields["caption"] = caption
        if album:
            fields["media_group_id"] = album
        if forwarded:
            fields |= self._forward_fields()
        return self._fake.said(self, kind, fields)
