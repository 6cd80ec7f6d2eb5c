"""A process notices that the key file was changed (``suara keys rotate``), works with the new keys and says so.

Rule of the file: whoever changes the keys waits until every living process has said so; a file that cannot be read is
looked at again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from bot.config import Config
from storage import processes, rotating
from storage.database import Database
from storage.errors import Sealed
from storage.rotating import mark
from storage.vault import Vault

log = logging.getLogger(__name__)
LOOK = 0.25
"""Seconds between looks at what the processes say."""
DEAD = 15.0
"""Seconds without a beat after which a process is not waited for."""


class Office(Protocol):
    """What is needed of the process."""

    config: Config
    database: Database
    vault: Vault
    number: int


class KeyWatch:
    """The chore of one process."""

    def __init__(self, process: Office) -> None:
        self._process = process
        self._content = ""
        """Of the file, when it was read last: as secret as what it says."""

    async def look(self, _now: datetime) -> None:
        """Read the key file, if it says something new. Raises StorageError."""
        process = self._process
        try:
            content = await asyncio.to_thread(process.config.key_file.read_text, encoding="utf-8")
            found = Vault.from_json(content)
        except (OSError, UnicodeDecodeError, Sealed):
            return
        if content == self._content:
            return
        found = found.belonging_to(await rotating.known_keys(process.database))
        if mark(found) != mark(process.vault):
            process.vault.adopt(found)
            log.info("working with other keys from now on (%s)", found.current)
        async with process.database.write() as transaction:
            await rotating.note_seen(transaction, process.number, process.vault)
        self._content = content


async def everybody_knows(database: Database, vault: Vault) -> None:
    """Wait until every living process works with the keys of the file. Raises StorageError."""
    beats: dict[int, tuple[int, float]] = {}
    clock = asyncio.get_running_loop().time
    while True:
        async with database.read() as transaction:
            found = await processes.beats(transaction)
            said = await rotating.seen(transaction, sorted(found))
        now = clock()
        for one, beat in found.items():
            if one not in beats or beats[one][0] != beat:
                beats[one] = beat, now
        if all(said[one] == mark(vault) or now - beats[one][1] > DEAD for one in found):
            break
        await asyncio.sleep(LOOK)
    if not database.sqlite and found:
        await asyncio.sleep(6)  # whatever they had begun with the keys before is committed or broken off by then


async def rotate(
    database: Database,
    vault: Vault,
    key_file: Path,
    *,
    note: Callable[[str, int], None] = lambda _table, _rows: None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Vault:
    """Change the keys, or go on where that was broken off; the keys as they are now. Raises StorageError, OSError."""
    known = await rotating.known_keys(database)
    vault = vault.belonging_to(known)
    state = rotating.state_of(vault, known)
    if not state:
        vault, state = vault.prepared(), "prepared"
        await asyncio.to_thread(vault.write, key_file)
    if state == "prepared":
        await everybody_knows(database, vault)
        vault = vault.turned()
        await asyncio.to_thread(vault.write, key_file)
    await everybody_knows(database, vault)
    await rotating.reseal(database, vault, note)
    await rotating.settle(database, vault, clock())
    vault = vault.settled()
    await asyncio.to_thread(vault.write, key_file)
    return vault
