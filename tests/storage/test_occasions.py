"""The same survey about several trainings: kept apart wherever answers are kept, joined, hidden and let go."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import orjson
import pytest
from sqlalchemy import insert, text

from storage import erasing, joining, occasions, retention
from storage.database import Database, Transaction
from storage.occasions import Part
from storage.responses import Pending
from storage.retention import Rule
from storage.shuffling import ENOUGH, shuffle
from storage.tables import answer, participation, respondent, response, session, survey
from storage.tables_training import attendance, enrolment, training, training_session
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from surveys.engine import dump_session
from surveys.session import OCCASION, Answer, Place, Session
from tests.office import NOTHING_SEALED

NOW = datetime(2026, 12, 3, 1, 0, tzinfo=UTC)
DAY = date(2026, 12, 3)
ONE, TWO, BOSS = 11, 22, 33
A, B = "pelayanan_prima-2026-12-01", "naskah-2026-12-01"
NAMES = ("l1_reaksi", "l3_peserta", "l3_atasan", "l2_uji")


async def prepare(transaction: Transaction) -> None:
    """Three people, four surveys."""
    for number, name in enumerate(NAMES, start=1):
        row = {"id": number, "name": name, "version": 1, "state": "open", "notation": b"", "published_at": NOW}
        await transaction.run(insert(survey), [row])
    for person in (ONE, TWO, BOSS):
        await transaction.run(
            insert(respondent), [{"id": person, "kind": "asn", "language": "id", "created_on": date(2026, 1, 1)}]
        )


async def answered(transaction: Transaction, number: int, person: int, survey_id: int, occasion: str) -> None:
    """They answered it on that occasion."""
    row = {
        "id": number, "survey_id": survey_id, "respondent_id": person, "state": "complete", "language": "id",
        "started_at": NOW, "completed_at": NOW, "completed_on": DAY, "occasion": occasion,
    }  # fmt: skip
    await transaction.run(insert(response), [row])
    await transaction.run(insert(answer), [{"response_id": number, "place": "terapan_1", "value": "3"}])
    took = {"respondent_id": person, "survey_name": NAMES[survey_id - 1], "occasion": occasion}
    await transaction.run(insert(participation), [took])


async def opened(transaction: Transaction, vault: Vault, number: int, person: int, occasion: str, answers: int) -> None:
    """They are answering the first survey on that occasion."""
    state = Session(
        survey=NAMES[0], version=1, language="id", started=NOW, touched=NOW, expires=NOW, seed=1,
        answers={Place(f"q{n}"): Answer("1") for n in range(answers)}, facts={OCCASION: occasion},
    )  # fmt: skip
    row = {
        "id": number, "respondent_id": person, "survey_id": 1, "response_id": None, "doing": "asking",
        "state": vault.seal(b"session/state/%d" % number, dump_session(state)), "touched_at": NOW, "expires_at": NOW,
    }  # fmt: skip
    await transaction.run(insert(session), [row])


async def rows(transaction: Transaction, statement: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await transaction.all(text(statement))]


async def test_anonymous_answers_wait_for_others_about_the_same_training(database: Database, vault: Vault) -> None:
    async with database.write() as transaction:
        await prepare(transaction)
        unit = UnitOfWork(transaction, vault, now=NOW)
        for occasion, many in ((A, ENOUGH - 1), (B, ENOUGH)):
            for _number in range(many):
                unit.put_pending(1, "id", False, [(Place("nps"), Answer("9"))], None, None, occasion=occasion)
        await unit.flush()
    async with database.write() as transaction:
        moved, _paths = await shuffle(transaction, vault, sealed=NOTHING_SEALED, all_of_them=False)
        assert moved == ENOUGH
        assert await rows(transaction, "SELECT occasion, count(*) FROM response GROUP BY 1") == [(B, ENOUGH)]
        await shuffle(transaction, vault, sealed=NOTHING_SEALED, all_of_them=True)
        assert await rows(transaction, "SELECT occasion, count(*) FROM response GROUP BY 1 ORDER BY 1") == [
            (B, ENOUGH),
            (A, ENOUGH - 1),
        ]


def test_what_waited_before_there_were_occasions_is_read(vault: Vault) -> None:
    body = orjson.dumps(["id", False, "2026-12-03", [["nps", "9", "", "", []]], None, None, []])
    sealed = vault.seal(b"pending/7", body)
    before = Pending("id", test=False, completed_on=DAY, answers=((Place("nps"), Answer("9")),), ticket=None,
                     pin_seal=None, media_ids=())  # fmt: skip
    assert Pending.unsealed(vault, 7, sealed) == before
    about = Pending("id", test=False, completed_on=DAY, answers=(), ticket=None, pin_seal=None, media_ids=(),
                    occasion=A)  # fmt: skip
    assert Pending.unsealed(vault, 8, about.sealed(vault, 8)) == about


async def test_joining_keeps_what_was_answered_about_different_trainings(database: Database, vault: Vault) -> None:
    async with database.write() as transaction:
        await prepare(transaction)
        await answered(transaction, 101, ONE, 2, f"{A}/30")
        await answered(transaction, 102, TWO, 2, f"{B}/30")
        await answered(transaction, 103, TWO, 2, f"{A}/30")
        await opened(transaction, vault, 201, ONE, A, 2)
        await opened(transaction, vault, 202, TWO, A, 1)
        await opened(transaction, vault, 203, TWO, B, 1)
        await joining.merge(transaction, vault, gone=ONE, into=TWO, once=NAMES, now=NOW)
        assert await rows(transaction, "SELECT id, respondent_id, state FROM response ORDER BY id") == [
            (101, TWO, "withdrawn"),
            (102, TWO, "complete"),
            (103, TWO, "complete"),
        ]
        assert await rows(transaction, "SELECT id FROM session ORDER BY id") == [(201,), (203,)]
        assert await rows(transaction, "SELECT respondent_id, occasion FROM participation ORDER BY 2") == [
            (TWO, f"{B}/30"),
            (TWO, f"{A}/30"),
        ]


async def test_of_two_attempts_at_a_test_the_first_counts(database: Database, vault: Vault) -> None:
    async with database.write() as transaction:
        await prepare(transaction)
        await answered(transaction, 101, ONE, 4, f"{A}/pre")
        await answered(transaction, 102, TWO, 4, f"{A}/pre")
        await answered(transaction, 103, TWO, 4, f"{A}/post")
        await joining.merge(transaction, vault, gone=ONE, into=TWO, once=NAMES, now=NOW)
        assert await rows(transaction, "SELECT id, state FROM response ORDER BY id") == [
            (101, "complete"),
            (102, "withdrawn"),
            (103, "complete"),
        ]


async def test_what_supervisors_said_of_either_is_about_the_one(database: Database, vault: Vault) -> None:
    async with database.write() as transaction:
        await prepare(transaction)
        await answered(transaction, 101, BOSS, 3, f"{A}/30/{ONE}")
        await answered(transaction, 102, BOSS, 3, f"{B}/30/{ONE}")
        await answered(transaction, 103, BOSS, 3, f"{B}/30/{TWO}")
        await joining.merge(transaction, vault, gone=ONE, into=TWO, once=NAMES, now=NOW)
        about = [(f"{A}/30/{TWO}",), (f"{B}/30/{TWO}",)]
        assert sorted(await rows(transaction, "SELECT DISTINCT occasion FROM response")) == sorted(about)
        assert sorted(await rows(transaction, "SELECT occasion FROM participation")) == sorted(about)


async def test_who_is_deleted_takes_along_what_supervisors_said(database: Database, vault: Vault) -> None:
    async with database.write() as transaction:
        await prepare(transaction)
        await answered(transaction, 101, BOSS, 3, f"{A}/30/{ONE}")
        await answered(transaction, 102, BOSS, 3, f"{A}/30/{TWO}")
        await answered(transaction, 103, BOSS, 2, f"{A}/30")
        await opened(transaction, vault, 201, BOSS, f"{A}/30/{ONE}", 1)
        await transaction.run(text("UPDATE session SET response_id = 101"))
        await erasing.erase(transaction, ONE, now=NOW)
        assert await rows(transaction, "SELECT id FROM response ORDER BY id") == [(102,), (103,)]
        assert await rows(transaction, "SELECT count(*) FROM session") == [(0,)]
        assert sorted(await rows(transaction, "SELECT occasion FROM participation")) == [
            (f"{A}/30",),
            (f"{A}/30/{TWO}",),
        ]


async def test_what_is_kept_long_enough_names_nobody_any_more(database: Database) -> None:
    async with database.write() as transaction:
        await prepare(transaction)
        await answered(transaction, 101, BOSS, 3, f"{A}/30/{ONE}")
        await answered(transaction, 102, ONE, 1, "")
    later = datetime(2028, 12, 4, 1, tzinfo=UTC)
    assert await retention.run(database, [Rule("answers", 730)], later) == {"answers": 2}
    async with database.read() as transaction:
        assert await rows(transaction, "SELECT respondent_id, occasion FROM response ORDER BY id") == [
            (None, f"{A}/30"),
            (None, ""),
        ]


@pytest.mark.parametrize(
    ("person", "part"),
    [
        ("11", Part(placed=True, attended=True)),
        ("22", Part(placed=True, attended=False)),
        ("33", Part(placed=False, attended=False)),
        ("44", Part(placed=False, attended=False)),
    ],
)
async def test_what_somebody_has_to_do_with_a_session(database: Database, person: str, part: Part) -> None:
    async with database.write() as transaction:
        await prepare(transaction)
        await transaction.run(insert(training).values(key="a", notation="{}", archived=False, changed_at=NOW))
        for key in (A, B):
            await transaction.run(
                insert(training_session).values(
                    key=key, training="a", notation="{}", first_on=DAY, last_on=DAY, settled=False, secret=b"x"
                )
            )
        for number, (who, state) in enumerate(((ONE, "enrolled"), (TWO, "enrolled"), (BOSS, "cancelled")), start=1):
            await transaction.run(
                insert(enrolment).values(
                    id=number, session=A, respondent_id=who, state=state, since=NOW, by="self", confirmed=False
                )
            )
        await transaction.run(
            insert(attendance).values(id=1, session=A, day=DAY, respondent_id=ONE, at=NOW, how="code", late=False)
        )
        assert await occasions.part_in(transaction, A, person) == part
        assert await occasions.part_in(transaction, B, person) == Part(placed=False, attended=False)
