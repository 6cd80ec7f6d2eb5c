"""A filled, invented Alak: some hundred people who answer every bundled survey through the real desk and engine.

What they are told is not kept, since nobody reads it; everything else are the rows that real people leave. Rule of the
folder: it is filled in a data folder of its own, and no message ever leaves it: their channel does not exist.
"""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot import trial
from bot.app import house_of
from bot.config import Config
from bot.demo import trainings
from bot.demo.answering import Answering
from bot.demo.people import DAYS, Occasion, Person, occasions
from handlers.attending import attend
from handlers.desk import current
from handlers.library import Library
from handlers.receiving import Reception, Taken, receive
from handlers.visit import House, Moment, Visit
from storage import responses, settings, shuffling, tickets
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from surveys.engine.draft import Draft
from surveys.messages import Address, Incoming, Text

CHANNEL = "demo"
"""Not one that exists: what would be sent to these people is skipped."""
FILLED = "demo"
"""Setting: how many people were invented."""
_MOST_REPLIES = 200
_GREETINGS = {"asn": ("/start", "ASN", "Setuju"), "warga": ("/start", "Warga"), "stakeholder": ("/start", "Organisasi")}
_WAY = ("DIVERIFIKASI", "DITERUSKAN", "DITINDAKLANJUTI", "SELESAI")
_NOTES = {
    "DITINDAKLANJUTI": "Masuk usulan bimbingan teknis petugas loket.",
    "SELESAI": "Papan syarat layanan sudah dipasang. Terima kasih atas masukannya.",
}

Watch = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What there is now."""

    people: int
    responses: int
    tickets: int


async def filled(database: Database) -> bool:
    """Whether it was filled before, to the end."""
    async with database.read() as transaction:
        return bool(await settings.value(transaction, FILLED))


async def fill(
    config: Config, database: Database, vault: Vault, *, people: int, seed: int, now: datetime, watch: Watch
) -> Filled:
    """Invent so many people up to ``now``. Raises StorageError, SurveyError."""
    rng = random.Random(seed)  # noqa: S311 -- dice of a game
    local = now.astimezone(config.timezone)
    await trial.publish_bundled(database, config.locale.catalog, now - timedelta(days=DAYS + 7))
    library = Library()
    async with database.read() as transaction:
        await library.refresh(transaction, 0.0)
    stage = _Stage(rng)
    house = house_of(config, library, vault)
    reception = Reception(house=house, library=library, attend=stage.attend, rng=rng, busy=lambda _address: False)
    by_day: Mapping[date, list[Occasion]] = defaultdict(list)
    for occasion in occasions(rng, people, local):
        by_day[occasion.at.date()].append(occasion)
    total = sum(map(len, by_day.values()))
    done = 0
    for _day, those in sorted(by_day.items()):
        for occasion in those:
            async with database.write() as transaction:
                unit = UnitOfWork(transaction, vault, now=occasion.at)
                await receive([stage.enter(occasion)], unit, reception)
            done += 1
            watch(done, total)
        async with database.write() as transaction:  # as every night
            await shuffling.shuffle(transaction, vault, sealed=library.sealed(), all_of_them=True)
        await asyncio.sleep(0)
    number = await _work_on_tickets(database, rng, local)

    async def play(occasion: Occasion) -> None:
        async with database.write() as transaction:
            unit = UnitOfWork(transaction, vault, now=occasion.at)
            await receive([stage.enter(occasion)], unit, reception)

    staff = [(stage.people[number], respondent_id) for number, respondent_id in sorted(stage.civil_servants.items())]
    await trainings.hold(database, vault, house, staff, rng=rng, now=local, play=play, district=config.locale.catalog)
    async with database.write() as transaction:
        await shuffling.shuffle(transaction, vault, sealed=library.sealed(), all_of_them=True)
        await settings.keep(transaction, FILLED, str(people))
        answered = await responses.completed(transaction)
    return Filled(people=people, responses=answered, tickets=number)


class _Stage:
    """Stands in for the door: in place of one message a person says all they have to say on one occasion."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._known: set[int] = set()
        self._occasions: dict[str, Occasion] = {}
        self.people: dict[int, Person] = {}
        self.civil_servants: dict[int, int] = {}
        """Their numbers to who they are in the data."""

    def enter(self, occasion: Occasion) -> Taken:
        """The message with which it begins."""
        number = str(len(self._occasions) + 1)
        self._occasions[number] = occasion
        return Taken(_said(occasion.person, "/start", number, occasion.at))

    async def attend(
        self, visit: Visit, incoming: Incoming, *, unit: UnitOfWork, house: House, moment: Moment, unseen: bool
    ) -> None:
        """The whole occasion, each message through the real desk, some seconds apart."""
        del unseen
        occasion = self._occasions[incoming.external_id]
        now = moment.now

        async def say(words: str) -> None:
            nonlocal now
            now += timedelta(seconds=self._rng.randrange(4, 30))
            message = _said(occasion.person, words, incoming.external_id, now)
            await attend(visit, message, unit=unit, house=house, moment=Moment(now, self._rng), unseen=False)
            visit.outgoing = []
            visit.moved = False

        if occasion.person.number not in self._known:
            self._known.add(occasion.person.number)
            self.people[occasion.person.number] = occasion.person
            for words in _GREETINGS[occasion.person.kind]:
                await say(words)
        if visit.kind == "asn":
            self.civil_servants[occasion.person.number] = visit.respondent_id
        for words in occasion.says:
            await say(words)
        if occasion.says:
            return
        await say(f"/start {occasion.survey}")
        await self._answer(visit, occasion, say, lambda: Moment(now, self._rng))

    async def _answer(
        self, visit: Visit, occasion: Occasion, say: Callable[[str], Awaitable[None]], moment: Callable[[], Moment]
    ) -> None:
        answering = Answering(occasion.person, self._rng)
        for said in range(_MOST_REPLIES):
            conversation = current(visit)
            if conversation is None:
                return
            if said == occasion.leaves_after:
                return
            at = moment()
            draft = Draft(conversation.survey.playbook, conversation.session, say=str, now=at.now, rng=at.rng)
            if conversation.session.tries >= 2:
                raise RuntimeError(f"nobody can answer {occasion.survey}: {conversation.session.at}")
            await say(answering.reply(draft))
        raise RuntimeError(f"{occasion.survey} does not end")


def _said(person: Person, words: str, number: str, at: datetime) -> Incoming:
    return Incoming(
        address=Address(CHANNEL, str(person.number)),
        external_id=number,
        reply=Text(words),
        sent_at=at,
        language=person.language,
    )


async def _work_on_tickets(database: Database, rng: random.Random, now: datetime) -> int:
    """The office looked at the aspirations: the older, the further; how many there are."""
    async with database.write() as transaction:
        found = await tickets.everything(transaction)
        for number, opened_on in found:
            age = (now.date() - opened_on).days
            steps = min(len(_WAY), max(0, round(age / 9 + rng.gauss(0.0, 1.0))))
            at = datetime.combine(opened_on, now.timetz()).replace(hour=10, minute=0, second=0, microsecond=0)
            for state in _WAY[:steps]:
                at = min(at + timedelta(days=rng.randrange(1, 6), minutes=rng.randrange(300)), now)
                await tickets.change(transaction, number, state, _NOTES.get(state, ""), at)
    return len(found)
