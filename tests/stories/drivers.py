"""People who play a story, one for each channel: they use what the channel's screen offers and nothing else."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.app import Process
from bot.channels.console import Console
from bot.talk import Shown
from handlers.clean import cleaned
from storage import deliveries
from storage.webchat import Transcripts
from surveys.messages import Outgoing
from tests.fake_telegram import FakeTelegram, Person
from tests.fake_telegram.files import picture
from tests.stories.story import Said, even
from tests.web.browser import Browser, Page

_PRESSED = re.compile(r"\[(.+)\]")
_PLACE = re.compile(r"@(-?[\d.]+), ?(-?[\d.]+)")
FILES: Mapping[str, tuple[str, bytes, str]] = {
    "photo": ("foto.jpg", picture(), "image/jpeg"),
    "voice": ("suara.ogg", b"OggS" + bytes(60), "audio/ogg"),
    "video": ("video.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(60), "video/mp4"),
    "file": ("surat.pdf", b"%PDF-1.4", "application/pdf"),
}


class Driver(Protocol):
    """Somebody on one channel."""

    async def do(self, done: str) -> None:
        """Do it, and wait until what is said in return is on the screen."""

    async def seen(self) -> list[Said]:
        """What was said or changed since the last call. Buttons that went away are no news."""

    async def close(self) -> None: ...


class News:
    """Remembers what each message said, so that only news are told."""

    def __init__(self) -> None:
        self._known: dict[str, Said] = {}

    def of(self, message: str, said: Said) -> list[Said]:
        before = self._known.get(message)
        self._known[message] = said
        gone = before is not None and not said.labels and said.words == before.words
        return [] if gone or said == before or not (said.words or said.labels) else [said]


async def settled(process: Process) -> None:
    """Until everything that was committed has been sent, and that is written down."""
    async with asyncio.timeout(20):
        while True:
            async with process.database.read() as transaction:
                waiting = await deliveries.waiting(transaction)
            if not (waiting.queued or waiting.leased or process.inbox.waiting):
                return
            await asyncio.sleep(0.005)


def _said(outgoing: Outgoing) -> Said:
    return Said(even(outgoing.text), tuple(button.label for row in outgoing.rows for button in row))


class ConsoleDriver:
    """At the keyboard."""

    def __init__(self, process: Process, clock: object, folder: Path) -> None:
        self._process = process
        self._clock = clock
        self._folder = folder
        self._shown = Shown()
        self._news = News()
        self._said: list[Said] = []
        self._console = Console(self._show)
        process.channels[self._console.name] = self._console

    def _show(self, message_id: str, outgoing: Outgoing) -> None:
        self._shown.say(message_id, outgoing)
        if outgoing.text:
            self._said += self._news.of(message_id, _said(outgoing))

    async def do(self, done: str) -> None:
        meant = {"sticker": True} if done == "@sticker" else self._shown.meant(self._real(done))
        update = {"person": "ani", "number": self._console.next_number(), "language": "id", **meant}
        now: datetime = self._clock()  # type: ignore[operator]
        incoming = self._console.parse(update, now)
        assert incoming is not None
        await self._process.inbox.submit(cleaned(incoming))
        await settled(self._process)

    def _real(self, done: str) -> str:
        if done.removeprefix("@") not in FILES or not done.startswith("@"):
            return done
        name, content, _mime = FILES[done[1:]]
        path = self._folder / name
        path.write_bytes(content)
        return f"@{path}"

    async def seen(self) -> list[Said]:
        said, self._said = self._said, []
        return said

    async def close(self) -> None:
        """Nothing to close."""


class WebChatDriver:
    """In a browser without JavaScript, over a real connection."""

    def __init__(self, process: Process, transcripts: Transcripts) -> None:
        assert process.server is not None
        self._process = process
        self._transcripts = transcripts
        self._browser = Browser(None, base=f"http://127.0.0.1:{process.server.port}")
        self._page: Page | None = None
        self._shown = Shown()
        self._news = News()
        self._revision = 0

    async def do(self, done: str) -> None:
        page = self._page or await self._browser.open("/chat")
        pressed, place = _PRESSED.fullmatch(done), _PLACE.fullmatch(done)
        if done == "/start" and "Mulai" in page.buttons:
            answer = await self._browser.press(page, "Mulai")
        elif pressed or done in page.answers:
            answer = await self._browser.press(page, _label(page, pressed[1] if pressed else done))
        elif place:
            form = next(form for form in page.forms if "text" in form.fields)
            point = {"latitude": place[1], "longitude": place[2], "ticket": form.fields["ticket"]}
            answer = await self._browser.post("/chat", point)
        elif done.startswith("@") and done[1:] in FILES:
            answer = await self._browser.write(page, "", files=[("file", FILES[done[1:]])])
        else:
            answer = await self._browser.write(page, done)
        assert answer.status == 200, answer.text
        await settled(self._process)

    async def seen(self) -> list[Said]:
        self._page = await self._browser.open("/chat")
        visitor = self._browser.client.cookies["suara_visitor"].partition(".")[0]
        lines = await self._transcripts.read(visitor)
        said: list[Said] = []
        for line in lines:
            if isinstance(line.said, Outgoing) and line.revision > self._revision:
                known = str(line.number) in self._shown.inline
                self._shown.say(str(line.number), _as_edit(line.said, str(line.number)) if known else line.said)
                said += self._news.of(str(line.number), _said(line.said))
        self._revision = max((line.revision for line in lines), default=0)
        texts = [line.said.text for line in lines if isinstance(line.said, Outgoing) and line.said.text]
        assert [text for who, text in self._page.talk if who == "<" and not text.startswith("(")] == texts
        keyboard = [button.label for button in self._shown.keyboard]
        answers = list(self._page.answers)
        for button in (one for buttons in self._shown.inline.values() for one in buttons):
            if button.label in answers:  # it stands under its message, and the keyboard may have the same label
                answers.remove(button.label)
        assert [label for label in answers if label in keyboard] == keyboard, self._page.answers
        return said

    async def close(self) -> None:
        await self._browser.client.aclose()


def _as_edit(outgoing: Outgoing, number: str) -> Outgoing:
    return Outgoing(text=outgoing.text, rows=outgoing.rows, edits=number)


def _label(page: Page, wanted: str) -> str:
    """The button's label as it stands: a toggled one carries a mark."""
    marked = [label for label in page.answers if label == wanted or label.split(" ", 1)[-1] == wanted]
    assert marked, f"There is no button {wanted!r}: {page.answers}"
    return marked[0]


