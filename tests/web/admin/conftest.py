"""A dashboard for each test of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.web.admin.desk import Dashboard, dashboard


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Dashboard]:
    async with dashboard(tmp_path) as opened:
        yield opened
