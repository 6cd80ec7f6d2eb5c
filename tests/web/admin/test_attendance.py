"""/admin/attendance: the projector's page, the list with its boxes, and the workbook out and in."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
import segno
from openpyxl import Workbook, load_workbook
from sqlalchemy import text

from outreach.enrolment import Enrolment
from storage import attendance, enrolments
from storage.attendance import CheckedIn
from tests import training_day as day
from tests.web.admin.desk import Dashboard
from tests.web.browser import Browser, Page
from web.app import build

LIST = f"/admin/attendance/{day.KEY}"
SCREEN = f"{LIST}/layar"


@pytest.fixture
async def office(desk: Dashboard) -> Dashboard:
    await day.announced(desk, desk.clock())
    await day.enrol(desk, desk.clock(), await day.employee(desk, day.MARIA), await day.employee(desk, day.YOHANES))
    desk.clock.now = day.MORNING
    return desk


async def there(desk: Dashboard) -> list[tuple[str, str, str]]:
    """(name, day, how)"""
    names = {await day.employee(desk, one): one.name for one in (day.MARIA, day.YOHANES, day.ANA)}
    async with desk.database.read() as transaction:
        found = await attendance.checked_in(transaction, day.KEY)
    return sorted((names[one.person], one.day.isoformat(), one.how) for one in found)


async def acts(desk: Dashboard) -> list[tuple[str, str]]:
    async with desk.database.read() as transaction:
        rows = await transaction.all(text("SELECT act, whom FROM audit WHERE act LIKE 'attendance%' ORDER BY id"))
    return [(row[0], row[1]) for row in rows]


def ticked(page: Page) -> dict[str, str]:
    """The form as it stands, without the boxes: a list of values each."""
    return page.form("Simpan")[1]


async def save(browser: Browser, page: Page, *boxes: str) -> Page:
    """Save the list with exactly these boxes ticked."""
    was = re.findall(r'name="was" value="([^"]*)"', page.html)
    fields: dict[str, object] = {**ticked(page), "was": was, "there": list(boxes)}
    fields = {name: value for name, value in fields.items() if value != []}
    return await browser.post("/admin/attendance/keep", fields)  # type: ignore[arg-type]


# ---- the projector ----------------------------------------------------------------------------------


async def test_the_screen_shows_the_code_and_how_many_are_in(office: Dashboard) -> None:
    browser = await office.signed_in("evaluator")
    code = await day.shown(office, office.clock())
    page = await browser.open(SCREEN)
    assert f"{code[:3]} {code[3:]}" in page.text
    assert "Pelayanan Prima Selasa, 1 Desember 2026" in page.text
    assert "alak.test/chat" in page.text
    assert '<noscript><meta http-equiv="refresh" content="20"></noscript>' in page.html
    assert "script-src" not in page.headers["content-security-policy"]
    now = (await browser.client.get(f"{LIST}/sekarang")).json()
    assert (now["code"], now["left"], now["there"]) == (code, 60, "Hadir: 0 (terdaftar: 2)")
    async with office.database.write() as transaction:
        came = CheckedIn(person=await day.employee(office, day.MARIA), day=day.FIRST, at=office.clock(), how="code")
        await attendance.check_in(transaction, day.KEY, came)
    office.clock.wait(seconds=61)
    later = (await browser.client.get(f"{LIST}/sekarang")).json()
    assert later["code"] == await day.shown(office, office.clock()) != code
    assert (later["left"], later["there"]) == (59, "Hadir: 1 (terdaftar: 2)")


async def test_the_picture_holds_the_link(office: Dashboard) -> None:
    browser = await office.signed_in("evaluator")
    found = await browser.client.get(f"{LIST}/kode.svg?code=123456")
    assert found.headers["content-type"] == "image/svg+xml"
    buffer = io.BytesIO()
    link = f"http://alak.test/chat?start=h-123456-{day.KEY}"
    segno.make(link, error="m", micro=False).save(
        buffer, kind="svg", border=3, light="white", xmldecl=False, omitsize=True
    )
    assert found.content == buffer.getvalue()


async def test_the_link_opens_the_chat_there(office: Dashboard) -> None:
    from web.pages.chat import _OPENS

    assert _OPENS.fullmatch(f"h-123456-{day.KEY}")
    assert not _OPENS.fullmatch("h-1'><script>")


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (-timedelta(hours=3), "Kehadiran dapat dicatat pada Selasa, 1 Desember 2026 mulai pukul 07.00 WITA."),
        (timedelta(hours=10), "Kehadiran dapat dicatat pada Rabu, 2 Desember 2026 mulai pukul 07.00 WITA."),
        (timedelta(days=2), "Angkatan ini sudah selesai."),
    ],
)
async def test_no_code_is_shown_when_nobody_checks_in(office: Dashboard, later: timedelta, words: str) -> None:
    office.clock.now += later
    browser = await office.signed_in("evaluator")
    assert words in (await browser.open(SCREEN)).text
    assert (await browser.client.get(f"{LIST}/sekarang")).json()["code"] == ""


async def test_who_may_not(office: Dashboard) -> None:
    browser = await office.signed_in("viewer")
    for path in ("/admin/attendance", LIST, SCREEN, f"{LIST}/sekarang", f"{LIST}/kode.svg", f"{LIST}/kehadiran.xlsx"):
        assert (await browser.open(path)).status == 403, path
    assert (await Browser(office.app).open(SCREEN)).text.count("HADIR") == 0
    known = await office.signed_in("evaluator")
    assert (await known.open("/admin/attendance/tidak_ada")).status == 404
    assert (await known.open("/admin/attendance/tidak_ada/layar")).status == 404


# ---- the list ---------------------------------------------------------------------------------------


async def test_what_was_ticked_is_noted_and_what_was_not_touched_stays(office: Dashboard) -> None:
    browser = await office.signed_in("evaluator")
    listed = await browser.open("/admin/attendance")
    assert "Pelayanan Prima" in listed.text
    page = await browser.open(LIST)
    assert "Maria T. Lado ••••2001" in page.text
    assert "Ana Tefa" not in page.text
    assert page.html.count('type="checkbox"') == 2  # the second day has not come yet
    maria, yohanes = await day.employee(office, day.MARIA), await day.employee(office, day.YOHANES)
    async with office.database.write() as transaction:  # meanwhile he checks in by himself
        came = CheckedIn(person=yohanes, day=day.FIRST, at=office.clock(), how="code")
        await attendance.check_in(transaction, day.KEY, came)
    saved = await save(browser, page, f"{maria} 2026-12-01")
    assert "Tercatat." in saved.text
    assert await there(office) == [("Maria T. Lado", "2026-12-01", "list"), ("Yohanes Bria", "2026-12-01", "code")]
    page = await browser.open(LIST)
    assert page.html.count(" checked") == 2
    assert "Yohanes Bria, Selasa, 1 Desember 2026 dengan kode, 07.50 WITA" in page.text
    await save(browser, page, f"{yohanes} 2026-12-01")
    assert await there(office) == [("Yohanes Bria", "2026-12-01", "code")]
    again = await save(browser, await browser.open(LIST), f"{yohanes} 2026-12-01")
    assert "Tidak ada yang berubah." in again.text
    assert await acts(office) == [("attendance.keep", f"session:{day.KEY}")] * 2


async def test_whoever_is_missing_is_added_by_number(office: Dashboard) -> None:
    browser = await office.signed_in("evaluator")
    page = await browser.open(LIST)
    saved = await browser.press(page, "Hadir", number=day.ANA.number, day="2026-12-01")
    assert "Ana Tefa ••••2003 tambahan" in saved.text
    assert await there(office) == [("Ana Tefa", "2026-12-01", "list")]
    for number, status, words in (
        ("123", 422, "Itu bukan NIP/NI PPPK: angkanya 18."),
        ("199001012015032999", 404, "daftar pegawai"),
    ):
        refused = await browser.press(page, "Hadir", number=number, day="2026-12-01")
        assert (refused.status, words in refused.text) == (status, True), refused.text
    tomorrow = await browser.press(page, "Hadir", number=day.MARIA.number, day="2026-12-02")
    assert (tomorrow.status, "Rabu, 2 Desember 2026 belum tiba" in tomorrow.text) == (409, True)
    other = await browser.press(page, "Hadir", number=day.MARIA.number, day="bukan")
    assert other.status == 409
    assert await there(office) == [("Ana Tefa", "2026-12-01", "list")]


async def test_whoever_is_bound_to_a_unit_sees_its_people_alone(office: Dashboard) -> None:
    browser = await office.signed_in("evaluator", "kel_nbd")
    page = await browser.open(LIST)
    assert "Maria T. Lado" in page.text
    assert "Yohanes" not in page.text
    for there_too in (page, await browser.open("/admin/attendance")):
        assert "pukul 08.00–15.30 WITA" in there_too.text
        assert "di Aula Kantor Camat Alak" in there_too.text
    yohanes = await day.employee(office, day.YOHANES)
    forged = await browser.post(
        "/admin/attendance/keep", {**ticked(page), "was": yohanes, "there": f"{yohanes} 2026-12-01"}
    )
    assert forged.status == 403
    answers = [
        await browser.press(page, "Hadir", number=number, day="2026-12-01")
        for number in (day.YOHANES.number, "199001012015032999")
    ]
    assert [one.status for one in answers] == [404, 404]
    assert answers[0].text == answers[1].text, "whether other units have somebody is not told"
    assert (await browser.open("/admin/roster")).status == 403
    book = load_workbook(io.BytesIO((await browser.client.get(f"{LIST}/kehadiran.xlsx")).content))
    words = repr([list(sheet.values) for sheet in book])
    assert ("Maria T. Lado" in words, "Yohanes" in words) == (True, False)
    assert await there(office) == []


async def test_a_list_corrected_after_the_end_corrects_the_hours(office: Dashboard) -> None:
    office.clock.now = day.MORNING + timedelta(days=3)
    browser = await office.signed_in("evaluator")
    maria = await day.employee(office, day.MARIA)
    await save(browser, await browser.open(LIST), f"{maria} 2026-12-01", f"{maria} 2026-12-02")
    async with office.database.read() as transaction:
        rows = await transaction.all(text("SELECT hundredths FROM learning_hours"))
        states = await transaction.all(text("SELECT state FROM enrolment ORDER BY state"))
    assert ([tuple(row) for row in rows], [row[0] for row in states]) == ([(1600,)], ["absent", "attended"])


async def test_nobody_is_noted_at_what_was_called_off(office: Dashboard) -> None:
    browser = await office.signed_in("evaluator")
    page = await browser.open(LIST)
    await day.changed(office, cancelled=True)
    maria = await day.employee(office, day.MARIA)
    assert (await save(browser, page, f"{maria} 2026-12-01")).status == 409
    assert "dibatalkan" in (await browser.open(SCREEN)).text


async def test_what_no_page_of_ours_says(office: Dashboard) -> None:
    browser = await office.signed_in("evaluator")
    page = await browser.open(LIST)
    for person, status in (("1; DROP", 400), ("9" * 19, 400), ("employee:", 400), ("17", 404)):
        forged = {**ticked(page), "was": person, "there": f"{person} 2026-12-01"}
        assert (await browser.post("/admin/attendance/keep", forged)).status == status, person
    assert (await browser.post("/admin/attendance/keep", {**ticked(page), "session": "a\x00"})).status == 404
    assert (await browser.open("/admin/attendance/%00")).status == 404
    assert await there(office) == []


async def test_a_large_class_fits_into_the_form(office: Dashboard) -> None:
    browser = await office.signed_in("evaluator")
    page = await browser.open(LIST)
    maria = await day.employee(office, day.MARIA)
    many: dict[str, object] = {**ticked(page), "was": [maria] * 500, "there": [f"{maria} 2026-12-01"] * 500}
    saved = await browser.post("/admin/attendance/keep", many)  # type: ignore[arg-type]
    assert (saved.status, await there(office)) == (200, [("Maria T. Lado", "2026-12-01", "list")])


async def test_with_a_bot_the_code_opens_the_bot(office: Dashboard) -> None:
    office.app = build(replace(office.site, telegram_name=lambda: "alak_bot"))
    browser = await office.signed_in("evaluator")
    assert "t.me/alak_bot" in (await browser.open(SCREEN)).text
    found = await browser.client.get(f"{LIST}/kode.svg?code=123456")
    buffer = io.BytesIO()
    segno.make(f"https://t.me/alak_bot?start=h-123456-{day.KEY}", error="m", micro=False).save(
        buffer, kind="svg", border=3, light="white", xmldecl=False, omitsize=True
    )
    assert found.content == buffer.getvalue()


# ---- the workbook -----------------------------------------------------------------------------------


async def handed_in(browser: Browser, content: bytes, name: str = "daftar.xlsx") -> Page:
    page = await browser.open(LIST)
    form, fields = page.form("Unggah")
    return await browser.post(form.action, fields, files={"list": (name, content, "application/octet-stream")})


async def test_the_list_goes_out_and_comes_in_again(office: Dashboard) -> None:
    office.clock.now = day.MORNING + timedelta(days=1)
    maria = await day.employee(office, day.MARIA)
    async with office.database.write() as transaction:
        told = Enrolment(person=maria, session=day.KEY, state="enrolled", since=office.clock.now, confirmed=True)
        await enrolments.keep(transaction, office.vault, [told])
    browser = await office.signed_in("evaluator")
    assert "akan hadir" in (await browser.open(LIST)).text
    content = (await browser.client.get(f"{LIST}/kehadiran.xlsx")).content
    book = load_workbook(io.BytesIO(content))
    sheet = book["Kehadiran"]
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == [
        ["Nama", "NIP", "Unit", "2026-12-01", "2026-12-02", "Kabar peserta"],
        ["Maria T. Lado", day.MARIA.number, "Kelurahan Nunbaun Delha", "", "", "akan hadir"],
        ["Yohanes Bria", day.YOHANES.number, "Kelurahan Nunbaun Sabu", "", "", ""],
    ]
    assert "Tidak ada yang berubah." in (await handed_in(browser, content)).text
    sheet["D2"], sheet["E2"], sheet["D3"] = "hadir", "HADIR", "tidak"
    sheet.append(["Ana Tefa", day.ANA.number, "", "v", ""])
    out = io.BytesIO()
    book.save(out)
    assert "Tercatat." in (await handed_in(browser, out.getvalue())).text
    assert await there(office) == [
        ("Ana Tefa", "2026-12-01", "list"), ("Maria T. Lado", "2026-12-01", "list"),
        ("Maria T. Lado", "2026-12-02", "list"),
    ]  # fmt: skip
    names = [act for act, _whom in await acts(office)]
    assert names == ["attendance.list", "attendance.keep"]


async def test_a_list_with_faults_is_not_taken_at_all(office: Dashboard) -> None:
    browser = await office.signed_in("evaluator", "kel_nbd")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Nama", "NIP", "2026-12-01"],
        ["Maria", day.MARIA.number, "hadir"],
        ["Yohanes", day.YOHANES.number, "hadir"],
        ["?", "199001012015032999", "hadir"],
    ):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    refused = await handed_in(browser, out.getvalue())
    assert refused.status == 422
    assert refused.text.count("NIP ini tidak ada dalam daftar pegawai unit Bapak/Ibu.") == 2, (
        "nothing about other units"
    )
    assert await there(office) == []
    unbound = await handed_in(await office.signed_in("evaluator"), out.getvalue())
    assert "Tidak ada pegawai dalam daftar dengan NIP ini." in unbound.text
    assert (await handed_in(browser, b"", "daftar.pdf")).status == 422