class TelegramDriver:
    """With a telephone, through a Bot API server."""

    def __init__(self, process: Process, fake: FakeTelegram, person: Person) -> None:
        self._process = process
        self._fake = fake
        self._person = person
        self._last = 0
        self._news = News()

    async def do(self, done: str) -> None:
        person = self._person
        pressed, place = _PRESSED.fullmatch(done), _PLACE.fullmatch(done)
        match done:
            case "@photo":
                person.send_photo()
            case "@voice":
                person.send_voice()
            case "@video":
                person.send_video()
            case "@file":
                person.send_document()
            case "@sticker":
                person.send_sticker()
            case "@contact":
                person.send_contact()
            case "@poll":
                person.send_poll()
            case "@forward":
                person.forward()
            case "@album":
                person.send_album()
            case _ if done.startswith("@edit "):
                person.edit(self._last, done.removeprefix("@edit "))
            case _ if place:
                person.send_location(float(place[1]), float(place[2]))
            case _ if pressed:
                self._press(pressed[1])
            case _ if self._inline(done):
                person.press_inline(done)
            case _:
                self._last = person.send(done)
        await self._fake.all_confirmed()
        await settled(self._process)

    def _inline(self, label: str) -> str:
        for message in reversed(self._person.received):
            for shown in message.buttons if message.markup.kind == "inline" else ():
                if shown == label or shown.split(" ", 1)[-1] == label:
                    return shown
        return ""

    def _press(self, label: str) -> None:
        inline = self._inline(label)
        if inline:
            self._person.press_inline(inline)
        else:
            self._person.press(label)

    async def seen(self) -> list[Said]:
        said: list[Said] = []
        for message in self._person.read_all():
            said += self._news.of(str(message.message_id), Said(even(message.text), message.buttons))
        return said

    async def close(self) -> None:
        """The fake goes with the story."""
