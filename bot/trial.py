"""Trial mode: the surveys that come with the program are published at first start, so that there is something to
answer.

Rule of the file: a database that has any survey is left alone.
"""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

import orjson

import surveys.definitions
from bot import catalog
from bot.bundled import folder
from handlers import administering
from handlers.permissions import SYSTEM
from storage import surveys as stored
from storage.database import Database
from storage.vault import Vault
from surveys import notation
from surveys.xlsform import read

log = logging.getLogger(__name__)


def bundled() -> list[Path]:
    """The Markdown files of the surveys that come with the program."""
    return sorted(Path(part) for home in surveys.definitions.__path__ for part in Path(home).glob("*.md"))


async def publish_bundled(database: Database, district: str, now: datetime) -> list[str]:
    """Publish them where there is no survey yet; their names. Raises SurveyError, StorageError."""
    async with database.read() as transaction:
        if await stored.listed(transaction):
            return []
    files = catalog.files(folder("catalog") / district)
    read_surveys = []
    for path in bundled():
        survey, _warnings = read(path, file_type=".md", name_hint=path.stem, files=files)
        read_surveys.append((survey, path.read_bytes()))
    async with database.write() as transaction:
        if await stored.listed(transaction):  # another process was quicker
            return []
        for survey, source in read_surveys:
            await stored.publish(
                transaction,
                name=survey.name,
                version=1,
                notation=orjson.dumps(notation.dump(survey)),
                source=source,
                source_type=".md",
                now=now,
            )
    names = [survey.name for survey, _ in read_surveys]
    log.info("published: %s", ", ".join(names))
    return names


async def owner_code(database: Database, vault: Vault, now: datetime) -> str:
    """A code that signs in to the dashboard, once, as the one owner of a trial. Raises StorageError."""
    async with database.write() as transaction:
        everybody = await administering.listed(transaction, vault, SYSTEM)
        owner = next((one.id for one in everybody if one.role == "owner" and one.revoked_at is None), None)
        if owner is None:
            invited = await administering.invite(transaction, vault, SYSTEM, name="", role="owner", now=now)
            owner = invited.admin_id
        return await administering.link(transaction, owner, now=now)
