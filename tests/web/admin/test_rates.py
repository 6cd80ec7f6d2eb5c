"""/admin/rates: response rate by unit, as much as one may see; names by a form alone, and written down."""

from __future__ import annotations

import io
from datetime import date

import orjson
import pytest
from openpyxl import load_workbook
from sqlalchemy import insert, select

from outreach.roster import Changes, Entry, Unit
from storage import audit, roster, surveys
from storage.tables import participation, respondent
from storage.tables_roster import employee
from surveys import notation
from surveys.xlsform import read
from tests.web.admin.desk import Dashboard
from tests.web.browser import Page

FORM = b"""
| survey |
| | type | name | label |
| | text | isi | Isi? |
| settings |
| | form_title | form_id | default_language | chat_audience |
| | %s | %s | Bahasa Indonesia (id) | %s |
"""
WHY = "Mengingatkan yang belum mengisi"
UNITS = (("kel_nbd", "Kelurahan Nunbaun Delha", 12, 6), ("kel_nbs", "Kelurahan Nunbaun Sabu", 14, 7),
         ("kel_alak", "Kelurahan Alak", 6, 2))  # fmt: skip


async def publish(desk: Dashboard, name: bytes, audience: bytes) -> None:
    survey, _problems = read(FORM % (b"Kebutuhan pelatihan", name, audience), file_type=".md", name_hint="x")
    async with desk.database.write() as transaction:
        await surveys.publish(
            transaction,
            name=survey.name,
            version=1,
            notation=orjson.dumps(notation.dump(survey)),
            source=None,
            source_type="",
            now=desk.clock(),
        )


@pytest.fixture
async def office(desk: Dashboard) -> Dashboard:
    await fill(desk)
    return desk


async def fill(desk: Dashboard) -> None:
    """Three units; of each some took part."""
    await publish(desk, b"tna", b"asn")
    await publish(desk, b"skm", b"warga")
    entries = [
        (Entry(number=f"19860926201505{1 + n % 2}{place:01}{n:02}", name=f"Pegawai {unit} {n}", kind="PNS", unit=unit),
         n < some)
        for place, (unit, _label, employees, some) in enumerate(UNITS) for n in range(employees)
    ]  # fmt: skip
    async with desk.database.write() as transaction:
        await roster.keep_units(transaction, [Unit(unit, label, "kelurahan") for unit, label, *_rest in UNITS])
        new = tuple(entry for entry, _took in entries)
        await roster.save(transaction, desk.vault, Changes(new=new), [], today=date(2026, 11, 24))
        ids = {row.lookup: row.id for row in await transaction.all(select(employee))}
        for person, (entry, took) in enumerate(entries, start=1000):
            if took:
                row = {"id": person, "kind": "asn", "language": "id", "created_on": date(2026, 1, 1)}
                await transaction.run(insert(respondent), [row])
                await transaction.run(insert(participation), [{"respondent_id": person, "survey_name": "tna"}])
                await roster.link(transaction, ids[roster.number_lookup(entry.number, desk.vault)], person)


def cells(page: Page, label: str) -> list[str]:
    return [part.partition("<")[0] for part in page.html.split(f'data-label="{label}">')[1:]]


async def acts(desk: Dashboard) -> list[tuple[str, str]]:
    async with desk.database.read() as transaction:
        found = reversed(await audit.latest(transaction))
        return [(row.act, row.whom) for row in found if row.act.startswith("rates.")]


async def test_a_survey_is_chosen_and_small_numbers_are_hidden(office: Dashboard) -> None:
    viewer = await office.signed_in("viewer")
    page = await viewer.open("/admin/rates")
    assert ('href="/admin/rates/tna"' in page.html, 'href="/admin/rates/skm"' in page.html) == (True, False)
    one = await viewer.open("/admin/rates/tna")
    assert cells(one, "Ikut") == ["tidak ditampilkan", "tidak ditampilkan", "7"]  # by label: Alak, Delha, Sabu
    assert cells(one, "Pegawai") == ["6", "12", "14"]
    assert ("Pegawai kel_nbd" in one.text, "Tampilkan nama" in one.text) == (False, False)
    assert await acts(office) == []
    assert [(await viewer.open(f"/admin/rates/{name}")).status for name in ("skm", "lain")] == [404, 404]


async def test_names_are_shown_to_those_who_may_and_it_is_written_down(office: Dashboard) -> None:
    admin = await office.signed_in("admin")
    page = await admin.open("/admin/rates/tna")
    assert "Pegawai kel_nbd" not in page.text
    for reason in ("", "perlu", "x" * 301):
        refused = await admin.press(page, "Tampilkan nama", reason=reason, unit="kel_nbd")
        assert (refused.status, "Pegawai kel_nbd" in refused.text) == (409, False)
    assert await acts(office) == []
    named = await admin.press(page, "Tampilkan nama", reason=WHY, unit="kel_nbd")
    assert cells(named, "Ikut") == ["6"]
    assert (named.text.count("Pegawai kel_nbd"), "Pegawai kel_alak" in named.text) == (6, False)
    assert "198609262015051006" not in named.text
    assert await acts(office) == [("rates.name", "survey:tna:kel_nbd")]


async def test_who_is_bound_sees_the_own_unit_alone(office: Dashboard) -> None:
    lurah = await office.signed_in("admin", "kel_nbd", name="Bu Lurah")
    page = await lurah.open("/admin/rates/tna")
    assert (cells(page, "Pegawai"), "Nunbaun Sabu" in page.text) == (["12"], False)
    named = await lurah.press(page, "Tampilkan nama", reason=WHY, unit="")
    assert named.text.count("Pegawai kel_nbd") == 6
    assert (await lurah.press(page, "Tampilkan nama", reason=WHY, unit="kel_nbs")).status == 403
    assert await acts(office) == [("rates.name", "survey:tna")]


async def test_a_viewer_gets_no_names_by_hand_either(office: Dashboard) -> None:
    viewer = await office.signed_in("viewer")
    ticket = (await viewer.open("/admin/me")).form("Simpan")[1]["ticket"]
    refused = await viewer.post("/admin/rates/names", {"ticket": ticket, "survey": "tna", "reason": WHY})
    assert (refused.status, "Pegawai kel_nbd" in refused.text) == (403, False)


async def test_the_numbers_as_a_workbook(office: Dashboard) -> None:
    viewer = await office.signed_in("viewer")
    answer = await viewer.client.get("/admin/rates/tna/tingkat.xlsx")
    [sheet] = load_workbook(io.BytesIO(answer.content)).worksheets
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Unit", "Pegawai", "Ikut", "Tingkat (%)"],
        ["Kelurahan Alak", 6, "tidak ditampilkan", "tidak ditampilkan"],
        ["Kelurahan Nunbaun Delha", 12, "tidak ditampilkan", "tidak ditampilkan"],
        ["Kelurahan Nunbaun Sabu", 14, 7, 50],
        ["Jumlah", 32, 15, 46.9],
    ]


async def test_without_a_roster_it_says_what_to_do(desk: Dashboard) -> None:
    await publish(desk, b"tna", b"asn")
    page = await (await desk.signed_in()).open("/admin/rates/tna")
    assert (page.status, "Daftar pegawai masih kosong." in page.text) == (409, True)
