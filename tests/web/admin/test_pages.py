"""What the pages of the dashboard do, as an admin meets them: without a script, form by form."""

from __future__ import annotations

import base64
import io
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert, text

from handlers import administering, totp
from handlers.administering import code_in
from storage import admins, audit, incidents, people, shuffling
from storage.database import Transaction
from storage.tables import media
from storage.unit_of_work import UnitOfWork
from surveys.messages import Address
from surveys.session import Answer, Place
from tests.office import NOTHING_SEALED
from tests.web.admin.desk import Dashboard
from tests.web.browser import Browser, Page
from web.admin.pages import pages

FORM = b"""
| survey |
| | type | name | label | required |
| | text | usul | Apa usul Bapak/Ibu? | yes |
| | text | kelurahan | Di mana? | |
| settings |
| | form_title | form_id | default_language |
| | Usul warga | usul | Bahasa Indonesia (id) |
"""


async def look(owner: Browser, content: bytes, name: str = "usul.md") -> Page:
    page = await owner.open("/admin/surveys")
    form, fields = page.form("Periksa")
    return await owner.post(form.action, fields, files={"form": (name, content)})


async def published(owner: Browser) -> Page:
    return await owner.press(await look(owner, FORM), "Terbitkan")


async def acts(desk: Dashboard) -> list[tuple[str, str]]:
    async with desk.database.read() as transaction:
        assert (await audit.verify(transaction, desk.vault)).fault == ""
        return [(row.act, row.whom) for row in reversed(await audit.latest(transaction))][2:]


async def rows(desk: Dashboard, statement: str) -> list[tuple[object, ...]]:
    async with desk.database.read() as transaction:
        return [tuple(row) for row in await transaction.all(text(statement))]


ANSWERS = ((Place("usul"), Answer("Loket <b>buka</b> pagi", "")),)


async def aspiration(desk: Dashboard, number: str, place: str, *, confidential: bool = False) -> None:
    """One in the record, of somebody on the web chat whose address is the number."""
    async with desk.database.write() as transaction:
        unit = UnitOfWork(transaction, desk.vault, now=desk.clock())
        address = Address("webchat", number)
        lookup = people.lookup_of(address, desk.vault)
        found = (await people.known(transaction, {lookup: address}, desk.vault))[lookup]
        respondent, response = unit.new_id(), unit.response_id(anonymous=False)
        unit.add_respondent(respondent, kind="warga", language="id", opted_out=False)
        unit.keep_visit(
            people.Keeping(
                address_id=found.address_id, respondent_id=respondent, kind="warga", language="id",
                opted_out=False, dialog={}, gone=False,
            )
        )  # fmt: skip
        unit.open_response(response, await newest(transaction), respondent, "id", False, desk.clock())
        unit.put_answers(response, (*ANSWERS, (Place("kelurahan"), Answer(place, ""))))
        unit.keep_confidential(response, confidential=confidential)
        unit.finish_response(response, "complete", desk.clock(), number)
        unit.issue_ticket(number, "usul", respondent, response)
        await unit.flush()


async def anonymous_aspiration(desk: Dashboard, number: str) -> None:
    """One of nobody."""
    async with desk.database.write() as transaction:
        unit = UnitOfWork(transaction, desk.vault, now=desk.clock())
        unit.put_pending(await newest(transaction), "id", False, ANSWERS, number, desk.vault.lookup("pin", "1"))
        await unit.flush()
    async with desk.database.write() as transaction:
        await shuffling.shuffle(transaction, desk.vault, sealed=NOTHING_SEALED, all_of_them=True)


async def newest(transaction: Transaction) -> int:
    """The survey published last."""
    row = await transaction.first(text("SELECT max(id) FROM survey"))
    assert row is not None
    return int(row[0])


# ---- /admin/surveys -----------------------------------------------------------------------------------


