"""An office to play in, prepared once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.app import Process, open_store
from bot.config import Config, Data, Web


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the bundled surveys published; copied for each story."""
    folder = tmp_path_factory.mktemp("office")

    async def prepare() -> None:
        config = Config(data=Data(folder=folder), web=Web(enabled=False))
        database, vault, _before = await open_store(config)
        process = Process(config, database, vault)
        await process.start()
        await process.stop()
        await database.close()

    asyncio.run(prepare())
    return folder
