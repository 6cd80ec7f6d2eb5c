"""The real program, started as an office would, and killed as a power cut would.

Rule of the file: SIGKILL and nothing gentler; a program is started again at once.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

_ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Program:
    """One ``suara serve``."""

    folder: Path
    environ: Mapping[str, str]
    port: int = field(default_factory=free_port)
    command: tuple[str, ...] = ("-m", "bot", "serve")
    kills: int = 0
    _process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it; ``ready`` waits until it answers."""
        with (self.folder / f"log-{self.port}").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *self.command,
                cwd=self.folder,
                env={**os.environ, **self.environ, "SUARA_WEB__PORT": str(self.port), "PYTHONPATH": str(_ROOT)},
                stdout=log,
                stderr=log,
            )

    async def ready(self, within: float = 30.0) -> None:
        """Until it says that it is ready."""
        async with asyncio.timeout(within), aiohttp.ClientSession() as http:
            while True:
                try:
                    async with http.get(f"http://127.0.0.1:{self.port}/readyz") as response:
                        if response.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                assert self._process is not None
                assert self._process.returncode is None, self.log()
                await asyncio.sleep(0.05)

    async def died(self, within: float = 30.0) -> int:
        """Wait until it ends by itself; its exit code."""
        assert self._process is not None
        async with asyncio.timeout(within):
            return await self._process.wait()

    async def kill(self) -> None:
        """SIGKILL."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        await self._process.wait()
        self.kills += 1

    async def stop(self) -> int:
        """SIGTERM; its exit code."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            return await self._process.wait()

    def log(self) -> str:
        """What it said."""
        return (self.folder / f"log-{self.port}").read_text(errors="replace")[-4000:]
