"""Starts what is measured, each as a process of its own, and reads how much of the machine it used.

Rule of the file: the fake Telegram has a core to itself, what is measured has the others; where the system has no
``taskset`` the system decides.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parents[1]
PATIENCE = 60.0
"""Seconds to wait for a process to be ready."""
SECRET = "rahasia-ukuran"


def pinned(core: int | None, command: list[str]) -> list[str]:
    """``command`` on one core (0), or on all but that one (None), where the system can do that."""
    cores = os.cpu_count() or 1
    if cores < 2 or shutil.which("taskset") is None:
        return command
    wanted = str(core) if core is not None else f"1-{cores - 1}" if cores > 2 else "1"
    return ["taskset", "--cpu-list", wanted, *command]


class Running:
    """A process: how much it used, and its end."""

    def __init__(self, process: subprocess.Popen[bytes], said: Path | None = None) -> None:
        self.process = process
        self._said = said

    def cpu(self) -> float:
        """Seconds of processor time so far, its own and the system's for it. 0.0 where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Megabytes of memory it holds now; 0.0 where the system does not tell."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        except OSError:
            return 0.0
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def stop(self) -> None:
        """Ask it to end, and wait for that."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def complaint(self) -> str:
        """The last of what it wrote."""
        return self._said.read_text(encoding="utf-8", errors="replace")[-2000:] if self._said else ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()


class Telegram(Running):
    """The fake, with the people of ``benchmarks.people`` in it."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.fake_telegram", "--port", "0", "--keep", "1000"]
        process = subprocess.Popen(
            pinned(0, [*command, "--people", "benchmarks.people:people"]),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        super().__init__(process)
        assert process.stdin is not None
        assert process.stdout is not None
        self._orders, self._news = process.stdin, process.stdout
        self.origin, self.token = self._news.readline().decode().split()

    def stop(self) -> None:
        self._orders.close()
        super().stop()
        self._news.close()

    def order(self, do: str, **how: Any) -> None:
        """Tell the people what to do."""
        self._orders.write(json.dumps({"do": do, **how}).encode() + b"\n")
        self._orders.flush()

    def news(self, at: str) -> dict[str, Any]:
        """The next thing they tell, which is this."""
        line = self._news.readline()
        if not line:
            raise SystemExit("The fake Telegram ended.")
        told: dict[str, Any] = json.loads(line)
        if told["at"] != at:
            raise SystemExit(f"expected {at!r}, the people told {told}")
        return told

    def call(self, method: str, **fields: Any) -> None:
        """Call a method of the Bot API."""
        body = json.dumps(fields).encode()
        request = urllib.request.Request(
            f"{self.origin}/bot{self.token}/{method}", body, {"Content-Type": "application/json"}
        )
        urllib.request.urlopen(request, timeout=10).read()

    def route(self, url: str) -> None:
        """Send updates there over at most a hundred connections."""
        self.call("setWebhook", url=url, secret_token=SECRET, max_connections=100)


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def program(*arguments: str, folder: Path, more: Mapping[str, str] | None = None) -> Running:
    """Start ``python -m …`` on the cores that are not the fake's. What it writes goes to a file in ``folder``."""
    said = folder / "said.txt"
    with said.open("ab") as out:
        process = subprocess.Popen(
            pinned(None, [sys.executable, "-m", *arguments]),
            stdout=out,
            stderr=out,
            cwd=ROOT,
            env={**os.environ, **(more or {})},
        )
    return Running(process, said)


@contextlib.contextmanager
def listening(running: Running, port: int, path: str) -> Iterator[float]:
    """Wait until ``path`` is answered with 200; the seconds that took."""
    begun = time.perf_counter()
    while True:
        if running.process.poll() is not None:
            raise SystemExit(f"It ended before it was ready.\n{running.complaint()}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
                if answer.status == 200:
                    break
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        if time.perf_counter() - begun > PATIENCE:
            raise SystemExit(f"It was not ready after {PATIENCE:.0f} s.\n{running.complaint()}")
        time.sleep(0.01)
    yield time.perf_counter() - begun
