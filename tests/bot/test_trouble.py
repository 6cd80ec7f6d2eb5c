"""What the office notices about itself: trouble is seen by whoever watches, and told to whoever looks after it."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import clock
from bot.chores import Chores
from bot.wording import catalogue
from storage import database
from storage.errors import Busy
from tests.bot.test_nightly import ADMIN, process_of
from tests.fake_telegram import FakeTelegram


async def test_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks whether it is ready learns it, even while nobody writes; so does who looks after it, once."""
    pragmas = [pragma for pragma in database._PRAGMAS if not pragma.startswith("busy_timeout")]
    monkeypatch.setattr(database, "_PRAGMAS", (*pragmas, "busy_timeout=10"))
    url = f"sqlite:///{tmp_path / 'test.sqlite3'}"
    async with FakeTelegram() as telegram, process_of(tmp_path, url, telegram=telegram) as process:
        admin = telegram.person(ADMIN, started=True)
        chores = Chores(process)
        await chores._alive(clock())
        await chores._tell(clock())
        assert process.trouble() == ""
        other = sqlite3.connect(tmp_path / "test.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy):
            await chores._alive(clock())
        assert process.trouble() == "Somebody else is writing; try again."
        for hours in (0, 1, 5, 7):
            await chores._tell(clock() + timedelta(hours=hours))
        other.execute("ROLLBACK")
        other.close()
        await chores._alive(clock())
        await chores._tell(clock())
        assert process.trouble() == ""
        await chores._tell(clock())
        words = (
            "Messages are not taken at the moment: Somebody else is writing; try again. "
            "Nothing is lost; see: suara doctor"
        )
        assert [message.text for message in admin.received] == [words, words, "Messages are taken again."]


async def test_telegram_gives_no_messages(tmp_path: Path) -> None:
    """Why is a sentence, in the office's language too."""
    async with process_of(tmp_path, f"sqlite:///{tmp_path / 'test.sqlite3'}") as process:
        said = []
        for trouble in ("conflict", "refused", ""):
            process._watch(trouble)
            said.append(catalogue("id").gettext(process.trouble()) if process.trouble() else "")
    assert said == [
        "Program lain mengambil pesan bot ini dari Telegram, atau webhook masih terpasang.",
        "Telegram tidak memberikan pesan; bila berlanjut, periksa telegram.token.",
        "",
    ]
