"""``suara chat``: talk to the program at the keyboard, with the real desk and a real database.

Without ``--config`` everything happens in a database of its own that is thrown away afterwards. Rule of the file: it
reads lines and prints lines; what they mean stands in ``bot.talk``, what happens in ``bot.app``.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import at, run
from bot.wording import later

if TYPE_CHECKING:
    from bot.app import Process
    from bot.channels.console import Console
    from bot.config import Config
    from bot.terminal import Terminal
    from storage.database import Database
    from storage.vault import Vault
    from surveys.messages import Outgoing
    from surveys.survey import Survey

HELP = later("Talk to the program here, at the keyboard.")

PERSON = "keyboard"
_SETTLES = 5.0
"""Seconds a reply may take to appear before the next line is asked for."""


def command(
    context: typer.Context,
    survey: Annotated[
        str, typer.Option("--survey", help=later("Begin with this survey: its name, or the file of a form."))
    ] = "",
    save: Annotated[
        Path | None, typer.Option("--save", help=later("Keep the conversation as a story for the tests."))
    ] = None,
) -> None:
    """Until the end of input (Ctrl+D)."""
    terminal = at(context)
    if save is not None and save.exists():
        from surveys.errors import SurveyError

        _ = terminal.gettext
        raise SurveyError(_("{file} is there already. Name another file.").format(file=save))
    run(_chat(terminal, survey, save))


async def _chat(terminal: Terminal, survey: str, save: Path | None) -> None:
    from bot.app import Process

    _ = terminal.gettext
    form = _form(terminal, survey)
    async with AsyncExitStack() as stack:
        config, own = await stack.enter_async_context(_office(terminal))
        if form is not None and not own:
            from surveys.errors import SurveyError

            raise SurveyError(_("In the office's own database only published surveys are tried: give a name."))
        database, vault = await stack.enter_async_context(_store(config))
        process = Process(config, database, vault)
        talk = _Talk(terminal, process, after=0 if own else int(time.time() * 1000))
        stack.push_async_callback(process.stop)
        await process.start()
        if form is not None:
            await _publish(process, form)
        name = form.name if form is not None else survey
        if name and name not in process.library.newest():
            from surveys.errors import SurveyError

            known = ", ".join(sorted(process.library.newest()))
            raise SurveyError(_("There is no survey {name}. There are: {known}.").format(name=name, known=known))
        terminal.note(_("Type your answers. [Label] presses a button, @file sends a file, Ctrl+D ends."))
        await talk.take(f"/start {name}".strip())
        async for typed in _typed():
            await talk.take(typed)
    if save is not None:
        await asyncio.to_thread(save.write_text, "\n".join(talk.lines) + "\n", encoding="utf-8")
        terminal.note(_("Written: {file}").format(file=save))


class _Talk:
    """The conversation: what is typed goes in, what is said is printed, both are kept."""

    def __init__(self, terminal: Terminal, process: Process, *, after: int) -> None:
        from bot.channels.console import Console
        from bot.talk import Shown

        self._terminal = terminal
        self._process = process
        self._shown = Shown()
        self.console: Console = Console(self._show, after=after)
        self.lines: list[str] = []
        process.channels[self.console.name] = self.console

    def _show(self, message_id: str, outgoing: Outgoing) -> None:
        from bot.talk import lines_of

        self._shown.say(message_id, outgoing)
        if not outgoing.text:
            return  # buttons of an earlier message went away
        for line in lines_of(outgoing.text, (button.label for row in outgoing.rows for button in row)):
            self.lines.append(line)
            self._terminal.say(line)

    async def take(self, typed: str) -> None:
        """One line of the person; returns when what was said in return is on the screen."""
        from bot.app import clock
        from bot.talk import done_line
        from handlers.clean import cleaned

        _ = self._terminal.gettext
        try:
            meant = self._shown.meant(typed)
        except KeyError:
            self._terminal.note(_("There is no such button now."))
            return
        line = done_line(meant, typed)
        self.lines.append(line)
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            self._terminal.say(line)
        update = {"person": PERSON, "number": self.console.next_number(), "language": self._terminal.language, **meant}
        incoming = self.console.parse(update, clock())
        if incoming is not None:
            await self._process.inbox.submit(cleaned(incoming))
            if "file" in meant:  # at once, so that lines that come from a file do not overtake it
                await self._process.chores.all()["fetching files"][1](clock())
            await self._settled()

    async def _settled(self) -> None:
        from storage import deliveries

        loop = asyncio.get_running_loop()
        end = loop.time() + _SETTLES
        while loop.time() < end:
            async with self._process.database.read() as transaction:
                waiting = await deliveries.waiting(transaction)
            if not (waiting.queued or waiting.leased):
                return
            await asyncio.sleep(0.01)


def _form(terminal: Terminal, survey: str) -> Survey | None:
    """The form in a file, None where ``survey`` is a name."""
    if not survey or Path(survey).suffix.lower() not in {".md", ".xlsx", ".csv"}:
        return None
    from bot.cli._survey_play import survey_in

    config = terminal.config
    return survey_in(survey, config.timezone, config.locale.catalog, terminal.gettext)


@asynccontextmanager
async def _office(terminal: Terminal) -> AsyncIterator[tuple[Config, bool]]:
    """The settings to run with, and whether the database is thrown away afterwards. No other channel is open."""
    from bot.config import Config, Data, Telegram, Web

    found = terminal.config
    if terminal.config_file is not None:
        yield found.model_copy(update={"telegram": Telegram(), "web": Web(enabled=False)}), False
        return
    with tempfile.TemporaryDirectory(prefix="suara-chat-") as folder:
        yield Config(data=Data(folder=Path(folder)), web=Web(enabled=False), locale=found.locale), True


@asynccontextmanager
async def _store(config: Config) -> AsyncIterator[tuple[Database, Vault]]:
    from bot.app import open_store
    from bot.instance import InstanceLock
    from bot.wording import catalogue

    async with AsyncExitStack() as stack:
        if config.database_url.startswith("sqlite"):
            lock = InstanceLock(config.folder, catalogue(config.locale.language).gettext)
            lock.take()
            stack.callback(lock.release)
        database, vault, _before = await open_store(config)
        stack.push_async_callback(database.close)
        yield database, vault


async def _publish(process: Process, form: Survey) -> None:
    """The next version of the form, in a database of our own."""
    import orjson

    from bot.app import clock
    from storage import surveys
    from surveys import notation

    async with process.database.write() as transaction:
        version = await surveys.next_version(transaction, form.name)
        await surveys.publish(
            transaction,
            name=form.name,
            version=version,
            notation=orjson.dumps(notation.dump(form)),
            source=None,
            source_type="",
            now=clock(),
        )
    process.library.outdated()
    async with process.database.read() as transaction:
        await process.library.refresh(transaction, asyncio.get_running_loop().time())


async def _typed() -> AsyncIterator[str]:
    """Lines of standard input. A thread reads them, so that what is said meanwhile is shown."""
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        while True:
            try:
                line = input("> " if sys.stdin.isatty() and sys.stdout.isatty() else "")
            except EOFError:
                loop.call_soon_threadsafe(lines.put_nowait, None)
                return
            loop.call_soon_threadsafe(lines.put_nowait, line)

    threading.Thread(target=read, daemon=True).start()
    while (line := await lines.get()) is not None:
        if line.strip():
            yield line
