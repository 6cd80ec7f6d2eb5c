"""A counter for each test, copied from one that was set up once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.counter import Counter, Person, Template, open_counter, prepare


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return asyncio.run(prepare(tmp_path_factory.mktemp("counter") / "suara.db"))


@pytest.fixture
async def counter(template: Template, tmp_path: Path) -> AsyncIterator[Counter]:
    async with open_counter(template, tmp_path) as opened:
        yield opened


@pytest.fixture
async def asn(counter: Counter) -> Person:
    """A civil servant who agreed; nothing is being answered."""
    return await counter.person("11").send("/start", "ASN", "Setuju")


@pytest.fixture
async def citizen(counter: Counter) -> Person:
    """A citizen; nothing is being answered."""
    return await counter.person("12").send("/start", "Warga")
