"""Everything a rule may look at when its row is due, put together from what is stored, for many rows at once.

Rule of the file: what a row is about is built anew, so that it says what is true now; what cannot be built is gone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from handlers.visit import House
from outreach import tasks
from outreach.evaluations import Evaluation, Kind
from outreach.reminders import afresh
from outreach.reminding import (
    Assigned,
    Attending,
    Facts,
    Invited,
    Meeting,
    Payload,
    Planned,
    Subject,
    Supervised,
    Unfinished,
)
from outreach.training import ReminderSettings, Training
from storage import conversations, reminder_facts
from storage.reminder_facts import Known, Person
from storage.unit_of_work import UnitOfWork
from surveys.engine import load_session
from surveys.session import Session
from surveys.survey import in_language

SECONDS_A_QUESTION = 10


_KINDS: Mapping[str, Kind] = {"feedback": "feedback", "follow_up": "follow_up", "supervisor": "supervisor"}
"""Rules that lead to what is asked about a training."""


async def read(
    unit: UnitOfWork,
    house: House,
    rows: Sequence[Planned],
    *,
    reachable: Collection[int],
    sent: Collection[tuple[str, datetime]] = (),
) -> list[Facts]:
    """The facts of these rows. ``reachable``: people who have an address; ``sent``: keys and times. Raises
    StorageError."""
    known = await reminder_facts.read(unit.transaction, unit.vault, rows)
    await house.surveys.ensure(unit.transaction, {one.survey_id for one in known.conversations.values()})
    sessions = {key: load_session(conversations.opened(one, unit.vault)) for key, one in known.conversations.items()}
    builder = _Builder(known, sessions, house, unit.now)
    return [builder.facts(row, reachable=reachable, sent=sent) for row in rows]


class _Builder:
    def __init__(self, known: Known, sessions: Mapping[int, Session], house: House, now: datetime) -> None:
        self._known = known
        self._sessions = sessions
        self._house = house
        self._now = now

    def facts(self, row: Planned, *, reachable: Collection[int], sent: Collection[tuple[str, datetime]]) -> Facts:
        ids, calendar = row.payload, self._house.calendar
        number = int(ids.person)
        person = self._known.people.get(number, Person(kind="asn", language="", opted_out=False, left=True))
        subject, settings = self._subject(ids, person)
        who = int(ids.about) if ids.about else number
        questions = self._questions(ids)
        return Facts(
            row=row,
            subject=subject or _gone(ids),
            now=self._now,
            calendar=calendar,
            afresh=None if subject is None else afresh(row, subject, settings, calendar),
            left=person.left,
            blocked=number not in reachable,
            opted_out=person.silent,
            no_announcements=person.opted_out,
            answered=self._answered(ids, number),
            attended=self._known.days.get((ids.session, who), frozenset()),
            told_at=self._told_at(ids, number),
            sent_for=row.due_at if (row.key, row.due_at) in sent else None,
            name=self._name(ids),
            language=self._language(person),
            questions=questions,
            minutes=-(-questions * SECONDS_A_QUESTION // 60),
            answered_questions=self._done(ids),
        )

    # ---- what it is about ---------------------------------------------------------------------------

    def _subject(self, ids: Payload, person: Person) -> tuple[Subject | None, ReminderSettings]:
        """None: it is no more."""
        if ids.conversation:
            return self._unfinished(ids, person), ReminderSettings()
        if ids.survey:
            return self._invited(ids, person), ReminderSettings()
        if ids.pair:
            pair = self._known.pairs.get(ids.pair)
            if pair is None or ids.person not in pair.names:
                return None, ReminderSettings()
            meeting = Meeting(training=pair.training, pair=pair.pair, person=ids.person, kind=person.kind)
            return meeting, pair.training.reminders
        return self._of_session(ids, person)

    def _of_session(self, ids: Payload, person: Person) -> tuple[Subject | None, ReminderSettings]:
        known = self._known
        work = known.works.get((ids.task, int(ids.person)))
        offered = known.sessions.get(work.session if work is not None else ids.session)
        if offered is None or (ids.task and (work is None or offered.session.cancelled)):
            return None, ReminderSettings()
        training, settings = offered.training, offered.training.reminders
        if work is not None:
            task = Assigned(
                training=training, task=ids.task, title=work.title, person=ids.person, due=work.due_at, kind=person.kind
            )
            return task, settings
        part = known.taking_part.get((ids.session, int(ids.about or ids.person)))
        if part is None:
            return None, settings
        if ids.about:
            return (
                Supervised(
                    training=training,
                    session=offered.session,
                    person=ids.person,
                    about=ids.about,
                    kind=person.kind,
                    state=part.state,
                ),
                settings,
            )
        return (
            Attending(
                training=training,
                session=offered.session,
                person=ids.person,
                kind=person.kind,
                state=part.state,
                confirmed=part.confirmed,
            ),
            settings,
        )

    def _unfinished(self, ids: Payload, person: Person) -> Unfinished | None:
        stored, session = (
            self._known.conversations.get(int(ids.conversation)),
            self._sessions.get(int(ids.conversation)),
        )
        if stored is None or session is None or session.test:
            return None
        playbook = self._house.surveys.by_id(stored.survey_id).playbook
        closes = playbook.survey.chat.closes
        return Unfinished(
            survey=playbook.survey.name,
            title=in_language(playbook.title, self._language(person)),
            person=ids.person,
            conversation=ids.conversation,
            touched_at=session.touched,
            closes_at=min(closes, session.expires) if closes is not None else session.expires,
            kind=person.kind,
        )

    def _invited(self, ids: Payload, person: Person) -> Invited | None:
        one = self._house.surveys.newest().get(ids.survey)
        closes = one.playbook.survey.chat.closes if one is not None and not one.closed else None
        if one is None or closes is None:
            return None
        title = in_language(one.playbook.title, self._language(person))
        return Invited(survey=ids.survey, title=title, person=ids.person, closes_at=closes, kind=person.kind)

    def _language(self, person: Person) -> str:
        return person.language if person.language in self._house.languages else self._house.languages[0]

    def _told_at(self, ids: Payload, number: int) -> datetime | None:
        """Of a task they hear when it becomes theirs or comes back, until when included; of a place likewise."""
        work = self._known.works.get((ids.task, number))
        if work is not None:
            return work.since
        part = self._known.taking_part.get((ids.session, number))
        return part.told_at if part is not None and not ids.about else None

    # ---- what was done, and how much it is ----------------------------------------------------------

    def _answered(self, ids: Payload, number: int) -> bool:
        known = self._known
        if ids.task:
            work = known.works.get((ids.task, number))
            return work is not None and work.state not in tasks.OPEN
        if ids.pair:
            pair = known.pairs.get(ids.pair)
            days = pair.pair.check_ins if pair is not None else ()
            return bool(days) and (ids.pair, days[min(ids.place, len(days) - 1)], number) in known.met
        if ids.survey and not ids.conversation:
            return any(person == number and survey == ids.survey for person, survey, _about in known.answered)
        one = self._evaluation(ids)
        return one is not None and (number, self._survey(ids), one.occasion) in known.answered

    def _evaluation(self, ids: Payload) -> Evaluation | None:
        kind = _KINDS.get(ids.rule)
        return None if kind is None else Evaluation(kind=kind, session=ids.session, step=ids.step, about=ids.about)

    def _survey(self, ids: Payload) -> str:
        """The name of the survey it leads to, "" if to none."""
        one, offered = self._evaluation(ids), self._known.sessions.get(ids.session)
        return ids.survey if one is None or offered is None else one.survey(offered.training)

    def _questions(self, ids: Payload) -> int:
        one = self._house.surveys.newest().get(self._survey(ids))
        return sum(1 for item in one.playbook.items() if item.asks) if one is not None else 0

    def _done(self, ids: Payload) -> int:
        session = self._sessions.get(int(ids.conversation)) if ids.conversation else None
        if session is None:
            return 0
        playbook = self._house.surveys.by_id(self._known.conversations[int(ids.conversation)].survey_id).playbook
        return sum(1 for place in session.answers if playbook.item(place.name).asks)

    def _name(self, ids: Payload) -> str:
        if ids.about:
            return self._known.names.get(int(ids.about), "")
        pair = self._known.pairs.get(ids.pair)
        return next((name for person, name in pair.names.items() if person != ids.person), "") if pair else ""


_NO_TRAINING = Training(key="", title="", form="", jp=0)  # type: ignore[arg-type]


def _gone(ids: Payload) -> Subject:
    """Stands for what is no more: nothing is said of it."""
    return Assigned(training=_NO_TRAINING, task="", title="", person=ids.person, due=datetime.max.replace(tzinfo=UTC))
