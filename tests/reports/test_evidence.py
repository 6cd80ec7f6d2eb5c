"""The evidence sheet of a training, read from what is stored and worked out by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.wording import catalogue
from insights.figures import Figure
from insights.scales import Reaction
from outreach.enrolment import Enrolment
from outreach.tasks import Task, usual_due
from reports import _evidence_document as evidence_document
from reports._evidence_words import formula, line, name, number
from reports.base import Batch, ReportError
from reports.evidence import Sheet, evidence_sheet, service_spans
from reports.render import xlsx
from storage import enrolments, submissions, tasks, trainings
from storage.database import Database, Transaction
from storage.submissions import Assessment
from storage.tables import answer, response, survey
from storage.vault import Vault
from tests.office import WITA
from tests.reports.office import Office
from tests.reports.test_collected import TEST, form
from tests.trainings_office import HEAD, SESSION, STAFF, TRAINING, respondents, set_up

NOW = datetime(2026, 12, 3, 1, tzinfo=UTC)
KEY = f"{SESSION.key}-1"


async def asked(
    transaction: Transaction,
    number: int,
    given: dict[str, str],
    *,
    on: date,
    test: bool = False,
    person: int | None = None,
) -> None:
    """One complete answer to the survey of needs."""
    await transaction.run(
        insert(response).values(
            id=number, survey_id=1, respondent_id=person, state="complete", language="id", test=test, completed_on=on
        )
    )
    rows = [{"response_id": number, "place": place, "value": value} for place, value in given.items()]
    await transaction.run(insert(answer), rows)


async def needs(transaction: Transaction, people: Sequence[int]) -> None:
    await transaction.run(
        insert(survey).values(
            id=1, name="tna_asn", version=1, state="open", notation=b"", published_at=NOW - timedelta(days=90)
        )
    )
    before, staff = date(2026, 10, 1), {"unit": "kel_nbd", "jabatan": "pelaksana", "std": "2"}
    levels = [(1, 5), (1, 5), (2, 4), (2, 4), (1, 5), (2, 4)]
    for place, (level, important) in enumerate(levels):
        service = {"tek_layanan": "2", "tek_layanan_butuh": "4"} if place else {}
        said = {**staff, "pelayanan_publik": str(level), "pelayanan_publik_penting": str(important), **service}
        person = people[place]
        if place == 1:  # somebody who answered again: the last word counts
            await asked(transaction, 50, {**said, "pelayanan_publik": "5"}, on=date(2026, 9, 1), person=person)
        await asked(transaction, 100 + place, said, on=before, person=person)
    low = {"pelayanan_publik": "1", "pelayanan_publik_penting": "5"}
    await asked(transaction, 200, {**staff, **low, "unit": "kel_nbs"}, on=before)
    await asked(transaction, 201, {**staff, **low}, on=SESSION.first.date)
    await asked(transaction, 202, {**staff, **low}, on=before, test=True)


async def takes_part(transaction: Transaction, vault: Vault, people: Sequence[int]) -> None:
    """Six were there, one was not, one called off."""
    states = ["attended"] * 6 + ["absent", "cancelled"]
    await enrolments.keep(
        transaction,
        vault,
        [
            Enrolment(person=str(one), session=SESSION.key, state=state, since=NOW)  # type: ignore[arg-type]
            for one, state in zip(people, states, strict=True)
        ],
    )


async def works(transaction: Transaction, vault: Vault, people: Sequence[int]) -> None:
    """Five were assessed (three at level 3, one at 4, one at 2), one of them twice; the sixth waits."""
    task = Task(key=KEY, session=SESSION.key, title="Teks syarat", instruction="Susun.", due=usual_due(SESSION, WITA))
    await tasks.put(transaction, task)
    await tasks.put(transaction, replace(task, key=f"{SESSION.key}-2", title="Lain"))
    given = await tasks.assign(transaction, task, people, twice={people[0]}, now=NOW)
    by_person = {one.respondent_id: one for one in given}
    for place, person in enumerate(people):
        one = by_person[person]
        handed_in = await submissions.hand_in(transaction, vault, one.id, "Ini.", [], now=NOW)
        if place == 5:
            await tasks.move(transaction, one.id, "handed_in", NOW)
            continue
        level = (3, 3, 3, 4, 2)[place]
        await judged(transaction, vault, handed_in.id, "respondent:1", (level,) * 4, minute=1)
        if place == 0:
            await judged(transaction, vault, handed_in.id, "admin:2", (3, 3, 3, 4), minute=2)
        await tasks.move(transaction, one.id, "not_yet" if level == 2 else "passed", NOW)


async def judged(
    transaction: Transaction, vault: Vault, submission: int, by: str, levels: Sequence[int], *, minute: int
) -> None:
    keys = ("kesesuaian", "ketepatan", "kemanfaatan", "ketepatan_waktu")
    await submissions.assess(
        transaction,
        vault,
        Assessment(
            submission_id=submission,
            assessor=by,
            levels=dict(zip(keys, levels, strict=True)),
            remark="",
            at=NOW + timedelta(minutes=minute),
            revise=False,
        ),
    )


@pytest.fixture
async def filled(database: Database, vault: Vault) -> None:
    async with database.write() as transaction:
        await set_up(transaction, vault, now=NOW)
    _head, *staff = await respondents(database, vault, entries=(HEAD, *STAFF[:8]), now=NOW)
    async with database.write() as transaction:
        await needs(transaction, staff)
        await takes_part(transaction, vault, staff)
        await works(transaction, vault, staff[:6])


def values(figures: Sequence[Figure]) -> list[tuple[str, Decimal | None, int | None]]:
    return [(one.key, number(one), one.n) for one in figures]


async def sheet(database: Database, vault: Vault, *, names: bool = False) -> Sheet:
    async with database.read() as transaction:
        return await evidence_sheet(transaction, vault, SESSION.key, names=names)


@pytest.mark.usefixtures("filled")
async def test_for_a_reader_who_may_see_names(database: Database, vault: Vault) -> None:
    found = await sheet(database, vault, names=True)
    assert values(found.evidence.need) == [
        # levels 1 1 2 2 1 2, importance 5 5 4 4 5 4, standard 2: (I - C) is 4 4 2 2 4 2, mean 3; 3 x 4.5
        ("need.pelayanan_publik.below", Decimal("0.5000"), 6),
        ("need.pelayanan_publik.gap", Decimal("0.50"), 6),
        ("need.pelayanan_publik.mwds", Decimal("13.50"), 6),
        ("need.pelayanan_publik.rds", Decimal("-100.00"), 6),
        # five at 2 who need 4: 2 x 4
        ("need.tek_layanan.below", Decimal("1.0000"), 5),
        ("need.tek_layanan.gap", Decimal("2.00"), 5),
        ("need.tek_layanan.mwds", Decimal("8.00"), 5),
        ("need.tek_layanan.rds", Decimal("-100.00"), 5),
    ]
    # meant for: ten of the staff and their head; seven had a place; six were there
    assert values(found.evidence.reach) == [
        ("reach.enrolled", Decimal("0.6364"), 11),
        ("reach.attended", Decimal("0.8571"), 7),
    ]
    # (3 x 66.67 + 100 + 33.33) / 5; one marked twice: 3 of 4 levels alike
    assert values(found.evidence.task) == [
        ("task.assessed", Decimal("0.8333"), 6),
        ("task.score", Decimal("66.67"), 5),
        ("task.passed", Decimal("0.8000"), 5),
        ("task.exact", Decimal("0.7500"), 4),
        ("task.adjacent", Decimal("1.0000"), 4),
        ("task.kappa", None, 4),
    ]
    assert found.evidence.missing == ("l1", "l2", "l3")
    assert [one.key for one in found.evidence.index if one.shown] == ["index.task"]
    assert found.others == (f"{SESSION.key}-2",)


@pytest.mark.usefixtures("filled")
async def test_few_people_are_not_shown(database: Database, vault: Vault) -> None:
    found = await sheet(database, vault)
    shown = {one.key for section in ("need", "reach", "task") for one in getattr(found.evidence, section) if one.shown}
    assert shown == {
        "need.pelayanan_publik.gap", "need.pelayanan_publik.mwds", "need.pelayanan_publik.rds",
        "need.tek_layanan.gap", "need.tek_layanan.mwds", "need.tek_layanan.rds",
        "task.score",
    }  # fmt: skip
    assert all(one.value is None and one.n is None for one in found.evidence.reach)


@pytest.mark.usefixtures("filled")
async def test_as_json(database: Database, vault: Vault) -> None:
    found = await sheet(database, vault)
    said = json.loads(evidence_document.as_json(found, office="Kecamatan Alak", now=NOW, timezone=WITA))
    assert said["format"] == "suara-evidence-1"
    assert said["made_at"] == "2026-12-03T09:00:00+08:00"
    assert said["session"] == {"key": SESSION.key, "days": ["2026-12-01", "2026-12-02"]}
    assert said["missing"] == ["l1", "l2", "l3"]
    assert said["task"][1] == {
        "key": "task.score",
        "value": 66.67,
        "unit": "points 0-100",
        "n": 5,
        "formula": "mean of sum of weight x (level - 1) / 3",
        "reason": None,
        "note": None,
    }
    assert said["reach"][0]["value"] is None
    assert said["reach"][0]["n"] is None
    assert [len(said[section]) for section in ("need", "reach", "l1", "l2", "l3", "l4", "index")] == [
        8,
        2,
        8,
        5,
        1,
        6,
        5,
    ]


@pytest.mark.usefixtures("filled")
async def test_as_a_workbook(database: Database, vault: Vault, tmp_path: Path) -> None:
    import openpyxl

    found = await sheet(database, vault)
    made = evidence_document.tables(found, office="Kecamatan Alak", now=NOW, timezone=WITA, say=str)
    path = tmp_path / "bukti.xlsx"
    with xlsx.writing(path, [table for table, _rows in made], written=[]) as book:
        for place, (_table, rows) in enumerate(made):
            book.write(Batch(place, rows))
    read = openpyxl.load_workbook(path)
    assert read.sheetnames == ["About", "Evidence"]
    about = dict(read["About"].iter_rows(min_row=2, values_only=True))
    assert about["Training"] == "Pelayanan Prima"
    assert about["Missing for the index"] == "Level 1: feedback, Level 2: tests, Level 3: application"
    lines = {row[1]: row for row in read["Evidence"].iter_rows(min_row=2, values_only=True)}
    assert lines["Score of the task"] == (
        "Task", "Score of the task", 66.67, "points 0–100", 5, "mean of: sum of weight × (level − 1) / 3", None,
    )  # fmt: skip
    assert lines["Passed the task"] == (
        "Task", "Passed the task", "not shown", "share 0–1", None, "score ≥ 66 / assessed",
        "fewer than five people on one side",
    )  # fmt: skip


@pytest.mark.usefixtures("filled")
async def test_every_figure_has_a_name_and_a_formula_in_words(database: Database, vault: Vault) -> None:
    found = (await sheet(database, vault, names=True)).evidence
    for section in ("need", "reach", "l1", "l2", "task", "l4", "index"):
        for one in getattr(found, section):
            assert name(one.key, str) != one.key
            assert formula(one, lambda text: f"«{text}") != one.formula
            assert line(one, str).startswith(name(one.key, str))
    whole = found.index[-1]
    assert formula(whole, str) == "0.15 × feedback + 0.25 × tests + 0.3 × task + 0.3 × application; n: the smallest"


@pytest.mark.usefixtures("filled")
async def test_in_indonesian_no_code_and_no_point_is_left(database: Database, vault: Vault) -> None:
    say = catalogue("id").gettext
    found = (await sheet(database, vault, names=True)).evidence
    assert formula(found.index[-1], say) == (
        "0,15 × umpan balik + 0,25 × tes + 0,3 × tugas + 0,3 × penerapan; n: yang terkecil"
    )
    called = {"pelayanan_publik": "Pelayanan publik", "tek_layanan": "Loket dan pengaduan"}
    for section in ("need", "reach", "l1", "l2", "task", "l3", "l4", "index"):
        for one in getattr(found, section):
            words = " ".join((name(one.key, say, called), formula(one, say)))
            assert not re.search(r"_|\d\.\d|\btask\b|\bL[123] ", words), words


@pytest.mark.usefixtures("filled")
async def test_competences_have_their_names_where_the_survey_of_needs_is_published(
    database: Database, vault: Vault
) -> None:
    found = await sheet(database, vault, names=True)
    assert found.called == {}
    assert name("need.kerjasama.gap", str, {"kerjasama": "Kerja sama"}) == "Kerja sama: mean gap"


async def test_a_training_of_which_nothing_is_known(database: Database, vault: Vault) -> None:
    async with database.write() as transaction:
        await trainings.put(transaction, TRAINING, NOW)
        await trainings.announce(transaction, vault, SESSION)
    found = await sheet(database, vault, names=True)
    assert found.task is None
    assert found.evidence.missing == ("l1", "l2", "task", "l3")
    assert all(not one.shown for one in found.evidence.task)
    with pytest.raises(ReportError, match="There is no session"):
        async with database.read() as transaction:
            await evidence_sheet(transaction, vault, "tidak_ada")


async def test_the_whole_index(office: Office) -> None:
    """Feedback 4 everywhere: 75. Tests 0 before and 50 after: g 0.5, 50. Tasks: 66.67. Applied often: 75."""
    database, vault = office.database, office.vault
    async with database.write() as transaction:
        await set_up(transaction, vault, now=NOW)
    _head, *staff = await respondents(database, vault, entries=(HEAD, *STAFF[:8]), now=NOW)
    async with database.write() as transaction:
        await takes_part(transaction, vault, staff)
        await works(transaction, vault, staff[:6])
    feedback, own = await office.publish(form("l1_reaksi")), await office.publish(form("l3_peserta"))
    test = await office.publish(TEST)
    office.respondents.extend(staff)
    said = {one.name: "4" for one in fields(Reaction)} | {"nps": "9"}
    for place, person in enumerate(staff[:6]):
        first = 1000 + 10 * place
        await office.respond(feedback, said, response_id=first, anonymous=True, occasion=SESSION.key)
        before, after = {"satu_a": "a", "dua_a": "b"}, {"satu_b": "c", "dua_b": "b"}
        for later, which, given in ((1, "pre", before), (2, "post", after)):
            await office.respond(
                test, given, response_id=first + later, person=person, occasion=f"{SESSION.key}/{which}"
            )
        if place:
            applied = {"masih_bertugas": "ya", "terapan_1": "3"}
            await office.respond(own, applied, response_id=first + 3, person=person, occasion=f"{SESSION.key}/30")
    found = (await sheet(database, vault)).evidence
    assert values(found.index) == [
        ("index.l1", Decimal("75.00"), 6),
        ("index.l2", Decimal("50.00"), 6),
        ("index.task", Decimal("66.67"), 5),
        ("index.l3", Decimal("75.00"), 5),
        # 0.15 x 75 + 0.25 x 50 + 0.3 x 66.67 + 0.3 x 75
        ("index.ikp", Decimal("66.25"), 5),
    ]
    assert found.missing == ()


def test_the_service_is_compared_over_as_many_days_before_and_after() -> None:
    assert service_spans(SESSION) == (
        (date(2026, 9, 2), date(2026, 11, 30)),
        (date(2026, 12, 3), date(2027, 3, 2)),
    )
