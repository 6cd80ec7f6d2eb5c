"""Somebody with every table, every row number and every byte of the files tries to find out who said what.

They know who took part and in which order, and they read all answers. They sort both by everything there is and lay the
one beside the other: of forty people they find no more than luck gives them.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import struct
from collections.abc import AsyncIterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import text

from bot.wording import catalogue
from handlers.attending import attend
from storage import deliveries, erasing, shuffling, surveys
from storage.deliveries import Mark
from storage.errors import StorageError
from storage.people import lookup_of
from surveys import notation
from surveys.engine import load_session
from surveys.messages import Address
from surveys.xlsform import read
from tests.office import NOTHING_SEALED, NOW, Office, open_office, text_of

PEOPLE = 40
GROUP = 10
"""So many have finished when the answers are moved."""
LUCK = 18
"""With four groups of ten luck finds four; eighteen and more come once in ten million tries."""

FORM = b"""
| survey |
| | type | name | label::Bahasa Indonesia (id) | required |
| | text | isi | Apa yang perlu diperbaiki? | yes |
| | select_one ab | nilai | Pilih satu. | yes |

| choices |
| | list_name | name | label::Bahasa Indonesia (id) |
| | ab | a | Alfa |
| | ab | b | Bravo |

| settings |
| | form_title | form_id | default_language | chat_anonymous | chat_once |
| | Suara | suara | Bahasa Indonesia (id) | always | yes |
"""


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with open_office(database_url) as opened:
        survey, _ = read(FORM, file_type=".md", name_hint="suara")
        async with opened.database.write() as transaction:
            await surveys.publish(
                transaction,
                name="suara",
                version=1,
                notation=orjson.dumps(notation.dump(survey)),
                source=None,
                source_type="",
                now=NOW,
            )
        opened.reception.library.outdated()
        house = replace(opened.reception.house, say=lambda language: catalogue(language).gettext)
        opened.inbox._reception = replace(opened.reception, attend=attend, house=house)
        yield opened


def said_by(person: int) -> str:
    return f"Rahasia nomor {person * 7919 % 1009:04d} tentang jalan"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> object:
        return self.now


async def play(office: Office, *, tidy: bool = True) -> list[int]:
    """Everybody answers, in groups; after each group the answers are moved. People in the order they finished.
    ``tidy``: what the moving leaves behind is taken away, as the program does."""
    clock = Clock()
    office.inbox._clock = clock  # type: ignore[assignment]
    order = list(range(PEOPLE))
    random.Random(5).shuffle(order)
    task = asyncio.create_task(office.inbox.run())
    number = 0
    for start in range(0, PEOPLE, GROUP):
        for person in order[start : start + GROUP]:
            for words in ("/start suara", said_by(person), "Alfa" if person % 2 else "Bravo", "Kirim"):
                number += 1
                clock.now += timedelta(seconds=7)
                await office.inbox.submit(text_of(9000 + person, number, words))
                office.sender.marks += [
                    Mark(id=one.id, address_id=one.address_id, outcome="sent") for one in office.sender.leased
                ]
                office.sender.leased.clear()
        before_the_shuffle(office)
        async with office.database.write() as transaction:
            moved, _ = await shuffling.shuffle(transaction, office.vault, sealed=NOTHING_SEALED, all_of_them=False)
        assert moved == GROUP
        if tidy:
            assert await erasing.truncated(office.database)
    office.inbox.close()
    await task
    if tidy:
        await erasing.rewrite(office.database)
    return order


def before_the_shuffle(office: Office) -> None:
    """No byte of the files shows what the last group said: it is sealed wherever it is."""
    for path in files(office):
        data = path.read_bytes()
        shown = [person for person in range(PEOPLE) if said_by(person).encode() in data]
        assert len(shown) % GROUP == 0, "what was said is readable before it was moved"


def files(office: Office) -> list[Path]:
    name = office.database.engine.url.database
    if not office.database.sqlite or name is None:
        return []
    return [path for path in (Path(name), Path(f"{name}-wal")) if path.exists()]


async def test_who_said_what_cannot_be_found_out(office: Office) -> None:
    finished = await play(office)
    people = await sortings_of_people(office, finished)
    answers = await sortings_of_answers(office)
    assert {len(one) for one in people.values()} == {len(one) for one in answers.values()} == {PEOPLE}
    for (how, who), (sorting, what) in product(people.items(), answers.items()):
        found = sum(said_by(person) == words for person, words in zip(who, what, strict=True))
        backwards = sum(said_by(person) == words for person, words in zip(reversed(who), what, strict=True))
        assert max(found, backwards) < LUCK, f"people by {how} beside answers by {sorting}: {found} of {PEOPLE}"


async def sortings_of_people(office: Office, finished: Sequence[int]) -> dict[str, list[int]]:
    """Everybody who took part, in every order that the store knows."""
    names = {lookup_of(Address("telegram", str(9000 + person)), office.vault): person for person in range(PEOPLE)}
    found = {"when they finished": list(finished)}
    hidden = ("rowid",) if office.database.sqlite else ("ctid", "xmin::text::bigint")
    tables = {
        "address": ("id", *hidden),
        "respondent": ("id", *hidden),
        "delivery": ("max(delivery.id)", "max(done_at)"),
    }
    for table, orders in tables.items():
        for order in orders:
            grouped = " GROUP BY address.lookup" if "max(" in order else ""
            key = order if "max(" in order else f"{table}.{order}"
            rows = await office.rows(
                "SELECT address.lookup FROM address JOIN respondent ON respondent.id = address.respondent_id"
                + (" JOIN delivery ON delivery.address_id = address.id" if table == "delivery" else "")
                + f"{grouped} ORDER BY {key}"
            )
            found[key] = [names[blob(row[0])] for row in rows]
    return found


def blob(value: object) -> bytes:
    assert isinstance(value, bytes)
    return value


async def sortings_of_answers(office: Office) -> dict[str, list[str]]:
    """Everything that was said, in every order that the store knows."""
    found = {}
    hidden = ("response.rowid",) if office.database.sqlite else ("response.ctid", "answer.ctid")
    for order in ("response.id", "response.completed_on, response.id", *hidden):
        rows = await office.rows(
            "SELECT answer.value FROM answer JOIN response ON response.id = answer.response_id "
            f"WHERE answer.place = 'isi' ORDER BY {order}"
        )
        found[order] = [str(row[0]) for row in rows]
    return found


async def test_no_column_leads_from_an_answer_to_a_person(office: Office) -> None:
    await play(office)
    assert await office.rows("SELECT DISTINCT respondent_id, started_at, completed_at FROM response") == [
        (None, None, None)
    ]
    assert await office.count("SELECT count(*) FROM session") == 0
    assert await office.count("SELECT count(*) FROM pending_response") == 0
    assert await office.count("SELECT count(*) FROM participation") == PEOPLE
    numbers = {row[0] for row in await office.rows("SELECT id FROM response")}
    elsewhere: set[object] = set()
    for table in ("respondent", "address", "delivery", "inbound", "media"):
        elsewhere |= {value for row in await office.rows(f"SELECT * FROM {table}") for value in row}
    assert not numbers & elsewhere
    assert await office.count("SELECT count(*) FROM delivery WHERE state = 'sent' AND body IS NOT NULL") == 0


async def test_the_transaction_that_wrote_the_answers_wrote_nothing_of_people(
    postgres_url: str, office: Office
) -> None:
    if office.database.sqlite:
        return
    await play(office)
    wrote = {table: {row[0] for row in await office.rows(f"SELECT xmin::text FROM {table}")} for table in TABLES}
    answers = wrote["response"] | wrote["answer"]
    assert len(answers) == PEOPLE // GROUP
    for table in ("respondent", "address", "participation", "delivery", "inbound"):
        assert not answers & wrote[table]


TABLES = ("response", "answer", "respondent", "address", "participation", "delivery", "inbound")


async def test_fewer_than_five_wait_for_the_night(office: Office) -> None:
    task = asyncio.create_task(office.inbox.run())
    number = 0
    for person in range(4):
        for words in ("/start suara", said_by(person), "Alfa", "Kirim"):
            number += 1
            await office.inbox.submit(text_of(9000 + person, number, words))
    async with office.database.write() as transaction:
        assert await shuffling.shuffle(transaction, office.vault, sealed=NOTHING_SEALED, all_of_them=False) == (0, [])
    assert await office.count("SELECT count(*) FROM response") == 0
    assert await office.count("SELECT count(*) FROM pending_response") == 4
    async with office.database.write() as transaction:
        assert await shuffling.shuffle(transaction, office.vault, sealed=NOTHING_SEALED, all_of_them=True) == (4, [])
    assert sorted(await office.rows("SELECT value FROM answer WHERE place = 'isi'")) == sorted(
        (said_by(person),) for person in range(4)
    )
    office.inbox.close()
    await task


async def test_pending_bodies_are_of_few_lengths(office: Office) -> None:
    task = asyncio.create_task(office.inbox.run())
    number = 0
    for person, words in enumerate(("ya", "x" * 100, "y" * 200)):
        for line in ("/start suara", words, "Alfa", "Kirim"):
            number += 1
            await office.inbox.submit(text_of(9000 + person, number, line))
    assert await office.count("SELECT count(DISTINCT length(body)) FROM pending_response") == 1
    office.inbox.close()
    await task


async def test_what_was_erased_leaves_no_bytes(office: Office) -> None:
    await play(office)
    async with office.database.write() as transaction:
        await deliveries.erase_handed(transaction, NOW + timedelta(days=1))
        await transaction.run(text("DELETE FROM answer"))
    await office.database.close()
    for path in files(office):
        if path.suffix == ".sqlite3":
            assert [person for person in range(PEOPLE) if said_by(person).encode() in path.read_bytes()] == []


# ---- with the keys, in what was deleted -----------------------------------------------------------------


@pytest.mark.parametrize("tidy", [False, True])
async def test_what_was_deleted_tells_nothing_even_with_the_keys(office: Office, tmp_path: Path, tidy: bool) -> None:
    """Whoever has the keys reads conversations that are over, as long as something of them is left."""
    await play(office, tidy=tidy)
    found = in_the_log(office, tmp_path) if office.database.sqlite else await in_the_pages(office)
    assert (found == set()) is tidy


def in_the_log(office: Office, folder: Path) -> set[int]:
    """Respondents whose anonymous answer stands in a conversation that SQLite's log remembers: the database is looked
    at as it was at every commit of the log."""
    here = files(office)
    data = [path.read_bytes() for path in here]
    log = data[1] if len(data) > 1 else b""
    if not log:
        return set()
    page = struct.unpack(">I", log[8:12])[0]
    found: set[int] = set()
    for end in range(32 + 24 + page, len(log) + 1, 24 + page):
        head = log[end - page - 24 : end - page]
        if head[8:16] != log[16:24] or not struct.unpack(">I", head[4:8])[0]:
            continue
        (folder / "then.sqlite3").write_bytes(data[0])
        (folder / "then.sqlite3-wal").write_bytes(log[:end])
        with closing(sqlite3.connect(folder / "then.sqlite3")) as then, suppress(sqlite3.DatabaseError):
            for number, respondent, state in then.execute("SELECT id, respondent_id, state FROM session"):
                found |= answered(office, number, respondent, state)
        for path in folder.glob("then.*"):
            path.unlink()
    return found


async def in_the_pages(office: Office) -> set[int]:
    """The same from the pages of the table, as a superuser of PostgreSQL sees them."""
    async with office.database.write() as transaction:
        await transaction.run(text("CREATE EXTENSION IF NOT EXISTS pageinspect"))
    found: set[int] = set()
    for page in range(await office.count("SELECT pg_relation_size('session') / 8192")):
        rows = await office.rows(
            f"SELECT t_attrs FROM heap_page_item_attrs(get_raw_page('session', {page}), 'session'::regclass, true) "
            "WHERE t_attrs IS NOT NULL"
        )
        for row in rows:
            values: Any = row[0]
            number, respondent = (struct.unpack("<q", values[at])[0] for at in (0, 1))
            found |= answered(office, number, respondent, bytes(values[4]))
    return found


def answered(office: Office, number: int, respondent: int, state: bytes) -> set[int]:
    try:
        session = load_session(office.vault.unseal(b"session/state/%d" % number, state))
    except StorageError:
        return set()
    return {respondent for place in session.answers if place.name == "isi"}