async def test_a_form_is_looked_at_then_published_then_closed(desk: Dashboard) -> None:
    owner = await desk.signed_in()
    looked = await look(owner, FORM)
    assert "“Usul warga” (usul) adalah survei baru." in looked.text
    assert await rows(desk, "SELECT count(*) FROM survey") == [(0,)]
    done = await owner.press(looked, "Terbitkan")
    assert "Survei sudah terbit dan dapat diisi mulai sekarang." in done.text
    again = await look(owner, FORM)
    assert [label for form in again.forms for label, _name, _value in form.buttons] == ["Keluar"]
    form, fields = (await owner.open("/admin/surveys/usul")).form("Tutup survei")
    for name in ("", "tidak_ada"):
        assert (await owner.post(form.action, {**fields, "name": name})).status == 409
    closed = await owner.press(await owner.open("/admin/surveys/usul"), "Tutup survei")
    assert "Survei sudah ditutup." in closed.text
    assert await rows(desk, "SELECT name, version, state FROM survey") == [("usul", 1, "closed")]
    assert await acts(desk) == [("surveys.publish", "survey:usul"), ("surveys.close", "survey:usul")]


async def test_everything_wrong_with_a_form_is_shown_by_row(desk: Dashboard) -> None:
    owner = await desk.signed_in()
    broken = FORM.replace(b"| text | usul", b"| tekst | usul").replace(b"| text | kelurahan", b"| text | 1 tempat")
    page = await look(owner, broken)
    assert page.status == 422
    assert (page.html.count('<th scope="row">PERBAIKI</th>'), "Terbitkan</button>" in page.html) == (2, False)
    assert [row in page.html for row in ('data-label="Baris">2<', 'data-label="Baris">3<')] == [True, True]


@pytest.mark.parametrize(
    ("name", "content"), [("usul.xlsx", b"no workbook"), ("usul.exe", b"MZ"), ("usul.xlsx", b""), ("usul.md", b"\xff")]
)
async def test_what_is_no_form_is_told_in_a_sentence(desk: Dashboard, name: str, content: bytes) -> None:
    page = await look(await desk.signed_in(), content, name)
    assert page.status == 422
    assert await rows(desk, "SELECT count(*) FROM survey") == [(0,)]


async def test_a_published_form_comes_back_as_a_workbook_that_publishes_as_the_same(desk: Dashboard) -> None:
    owner = await desk.signed_in()
    await published(owner)
    answer = await owner.client.get("/admin/surveys/usul/form.xlsx")
    assert load_workbook(io.BytesIO(answer.content)).sheetnames[:1] == ["survey"]
    assert "Tidak ada yang perlu diterbitkan." in (await look(owner, answer.content, "usul.xlsx")).text


BANK = b"""
| survey |
| | type | name | label | key |
| | select_one ab | soal | Mana? | bravo |
| choices |
| | list_name | name | label |
| | ab | alfa | Alfa |
| | ab | bravo | Bravo |
| settings |
| | form_title | form_id | default_language | chat_once | chat_occasion |
| | Tes | l2_uji | Bahasa Indonesia (id) | yes | yes |
"""


@pytest.mark.parametrize(
    ("role", "shown"), [("owner", True), ("evaluator", True), ("moderator", False), ("viewer", False)]
)
async def test_the_key_of_a_test_is_seen_by_those_who_may(desk: Dashboard, role: str, shown: bool) -> None:
    owner = await desk.signed_in()
    await owner.press(await look(owner, BANK, "l2_uji.md"), "Terbitkan")
    reader = owner if role == "owner" else await desk.signed_in(role, name="Pembaca")
    answer = await reader.client.get("/admin/surveys/l2_uji/form.xlsx")
    cells = [cell for row in load_workbook(io.BytesIO(answer.content))["survey"].values for cell in row]
    assert ("soal" in cells, "bravo" in cells) == (True, shown)
    page = await reader.open("/admin/surveys/l2_uji")
    assert "bravo" not in page.html


async def test_a_file_that_was_not_looked_at_is_not_published(desk: Dashboard) -> None:
    owner = await desk.signed_in()
    looked = await look(owner, FORM)
    form, fields = looked.form("Terbitkan")
    for wrong in ({"reference": "../../suara.sqlite3"}, {"reference": "A" * 22}, {"kind": ".exe"}):
        assert (await owner.post(form.action, {**fields, **wrong})).status == 409
    assert await rows(desk, "SELECT count(*) FROM survey") == [(0,)]


