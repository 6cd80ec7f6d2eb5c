"""/admin/trainings and /admin/sessions: the catalogue, the calendar, and sessions announced, changed and called off."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from outreach.enrolment import Enrolment
from outreach.training import ReminderSettings, Training
from storage import enrolments, trainings
from tests import training_day as day
from tests.web.admin.desk import Dashboard
from tests.web.browser import Browser, Page

HERE = f"/admin/sessions/{day.KEY}"
WHY = "Menyusun daftar tempat duduk"


@pytest.fixture
async def office(desk: Dashboard) -> Dashboard:
    await day.announced(desk, desk.clock())
    return desk


async def taking_part(desk: Dashboard) -> None:
    """Maria has a place, Yohanes waits, Ana called off."""
    states = ((day.MARIA, "enrolled", ""), (day.YOHANES, "waiting", ""), (day.ANA, "cancelled", "Ada dinas luar"))
    rows = [
        Enrolment(
            person=await day.employee(desk, who), session=day.KEY, state=state, since=desk.clock(), reason=reason  # type: ignore[arg-type]
        )
        for who, state, reason in states
    ]  # fmt: skip
    async with desk.database.write() as transaction:
        await enrolments.keep(transaction, desk.vault, rows)


async def training(desk: Dashboard, key: str = "pelayanan_prima") -> Training:
    async with desk.database.read() as transaction:
        found = await trainings.one(transaction, key)
    assert found is not None
    return found


async def acts(desk: Dashboard) -> list[tuple[str, str]]:
    async with desk.database.read() as transaction:
        rows = await transaction.all(text("SELECT act, whom FROM audit WHERE act LIKE 'trainings.%' ORDER BY id"))
    return [(row[0], row[1]) for row in rows]


async def sessions(desk: Dashboard) -> list[tuple[str, int, bool]]:
    async with desk.database.read() as transaction:
        found = await trainings.sessions(transaction, since=date.min)
    return [(one.session.key, one.session.revision, one.session.cancelled) for one in found]


def fields(page: Page, label: str) -> dict[str, object]:
    """The form as a browser sends it: of boxes those that are ticked, of lists what is chosen."""
    form, given = page.form(label)
    html = page.html[page.html.index(f'action="{form.action}"') :]
    html = html[: html.index("</form>")]
    sent: dict[str, object] = dict(given)
    for tag in re.findall(r"<input[^>]*type=\"(?:checkbox|radio)\"[^>]*>", html):
        sent.pop(re.search(r'name="([^"]*)"', tag)[1], None)  # type: ignore[index]
    for tag in re.findall(r"<input[^>]*type=\"(?:checkbox|radio)\"[^>]* checked>", html):
        name, value = (re.search(rf'{which}="([^"]*)"', tag)[1] for which in ("name", "value"))  # type: ignore[index]
        sent.setdefault(name, []).append(value)  # type: ignore[attr-defined]
    for name, choices in re.findall(r'<select[^>]*name="([^"]*)">(.*?)</select>', html):
        chosen = re.search(r'value="([^"]*)" selected', choices) or re.search(r'value="([^"]*)"', choices)
        sent[name] = chosen[1] if chosen else ""
    written = re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', html, re.DOTALL)
    return {**sent, **dict(written)}


async def send(browser: Browser, page: Page, label: str, **more: object) -> Page:
    given = {**fields(page, label), **{name.replace("__", "."): value for name, value in more.items()}}
    given = {name: value for name, value in given.items() if value is not None}
    return await browser.post(page.form(label)[0].action, given)  # type: ignore[arg-type]


# ---- trainings --------------------------------------------------------------------------------------


async def test_the_catalogue_says_how_many_take_part(office: Dashboard) -> None:
    await taking_part(office)
    owner = await office.signed_in()
    page = await owner.open("/admin/trainings")
    assert "Pelayanan Prima bimbingan teknis (bimtek) 16 1 1 1 ditawarkan" in page.text
    viewer = await office.signed_in("viewer", name="Pembaca")
    seen = await viewer.open("/admin/trainings")
    assert "Pelayanan Prima bimbingan teknis (bimtek) 16 1 tidak ditampilkan tidak ditampilkan ditawarkan" in seen.text
    assert "Pelatihan baru" not in seen.text


async def test_a_training_shows_all_that_is_set_of_it(office: Dashboard) -> None:
    one = replace(
        day.TRAINING,
        provider="Undana",
        units=frozenset({"kel_nbd"}),
        skills=("menjelaskan syarat",),
        reminders=ReminderSettings(
            off=frozenset({"h0"}), offsets={"h7": (10, 5)}, texts={"h1": "Mohon membawa alat tulis."}
        ),
    )
    async with office.database.write() as transaction:
        await trainings.put(transaction, one, office.clock())
    page = await (await office.signed_in("viewer")).open("/admin/trainings/pelayanan_prima")
    for words in (
        "Penyelenggara Undana", "menjelaskan syarat", "10, 5 hari sebelumnya", "Mohon membawa alat tulis.",
        "Selasa–Rabu, 1–2 Desember 2026",
    ):  # fmt: skip
        assert words in page.text, words
    assert re.search(r"Pada pagi hari pelatihan mati – –", page.text), page.text
    assert 'href="/admin/trainings/pelayanan_prima/ubah"' not in page.html


async def test_the_form_saves_what_was_changed_and_nothing_else(office: Dashboard) -> None:
    owner = await office.signed_in()
    page = await owner.open("/admin/trainings/pelayanan_prima/ubah")
    same = await send(owner, page, "Simpan pelatihan")
    assert "Tersimpan." in same.text
    assert await training(office) == day.TRAINING
    saved = await send(
        owner, page, "Simpan pelatihan", jp="4,5", units=["kel_nbd", "kel_nbs"], on__h0=None, offsets__follow_up="60",
        words__h1="  Mohon membawa   alat tulis. ", skills="menjelaskan syarat\n\nmencatat pengaduan\n",
    )  # fmt: skip
    assert "Tersimpan." in saved.text
    assert await training(office) == replace(
        day.TRAINING,
        jp=Decimal("4.5"),
        units=frozenset({"kel_nbd", "kel_nbs"}),
        skills=("menjelaskan syarat", "mencatat pengaduan"),
        reminders=ReminderSettings(
            off=frozenset({"h0"}), offsets={"follow_up": (60,)}, texts={"h1": "Mohon membawa alat tulis."}
        ),
    )
    assert await acts(office) == [("trainings.put", "training:pelayanan_prima")] * 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"jp": "banyak"}, "“banyak” bukan angka."),
        ({"title": " "}, "belum punya judul"),
        ({"units": ["kel_xyz"]}, "kel_xyz"),
        ({"offsets__h7": "minggu"}, "“minggu” tidak menyebut hari"),
        ({"offsets__h7": "900"}, "366"),
        ({"attachments": "materi.pdf"}, "materi.pdf"),
    ],
)
async def test_what_cannot_be_saved_is_said_and_the_form_stays(
    office: Dashboard, wrong: dict[str, object], words: str
) -> None:
    owner = await office.signed_in()
    page = await owner.open("/admin/trainings/pelayanan_prima/ubah")
    refused = await send(owner, page, "Simpan pelatihan", provider="Undana", **wrong)
    assert (refused.status, words in refused.text) == (422, True), refused.text
    assert 'value="Undana"' in refused.html
    assert await training(office) == day.TRAINING


async def test_a_new_training_gets_a_key_of_its_title(office: Dashboard) -> None:
    owner = await office.signed_in()
    page = await owner.open("/admin/trainings/_new")
    saved = await send(owner, page, "Simpan pelatihan", title="Pelayanan  Prima", form="lokakarya", jp="8")
    assert saved.status == 200
    assert (await training(office, "pelayanan_prima_2")).form == "lokakarya"
    assert await training(office) == day.TRAINING
    off = await owner.press(saved, "Tidak ditawarkan lagi")
    assert "Pelatihan ini tidak ditawarkan lagi." in off.text
    assert (await owner.open("/admin/trainings/tidak_ada")).status == 404
    assert (await owner.open("/admin/trainings/%00")).status == 404


# ---- the calendar -----------------------------------------------------------------------------------


async def test_the_calendar_shows_the_sessions_of_a_month(office: Dashboard) -> None:
    browser = await office.signed_in("viewer")
    page = await browser.open("/admin/sessions?bulan=2026-12")
    assert "Desember 2026 Senin Selasa Rabu Kamis Jumat Sabtu Minggu 1 Selasa, 1 Desember 2026" in page.text
    assert page.html.count(f'href="{HERE}"') == 2
    assert page.text.count("08.00–15.30") == 2
    november = await browser.open("/admin/sessions")
    assert ("November 2026" in november.text, HERE in november.html) == (True, False)
    assert 'class="today"' in november.html
    for odd in ("0001-01", "9999-12", "2026-13", "x' OR 1"):
        assert (await browser.open(f"/admin/sessions?bulan={odd}")).status == 200, odd


# ---- who takes part ---------------------------------------------------------------------------------


async def test_names_are_shown_for_a_reason_that_is_written_down(office: Dashboard) -> None:
    await taking_part(office)
    admin = await office.signed_in("admin")
    page = await admin.open(HERE)
    assert "Terdaftar 1" in page.text
    assert "Maria" not in page.text
    assert (await admin.press(page, "Tampilkan nama", reason="ya")).status == 409
    assert await acts(office) == []
    named = await admin.press(page, "Tampilkan nama", reason=WHY)
    for words in ("Maria T. Lado", "Yohanes Bria", "Ana Tefa", "Ada dinas luar", "Kantor Lurah Nunbaun Delha"):
        assert words in named.text, words
    async with office.database.read() as transaction:
        rows = await transaction.all(text("SELECT act, whom FROM audit WHERE act = 'trainings.name'"))
    assert [tuple(row) for row in rows] == [("trainings.name", f"session:{day.KEY}")]
    lurah = await office.signed_in("admin", "kel_nbs", name="Lurah")
    theirs = await lurah.press(await lurah.open(HERE), "Tampilkan nama", reason=WHY)
    assert ["Yohanes Bria" in theirs.text, "Maria" in theirs.text] == [True, False]
    assert "Terdaftar tidak ditampilkan" in theirs.text
    for role in ("evaluator", "viewer"):
        browser = await office.signed_in(role, name=role)
        ticket = (await browser.open("/admin/me")).form("Simpan")[1]["ticket"]
        forged = {"ticket": ticket, "session": day.KEY, "reason": WHY}
        assert (await browser.post("/admin/sessions/names", forged)).status == 403


async def test_places_are_given_and_taken_back_by_number(office: Dashboard) -> None:
    admin = await office.signed_in("admin")
    page = await admin.open(HERE)
    bad = await send(admin, page, "Masukkan ke daftar", numbers=f"{day.MARIA.number}\n123", how="enrol")
    assert (bad.status, "Nomor ke-2 bukan NIP/NI PPPK" in bad.text) == (422, True), bad.text
    gone = await send(admin, page, "Masukkan ke daftar", numbers="199001012015032999", how="enrol")
    assert gone.status == 404
    done = await send(
        admin, page, "Masukkan ke daftar", numbers=f"{day.MARIA.number}\r\n{day.YOHANES.number}", how="enrol"
    )
    assert "Terdaftar 2" in done.text
    back = await admin.press(done, "Tarik kembali", number=day.MARIA.number, reason="Tugas lain")
    assert "Terdaftar 1" in back.text
    assert [act for act, _whom in await acts(office)] == ["trainings.enrol", "trainings.enrol", "trainings.withdraw"]
    lurah = await office.signed_in("admin", "kel_nbs", name="Lurah")
    theirs = await lurah.open(HERE)
    assert (await send(lurah, theirs, "Masukkan ke daftar", numbers=day.ANA.number, how="enrol")).status == 403


# ---- announcing, changing, calling off --------------------------------------------------------------


async def test_a_session_is_looked_at_before_it_is_announced(office: Dashboard) -> None:
    owner = await office.signed_in()
    page = await owner.open("/admin/sessions/_new?training=pelayanan_prima")
    looked = await send(
        owner, page, "Periksa", days="8-9 Desember 2026, 08.00-12.00", place="Aula", cost="Rp1.500.000", capacity="20"
    )
    assert "Umumkan angkatan ini?" in looked.text
    assert "Selasa–Rabu, 8–9 Desember 2026" in looked.text
    assert "Rp1.500.000" in looked.text
    assert await sessions(office) == [(day.KEY, 0, False)]
    again = await owner.post("/admin/sessions/edit", fields(looked, "Umumkan sekarang"))  # type: ignore[arg-type]
    assert "8-9 Desember 2026, 08.00-12.00" in again.html
    done = await owner.press(looked, "Umumkan sekarang")
    assert "Diumumkan." in done.text
    assert await sessions(office) == [(day.KEY, 0, False), ("pelayanan_prima-2026-12-08", 0, False)]
    assert await acts(office) == [("trainings.announce", "session:pelayanan_prima-2026-12-08")]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"days": "kapan-kapan"}, "belum memuat hari"),
        ({"days": "1 November 2026, 08.00-12.00"}, "sudah lewat"),
        ({"capacity": "-1"}, "bukan angka"),
        ({"place": ""}, "belum punya tempat"),
        ({"link": "http://x.id"}, "https://"),
        ({"days": "1 Desember 2026, 09.00-10.00"}, "Aula Kantor Camat Alak"),
    ],
)
async def test_a_session_that_cannot_be_is_refused_at_the_look(
    office: Dashboard, wrong: dict[str, object], words: str
) -> None:
    owner = await office.signed_in()
    page = await owner.open("/admin/sessions/_new?training=pelayanan_prima")
    given: dict[str, object] = {"days": "8 Desember 2026, 08.00-12.00", "place": "Aula Kantor Camat Alak", **wrong}
    refused = await send(owner, page, "Periksa", **given)
    assert (refused.status, words in refused.text) == (422, True), refused.text
    assert (await sessions(office), await acts(office)) == ([(day.KEY, 0, False)], [])


async def test_a_change_says_who_reads_what_before_it_is_made(office: Dashboard) -> None:
    await taking_part(office)
    owner = await office.signed_in()
    form = await owner.open(f"{HERE}/ubah")
    looked = await send(owner, form, "Periksa", days="8-9 Desember 2026, 08.00-15.30")
    assert "Orang yang diberi tahu: 2." in looked.text
    assert "semula: Selasa–Rabu, 1–2 Desember 2026" in looked.text
    assert (await sessions(office), await acts(office)) == ([(day.KEY, 0, False)], [])
    done = await owner.press(looked, "Ubah sekarang")
    assert "Diubah." in done.text
    assert await sessions(office) == [(day.KEY, 1, False)]
    stale = await owner.press(looked, "Ubah sekarang")
    assert (stale.status, "sudah diubah orang lain" in stale.text) == (422, True), stale.text
    full = await send(owner, await owner.open(f"{HERE}/ubah"), "Periksa", capacity="0", instructor="")
    assert "Tidak ada yang dikirimi pesan" in full.text
    assert await sessions(office) == [(day.KEY, 1, False)]


async def test_calling_off_says_whom_it_reaches_and_cannot_be_done_twice(office: Dashboard) -> None:
    await taking_part(office)
    owner = await office.signed_in()
    looked = await send(owner, await owner.open(HERE), "Lihat siapa yang diberi tahu", reason="Aula dipakai")
    assert "Orang yang diberi tahu: 2." in looked.text
    assert await sessions(office) == [(day.KEY, 0, False)]
    done = await owner.press(looked, "Batalkan sekarang")
    assert "batal dilaksanakan" in done.text
    assert await sessions(office) == [(day.KEY, 1, True)]
    assert (await owner.press(looked, "Batalkan sekarang")).status == 409
    assert await acts(office) == [("trainings.cancel", f"session:{day.KEY}")]
    assert "Periksa" not in (await owner.open(HERE)).text


async def test_who_may_not_change_is_refused(office: Dashboard) -> None:
    for role, units in (("evaluator", ()), ("viewer", ()), ("admin", ("kel_nbd",))):
        browser = await office.signed_in(role, *units, name=f"{role} satu")
        for path in (f"{HERE}/ubah", "/admin/sessions/_new?training=pelayanan_prima", "/admin/trainings/_new"):
            assert (await browser.open(path)).status == 403, (role, path)
