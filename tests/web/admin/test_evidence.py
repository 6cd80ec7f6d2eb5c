"""/admin/evidence: the chain of numbers of a session, what it hides, and the same as files."""

from __future__ import annotations

import io
import json

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from tests.trainings_office import AFTER, SESSION, STAFF, attended, respondents, set_up
from tests.web.admin.desk import Dashboard

HERE = f"/admin/evidence/{SESSION.key}"
WHY = "Laporan akhir tahun kepada Camat"


@pytest.fixture
async def office(desk: Dashboard) -> Dashboard:
    """Of ten whom it is meant for and their head, three attended."""
    desk.clock.now = AFTER
    async with desk.database.write() as transaction:
        await set_up(transaction, desk.vault, now=AFTER)
    people = await respondents(desk.database, desk.vault, entries=STAFF[:3], now=AFTER)
    async with desk.database.write() as transaction:
        await attended(transaction, desk.vault, people, now=AFTER)
    return desk


async def acts(desk: Dashboard) -> list[tuple[str, str]]:
    async with desk.database.read() as transaction:
        rows = await transaction.all(text("SELECT act, whom FROM audit WHERE act LIKE 'evidence.%' ORDER BY id"))
    return [(row[0], row[1]) for row in rows]


async def test_every_section_has_a_row_and_small_numbers_are_not_shown(office: Dashboard) -> None:
    viewer = await office.signed_in("viewer", "kel_nbs")
    assert "Pelayanan Prima" in (await viewer.open("/admin/evidence")).text
    page = await viewer.open(HERE)
    for words in (
        "Kebutuhan akan pelatihan tidak ditampilkan –",
        "seberapa sering diterapkan tidak ditampilkan –",
        "0,15 × umpan balik + 0,25 × tes + 0,3 × tugas + 0,3 × penerapan; n: yang terkecil",
        "Belum ada untuk indeks: Level 1: reaksi, Level 2: tes, Tugas, Level 3: penerapan.",
        "kurang dari lima orang",
    ):
        assert words in page.text, (words, page.text)
    assert page.text.count("belum ada datanya") >= 10
    assert "27,3%" not in page.text  # three of eleven
    assert "Tampilkan semua angka" not in page.text
    assert await acts(office) == []


async def test_every_count_is_shown_for_a_reason_that_is_written_down(office: Dashboard) -> None:
    owner = await office.signed_in()
    page = await owner.open(HERE)
    assert (await owner.press(page, "Tampilkan semua angka", reason="ya")).status == 409
    assert await acts(office) == []
    named = await owner.press(page, "Tampilkan semua angka", reason=WHY)
    assert "27,3%" in named.text
    assert await acts(office) == [("evidence.name", f"session:{SESSION.key}")]
    evaluator = await office.signed_in("evaluator", name="Dua")
    ticket = (await evaluator.open("/admin/me")).form("Simpan")[1]["ticket"]
    forged = {"ticket": ticket, "session": SESSION.key, "reason": WHY}
    assert (await evaluator.post("/admin/evidence/names", forged)).status == 403


async def test_the_files_hold_what_the_page_holds(office: Dashboard) -> None:
    owner = await office.signed_in()
    answer = await owner.client.get(f"{HERE}/bukti.xlsx")
    assert answer.headers["content-disposition"] == f'attachment; filename="bukti-{SESSION.key}.xlsx"'
    book = load_workbook(io.BytesIO(answer.content))
    rows = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows()]
    assert rows[0] == ["Bagian", "Ukuran", "Hasil", "Satuan", "n", "Rumus", "Catatan"]
    assert [row[2] for row in rows[1:]] == ["tidak ditampilkan"] * len(rows[1:])
    found = json.loads((await owner.client.get(f"{HERE}/bukti.json")).content)
    assert (found["every_count"], [one["key"] for one in found["need"]]) == (False, ["need.mwds"])
    assert {one["value"] for one in found["reach"]} == {None}
    for path in ("/admin/evidence/tidak_ada", "/admin/evidence/tidak_ada/bukti.xlsx", "/admin/evidence/%00"):
        assert (await owner.open(path)).status == 404, path