# ---- /admin/aspirations -------------------------------------------------------------------------------


async def test_an_aspiration_is_read_and_moved_on(desk: Dashboard) -> None:
    await published(await desk.signed_in())
    await aspiration(desk, "ALK-26-0417-K", "alak")
    await anonymous_aspiration(desk, "ALK-26-0418-P")
    moderator = await desk.signed_in("moderator", name="Pak Adi")
    page = await moderator.open("/admin/aspirations")
    assert [number in page.text for number in ("ALK-26-0417-K", "ALK-26-0418-P")] == [True, True]
    assert page.html.count(">Usul warga</td>") == 2
    one = await moderator.open("/admin/aspirations/ALK-26-0417-K")
    assert "<p>Usul warga</p>" in one.html
    assert "Loket &lt;b&gt;buka&lt;/b&gt; pagi" in one.html
    done = await moderator.press(one, "Catat", state="DITERUSKAN", note="Sudah di dinas")
    assert "Tercatat. Pengirim diberi tahu oleh bot." in done.text
    assert "Sudah di dinas" in done.text
    other = await moderator.open("/admin/aspirations/ALK-26-0418-P")
    done = await moderator.press(other, "Catat", state="SELESAI", note="")
    assert "Tidak ada yang diberi tahu" in done.text
    assert await rows(desk, "SELECT count(*) FROM delivery") == [(1,)]
    assert "ALK-26-0417-K" not in (await moderator.open("/admin/aspirations?state=SELESAI")).text


async def sent_with(desk: Dashboard, number: str, kind: str, mime: str, content: bytes) -> str:
    """A file of the aspiration that was fetched; its id."""
    name = f"{kind}{number[-1]}"
    folder = desk.house().media
    assert folder is not None
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    row = {"id": name, "kind": kind, "channel": "webchat", "state": "fetched", "mime": mime, "size": 1, "path": name}
    answered = text(
        "UPDATE answer SET value = :name, pages = trim(pages || ' ' || :name) WHERE place = 'usul' "
        "AND response_id = (SELECT response_id FROM ticket WHERE number = :number)"
    )
    async with desk.database.write() as transaction:
        await transaction.run(insert(media), [row])
        await transaction.run(answered, [{"name": name, "number": number}])
    return name


async def test_what_was_sent_along_is_seen_by_those_who_may_read_it(desk: Dashboard) -> None:
    await published(await desk.signed_in())
    await aspiration(desk, "ALK-26-0417-K", "alak")
    await aspiration(desk, "ALK-26-0418-P", "nbd")
    photo = await sent_with(desk, "ALK-26-0417-K", "image", "image/jpeg", b"picture")
    paper = await sent_with(desk, "ALK-26-0417-K", "file", "text/html", b"<script>1</script>")
    others = await sent_with(desk, "ALK-26-0418-P", "image", "image/jpeg", b"elsewhere")
    lurah = await desk.signed_in("admin", "kel_alak", name="Bu Lurah")
    page = await lurah.open("/admin/aspirations/ALK-26-0417-K")
    where = "/admin/aspirations/ALK-26-0417-K/"
    assert (f'<img src="{where}{photo}"' in page.html, f'<img src="{where}{paper}"' in page.html) == (True, False)
    seen, saved = await lurah.open(where + photo), await lurah.open(where + paper)
    assert (seen.html, seen.headers["content-type"], seen.headers["cache-control"]) == (
        "picture",
        "image/jpeg",
        "private, no-store",
    )
    assert saved.headers["content-type"] == "application/octet-stream"
    assert saved.headers["content-disposition"].startswith("attachment")
    statuses = [
        (await lurah.open(address)).status
        for address in (where + others, f"/admin/aspirations/ALK-26-0418-P/{others}", where + "nothing")
    ]
    assert statuses == [404, 403, 404]
    viewer = await desk.signed_in("viewer", name="Pembaca")
    assert (await viewer.open(where + photo)).status == 403


