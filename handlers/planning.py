"""Rows of reminders are planned from what is stored: for a session, a pair, a survey that closes, one put aside.

Rule of the file: everything of one subject at once, in a number of statements that does not grow with its people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from handlers.reminding import CONVERSATION, EVERYTHING, PAIR, PERSON, SESSION, SURVEY, subject
from handlers.visit import House, PublishedSurvey
from outreach import replanning
from outreach.reminders import plan
from outreach.reminding import Assigned, Attending, Invited, Meeting, Planned, Subject, Supervised, Unfinished
from outreach.training import ReminderSettings
from storage import conversations, enrolments, mentoring, reminder_facts, reminders, trainings
from storage.conversations import Resting
from storage.reminders import Logged, Standing
from storage.unit_of_work import UnitOfWork
from surveys.survey import in_language

LOOKS_BACK = timedelta(days=400)
"""Sessions that ended so long ago are planned no more: nothing follows later than a year after them."""
NOT_MINE = "not_mine"
"""The button by which a supervisor says that somebody is not on their staff."""


async def carry_out(unit: UnitOfWork, house: House, what: str) -> list[str]:
    """Plan anew what a due row asks for; what is to be planned in its stead, each in a transaction of its own."""
    kind, _, key = what.partition(":")
    if kind == EVERYTHING:
        return await everything(unit, house)
    if kind == PERSON:
        return await _of_person(unit, int(key))
    await reminders.alone(unit.transaction, what)
    if kind == CONVERSATION:
        await _conversations(unit, house)
        return []
    rows = await rows_of(unit, house, what)
    before = await reminders.planned_for(unit.transaction, what)  # before the log: what is sent meanwhile is in one
    log = await reminders.log_of(unit.transaction, what)
    refused = {_person_and_about(line) for line in log if line.answer == NOT_MINE}
    wanted = [row for row in rows if (row.payload.person, row.payload.about) not in refused]
    await _settle(unit, wanted, before, log, lambda _row: what)
    return []


async def everything(unit: UnitOfWork, house: House) -> list[str]:
    """Every subject there is."""
    transaction, since = unit.transaction, (unit.now - LOOKS_BACK).date()
    sessions = [one.session.key for one in await trainings.sessions(transaction, since=since)]
    surveys = [name for name, one in house.surveys.newest().items() if _closes(one, unit.now)]
    return [
        *(subject(SESSION, key) for key in sessions),
        *(subject(PAIR, key) for key in await mentoring.keys_of(transaction)),
        *(subject(SURVEY, name) for name in sorted(surveys)),
        CONVERSATION,
    ]


async def _of_person(unit: UnitOfWork, respondent_id: int) -> list[str]:
    transaction = unit.transaction
    mine = {one.session for one in await enrolments.of_person(transaction, unit.vault, respondent_id)}
    theirs = await reminder_facts.sessions_of_staff(transaction, respondent_id)
    return [
        *(subject(SESSION, key) for key in sorted(mine | theirs)),
        *(subject(PAIR, key) for key in await mentoring.keys_of(transaction, respondent_id)),
    ]


async def rows_of(unit: UnitOfWork, house: House, what: str) -> list[Planned]:
    """Every row of this subject as it is planned now, past ones included."""
    kind, _, key = what.partition(":")
    match kind:
        case "session":
            return await _of_session(unit, house, key)
        case "pair":
            return await _of_pair(unit, house, key)
        case "survey":
            return await _of_survey(unit, house, key)
        case "conversation":
            resting = await conversations.resting(unit.transaction, [int(key)])
            return await _of_conversations(unit, house, resting)
        case _:
            return []


async def _settle(
    unit: UnitOfWork,
    rows: Iterable[Planned],
    before: list[Planned],
    log: list[Logged],
    about: Callable[[Planned], str],
) -> None:
    """Write what changed; ``about``: the subject of a row."""
    used = {(line.key, line.due_at) for line in log if line.outcome in replanning.FINAL}
    changes = replanning.settle(rows, before, used=used, now=unit.now)
    touched = [row for row in (*before, *changes.values()) if row is not None and row.key in changes]
    await reminders.hold_people(unit.transaction, {int(row.payload.person) for row in touched})
    await reminders.remove(unit.transaction, [key for key, row in changes.items() if row is None])
    await reminders.write(unit.transaction, [Standing(row, about(row)) for row in changes.values() if row is not None])


def _person_and_about(line: Logged) -> tuple[str, str]:
    """From the key of a supervisor's row: reminder:supervisor:SESSION:PERSON:ABOUT:PLACE."""
    *_, person, about, _place = line.key.split(":")
    return person, about


