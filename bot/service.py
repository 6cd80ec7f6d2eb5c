"""How this installation is started with the machine: a unit for systemd, a task for Windows.

Rules of the file: text from paths, nothing is installed; the unit lets the program write its own folders, nothing else.
https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

NAME = "suara"
ENDS_WITHIN = 10
"""Seconds; the program itself ends within five."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Where it is and who runs it. ``config``: the settings file, None in trial mode; ``writes``: folders it writes."""

    command: Sequence[str]
    """The program, such as ("/opt/suara-alak/.venv/bin/suara",)."""
    folder: PurePath
    """Where it is started."""
    config: PurePath | None
    user: str
    group: str
    writes: Sequence[PurePath]

    @property
    def arguments(self) -> list[str]:
        """The whole command line."""
        settings = [] if self.config is None else ["--config", str(self.config)]
        return [*self.command, *settings, "serve"]


def systemd_unit(installation: Installation) -> str:
    """The content of ``/etc/systemd/system/suara.service``."""
    writes = " ".join(_quoted(str(folder)) for folder in installation.writes)
    owner = f"-o {_escaped(installation.user)} -g {_escaped(installation.group)}"
    return f"""\
[Unit]
Description=Suara Alak
After=network-online.target postgresql.service
Wants=network-online.target

[Service]
Type=exec
User={_escaped(installation.user)}
Group={_escaped(installation.group)}
WorkingDirectory={_escaped(str(installation.folder))}
# The folders have to be there before the program is shut in.
ExecStartPre=+/usr/bin/install -d -m 0700 {owner} {writes}
ExecStart={" ".join(_quoted(part, command=True) for part in installation.arguments)}
Restart=always
RestartSec=2
TimeoutStopSec={ENDS_WITHIN}
UMask=0077

# It writes its own folders and nothing else.
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={writes}
PrivateTmp=yes
PrivateDevices=yes
ProtectProc=invisible
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM

[Install]
WantedBy=multi-user.target
"""


def windows_task(installation: Installation) -> str:
    """The line that makes the task: it starts with the machine, as this account, without anybody signed in."""
    inner = " ".join(f'\\"{part}\\"' if " " in part else part for part in installation.arguments)
    return f'schtasks /Create /TN "Suara Alak" /SC ONSTART /RU "{installation.user}" /RP * /RL LIMITED /F /TR "{inner}"'


def _escaped(text: str) -> str:
    return text.replace("%", "%%")


def _quoted(text: str, *, command: bool = False) -> str:
    """As systemd reads it: quoted where it must be, "%" and in commands "$" doubled."""
    written = _escaped(text).replace("\\", "\\\\").replace('"', '\\"')
    if command:
        written = written.replace("$", "$$")
    return f'"{written}"' if set(written) & set(" \t'\"\\;") else written


def writing_folders(data: Path, backups: Path, sqlite: Path | None) -> list[Path]:
    """Folders that the program writes, each once, none inside another."""
    wanted = {data, backups, *([sqlite.absolute().parent] if sqlite is not None else [])}
    return sorted(folder for folder in wanted if not any(folder.is_relative_to(other) for other in wanted - {folder}))
