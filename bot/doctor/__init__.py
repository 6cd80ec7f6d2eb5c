"""Looks the whole installation over, also while it serves, and says what is well, what to mind and what is wrong.

Rule of the folder: it looks and changes nothing; every check stands alone, so that one that fails hides no other.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime

from bot.config import Config
from bot.doctor import folder, outside, store
from bot.doctor.finding import Finding, Patient
from bot.instance import holder

__all__ = ["Finding", "examine"]


async def examine(config: Config, *, now: datetime, say: Callable[[str], str]) -> AsyncIterator[Finding]:
    """Every finding, in an order that an officer can work down."""
    patient = Patient(config=config, now=now, say=say, running=holder(config.folder))
    for finding in folder.settings(patient):
        yield finding
    for finding in folder.files(patient):
        yield finding
    health, said = await store.ask(patient)
    for finding in said:
        yield finding
    patient = Patient(config=config, now=now, say=say, running=patient.running, health=health)
    for finding in (*folder.keys(patient), *store.work(patient), *folder.backups(patient)):
        yield finding
    async for finding in outside.web(patient):
        yield finding
    async for finding in outside.telegram(patient):
        yield finding
