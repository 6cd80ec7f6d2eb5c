"""``suara service``: prints what starts the program with the machine; putting it in place is the administrator's."""

from __future__ import annotations

import getpass
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import at
from bot.wording import later

if TYPE_CHECKING:
    from bot.config import Config
    from bot.service import Installation
    from bot.terminal import Terminal

HELP = later("Print the systemd unit (on Windows: the task) that starts this installation with the machine.")


def command(
    context: typer.Context,
    user: Annotated[
        str, typer.Option("--user", help=later("The account that runs the program (without it: this one)."))
    ] = "",
) -> None:
    """The unit goes to standard output, what to do with it to standard error."""
    from bot.service import systemd_unit, windows_task

    terminal = at(context)
    _ = terminal.gettext
    installation = _installation(terminal.config, user or getpass.getuser())
    if sys.platform == "win32":
        terminal.say(windows_task(installation))
        terminal.note(_("Give this line in a command prompt as administrator. It was not tested on Windows."))
        return
    terminal.say(systemd_unit(installation).rstrip("\n"))
    if installation.user == "root":
        terminal.note(_("Better an account of its own than root: suara service --user suara"))
    again = shlex.join(_again(terminal, installation))
    terminal.note(_("To install: {command} | sudo tee /etc/systemd/system/suara.service").format(command=again))
    terminal.note(_("Then: sudo systemctl daemon-reload && sudo systemctl enable --now suara"))
    if terminal.config.file is None:
        terminal.note(_("There is no config.toml: this unit starts the trial mode."))
    given = sorted(name for name in terminal.environ if name.startswith("SUARA_"))
    if given:
        words = _("These are set here but not in the unit; write them to config.toml: {names}")
        terminal.note(words.format(names=", ".join(given)))


def _again(terminal: Terminal, installation: Installation) -> list[str]:
    """The command that prints this unit once more."""
    settings = [] if terminal.config_file is None else ["--config", str(terminal.config_file)]
    user = [] if installation.user == getpass.getuser() else ["--user", installation.user]
    return ["suara", *settings, "service", *user]


def _installation(config: Config, user: str) -> Installation:
    from bot.service import Installation, writing_folders
    from storage.database import file_of

    program = Path(sys.executable).with_name("suara.exe" if sys.platform == "win32" else "suara")
    command = (str(program),) if program.exists() else (sys.executable, "-m", "bot")
    return Installation(
        command=command,
        folder=config.file.parent if config.file is not None else Path.cwd(),
        config=config.file,
        user=user,
        group=_group(user),
        writes=writing_folders(config.folder, config.backups, file_of(config.database_url)),
    )


def _group(user: str) -> str:
    """The account's own group; its name again where it does not exist yet."""
    if sys.platform == "win32":
        return ""
    import grp
    import pwd

    try:
        return grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name
    except KeyError:
        return user
