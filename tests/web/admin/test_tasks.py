"""/admin/tasks: what waits, judged with its files by one or two who do not see each other; tasks set and given out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import insert, text

from outreach.tasks import USUAL, Task
from storage import admins, submissions, tasks, trainings
from storage.tables import address, media
from tests.trainings_office import AFTER, SESSION, STAFF, TRAINING, attended, respondents, set_up
from tests.web.admin.desk import Dashboard
from tests.web.admin.test_sessions import send
from tests.web.browser import Browser, Page

KEY = f"{SESSION.key}-1"
WORDS = "Teks syarat surat pindah sudah diuji pada 5 warga."
DUE = datetime(2026, 12, 16, 23, 59, tzinfo=AFTER.tzinfo)
GOOD = {f"level.{place}": "3" for place in range(4)}


@pytest.fixture
async def office(desk: Dashboard) -> Dashboard:
    desk.clock.now = AFTER
    await set_(desk)
    return desk


async def set_(desk: Dashboard) -> None:
    """Six attended, and there is a task of the office."""
    async with desk.database.write() as transaction:
        await set_up(transaction, desk.vault, now=AFTER)
    people = await respondents(desk.database, desk.vault, entries=STAFF[:6], now=AFTER)
    async with desk.database.write() as transaction:
        await attended(transaction, desk.vault, people, now=AFTER)
        await tasks.put(transaction, task())


def task(**what: Any) -> Task:
    given = {"title": "Teks syarat layanan", "instruction": "Susun teks syarat satu layanan.", "assessor": "office"}
    return Task(key=KEY, session=SESSION.key, due=DUE, **{**given, **what})


async def given(desk: Dashboard, *, twice: bool = False, of: int = 0) -> int:
    """One of them has it and handed it in; the number of what they handed in."""
    folder = desk.house().media
    assert folder is not None
    folder.mkdir(exist_ok=True)
    rows = []
    for name, kind, mime in (("foto", "image", "image/jpeg"), ("surat", "file", "application/pdf")):
        (folder / name).write_bytes(name.encode())
        row = {"kind": kind, "channel": "webchat", "state": "fetched", "mime": mime, "size": 4, "path": name}
        rows.append({**row, "id": f"{name}{of}"})
    async with desk.database.write() as transaction:
        people = await tasks.attended(transaction, SESSION.key)
        names = {one.respondent_id: one.name for one in await tasks.participants(transaction, desk.vault, people)}
        who = next(number for number in people if names[number] == STAFF[of].name)
        double = {who} if twice else set()
        [one] = await tasks.assign(transaction, task(), [who], twice=double, now=AFTER)
        await transaction.run(insert(media), rows)
        files = [f"{name}{of}" for name in ("foto", "surat")]
        made = await submissions.hand_in(transaction, desk.vault, one.id, WORDS, files, now=AFTER)
        await tasks.move(transaction, one.id, "handed_in", AFTER)
    return made.id


async def marks(desk: Dashboard) -> list[tuple[str, tuple[int, ...], bool]]:
    async with desk.database.read() as transaction:
        numbers = [row[0] for row in await transaction.all(text("SELECT id FROM submission"))]
        found = await submissions.assessments(transaction, desk.vault, numbers)
    names = {number: name for name, number in desk.numbers.items()}
    return [
        (names[int(one.assessor.rpartition(":")[2])], tuple(one.levels[line.key] for line in USUAL), one.revise)
        for one in found
    ]


async def states(desk: Dashboard) -> list[str]:
    async with desk.database.read() as transaction:
        return [one.state for one in await tasks.of_task(transaction, KEY)]


async def acts(desk: Dashboard) -> list[str]:
    async with desk.database.read() as transaction:
        rows = await transaction.all(text("SELECT act FROM audit WHERE act LIKE 'tasks.%' ORDER BY id"))
    return [row[0] for row in rows]


async def assess(browser: Browser, number: int, *, button: str = "Simpan penilaian", **levels: str) -> Page:
    page = await browser.open(f"/admin/tasks/menilai/{number}")
    looked = await send(browser, page, "Lihat nilainya", **{**GOOD, **levels}, remark="Sudah rapi.")
    return await browser.press(looked, button)


# ---- judging ----------------------------------------------------------------------------------------


async def test_what_was_handed_in_is_seen_with_its_files_and_judged(office: Dashboard) -> None:
    number = await given(office)
    browser = await office.signed_in("evaluator", name="Bu Rina")
    listed = await browser.open("/admin/tasks")
    assert "Teks syarat layanan Maria Tefa Pelayanan Prima, Selasa–Rabu, 1–2 Desember 2026" in listed.text
    here = f"/admin/tasks/menilai/{number}"
    page = await browser.open(here)
    assert WORDS in page.text
    assert f'<img src="{here}/foto0"' in page.html
    photo, paper = await browser.open(f"{here}/foto0"), await browser.open(f"{here}/surat0")
    assert (photo.html, photo.headers["content-type"]) == ("foto", "image/jpeg")
    assert paper.headers["content-type"] == "application/octet-stream"
    assert paper.headers["content-disposition"].startswith("attachment")
    looked = await send(browser, page, "Lihat nilainya", **GOOD, remark="Sudah rapi. NIK 5371012345670001")
    assert "Nilai 66,67 dari 100: lulus." in looked.text
    assert "5371012345670001" not in looked.text
    assert (await marks(office), await acts(office)) == ([], [])
    done = await browser.press(looked, "Simpan penilaian")
    assert "Tersimpan." in done.text
    assert await marks(office) == [("Bu Rina", (3, 3, 3, 3), False)]
    assert (await states(office), await acts(office)) == (["passed"], ["tasks.assess"])
    assert (await browser.press(looked, "Simpan penilaian")).status == 404
    assert [(await browser.open(path)).status for path in (here, f"{here}/foto0")] == [404, 404]


async def test_a_level_is_wanted_for_each_criterion_and_what_was_typed_stays(office: Dashboard) -> None:
    number = await given(office)
    browser = await office.signed_in("evaluator")
    page = await browser.open(f"/admin/tasks/menilai/{number}")
    for wrong in ({"level.2": ""}, {"level.2": "5"}, {"level.2": "x"}):
        refused = await send(browser, page, "Lihat nilainya", **{**GOOD, **wrong}, remark="Sudah rapi.")
        assert (refused.status, "satu tingkat untuk setiap kriteria" in refused.text) == (422, True)
        assert "Sudah rapi." in refused.text
    long = await send(browser, page, "Lihat nilainya", **GOOD, remark="a" * 501)
    assert (long.status, "501" in long.text) == (422, True)
    assert await marks(office) == []


async def test_a_revision_is_asked_for(office: Dashboard) -> None:
    number = await given(office)
    browser = await office.signed_in("evaluator", name="Bu Rina")
    await assess(browser, number, button="Minta revisi", **{"level.0": "1"})
    assert await marks(office) == [("Bu Rina", (1, 3, 3, 3), True)]
    assert await states(office) == ["revision"]


async def test_two_mark_it_blind_and_a_third_has_the_last_word(office: Dashboard) -> None:
    number = await given(office, twice=True)
    first, second, third = [await office.signed_in("evaluator", name=name) for name in ("Satu", "Dua", "Tiga")]
    await assess(first, number)
    assert await states(office) == ["assessed"]
    assert "menilai/" not in (await first.open("/admin/tasks")).html
    assert (await first.open(f"/admin/tasks/menilai/{number}")).status == 404
    blind = await second.open(f"/admin/tasks/menilai/{number}")
    assert ["Sudah rapi." in blind.text, "66,67" in blind.text] == [False, False]
    await assess(second, number, **{"level.0": "1", "level.1": "1"})
    assert await states(office) == ["assessed"]
    last = await third.open(f"/admin/tasks/menilai/{number}")
    assert ["3 3 3 3" in last.text, "1 1 3 3" in last.text] == [True, True]
    await assess(third, number)
    assert await states(office) == ["passed"]


async def test_nobody_judges_their_own_work_nor_twice_as_somebody_else(office: Dashboard) -> None:
    own, other = await given(office), await given(office, of=1, twice=True)
    browser = await office.signed_in("evaluator", name="Maria")
    async with office.database.write() as transaction:
        people = await tasks.attended(transaction, SESSION.key)
        known = await tasks.participants(transaction, office.vault, people)
        maria = next(one.respondent_id for one in known if one.name == STAFF[0].name)
        row = {"id": 7, "channel": "webchat", "lookup": b"7" * 32, "external": b"", "respondent_id": maria}
        await transaction.run(insert(address), [row])
        await admins.connect(transaction, office.numbers["Maria"], 7)
    assert (await browser.open(f"/admin/tasks/menilai/{own}")).status == 404
    assert (await browser.open(f"/admin/tasks/menilai/{other}")).status == 200
    mark = submissions.Assessment(
        submission_id=other,
        assessor=f"respondent:{maria}",
        levels={line.key: 3 for line in USUAL},
        remark="",
        at=AFTER,
        revise=False,
    )
    async with office.database.write() as transaction:
        await submissions.assess(transaction, office.vault, mark)
    assert (await browser.open(f"/admin/tasks/menilai/{other}")).status == 404


async def test_who_is_bound_sees_their_own_people_alone(office: Dashboard) -> None:
    number = await given(office)
    theirs = await office.signed_in("evaluator", "kel_nbd", name="Satu")
    elsewhere = await office.signed_in("evaluator", "kel_nbs", name="Dua")
    viewer = await office.signed_in("viewer", name="Tiga")
    paths = (f"/admin/tasks/menilai/{number}", f"/admin/tasks/menilai/{number}/foto0", f"/admin/tasks/{KEY}")
    assert [(await theirs.open(path)).status for path in paths] == [200, 200, 200]
    assert [(await elsewhere.open(path)).status for path in paths] == [404, 404, 403]
    assert [(await viewer.open(path)).status for path in paths] == [403, 403, 403]
    page = await elsewhere.open("/admin/tasks")
    assert ["Maria" in page.text, "Teks syarat" in page.text] == [False, False]
    for odd in ("0", "abc", "9" * 30, "-1", "%00"):
        assert (await theirs.open(f"/admin/tasks/menilai/{odd}")).status == 404, odd
        assert (await theirs.open(f"/admin/tasks/{odd}")).status == 404, odd


# ---- setting and giving -----------------------------------------------------------------------------


async def test_a_task_is_set_and_given_to_those_who_are_ticked(office: Dashboard) -> None:
    browser = await office.signed_in("evaluator")
    page = await browser.open(f"/admin/tasks/_new?session={SESSION.key}")
    saved = await send(
        browser, page, "Simpan tugas", title="Nota dinas", instruction="Buat satu nota dinas.", due="2026-12-20",
        assessor="office", evidence=["text", "doc"], double="50",
    )  # fmt: skip
    assert "Tersimpan." in saved.text
    assert "Hadir dan belum mendapat tugas ini: 6" in saved.text
    async with office.database.read() as transaction:
        made = await tasks.one(transaction, f"{SESSION.key}-2")
        people = await tasks.attended(transaction, SESSION.key)
    assert made is not None
    assert (made.title, sorted(made.evidence), made.assessor) == ("Nota dinas", ["doc", "text"], "office")
    assert made.double == 50
    assert (made.rubric, made.due.astimezone(AFTER.tzinfo).date().isoformat()) == (USUAL, "2026-12-20")
    done = await send(browser, saved, "Berikan kepada mereka", who=[str(one) for one in people[:2]])
    assert "Sudah diberikan." in done.text
    assert "Hadir dan belum mendapat tugas ini: 4" in done.text
    async with office.database.read() as transaction:
        have = await tasks.of_task(transaction, made.key)
    assert ({one.respondent_id for one in have}, sum(one.double for one in have)) == (set(people[:2]), 1)
    assert await acts(office) == ["tasks.assign", "tasks.assign"]
    nobody = await send(browser, done, "Berikan kepada mereka", who=None)
    assert (nobody.status, "sedikitnya satu orang" in nobody.text) == (409, True)
    stranger = await send(browser, done, "Berikan kepada mereka", who=["17"])
    assert (stranger.status, "tidak hadir" in stranger.text) == (409, True)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": " "}, "judul"),
        ({"evidence": None}, "sedikitnya satu"),
        ({"due": "besok"}, "“besok” bukan tanggal"),
        ({"due": "2026-12-01"}, "lewat"),
        ({"double": "150"}, "100"),
        ({"rubric": "Isi | 60\nBentuk | 30"}, "90"),
        ({"rubric": "Isi enam puluh"}, "“Isi enam puluh” bukan kriteria"),
        ({"assessor": "siapa"}, "siapa"),
        ({"session": "tidak_ada"}, "angkatan"),
    ],
)
async def test_a_task_that_cannot_be_is_said_and_the_form_stays(
    office: Dashboard, wrong: dict[str, object], words: str
) -> None:
    browser = await office.signed_in("evaluator")
    page = await browser.open(f"/admin/tasks/_new?session={SESSION.key}")
    filled: dict[str, object] = {"title": "Nota dinas", "instruction": "Buat satu nota dinas.", **wrong}
    refused = await send(browser, page, "Simpan tugas", **filled)
    assert (refused.status, words in refused.text) == (422, True), refused.text
    assert "Buat satu nota dinas." in refused.text
    async with office.database.read() as transaction:
        assert len(await tasks.of_session(transaction, SESSION.key)) == 1


async def test_a_task_is_changed_and_its_rubric_stays_where_it_was_not_touched(office: Dashboard) -> None:
    browser = await office.signed_in("evaluator")
    page = await browser.open(f"/admin/tasks/{KEY}/ubah")
    await send(browser, page, "Simpan tugas", title="Teks syarat", double="0")
    async with office.database.read() as transaction:
        made = await tasks.one(transaction, KEY)
    assert made == task(title="Teks syarat", double=0)
    own = await send(browser, page, "Simpan tugas", rubric="Isi | 60\r\nBentuk | 40 | a | b | c | d")
    assert ["Isi: 60%" in own.text, "Bentuk: 40%" in own.text] == [True, True]


async def test_who_is_bound_sets_tasks_for_their_own_trainings_alone(office: Dashboard) -> None:
    async with office.database.write() as transaction:
        await trainings.put(transaction, replace(TRAINING, units=frozenset()), AFTER)
    browser = await office.signed_in("evaluator", "kel_nbd")
    assert "Belum ada angkatan Bapak/Ibu" in (await browser.open("/admin/tasks/_new")).text
    ticket = (await browser.open("/admin/me")).form("Simpan")[1]["ticket"]
    forged = {"ticket": ticket, "session": SESSION.key, "title": "x", "instruction": "y", "evidence": "text"}
    refused = await browser.post("/admin/tasks/put", forged)
    assert refused.status == 422
    assert (await browser.post("/admin/tasks/give", {"ticket": ticket, "task": KEY, "who": "1"})).status == 403
