"""A small office for tests of the door and of delivery: a real database, and a desk that asks ten plain questions.

The desk stands in for the surveys' engine: what it is told becomes the answer to the question that stands, unless it
was written before the question was seen.
"""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import text

from handlers.inbox import Inbox
from handlers.library import Library
from handlers.receiving import Reception
from handlers.visit import Conversation, House, Moment, Visit
from storage import processes, surveys
from storage.database import Database, open_database
from storage.deliveries import Leased, Mark
from storage.migrating import migrate
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from surveys import notation
from surveys.messages import Address, Incoming, Outgoing, Press, Text, rows_of
from surveys.session import Answer, Place, Session
from surveys.survey import Survey

NOW = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)
NOTHING_SEALED: Mapping[int, frozenset[str]] = dict.fromkeys(range(1, 100), frozenset())
"""What a library says of surveys that ask for nothing personal."""
QUESTIONS = 10
WITA = ZoneInfo("Asia/Makassar")


def text_of(person: int | str, number: int, words: str, *, message: int | None = None) -> Incoming:
    """Somebody's update number ``number``."""
    return Incoming(
        address=Address("telegram", str(person)),
        external_id=str(number),
        reply=Text(words),
        sent_at=NOW,
        message_id=str(message if message is not None else number),
        language="id",
    )


@dataclass
class Desk:
    """Asks q0 … q9, one after the other; ``heard`` is every message in the order it was attended."""

    heard: list[tuple[str, str, bool]] = field(default_factory=list)
    """(external id of the address, words, unseen)"""
    secret: bool = False

    async def attend(
        self, visit: Visit, incoming: Incoming, *, unit: UnitOfWork, house: House, moment: Moment, unseen: bool
    ) -> None:
        reply = incoming.reply
        words = reply.text if isinstance(reply, Text) else reply.data if isinstance(reply, Press) else "?"
        self.heard.append((incoming.address.external_id, words, unseen))
        if words == "raise":
            raise ZeroDivisionError(words)
        if isinstance(reply, Press):
            visit.say(Outgoing(text="ditekan", acknowledges=reply.callback_id, edits=reply.message_id))
            return
        if words == "two":
            visit.say(Outgoing(text="satu"), Outgoing(text="dua"))
            return
        if words == "quiet":
            return
        if words == "again":
            visit.moved = True
            visit.say(Outgoing(text="Pertanyaan yang tadi?", tag="q"))
            return
        conversation = self._conversation(visit, unit, house, moment)
        asked = conversation.session.turn
        if asked and not unseen:
            place, answer = Place(f"q{asked - 1}"), Answer("ya", words, message_id=incoming.message_id)
            assert conversation.response_id is not None
            unit.put_answers(conversation.response_id, [(place, answer)])
            conversation.session = replace(
                conversation.session, answers={**conversation.session.answers, place: answer}, touched=moment.now
            )
        elif unseen:
            return
        if asked == QUESTIONS:
            conversation.over = True
            unit.finish_response(conversation.response_id or 0, "complete", moment.now)
            unit.note_participation(visit.respondent_id, "uji")
            visit.say(Outgoing(text="Terima kasih."))
            return
        conversation.session = replace(conversation.session, turn=asked + 1, at=Place(f"q{asked}"))
        conversation.changed = True
        visit.moved = True
        visit.say(Outgoing(text=f"Pertanyaan {asked}?", rows=rows_of(("ya", "tidak")), tag="q", secret=self.secret))

    def _conversation(self, visit: Visit, unit: UnitOfWork, house: House, moment: Moment) -> Conversation:
        if visit.conversations:
            return visit.conversations[-1]
        survey = house.surveys.newest()["uji"]
        session = Session(
            survey="uji",
            version=1,
            language="id",
            started=moment.now,
            touched=moment.now,
            expires=moment.now + timedelta(days=14),
            seed=1,
        )
        response_id = unit.response_id(anonymous=False)
        unit.open_response(response_id, survey.id, visit.respondent_id, "id", False, moment.now)
        conversation = Conversation(unit.new_id(), survey, session, response_id, changed=True, new=True)
        visit.conversations.append(conversation)
        visit.kind = "asn"
        visit.changed = True
        return conversation


@dataclass
class Posted:
    """Takes what is to be sent and keeps it; ``handlers.inbox.Sender``."""

    leased: list[Leased] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    done: list[Mark] = field(default_factory=list)
    queued: int = 0
    busy_with: set[int] = field(default_factory=set)

    def post(self, leased: Sequence[Leased]) -> None:
        self.leased.extend(leased)

    def busy(self, address_id: int) -> bool:
        return address_id in self.busy_with

    def behind(self, address_id: int) -> int:
        return sum(one.address_id == address_id for one in self.leased) if address_id in self.busy_with else 0

    def take_marks(self) -> list[Mark]:
        marks, self.marks = self.marks, []
        return marks

    def give_back(self, marks: Sequence[Mark]) -> None:
        self.marks[:0] = marks

    def written(self, marks: Sequence[Mark], *, queued: bool) -> None:
        self.done.extend(marks)
        self.queued += queued


@dataclass
class Office:
    """Everything a test of the door needs."""

    database: Database
    vault: Vault
    desk: Desk
    sender: Posted
    inbox: Inbox
    reception: Reception
    process: int = 1

    async def count(self, statement: str) -> int:
        """The first number of the first row."""
        async with self.database.read() as transaction:
            row = await transaction.first(text(statement))
        assert row is not None
        return int(row[0])

    async def rows(self, statement: str) -> list[tuple[object, ...]]:
        """Every row."""
        async with self.database.read() as transaction:
            return [tuple(row) for row in await transaction.all(text(statement))]


async def publish_test_survey(database: Database) -> int:
    """A survey "uji" without questions: the desk asks its own."""
    survey = Survey(name="uji", title={"id": "Uji"}, items=())
    async with database.write() as transaction:
        return await surveys.publish(
            transaction,
            name="uji",
            version=1,
            notation=orjson.dumps(notation.dump(survey)),
            source=None,
            source_type="",
            now=NOW,
        )


@asynccontextmanager
async def open_office(url: str, *, process: int = 1, batch: int = 200, prepare: bool = True) -> AsyncIterator[Office]:
    """An office on the database at ``url``, signed on as ``process``."""
    database = open_database(url)
    try:
        if prepare:
            await migrate(database)
            await publish_test_survey(database)
        async with database.write() as transaction:
            await processes.sign_on(transaction, process, NOW)
        vault = VAULT
        library, desk, sender = Library(), Desk(), Posted()
        house = House(
            surveys=library,
            say=lambda _language: str,
            languages=("id", "en"),
            timezone=WITA,
            office="Kecamatan Alak",
            seal=vault.lookup,
        )
        reception = Reception(house=house, library=library, attend=desk.attend, rng=random.Random(1), busy=sender.busy)
        inbox = Inbox(database, vault, reception, sender, clock=lambda: NOW, process=process, batch=batch)
        async with database.read() as transaction:
            await library.refresh(transaction, 0.0)
        yield Office(database, vault, desk, sender, inbox, reception, process)
    finally:
        await database.close()


VAULT = Vault.new()
