"""``suara serve``: answer people, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

import typer

from bot.cli import at, run
from bot.wording import later

if TYPE_CHECKING:
    from bot.app import Process
    from bot.config import Config
    from bot.terminal import Terminal

HELP = later("Start the program: answer people until it is stopped (Ctrl+C).")


def command(context: typer.Context) -> None:
    """Run until SIGTERM or SIGINT."""
    terminal = at(context)
    run(until_stopped(terminal, terminal.config))


async def until_stopped(terminal: Terminal, config: Config) -> None:
    """Serve, and say where."""
    from bot.app import serve
    from bot.collector import settle

    _ = terminal.gettext
    terminal.log_on()
    stopped = asyncio.Event()
    _on_signal(stopped)

    def started(process: Process) -> None:
        settle()
        if process.server is not None and config.web.enabled:
            where = f"http://{config.web.host}:{process.server.port}"
            terminal.note(_("Web chat: {address}").format(address=f"{where}/chat"))
            enter = f"/enter/{process.admin_code}" if process.admin_code else ""
            terminal.note(_("Dashboard: {address}").format(address=f"{where}/admin{enter}"))
        if process.telegram is not None and process.telegram.username:
            terminal.note(_("Telegram: {address}").format(address=f"https://t.me/{process.telegram.username}"))
        if not any(not one.closed for one in process.library.newest().values()):
            terminal.note(_("No survey is open yet. Publish one: suara survey publish FILE"))
        terminal.note(_("Ready. Stop with Ctrl+C."))

    await serve(config, stopped=stopped, started=started)
    _leave()


def _leave() -> NoReturn:
    """End now. Everything is committed and closed; a thread that still reads a long list for a page nobody waits for
    would hold the process for as long as it takes, and what it finds is nobody's."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _on_signal(stopped: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    if sys.platform == "win32":  # its loop takes no signal handlers
        signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(stopped.set))
        signal.signal(signal.SIGBREAK, lambda *_: loop.call_soon_threadsafe(stopped.set))
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
