"""The fake as its own process: ``python -m tests.fake_telegram --port 8081 [--people module:function]``.

It prints one line with its address and its token, then serves until it is terminated. ``--people`` names a function
that is called with the FakeTelegram before it answers anybody: it may be async, and then runs beside the server.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import inspect
import signal
import sys

from tests.fake_telegram.fake import TOKEN, FakeTelegram


async def _serve(options: argparse.Namespace) -> None:
    fake = FakeTelegram(
        token=options.token, port=options.port, keep=options.keep, seed=options.seed,
        webhook_timeout=options.webhook_timeout, webhook_pause=options.webhook_pause,
    )  # fmt: skip
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    async with fake:
        beside: asyncio.Task[object] | None = None
        if options.people:
            module, _, name = options.people.partition(":")
            started = getattr(importlib.import_module(module), name or "people")(fake)
            if inspect.isawaitable(started):
                beside = asyncio.ensure_future(started)
        print(f"{fake.origin} {fake.token}", flush=True)
        await stopped.wait()
        if beside is not None:
            beside.cancel()
            await asyncio.gather(beside, return_exceptions=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fake_telegram", description=__doc__)
    parser.add_argument("--port", type=int, default=8081, help="0 = a free one")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--keep", type=int, default=100_000, help="calls, and messages of one chat, to remember")
    parser.add_argument("--seed", type=int, default=1, help="of the dice of faults")
    parser.add_argument("--webhook-timeout", type=float, default=60.0)
    parser.add_argument("--webhook-pause", type=float, default=1.0, help="what a second between tries lasts")
    parser.add_argument("--people", default="", help="module:function that is called with the fake")
    options = parser.parse_args()
    if sys.platform == "win32":
        asyncio.run(_serve(options))
    else:
        import uvloop

        uvloop.run(_serve(options))


if __name__ == "__main__":
    main()
