"""An office to be measured: a folder with settings, keys, a database and the survey published in it.

Rule of the file: the settings are those of an office that sends its replies without a limit; nothing else is unusual.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import orjson

from benchmarks.form import FORM, NAME
from benchmarks.processes import SECRET, Running, Telegram, free_port, listening, program
from bot.app import open_store
from bot.config_file import load
from storage import surveys
from surveys import notation
from surveys.xlsform import read


class Office:
    """``with Office(telegram, mode) as office:`` and it answers people."""

    def __init__(self, folder: Path, telegram: Telegram, mode: str) -> None:
        self.folder = folder
        self.port = free_port()
        self._telegram = telegram
        self._mode = mode
        (folder / "config.toml").write_text(
            "[telegram]\n"
            f'token = "{telegram.token}"\n'
            f'base_url = "{telegram.origin}/bot"\n'
            f'base_file_url = "{telegram.origin}/file/bot"\n'
            f'mode = "{mode}"\n'
            f'webhook_secret = "{SECRET}"\n'
            f'webhook_url = "http://127.0.0.1:{self.port}/hooks/telegram"\n'
            "messages_per_second = 0\n"
            "[web]\n"
            f"port = {self.port}\n"
            "[log]\n"
            'level = "warning"\n',
            encoding="utf-8",
        )

    @contextlib.contextmanager
    def serving(self) -> Iterator[tuple[Running, float]]:
        """The program answers; the seconds it took to be ready."""
        begun = time.perf_counter()
        with program("bot", "--config", str(self.folder / "config.toml"), "serve", folder=self.folder) as running:
            with listening(running, self.port, "/readyz"):
                took = time.perf_counter() - begun
            if self._mode == "webhook":
                self._telegram.route(f"http://127.0.0.1:{self.port}/hooks/telegram")
            try:
                yield running, took
            finally:
                self._telegram.call("deleteWebhook")

    def stored(self) -> int:
        """Answers of complete responses in the record."""
        with contextlib.closing(sqlite3.connect(self.folder / "data" / "suara.sqlite3")) as database:
            count = database.execute(
                "SELECT count(*) FROM answer JOIN response ON response.id = answer.response_id "
                "JOIN survey ON survey.id = response.survey_id WHERE response.state = 'complete' AND survey.name = ?",
                (NAME,),
            )
            return int(count.fetchone()[0])


@contextlib.contextmanager
def new_office(telegram: Telegram, mode: str) -> Iterator[Office]:
    """In a folder of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="suara-bench-") as name:
        office = Office(Path(name), telegram, mode)
        asyncio.run(publish(office.folder))
        yield office


async def publish(folder: Path) -> None:
    """The tables, the keys, and the survey in them."""
    database, _vault, _before = await open_store(load(folder / "config.toml", {}))
    survey, _warnings = read(FORM.encode(), file_type=".md")
    async with database.write() as transaction:
        await surveys.publish(
            transaction,
            name=survey.name,
            version=1,
            notation=orjson.dumps(notation.dump(survey)),
            source=None,
            source_type=".md",
            now=datetime.now(UTC),
        )
    await database.close()
