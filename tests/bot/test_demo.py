"""The invented Alak: rows as real people leave them, the same for the same seed, and nothing that reaches anybody."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.app import open_store
from bot.config_file import load
from bot.demo import Filled, fill
from storage.database import Database

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Makassar"))
PEOPLE = 60


async def filled(folder: Path, seed: int) -> tuple[Filled, Database]:
    config = load(None, {"SUARA_DATA__FOLDER": str(folder)})
    database, vault, _ = await open_store(config)
    found = await fill(config, database, vault, people=PEOPLE, seed=seed, now=NOW, watch=lambda _done, _total: None)
    return found, database


async def rows(database: Database, statement: str) -> list[tuple[Any, ...]]:
    async with database.read() as transaction:
        return [tuple(row) for row in await transaction.all(text(statement))]


SAID = """
SELECT survey.name, response.state, answer.place, answer.value, answer.raw
FROM answer JOIN response ON response.id = response_id JOIN survey ON survey.id = survey_id
WHERE survey.name NOT LIKE 'l2_%' ORDER BY 1, 2, 3, 4, 5
"""
"""The form of a test is drawn for whom it is, and the numbers of people are random: it is left out."""


async def test_the_same_seed_gives_the_same_alak(tmp_path: Path) -> None:
    found = []
    for folder, seed in (("first", 1), ("second", 1), ("third", 2)):
        counted, database = await filled(tmp_path / folder, seed)
        found.append((counted, await rows(database, SAID)))
        await database.close()
    assert found[0] == found[1]
    assert found[0] != found[2]


TRAININGS = {
    "sessions that were held": "SELECT count(*) FROM training_session WHERE last_on < '2026-11-24' AND settled",
    "sessions to come": "SELECT count(*) FROM training_session WHERE first_on > '2026-11-24'",
    "who has a place to come": "SELECT count(*) FROM enrolment WHERE state = 'enrolled'",
    "who attended": "SELECT count(*) FROM enrolment WHERE state = 'attended'",
    "days there": "SELECT count(*) FROM attendance",
    "learning hours": "SELECT count(*) FROM learning_hours",
    "tests": "SELECT count(*) FROM response WHERE occasion LIKE '%/post' AND state = 'complete'",
    "feedback": "SELECT count(*) FROM response JOIN survey ON survey.id = survey_id WHERE survey.name = 'l1_reaksi'",
    "follow-up": "SELECT count(*) FROM response WHERE occasion LIKE '%/30' AND state = 'complete'",
    "handed in": "SELECT count(*) FROM submission",
    "assessed": "SELECT count(*) FROM assessment",
}


@pytest.mark.parametrize("seed", [7, 8, 2027])
async def test_its_rows_are_those_of_real_people(tmp_path: Path, seed: int) -> None:
    counted, database = await filled(tmp_path / "data", seed)
    empty = [name for name, statement in TRAININGS.items() if (await rows(database, statement))[0][0] == 0]
    assert empty == []
    one = {
        name: (await rows(database, statement))[0][0]
        for name, statement in {
            "people": "SELECT count(*) FROM respondent",
            "agreed": "SELECT count(*) FROM respondent WHERE kind = 'asn'",
            "agreements": "SELECT count(*) FROM consent WHERE action = 'given' AND purpose = 'survey'",
            "took part": "SELECT count(*) FROM participation",
            "complete": "SELECT count(*) FROM response WHERE state = 'complete'",
            "tickets": "SELECT count(*) FROM ticket",
            "aspirations": "SELECT count(*) FROM response WHERE state = 'complete' AND ticket IS NOT NULL",
            "anonymous with a time": "SELECT count(*) FROM response WHERE respondent_id IS NULL AND "
            "(started_at IS NOT NULL OR completed_at IS NOT NULL)",
            "open": "SELECT count(*) FROM session",
            "tests": "SELECT count(*) FROM response WHERE test",
            "faults": "SELECT count(*) FROM incident",
            "waiting": "SELECT count(*) FROM pending_response",
            "to be sent": "SELECT count(*) FROM delivery",
            "other channels": "SELECT count(*) FROM address WHERE channel <> 'demo'",
        }.items()
    }
    assert (one["people"], one["agreements"], one["aspirations"]) == (PEOPLE, one["agreed"], one["tickets"])
    assert (one["took part"], counted.tickets, counted.responses) == (
        one["complete"], one["tickets"], one["complete"]
    )  # fmt: skip
    nothing = ("anonymous with a time", "tests", "faults", "waiting", "to be sent", "other channels")
    assert {name: one[name] for name in nothing} == dict.fromkeys(nothing, 0)
    assert one["open"] > 0
    answered = await rows(
        database,
        "SELECT DISTINCT survey.name FROM response JOIN survey ON survey.id = survey_id "
        "WHERE response.state = 'complete' ORDER BY 1",
    )
    of_trainings = [("l1_reaksi",), ("l2_pelayanan_prima",), ("l3_peserta",)]
    assert answered == [("aspirasi",), *of_trainings, ("skm_alak",), ("tna_asn",)]
    assert {state for (state,) in await rows(database, "SELECT state FROM ticket")} >= {"new", "SELESAI"}
    assert await rows(database, "SELECT count(*) FROM response WHERE completed_on > '2026-11-24'") == [(0,)]
    for place in ("kompetensi", "perilaku", "tek_digital"):  # neither all alike nor evenly spread
        counts = await rows(database, f"SELECT count(*) FROM answer WHERE place = '{place}' GROUP BY value")
        numbers = [number for (number,) in counts]
        assert (len(numbers) > 1, max(numbers) / sum(numbers) > 0.35) == (True, True)
    await database.close()
