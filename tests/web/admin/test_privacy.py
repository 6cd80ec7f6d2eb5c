"""/admin/privacy: what is open and until when, somebody's words opened and written down, done; who agreed to what."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from storage import audit, privacy
from storage.unit_of_work import UnitOfWork
from tests.web.admin.desk import Dashboard

WORDS = "Nama unit saya <b>Puskesmas</b> Alak"


async def asked(desk: Dashboard, subject: int, *, days_ago: int, note: str = "") -> int:
    async with desk.database.write() as transaction:
        return await privacy.ask(
            transaction,
            desk.vault,
            subject=subject,
            kind="correct" if note else "copy",
            channel="telegram",
            now=desk.clock() - timedelta(days=days_ago),
            done=False,
            note=note,
        )


async def acts(desk: Dashboard) -> list[tuple[str, str]]:
    async with desk.database.read() as transaction:
        found = reversed(await audit.latest(transaction))
        return [(row.act, row.whom) for row in found if row.act.startswith("requests.")]


async def test_requests_are_listed_opened_and_done(desk: Dashboard) -> None:
    late, early = await asked(desk, 17, days_ago=4), await asked(desk, 18, days_ago=1, note=WORDS)
    owner = await desk.signed_in()
    page = await owner.open("/admin/privacy")
    assert (page.html.count("TERLAMBAT</strong>"), "Terlambat: 1." in page.text) == (1, True)
    assert page.html.index(f"{late} · Kirim salinan") < page.html.index(f"{early} · Ralat")
    assert "Puskesmas" not in page.text
    assert await acts(desk) == []
    form, fields = page.form(f"Buka {late}")
    opened = await owner.post(form.action, {**fields, "number": str(early)})
    assert "Nama unit saya &lt;b&gt;Puskesmas&lt;/b&gt; Alak" in opened.html
    done = await owner.press(opened, "Sudah dikerjakan")
    assert ("Permintaan tercatat selesai." in done.text, f"{early} · Ralat" in done.text) == (True, False)
    assert await acts(desk) == [("requests.see", "respondent:18"), ("requests.settle", "respondent:18")]
    again = await owner.post(form.action, {**fields, "number": str(early)})
    assert ("Sudah selesai." in again.text, "Puskesmas" in again.text) == (True, False)
    assert (await owner.press(opened, "Sudah dikerjakan")).status == 404


async def test_a_request_that_is_none(desk: Dashboard) -> None:
    number = await asked(desk, 17, days_ago=1)
    owner = await desk.signed_in()
    form, fields = (await owner.open("/admin/privacy")).form(f"Buka {number}")
    for wrong in ("0", "99", "x", "9" * 30):
        assert (await owner.post(form.action, {**fields, "number": wrong})).status == 404


async def test_consents_are_counted_by_what_was_said_last(desk: Dashboard) -> None:
    async with desk.database.write() as transaction:
        unit = UnitOfWork(transaction, desk.vault, now=desk.clock())
        people = [unit.new_id() for _ in range(3)]
        for person in people:
            unit.add_respondent(person, kind="asn", language="id", opted_out=False)
        await unit.flush()
        said = [(people[0], "given"), (people[1], "refused"), (people[2], "given"), (people[2], "withdrawn")]
        for person, action in said:
            await transaction.run(
                text(
                    "INSERT INTO consent (respondent_id, purpose, notice_version, action, at, channel)"
                    " VALUES (:person, 'broadcast', '2', :action, '2026-11-24', 'telegram')"
                ),
                [{"person": person, "action": action}],
            )
    page = await (await desk.signed_in()).open("/admin/privacy")
    cells = [part.partition("<")[0] for part in page.html.split('data-label="Jawaban">')[1:]]
    assert cells == ["setuju", "tidak setuju", "dicabut"]
    assert page.html.count('data-label="Orang">1<') == 3
