"""The web server inside this process: starts, says where it listens, ends when told.

Rule of the file: signals are the process's business, not the server's.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
from collections.abc import Iterator

import uvicorn

from bot.hooks import Application, Hooks
from bot.straight import straight

_BACKLOG = 1024


class _Quiet(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals stay with the process."""
        yield


class Server:
    """One listening socket. ``port`` 0 takes any free one. Raises OSError where the port is taken."""

    def __init__(self, application: Application, *, host: str, port: int, grace: float = 2.0) -> None:
        self._socket = _listen(host, port)
        self.host = host
        self.port: int = self._socket.getsockname()[1]
        self._server = _Quiet(
            uvicorn.Config(
                application,
                http=straight(application) if isinstance(application, Hooks) else "httptools",
                log_config=None,
                access_log=False,
                lifespan="off",
                timeout_graceful_shutdown=max(1, int(grace)),
                timeout_keep_alive=75,
                proxy_headers=True,
                server_header=False,
                date_header=False,
                ws="none",
            )
        )

    async def run(self) -> None:
        """Serve until ``close``. The port is free again afterwards, however it ended."""
        try:
            await self._server.serve(sockets=[self._socket])
        finally:
            for listening in getattr(self._server, "servers", ()):
                listening.close()
            self._socket.close()

    async def started(self) -> None:
        """Wait until requests are answered."""
        while not self._server.started:  # noqa: ASYNC110 -- the server has a flag and no event
            await asyncio.sleep(0.01)

    def close(self) -> None:
        """Take no new request; answer those that are here."""
        self._server.should_exit = True

    def break_off(self) -> None:
        """End at once."""
        self._server.force_exit = True


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there it would let two programs share the port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except OSError:
        listening.close()
        raise
    listening.setblocking(False)  # noqa: FBT003 -- the socket takes it so
    return listening
