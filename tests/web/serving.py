"""An application behind a real web server, on a loop of its own, while a test drives a browser."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import TypeVar

import uvicorn
from starlette.types import ASGIApp

Opened = TypeVar("Opened")


@contextmanager
def served_by(
    opening: AbstractAsyncContextManager[Opened],
    application: Callable[[Opened], ASGIApp],
    *,
    before_the_end: Callable[[Opened], None] = lambda _: None,
) -> Iterator[tuple[str, Opened]]:
    """What ``opening`` opens, with its ``application`` served: the address, and what was opened."""
    listening = socket.create_server(("127.0.0.1", 0))
    ready, stop = threading.Event(), threading.Event()
    found: list[Opened] = []
    failed: list[BaseException] = []

    async def run() -> None:
        async with opening as opened:
            found.append(opened)
            server = uvicorn.Server(uvicorn.Config(application(opened), log_config=None, lifespan="off"))
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            while not server.started:  # noqa: ASYNC110 -- the server offers nothing to wait for
                await asyncio.sleep(0.01)
            ready.set()
            await asyncio.to_thread(stop.wait)
            before_the_end(opened)
            server.should_exit = True
            await serving

    def thread() -> None:
        try:
            asyncio.run(run())
        except BaseException as error:  # noqa: BLE001 -- told by the test
            failed.append(error)
            ready.set()

    runner = threading.Thread(target=thread)
    runner.start()
    ready.wait()
    try:
        if failed:
            raise failed[0]
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", found[0]
    finally:
        stop.set()
        runner.join()
        listening.close()
    if failed:
        raise failed[0]