# ---- what there is ----------------------------------------------------------------------------------


async def _of_session(unit: UnitOfWork, house: House, key: str) -> list[Planned]:
    offered = await trainings.session_of(unit.transaction, key)
    if offered is None:
        return []
    training, session = offered.training, offered.session
    subjects: list[Subject] = []
    for one in await reminder_facts.participants(unit.transaction, key):
        person = enrolments.person_of(one.respondent_id)
        state = one.state
        subjects.append(
            Attending(
                training=training, session=session, person=person, kind=one.kind, state=state, confirmed=one.confirmed
            )
        )
        if one.supervisor_id is not None:
            boss = enrolments.person_of(one.supervisor_id)
            kind = one.supervisor_kind
            subjects.append(
                Supervised(training=training, session=session, person=boss, about=person, kind=kind, state=state)
            )
    for given in await reminder_facts.assignments(unit.transaction, key):
        person = enrolments.person_of(given.respondent_id)
        work = given.work
        if not session.cancelled:
            subjects.append(
                Assigned(
                    training=training, task=given.task, title=work.title, person=person, due=work.due_at,
                    kind=given.kind,
                )
            )  # fmt: skip
    return _planned(subjects, training.reminders, house)


async def _of_pair(unit: UnitOfWork, house: House, key: str) -> list[Planned]:
    known = (await mentoring.by_key(unit.transaction, unit.vault, [key])).get(key)
    if known is None:
        return []
    subjects = [
        Meeting(training=known.training, pair=known.pair, person=person, kind=known.kinds[person])
        for person in (known.pair.mentor, known.pair.mentee)
        if enrolments.respondent_of(person) is not None
    ]
    return _planned(subjects, known.training.reminders, house)


def _closes(one: PublishedSurvey, now: datetime) -> bool:
    chat = one.playbook.survey.chat
    begun = chat.opens is None or chat.opens <= now
    return (
        not one.closed and begun and chat.closes is not None and chat.closes > now and chat.audience in {"all", "asn"}
    )


async def _of_survey(unit: UnitOfWork, house: House, name: str) -> list[Planned]:
    """Civil servants who did not take part are told that it closes."""
    one = house.surveys.newest().get(name)
    if one is None or not _closes(one, unit.now):
        return []
    closes_at = one.playbook.survey.chat.closes
    assert closes_at is not None  # noqa: S101 -- just asked
    title = in_language(one.playbook.title, house.languages[0])
    subjects = [
        Invited(survey=name, title=title, person=enrolments.person_of(number), closes_at=closes_at)
        for number in await reminder_facts.not_yet_answered(unit.transaction, name, "asn")
    ]
    return _planned(subjects, ReminderSettings(), house)


async def _conversations(unit: UnitOfWork, house: House) -> None:
    """Who put a survey aside is told that their answers are kept: everybody at once. Of surveys that are over nothing
    is known any more, since the log would tell when somebody answered."""
    rule = "unfinished_survey"
    resting = await conversations.resting(unit.transaction)
    rows = await _of_conversations(unit, house, resting)
    await reminders.forget_subjects(unit.transaction, rule, {subject(CONVERSATION, one.id) for one in resting})
    before = await reminders.planned_by(unit.transaction, rule)
    log = await reminders.log_by(unit.transaction, rule)
    await _settle(unit, rows, before, log, lambda row: subject(CONVERSATION, row.payload.conversation))


async def _of_conversations(unit: UnitOfWork, house: House, resting: list[Resting]) -> list[Planned]:
    await house.surveys.ensure(unit.transaction, {one.survey_id for one in resting})
    subjects = []
    for one in resting:
        playbook = house.surveys.by_id(one.survey_id).playbook
        closes = playbook.survey.chat.closes
        subjects.append(
            Unfinished(
                survey=playbook.survey.name,
                title="",
                person=enrolments.person_of(one.respondent_id),
                conversation=str(one.id),
                touched_at=one.touched_at,
                closes_at=min(closes, one.expires_at) if closes is not None else one.expires_at,
                kind=one.kind or "asn",
            )
        )
    return _planned(subjects, ReminderSettings(), house)


def _planned(subjects: Iterable[Subject], settings: ReminderSettings, house: House) -> list[Planned]:
    return [row for one in subjects for row in plan(one, settings, house.calendar)]
