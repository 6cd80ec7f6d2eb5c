# ruff: noqa: E501 -- the row of a form is as wide as its columns
"""What was answered about one training, gathered for its evidence sheet, against figures worked out by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from fractions import Fraction

from sqlalchemy import event, insert

from bot.bundled import folder
from insights.collected import FollowUp
from insights.knowledge import Sitting, learning
from insights.scales import Reaction
from insights.service import ServiceAnswers
from reports._collected import l1, l2, l3, l4, spans
from storage.database import Transaction
from storage.responses import insert_responses, write_answers
from storage.tables_training import attendance, training, training_session
from tests.reports.office import BEGUN, Office

SESSION, OTHER = "pelayanan_prima-2026-12-01", "pelayanan_prima-2026-12-010"
TEST = """
| survey | type | name | label | form | key |
| | select_one ab | satu_a | Satu A? | A | b |
| | select_one ab | satu_b | Satu B? | B | c |
| | select_one ab | dua_a | Dua A? | A | a |
| | select_one ab | dua_b | Dua B? | B | a |

| choices | list_name | name | label |
| | ab | a | Alfa |
| | ab | b | Bravo |
| | ab | c | Charlie |

| settings | form_id | chat_once | chat_occasion |
| | l2_pelayanan_prima | yes | yes |
"""


def form(name: str) -> str:
    """One of those that come with the program."""
    return (folder("catalog").parent / "surveys" / "definitions" / f"{name}.md").read_text(encoding="utf-8")


@asynccontextmanager
async def counting(office: Office) -> AsyncIterator[tuple[Transaction, list[str]]]:
    """A transaction to read in, and the statements it makes."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            said.append(statement)

    async with office.database.read() as transaction:
        event.listen(office.database.engine.sync_engine, "before_cursor_execute", note)
        try:
            yield transaction, said
        finally:
            event.remove(office.database.engine.sync_engine, "before_cursor_execute", note)


async def were_there(office: Office, *people: int) -> None:
    async with office.database.write() as transaction:
        await transaction.run(insert(training).values(key="p", notation="{}", archived=False, changed_at=BEGUN))
        day = date(2026, 12, 1)
        await transaction.run(
            insert(training_session).values(
                key=SESSION, training="p", notation="{}", first_on=day, last_on=day, settled=True, secret=b"x"
            )
        )
        for person in people:
            await transaction.run(
                insert(attendance).values(
                    id=person, session=SESSION, day=day, respondent_id=person, at=BEGUN, how="code", late=False
                )
            )


async def test_feedback(office: Office) -> None:
    survey = await office.publish(form("l1_reaksi"))
    first = {"materi_kebutuhan": "4", "tujuan_jelas": "5", "nps": "9", "perbaikan": "Ruang panas", "pelatihan": "X"}
    await office.respond(survey, first, response_id=1, anonymous=True, occasion=SESSION)
    await office.respond(survey, {"nps": "0"}, response_id=2, anonymous=True, occasion=SESSION)
    await office.respond(survey, {"nps": "1"}, response_id=3, anonymous=True, occasion=OTHER)
    await office.respond(survey, {"nps": "1"}, response_id=4, anonymous=True, occasion=SESSION, test=True)
    await office.respond(survey, {"nps": "1"}, response_id=5, occasion=SESSION, state="stopped")
    async with counting(office) as (transaction, said):
        assert await l1(transaction, SESSION) == (
            Reaction(materi_kebutuhan=4, tujuan_jelas=5, nps=9),
            Reaction(nps=0),
        )
        assert len(said) == 1
        assert await l1(transaction, "naskah-2026-12-01") is None


async def test_scores_before_and_after(office: Office) -> None:
    survey = await office.publish(TEST)
    papers = (
        (11, "pre", {"satu_a": "b", "dua_a": "b"}),  # 50
        (11, "post", {"satu_b": "c", "dua_b": "a"}),  # 100
        (12, "pre", {"satu_b": "a", "dua_b": "b"}),  # 0
        (12, "post", {"satu_a": "b"}),  # 50: one left out
        (13, "post", {"satu_a": "a", "dua_a": "a"}),  # 50, no test before
    )
    for number, (person, which, given) in enumerate(papers, start=1):
        await office.respond(survey, given, response_id=number, person=person, occasion=f"{SESSION}/{which}")
    await office.respond(survey, {"satu_a": "b"}, response_id=9, person=14, occasion=f"{OTHER}/pre")
    async with counting(office) as (transaction, said):
        scores = await l2(transaction, SESSION)
        assert len(said) == 2
        assert await l2(transaction, "naskah-2026-12-01") is None
    assert scores is not None
    assert set(scores.sittings) == {Sitting(pre=50, post=100), Sitting(pre=0, post=50), Sitting(post=50)}
    found = learning(scores.sittings)
    assert (found.n_both, found.passed) == (2, 1)
    assert [found.mean_pre, found.mean_post] == [25, 75]
    assert found.hake is not None
    assert found.hake.value == Fraction(2, 3)


