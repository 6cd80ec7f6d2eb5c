"""/sertifikat/CODE: whether a certificate counts, and nothing beyond what is printed on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import insert

from storage import certificates
from storage.certificates import Certificate
from storage.tables import respondent
from tests import training_day as day
from tests.web.admin.desk import Dashboard, dashboard
from tests.web.browser import Browser


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Dashboard]:
    async with dashboard(tmp_path) as opened:
        await day.announced(opened, opened.clock())
        yield opened


async def issued(desk: Dashboard) -> Certificate:
    async with desk.database.write() as transaction:
        row = {"id": 17, "kind": "asn", "language": "id", "opted_out": False, "created_on": date(2026, 11, 1)}
        await transaction.run(insert(respondent), [row])
        return await certificates.issue(
            transaction, desk.vault, number="007/SERT-ALAK/XII/2026", respondent_id=17, session=day.KEY,
            name="Maria T. <Lado>", jp=Decimal("10.67"), on=date(2026, 12, 3),
        )  # fmt: skip


async def test_one_that_counts(desk: Dashboard) -> None:
    given = await issued(desk)
    page = await Browser(desk.app).open(f"/sertifikat/{given.code}")
    assert page.text.partition("English ")[2] == (
        "✅ Sertifikat ini berlaku Diterbitkan oleh Kecamatan Alak. Mohon bandingkan isi halaman ini dengan "
        "sertifikatnya. Nomor sertifikat 007/SERT-ALAK/XII/2026 Nama Maria T. <Lado> Pelatihan Pelayanan Prima "
        "Waktu Selasa–Rabu, 1–2 Desember 2026 Jam pelajaran (JP) 10,67 Diterbitkan pada Kamis, 3 Desember 2026"
    )
    assert "<Lado>" not in page.html
    assert page.headers["x-robots-tag"] == "noindex"
    assert page.headers["cache-control"] == "no-store"
    assert len(given.code) == 22  # 128 bits


async def test_one_that_was_withdrawn(desk: Dashboard) -> None:
    given = await issued(desk)
    async with desk.database.write() as transaction:
        await certificates.revoke(transaction, given.number, date(2026, 12, 5))
    page = await Browser(desk.app).open(f"/sertifikat/{given.code}?lang=en")
    assert "This certificate does not count any more" in page.text
    assert "Kecamatan Alak withdrew it on Saturday, 5 December 2026." in page.text


@pytest.mark.parametrize("code", ["A" * 22, "x", "..%2f..", "%00" * 20, "007%2FSERT-ALAK%2FXII%2F2026"])
async def test_a_code_that_is_none(desk: Dashboard, code: str) -> None:
    await issued(desk)
    page = await Browser(desk.app).open(f"/sertifikat/{code}")
    assert page.status == 404
    assert "Maria" not in page.text
