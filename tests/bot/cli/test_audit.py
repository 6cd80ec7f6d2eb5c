"""``suara audit``: what was done at the computer, and a row that somebody touched."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.cli.keys import VARIABLE
from storage.database import open_database
from tests.bot.cli.conftest import Installation


def change(office: Installation, statement: str) -> None:
    async def write() -> None:
        database = open_database(office.url or f"sqlite:///{office.data / 'suara.sqlite3'}")
        async with database.write() as transaction:
            await transaction.run(text(statement))
        await database.close()

    asyncio.run(write())


def test_what_is_done_at_the_computer_is_written_down(on_each: Installation) -> None:
    office = on_each
    office("admin", "invite", "--role", "owner")
    office("survey", "publish", "aspirasi", "--yes")
    assert office("responses", "export", "aspirasi", "--identities").code == 1
    office("responses", "export", "aspirasi", "--identities", "--reason", "Menyurati pengirim")
    office("responses", "export", "aspirasi")
    office("survey", "close", "aspirasi", "--yes")
    lines = [line.split("  ") for line in office("audit", "list").out.splitlines()]
    assert [(line[0], *line[2:]) for line in lines if line[3] != "admins.invite"] == [
        ("2", "terminal", "surveys.publish", "survey:aspirasi", "terminal"),
        ("3", "terminal", "responses.export_identities", "survey:aspirasi", "terminal", "Menyurati pengirim"),
        ("4", "terminal", "responses.export", "survey:aspirasi", "terminal"),
        ("5", "terminal", "surveys.close", "survey:aspirasi", "terminal"),
    ]
    assert [line.split("  ")[0] for line in office("audit", "list", "--most", "2").out.splitlines()] == ["4", "5"]
    whole = office("audit", "verify")
    assert (whole.code, whole.out.splitlines()[0]) == (0, "The audit is whole: 5 rows.")
    tail = whole.out.split()[-1]
    assert office("audit", "verify", "--noted", tail).code == 0
    change(office, "UPDATE audit SET act = 'surveys.see' WHERE id = 3")
    said = office("audit", "verify")
    assert (said.code, said.err) == (1, "Row 3 of the audit was changed. Before it 2 rows are whole.\n")
    change(office, "DELETE FROM audit WHERE id = 3")
    said = office("audit", "verify", "--noted", tail)
    assert (said.code, said.err) == (1, "Row 3 of the audit is missing. Before it 2 rows are whole.\n")


def test_a_noted_end_that_is_gone_is_found(suara: Installation) -> None:
    suara("admin", "invite", "--role", "owner")
    said = suara("audit", "verify", "--noted", f"7:{'0' * 64}")
    assert (said.code, said.err) == (
        1, "The end that was noted down at row 7 is not in the audit. 1 rows were looked at.\n",
    )  # fmt: skip
    assert suara("audit", "verify", "--noted", "lain").code == 1


@pytest.mark.parametrize(
    ("statements", "row"),
    [
        (("DELETE FROM audit",), 1),
        (("DELETE FROM audit", "DELETE FROM setting WHERE key = 'audit_tail'"), 1),
        (("DELETE FROM audit", "DELETE FROM setting WHERE key LIKE 'audit%'"), 1),
        (("DELETE FROM audit WHERE id = 3", "UPDATE setting SET value = '{second}' WHERE key = 'audit_tail'"), 3),
    ],
)
def test_what_was_cut_in_the_database_is_missing(on_each: Installation, statements: tuple[str, ...], row: int) -> None:
    office = on_each
    for _ in range(2):
        office("admin", "invite", "--role", "viewer")
    second = office("audit", "verify").out.split()[-1]
    office("admin", "invite", "--role", "owner")
    for statement in statements:
        change(office, statement.format(second=second))
    said = office("audit", "verify")
    assert (said.code, said.err) == (
        1, f"Row {row} of the audit is missing. Before it {row - 1} rows are whole.\n",
    )  # fmt: skip
    for _ in range(2):  # a new chain that grows beyond the old one does not hide it
        office("admin", "invite", "--role", "viewer")
    assert office("audit", "verify").code == 1


def test_before_there_are_data(suara: Installation) -> None:
    for word in ("verify", "list"):
        assert suara("audit", word) == (1, "", "There are no data yet: start the program once (suara serve).\n")


def acts(office: Installation) -> list[str]:
    return [line.split("  ")[3] for line in office("audit", "list").out.splitlines()]


def test_copies_and_keys_that_leave_and_come_back_are_written_down(on_each: Installation, tmp_path: Path) -> None:
    """The restore on a new computer stands in the database that was restored, though its keys came later."""
    office, backup, keys = on_each, str(tmp_path / "suara.zip"), str(tmp_path / "keys")
    (tmp_path / "phrase").write_text("empat kata yang mudah diingat")
    phrase = {VARIABLE: str(tmp_path / "phrase")}
    assert office("migrate").code == 0
    assert office("keys", "export", keys, **phrase).code == 0
    assert office("backup", backup).code == 0
    assert acts(office) == ["keys.export", "data.back_up"]

    (office.data / "suara.key").unlink()
    assert office("restore", backup, "--force").code == 0
    assert office("backup", str(tmp_path / "again.zip")).code == 0
    assert office("keys", "import", keys, **phrase).code == 0
    assert acts(office) == ["keys.export", "data.restore", "data.back_up", "keys.import"]
    assert office("restore", backup, "--force").code == 0
    assert acts(office) == ["keys.export", "data.restore"]
    assert office("audit", "verify").code == 0