async def test_scores_of_people_who_are_not_known_any_more_stand_alone(office: Office) -> None:
    survey = await office.publish(TEST)
    for number, which in enumerate(("pre", "post"), start=1):
        await office.respond(
            survey, {"satu_a": "b", "dua_a": "a"}, response_id=number, anonymous=True, occasion=f"{SESSION}/{which}"
        )
    async with office.database.read() as transaction:
        scores = await l2(transaction, SESSION)
    assert scores is not None
    assert set(scores.sittings) == {Sitting(pre=100), Sitting(post=100)}


async def test_the_work_as_participants_and_supervisors_see_it(office: Office) -> None:
    own, boss = await office.publish(form("l3_peserta")), await office.publish(form("l3_atasan"))
    said_of_themselves = (
        (11, 30, {"masih_bertugas": "ya", "terapan_1": "3", "terapan_2": "4"}),
        (12, 30, {"masih_bertugas": "pindah"}),
        (13, 30, {"masih_bertugas": "ya", "terapan_1": "1"}),
        (11, 90, {"masih_bertugas": "ya", "terapan_1": "4", "terapan_2": "4"}),
    )
    for number, (person, step, given) in enumerate(said_of_themselves, start=1):
        await office.respond(own, given, response_id=number, person=person, occasion=f"{SESSION}/{step}")
    said_of_others = (
        (11, {"terapan_1": "2", "terapan_2": "9"}),
        (13, {"terapan_1": "1", "catatan": "2"}),
        (12, {"terapan_1": "3"}),
    )
    for number, (person, given) in enumerate(said_of_others, start=10):
        await office.respond(boss, given, response_id=number, person=99, occasion=f"{SESSION}/30/{person}")
    await office.respond(
        own, {"masih_bertugas": "ya", "terapan_1": "0"}, response_id=20, person=11, occasion=f"{OTHER}/30"
    )
    await were_there(office, 11, 12, 13, 99)
    async with counting(office) as (transaction, said):
        assert await l3(transaction, SESSION) == (
            FollowUp(
                days=30, asked=4, answers=((3, 4, None), (1, None, None)), moved=1,
                supervised=((3, 2), (4, None), (1, 1)),
            ),
            FollowUp(days=90, asked=4, answers=((4, 4, None),), moved=0, supervised=()),
        )  # fmt: skip
        assert len(said) == 2


SKM = """
| survey | type | name | label |
| | text | unit | Di mana? |
| | text | kompetensi | Kompetensi? |
| | text | perilaku | Perilaku? |

| settings | form_id | chat_anonymous |
| | skm_alak | always |
"""


async def test_the_service_before_and_after(office: Office) -> None:
    survey = await office.publish(SKM)
    async with office.database.write() as transaction:
        for number, (day, unit, value) in enumerate(
            ((date(2026, 9, 1), "kel_nbd", "2"), (date(2026, 9, 30), "kel_alak", "4"), (date(2027, 1, 5), "kel_nbd", "3"),
             (date(2026, 12, 1), "kel_nbd", "1")), start=1
        ):  # fmt: skip
            await insert_responses(
                transaction,
                [
                    {
                        "id": number,
                        "survey_id": survey,
                        "state": "complete",
                        "language": "id",
                        "test": False,
                        "completed_on": day,
                    }
                ],
            )
            row = {"raw": "", "other": "", "pages": "", "sealed": None, "response_id": number}
            await write_answers(
                transaction,
                {
                    (number, "unit"): {**row, "place": "unit", "value": unit},
                    (number, "perilaku"): {**row, "place": "perilaku", "value": value},
                },
            )
    before, after = (date(2026, 9, 1), date(2026, 9, 30)), (date(2027, 1, 1), date(2027, 1, 31))
    async with counting(office) as (transaction, said):
        found = await l4(transaction, ["kel_nbd"], before, after)
        assert len(said) == 1
        everywhere = await l4(transaction, [], before, after)
        assert await l4(transaction, ["kel_naioni"], before, after) is None
    assert found is not None
    assert (found.before, found.after) == ((ServiceAnswers(perilaku=2),), (ServiceAnswers(perilaku=3),))
    assert everywhere is not None
    assert len(everywhere.before) == 2


def test_the_service_is_looked_at_as_long_before_as_after() -> None:
    before, after = spans(date(2026, 12, 1), date(2026, 12, 2))
    assert (before, after) == ((date(2026, 9, 2), date(2026, 11, 30)), (date(2027, 1, 1), date(2027, 3, 31)))
    assert (before[1] - before[0]) == (after[1] - after[0])
