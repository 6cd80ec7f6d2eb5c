"""/admin/roster: a list is looked through and then saved, or told what is wrong with it; codes; one's own units."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import text

from outreach.roster_reading import read_roster
from storage import audit
from tests.web.admin.desk import Dashboard
from tests.web.browser import Browser, Page

MARIA, YOHANES = "198609262015052001", "197003051995031002"
HEADINGS = "Nama;NIP;Status;Unit\n"
LIST = f"{HEADINGS}Maria Tefa;{MARIA};PNS;NBD\nYohanes Lay;{YOHANES};PNS;Namosain\n"


async def look(
    browser: Browser, content: str | bytes, name: str = "daftar.csv", *, part: bool = False, reason: str = ""
) -> Page:
    page = await browser.open("/admin/roster")
    form, fields = page.form("Periksa")
    given = content.encode() if isinstance(content, str) else content
    return await browser.post(
        form.action, {**fields, "part": "yes" if part else "", "reason": reason}, files={"list": (name, given)}
    )


async def saved(browser: Browser, content: str = LIST) -> Page:
    return await browser.press(await look(browser, content), "Simpan daftar")


async def rows(desk: Dashboard, statement: str) -> list[tuple[object, ...]]:
    async with desk.database.read() as transaction:
        return [tuple(row) for row in await transaction.all(text(statement))]


async def acts(desk: Dashboard) -> list[str]:
    async with desk.database.read() as transaction:
        return [row.act for row in reversed(await audit.latest(transaction)) if row.act.startswith("roster.")]


def counts(page: Page) -> list[str]:
    """New, changed, gone, back, as before."""
    return [part.partition("</dd>")[0] for part in page.html.split("<dd>")[1:]]


async def test_a_list_is_looked_through_then_saved(desk: Dashboard) -> None:
    owner = await desk.signed_in()
    looked = await look(owner, LIST)
    assert (looked.status, counts(looked)) == (200, ["2", "0", "0", "0", "0"])
    assert await rows(desk, "SELECT count(*) FROM employee") == [(0,)]
    done = await owner.press(looked, "Simpan daftar")
    assert "Daftarnya sudah disimpan." in done.text
    assert "Pegawai: 2. Yang sudah membuktikan diri: 0." in done.text
    assert [name in done.text for name in ("Maria", "Yohanes", MARIA)] == [False, False, False]
    assert await acts(desk) == ["roster.import"]
    again = await look(owner, LIST)
    assert (counts(again), "semuanya sudah tercatat" in again.text) == (["0", "0", "0", "0", "2"], True)
    assert "Simpan daftar" not in again.text


async def test_whoever_is_not_on_a_complete_list_is_gone_and_may_come_back(desk: Dashboard) -> None:
    owner = await desk.signed_in()
    await saved(owner)
    some = f"{HEADINGS}Maria Tefa;{MARIA};PNS;NBS\n"
    assert counts(await look(owner, some, part=True)) == ["0", "1", "0", "0", "0"]
    complete = await look(owner, some)
    assert counts(complete) == ["0", "1", "1", "0", "0"]
    await owner.press(complete, "Simpan daftar")
    assert counts(await look(owner, LIST)) == ["0", "1", "0", "1", "0"]


async def test_a_part_that_was_looked_through_is_saved_as_a_part(desk: Dashboard) -> None:
    owner = await desk.signed_in()
    await saved(owner)
    other = f"{HEADINGS}Ani Bria;198801012015012001;PNS;NBD\n"
    await owner.press(await look(owner, other, part=True), "Simpan daftar")
    assert await rows(desk, "SELECT count(*) FROM employee WHERE left_on IS NULL") == [(3,)]


async def test_who_is_new_changed_or_gone_is_named_for_a_reason_that_is_kept(desk: Dashboard) -> None:
    owner = await desk.signed_in()
    await saved(owner)
    other = f"{HEADINGS}Maria Tefa;{MARIA};PNS;NBS\nAni Bria;198801012015012001;PNS;NBD\n"
    plain = await look(owner, other)
    assert [name in plain.text for name in ("Maria", "Yohanes", "Ani")] == [False, False, False]
    assert (await look(owner, other, reason="perlu")).status == 409
    named = await look(owner, other, reason="Mencocokkan dengan SK pindah")
    people = [part.partition("</tr>")[0] for part in named.html.split('<tr><th scope="row">')[1:]]
    assert [(one.partition("<")[0], "••••" in one, MARIA in one) for one in people] == [
        ("Ani Bria", True, False), ("Yohanes Lay", True, False), ("Maria Tefa", True, False),
    ]  # fmt: skip
    assert await acts(desk) == ["roster.import", "roster.name"]
    await owner.press(named, "Simpan daftar")
    assert await rows(desk, "SELECT count(*) FROM employee WHERE left_on IS NULL") == [(2,)]


async def test_a_list_that_adds_a_unit_alone_is_saved(desk: Dashboard) -> None:
    owner = await desk.signed_in()
    await saved(owner)
    book = Workbook()
    employees = book.active
    employees.append(["Nama", "NIP", "Status", "Unit"])
    employees.append(["Maria Tefa", MARIA, "PNS", "NBD"])
    employees.append(["Yohanes Lay", YOHANES, "PNS", "Namosain"])
    units = book.create_sheet("Unit")
    units.append(["Kunci", "Nama unit", "Induk"])
    units.append(["sd_tenau", "SD Negeri Tenau", "sekolah"])
    content = io.BytesIO()
    book.save(content)
    looked = await look(owner, content.getvalue(), "daftar.xlsx")
    assert (counts(looked), "SD Negeri Tenau" in looked.text) == (["0", "0", "0", "0", "2"], True)
    assert "Daftarnya sudah disimpan." in (await owner.press(looked, "Simpan daftar")).text
    assert await rows(desk, "SELECT parent FROM org_unit WHERE key = 'sd_tenau'") == [("sekolah",)]
    again = await look(owner, content.getvalue(), "daftar.xlsx")
    assert "semuanya sudah tercatat" in again.text


async def test_every_bad_row_is_told_and_nothing_is_saved(desk: Dashboard) -> None:
    owner = await desk.signed_in()
    page = await look(owner, f"{LIST}Ani;1.98609E+17;PNS;NBD\nBudi Lay;{YOHANES};PNS;Bulan\n")
    assert (page.status, "Yang perlu diperbaiki: 3." in page.text) == (422, True)
    assert page.html.count('<th scope="row">PERBAIKI</th>') == 3
    assert [page.html.count(f'data-label="Baris">{row}<') for row in (4, 5)] == [1, 2]
    assert [name in page.text for name in ("Simpan daftar", YOHANES, "Maria")] == [False, False, False]
    assert await rows(desk, "SELECT count(*) FROM employee") == [(0,)]
    assert list(desk.house().uploads.glob("*")) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [("daftar.xlsx", b"no workbook"), ("daftar.exe", b"MZ"), ("daftar.xlsx", b""), ("daftar.csv", b"\xff\xfe\x00")],
)
async def test_what_is_no_list_is_told_in_a_sentence(desk: Dashboard, name: str, content: bytes) -> None:
    page = await look(await desk.signed_in(), content, name)
    assert page.status == 422
    assert "notice bad" in page.html


async def test_a_list_waits_unreadable_for_the_one_who_looked(desk: Dashboard) -> None:
    owner, other = await desk.signed_in(name="Satu"), await desk.signed_in(name="Dua")
    looked = await look(owner, LIST)
    [waiting] = desk.house().uploads.glob("*")
    assert b"Maria" not in waiting.read_bytes()
    form, fields = looked.form("Simpan daftar")
    ticket = (await other.open("/admin/me")).form("Simpan")[1]["ticket"]
    assert (await other.post(form.action, {**fields, "ticket": ticket})).status == 409
    for wrong in ({"reference": "../../suara.sqlite3"}, {"reference": "A" * 22}, {"kind": ".exe"}, {"seen": "x"}):
        assert (await owner.post(form.action, {**fields, **wrong})).status == 409
    assert await rows(desk, "SELECT count(*) FROM employee") == [(0,)]
    assert (await owner.post(form.action, fields)).status == 200
    assert list(desk.house().uploads.glob("*")) == []


async def test_a_roster_that_changed_meanwhile_is_looked_at_again(desk: Dashboard) -> None:
    owner = await desk.signed_in()
    first = await look(owner, LIST)
    await saved(owner, f"{HEADINGS}Ani Bria;198801012015012001;PNS;NBD\n")
    late = await owner.press(first, "Simpan daftar")
    assert (late.status, "berubah sejak diperiksa" in late.text) == (409, True)
    assert await rows(desk, "SELECT count(*) FROM employee") == [(1,)]
    assert await acts(desk) == ["roster.import"]


async def test_the_template_is_read_back(desk: Dashboard) -> None:
    owner = await desk.signed_in()
    answer = await owner.client.get("/admin/roster/daftar-pegawai.xlsx")
    assert load_workbook(io.BytesIO(answer.content)).sheetnames == ["Pegawai", "Unit", "Petunjuk"]
    lists = desk.house().lists()
    read = read_roster(answer.content, "daftar.xlsx", lists, today=desk.clock().date())
    assert [one.code for one in read.problems if one.level == "error"] == ["no-rows"]


async def test_a_code_is_shown_once_and_for_ones_own_unit_alone(desk: Dashboard) -> None:
    await saved(await desk.signed_in())
    lurah = await desk.signed_in("admin", "kel_nbd", name="Bu Lurah")
    page = await lurah.open("/admin/roster")
    assert [label in page.text for label in ("NBD", "Namosain", "Impor")] == [False, False, False]
    assert ("Nunbaun Delha" in page.text, "Pegawai: 1." in page.text) == (True, True)
    given = await lurah.press(page, "Beri kode", number=f"{MARIA[:8]} {MARIA[8:]}")
    code = given.html.partition('class="key">')[2].partition("<")[0]
    assert (len(code), code.replace("-", "").isdecimal()) == (9, True)
    assert code not in (await lurah.open("/admin/roster")).text
    assert await rows(desk, "SELECT count(*) FROM employee_code") == [(1,)]
    said = []
    for number, status in ((YOHANES, 404), ("198801012015012001", 404), ("bukan nomor", 422)):
        refused = await lurah.press(page, "Beri kode", number=number)
        assert (refused.status, number in refused.text) == (status, False)
        said.append(refused.text)
    assert said[0] == said[1]  # who is on the roster elsewhere is not told
    assert await rows(desk, "SELECT count(*) FROM employee_code") == [(1,)]
    assert await acts(desk) == ["roster.import", "roster.code"]
