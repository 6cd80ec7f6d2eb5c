"""``suara migrate``: the tables are made or brought up to date, and it says so."""

from __future__ import annotations

from storage.migrating import newest
from tests.bot.cli.conftest import Installation


def test_made_once(on_each: Installation) -> None:
    made = on_each("migrate")
    assert (made.code, made.out) == (0, f"The tables were brought to revision {newest()}.\n")
    assert on_each("migrate") == (0, f"The tables are up to date (revision {newest()}).\n", "")