async def test_a_confidential_one_is_marked_and_the_list_has_no_words(desk: Dashboard) -> None:
    owner = await desk.signed_in()
    await published(owner)
    await aspiration(desk, "ALK-26-0417-K", "alak", confidential=True)
    await aspiration(desk, "ALK-26-0418-P", "alak")
    listed = await owner.open("/admin/aspirations")
    assert (listed.html.count('class="sealed">Rahasia<'), "Loket" in listed.text) == (1, False)
    marked = [(await owner.open(f"/admin/aspirations/{n}")).text for n in ("ALK-26-0417-K", "ALK-26-0418-P")]
    assert ["Rahasia: jangan diteruskan" in page for page in marked] == [True, False]


async def test_a_lurah_sees_their_own_kelurahan_alone(desk: Dashboard) -> None:
    await published(await desk.signed_in())
    await aspiration(desk, "ALK-26-0417-K", "alak")
    await aspiration(desk, "ALK-26-0418-P", "nbd")
    lurah = await desk.signed_in("admin", "kel_alak", name="Bu Lurah")
    page = await lurah.open("/admin/aspirations")
    assert [number in page.text for number in ("ALK-26-0417-K", "ALK-26-0418-P")] == [True, False]
    statuses = [(await lurah.open(f"/admin/aspirations/{n}")).status for n in ("ALK-26-0417-K", "ALK-26-0418-P")]
    assert statuses == [200, 403]
    form, fields = (await lurah.open("/admin/aspirations/ALK-26-0417-K")).form("Catat")
    refused = await lurah.post(form.action, {**fields, "number": "ALK-26-0418-P", "state": "SELESAI"})
    assert refused.status == 403
    assert await rows(desk, "SELECT count(*) FROM status_change") == [(0,)]


