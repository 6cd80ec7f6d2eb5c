"""The command line: ``suara``. One file an area, found by its name.

``bot/cli/survey.py`` with ``app = typer.Typer(help=later("…"))`` is ``suara survey …``; ``bot/cli/serve.py`` with a
function ``command`` and ``HELP = later("…")`` is ``suara serve``. A command takes ``context: typer.Context`` and finds
its settings, its language and its screen in ``at(context)``. Rules: what is heavy is imported inside a function, so
that ``suara --help`` is there at once; an error of ours (survey, store, use-case, setting, sending) becomes one line
for the person at the keyboard and the exit code 1, never a traceback.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Coroutine, Mapping
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from typer._click import exceptions  # the public names are those of its bases alone
from typer.main import get_command

from bot import misunderstood
from bot.terminal import Terminal
from bot.wording import catalogue, later, settled_language
from surveys.registry import Registry

Result = TypeVar("Result")

REASON = later("Why names are needed: it is kept in the audit.")
FAILED = 1
MISUNDERSTOOD = 2
INTERRUPTED = 130
LONGEST_NAME = 120

# By name: an error can only come from a module that was loaded.
_MEANT_FOR_PEOPLE = (
    ("surveys.errors", "SurveyError"),
    ("storage.errors", "StorageError"),
    ("handlers.errors", "HandlerError"),
    ("reports.base", "ReportError"),
    ("bot.channels.base", "SendError"),
    ("bot.config", "ConfigError"),
)

areas: Mapping[str, Any] = Registry(__name__)


def at(context: typer.Context) -> Terminal:
    """Where this command was given: its settings, language and screen."""
    terminal = context.find_root().obj
    if not isinstance(terminal, Terminal):
        raise TypeError("commands run inside bot.cli.main")
    return terminal


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run asynchronous work to its end, on the loop that suits this system."""
    import asyncio

    if sys.platform == "win32":  # psycopg cannot use the loop that is the default there
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            return runner.run(work)
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


def program() -> typer.Typer:
    """Every command, in English."""
    app = typer.Typer(
        name="suara",
        help=later("Suara Alak: conversational surveys for a district."),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )

    @app.callback()
    def settings(
        context: typer.Context,
        config: Annotated[
            Path | None, typer.Option("--config", help=later("The settings file (without it: config.toml here)."))
        ] = None,
    ) -> None:
        at(context).config_file = config

    for name, area in areas.items():
        spoken = name.replace("_", "-")
        if hasattr(area, "app"):
            app.add_typer(area.app, name=spoken)
        else:
            app.command(spoken, help=area.HELP)(area.command)
    return app


def translated(command: Any, language: str) -> Any:
    """The same command with its help in a person's language."""
    say = catalogue(language).gettext
    for part in (command, *command.params):
        if getattr(part, "help", None):
            part.help = say(part.help)
    for below in getattr(command, "commands", {}).values():
        translated(below, language)
    return command


def main(arguments: list[str] | None = None) -> NoReturn:
    """The console script. Ends the process: 0 done, 1 it could not be done, 2 not understood, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console of another alphabet shows "?" and goes on
            stream.reconfigure(errors="replace")
    terminal = Terminal(environ=os.environ)
    _ = terminal.gettext
    if any(map(_no_text, sys.argv[1:] if arguments is None else arguments)):
        terminal.complain(_("What was typed holds bytes that are no text (UTF-8)."))
        sys.exit(MISUNDERSTOOD)
    try:
        command = translated(get_command(program()), settled_language(None, os.environ))
        code = command.main(arguments, prog_name="suara", obj=terminal, standalone_mode=False)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except typer.Abort:
        sys.exit(FAILED)
    except exceptions.UsageError as error:
        terminal.complain(_not_understood(error, terminal))
        sys.exit(error.exit_code)
    except Exception as error:  # noqa: BLE001 -- the edge: nobody at a keyboard reads a traceback unredacted
        sys.exit(_told(error, terminal))
    sys.exit(code if isinstance(code, int) else 0)


def _shortened(name: str) -> str:
    """A name of a file that fits on a line."""
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


def _no_text(word: str) -> bool:
    """Whether it holds bytes of another encoding: Python passes those on as lone surrogates."""
    return any("\ud800" <= char <= "\udfff" for char in word)


def _not_understood(error: exceptions.UsageError, terminal: Terminal) -> str:
    """For a command without any words after it its help, for all else a sentence."""
    if isinstance(error, exceptions.NoArgsIsHelpError):
        return error.format_message()
    return misunderstood.told(error, terminal.gettext)


def _told(error: Exception, terminal: Terminal) -> int:
    """Say on standard error what went wrong, in one line where it is an error for people."""
    _ = terminal.gettext
    kinds = tuple(getattr(sys.modules[module], name) for module, name in _MEANT_FOR_PEOPLE if module in sys.modules)
    if isinstance(error, kinds):
        words = str(error) or (type(error).__doc__ or type(error).__name__).strip()
        told = error.told(_) if hasattr(error, "told") else _(words)
        terminal.complain(" ".join(told.split()))
    elif isinstance(error, OSError) and error.filename is not None and error.strerror:
        words = _("{file} cannot be read or written: {why}.")
        terminal.complain(words.format(file=_shortened(str(error.filename)), why=error.strerror))
    else:
        import traceback

        terminal.complain("".join(traceback.format_exception(error)).rstrip())
        terminal.complain(_("This is a fault of the program. Please pass the lines above on to those who maintain it."))
    return FAILED