async def test_confidential_words_stand_on_the_page_of_the_aspiration_alone(
    desk: Dashboard, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    owner = await desk.signed_in(name="Satu")
    await published(owner)
    await aspiration(desk, "ALK-26-0417-K", "alak", confidential=True)
    browsers = {
        "owner": owner,
        "moderator": await desk.signed_in("moderator", "kel_nbs", name="Dua"),
        "evaluator": await desk.signed_in("evaluator", name="Tiga"),
        "viewer": await desk.signed_in("viewer", name="Empat"),
    }
    below = ("aspirations/ALK-26-0417-K", "surveys/usul", "rates/usul", "audit/verify")
    every = [*pages, *below]
    found = [
        (role, page)
        for role, browser in browsers.items()
        for page in every
        if "Loket" in (await browser.open(f"/admin/{page}")).text
    ]
    assert found == [("owner", "aspirations/ALK-26-0417-K")]
    assert "Loket" not in caplog.text


# ---- /admin/respondents -------------------------------------------------------------------------------


async def test_who_people_are_needs_a_reason(desk: Dashboard) -> None:
    owner = await desk.signed_in()
    await published(owner)
    await aspiration(desk, "ALK-26-0417-K", "alak")
    page = await owner.open("/admin/respondents")
    assert ('data-label="Orang">1<' in page.html, "ALK-26-0417-K" in page.text) == (True, False)
    form, fields = page.form("Tampilkan orangnya")
    assert (await owner.post(form.action, {**fields, "kind": "warga", "reason": "x"})).status == 409
    shown = await owner.post(form.action, {**fields, "kind": "warga", "reason": "Surat permintaan nomor 12"})
    assert "ALK-26-0417-K" in shown.text  # the address on the web chat
    assert (await acts(desk))[-1] == ("identities.open", "respondents:warga:1")


async def test_small_numbers_are_not_shown_to_those_who_may_not_see_names(desk: Dashboard) -> None:
    await published(await desk.signed_in())
    await aspiration(desk, "ALK-26-0417-K", "alak")
    viewer = await desk.signed_in("viewer", name="Pembaca")
    page = await viewer.open("/admin/respondents")
    assert ('data-label="Orang">&lt; 5<' in page.html, 'data-label="Orang">1<' in page.html) == (True, False)
    assert "&lt; 5" in (await viewer.open("/admin/overview")).html


async def test_who_is_bound_to_units_sees_no_numbers_of_the_whole_office(desk: Dashboard) -> None:
    owner = await desk.signed_in()
    await published(owner)
    lurah = await desk.signed_in("admin", "kel_alak", name="Bu Lurah")
    everything, own = await owner.open("/admin/overview"), await lurah.open("/admin/overview")
    for label in ("Responden", "Pesan menunggu dikirim", "Dikirim", "Sedang mengisi"):
        assert (label in everything.text, label in own.text) == (True, False)
    assert "tingkat pengisian" in own.text
    everything, own = await owner.open("/admin/surveys"), await lurah.open("/admin/surveys")
    assert ["usul" in page.text for page in (everything, own)] == [True, True]
    for label in ("Dikirim", "Sedang mengisi"):
        assert (label in everything.text, label in own.text) == (True, False)
    assert (await lurah.open("/admin/respondents")).status == 403


# ---- /admin/admins and /admin/me ----------------------------------------------------------------------


async def test_a_code_is_shown_once(desk: Dashboard) -> None:
    owner = await desk.signed_in("owner", name="Satu")
    page = await owner.open("/admin/admins")
    form, fields = page.form("Undang")
    shown = await owner.post(form.action, {**fields, "name": "Bu Lurah", "role": "admin", "unit": "kel_alak"})
    start = shown.html.index("/admin/enter/") + len("/admin/enter/")
    code = code_in(shown.html[start : start + 29])
    assert code in shown.text
    assert code not in (await owner.open("/admin/admins")).text
    lurah = Browser(desk.app)
    entered = await lurah.press(await lurah.open(f"/admin/enter/{code}"), "Terima")
    assert "Bapak/Ibu masuk sebagai Bu Lurah, Admin." in entered.text
    assert await rows(desk, "SELECT unit FROM admin_unit") == [("kel_alak",)]
    assert [row in (await lurah.open("/admin/admins")).text for row in ("Bu Lurah", "Satu")] == [True, False]
    refused = await lurah.post(form.action, {**(await lurah.open("/admin/admins")).form("Undang")[1], "name": "Tiga"})
    assert refused.status == 404  # no role was chosen
    for number in ("9999999999999999999", "9223372036854775808", "-1", "lain", ""):
        refused = await owner.post("/admin/admins/revoke", {"ticket": fields["ticket"], "number": number})
        assert refused.status == 404


async def test_open_browsers_are_listed_and_ended(desk: Dashboard) -> None:
    owner = await desk.signed_in("owner", name="Satu")
    async with desk.database.write() as transaction:
        await admins.open_browser(transaction, "lain", desk.numbers["Satu"], device="Chrome, Android", now=desk.clock())
    page = await owner.open("/admin/me")
    assert "Chrome, Android" in page.text
    done = await owner.press(page, "Keluarkan")
    assert ("Peramban itu sudah keluar." in done.text, "Chrome, Android" in done.text) == (True, False)


async def test_a_code_for_a_chat(desk: Dashboard) -> None:
    owner = await desk.signed_in("owner", name="Satu")
    page = await owner.press(await owner.open("/admin/me"), "Hubungkan obrolan")
    start = page.html.index("<code>/admin ") + len("<code>/admin ")
    code = code_in(page.html[start : start + 29])
    async with desk.database.read() as transaction:
        assert await admins.key_of(transaction, code, desk.clock()) == (desk.numbers["Satu"], "connect")


async def test_a_password_that_is_too_short_is_not_kept(desk: Dashboard) -> None:
    owner = await desk.signed_in("owner", name="Satu")
    page = await owner.press(await owner.open("/admin/me"), "Simpan", password="pendek", digits="123456")
    assert (page.status, "paling sedikit 10 karakter; beberapa kata paling baik" in page.text) == (422, True)


async def test_a_new_password_wants_a_fresh_sign_in_and_signs_other_browsers_out(desk: Dashboard) -> None:
    owner = await desk.signed_in("owner", name="Satu")
    async with desk.database.write() as transaction:
        await admins.open_browser(transaction, "lain", desk.numbers["Satu"], device="Chrome", now=desk.clock())
        late = await administering.link(transaction, desk.numbers["Satu"], now=desk.clock())

    async def chosen(browser: Browser) -> Page:
        page = await browser.open("/admin/me")
        start = page.html.index('class="key">') + len('class="key">')
        secret = base64.b32decode(page.html[start : page.html.index("<", start)].replace(" ", ""))
        digits = totp.code(secret, totp.step_of(desk.clock()))
        return await browser.press(page, "Simpan", password="empat kata yang panjang", digits=digits)

    desk.clock.wait(minutes=9)
    fresh = Browser(desk.app)
    await fresh.press(await fresh.open(f"/admin/enter/{late}?lang=id"), "Masuk")
    desk.clock.wait(minutes=7)
    refused = await chosen(owner)
    assert (refused.status, "masuk lagi" in refused.text) == (422, True)
    assert await rows(desk, "SELECT count(*) FROM admin_session") == [(3,)]
    assert "Sejak sekarang" in (await chosen(fresh)).text
    assert await rows(desk, "SELECT count(*) FROM admin_session") == [(1,)]
    assert "Masuk ke dasbor" in (await owner.open("/admin/overview")).text


# ---- /admin/audit and /admin/settings -----------------------------------------------------------------


async def test_the_audit_says_who_and_whether_it_is_whole(desk: Dashboard) -> None:
    owner = await desk.signed_in("owner", name="Bu Rina")
    await published(owner)
    page = await owner.open("/admin/audit")
    assert [word in page.text for word in ("menerbitkan survei", "Bu Rina", "survei usul")] == [True, True, True]
    assert "Jejak audit utuh: 3 baris." in (await owner.open("/admin/audit/verify")).text
    async with desk.database.write() as transaction:
        await transaction.run(text("UPDATE audit SET whom = 'survey:lain' WHERE id = 3"))
    assert (
        "Baris 3 jejak audit telah diubah. Sebelumnya 2 baris utuh." in (await owner.open("/admin/audit/verify")).text
    )


async def test_what_went_wrong_is_seen_and_emptied(desk: Dashboard) -> None:
    owner = await desk.signed_in()
    fault = {"code": "failed", "channel": "telegram", "external_id": "815", "detail": "ZeroDivisionError"}
    async with desk.database.write() as transaction:
        await incidents.insert(transaction, [{**fault, "at": datetime(2026, 11, 24, tzinfo=UTC)}])
    assert "Kejadian yang belum dilihat" in (await owner.open("/admin/overview")).text
    page = await owner.open("/admin/settings")
    assert "telegram 815 ZeroDivisionError" in page.text
    assert "Kejadian yang belum dilihat" not in (await owner.open("/admin/overview")).text
    await owner.press(page, "Kosongkan daftar")
    assert await rows(desk, "SELECT count(*) FROM incident") == [(0,)]
    assert (await acts(desk))[-1] == ("incidents.clear", "")


async def test_the_kelurahan_and_the_day_stand_in_words(desk: Dashboard) -> None:
    owner = await desk.signed_in()
    chosen = FORM.replace(b"| | text | kelurahan |", b"| | select_one kel | kelurahan |") + (
        b"| choices |\n| | list_name | name | label |\n"
        b"| | kel | nbd | Nunbaun Delha |\n| | kel | alak | Kelurahan Alak |\n"
    )
    await owner.press(await look(owner, chosen), "Terbitkan")
    await aspiration(desk, "ALK-26-0417-K", "nbd")
    listed = await owner.open("/admin/aspirations")
    assert ("Nunbaun Delha" in listed.text, "Selasa, 24 November 2026" in listed.text) == (True, True)
    page = await owner.open("/admin/aspirations/ALK-26-0417-K")
    assert "dibuka Selasa, 24 November 2026" in page.text
    assert ["2026-11-24" in one.text for one in (listed, page)] == [False, False]
