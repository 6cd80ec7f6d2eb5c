"""What all reminders share: what they are about, the rows they plan, and what is known when one of them is due.

Rule of the file: a row's key names its subject and never a date, so that planning again moves it. A row carries ids
alone; what is said is read afresh when it is due.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import Literal

from outreach.calendar import MORNING, Calendar
from outreach.enrolment import HOLDS_A_PLACE, State
from outreach.mentoring import Pair
from outreach.training import ReminderSettings, Say, Training, TrainingSession
from surveys.messages import Button

LONGEST = 250
"""Characters of one reminder; with the line on its buttons (``outreach.merging``) they are 300."""
LONGEST_LINE = 110
"""Characters of one reminder that shares a message with others."""

Reason = Literal[
    "",
    "answered",
    "blocked",
    "cancelled",
    "left",
    "moved",
    "not_attended",
    "opted_out",
    "past",
    "sent",
    "told",
    "two_a_day",
    "waiting",
]
"""Why a reminder is skipped; "" if it is not."""


# ---- what a reminder is about -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Attending:
    """A person who takes part in a session. ``kind``: of person, for the hours at which they are written to."""

    training: Training
    session: TrainingSession
    person: str
    kind: str = "asn"
    state: State = "enrolled"
    confirmed: bool = False
    """They said they will come."""

    @property
    def takes_part(self) -> bool:
        """Whether they hold a place in a session that is not cancelled."""
        return self.state in HOLDS_A_PLACE and not self.session.cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervised:
    """A supervisor (``person``) and one of their people (``about``) who took part in a session."""

    training: Training
    session: TrainingSession
    person: str
    about: str
    kind: str = "asn"
    state: State = "enrolled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """A survey somebody began and put aside. ``conversation``: the id of theirs; ``touched_at``: their last answer."""

    survey: str
    title: str
    person: str
    conversation: str
    touched_at: datetime
    closes_at: datetime | None = None
    kind: str = "asn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """A survey that somebody was asked to answer, and that closes."""

    survey: str
    title: str
    person: str
    closes_at: datetime
    kind: str = "asn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """A task after a training, and until when it is to be handed in."""

    training: Training
    task: str
    title: str
    person: str
    due: datetime
    kind: str = "asn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A mentor and a mentee, seen by one of the two (``person``)."""

    training: Training
    pair: Pair
    person: str
    kind: str = "asn"


Subject = Attending | Supervised | Unfinished | Invited | Assigned | Meeting


# ---- what is planned --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """The ids a row carries. ``window``: the hours at which it may be sent; ``step``: its number of days."""

    rule: str
    person: str
    window: str
    training: str = ""
    session: str = ""
    survey: str = ""
    conversation: str = ""
    task: str = ""
    pair: str = ""
    about: str = ""
    step: int = 0
    place: int = 0
    """Which of several: the day of a session, the meeting of a pair."""
    snoozed: bool = False
    """The person asked for it to come later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One row to be. ``due_at`` and ``expires_at``: UTC; from the latter on it is of no use and is skipped."""

    key: str
    kind: str
    """The name of its rule."""
    due_at: datetime
    expires_at: datetime
    payload: Payload

    @property
    def once(self) -> str:
        """What is sent for this row at this time is sent under this name, once."""
        return f"{self.key}@{self.due_at:%Y%m%dT%H%MZ}"


def dump(planned: Planned) -> str:
    """What goes into the row besides its key, kind and time: JSON, the same for the same."""
    ids = {name: value for name, value in asdict(planned.payload).items() if value}
    return json.dumps({"until": planned.expires_at.isoformat(), **ids}, sort_keys=True, separators=(",", ":"))


def load(key: str, kind: str, due_at: datetime, payload: str) -> Planned:
    """The row again. Raises ValueError where it is none of ours."""
    try:
        said = json.loads(payload)
        known = {field.name for field in fields(Payload)}
        until = datetime.fromisoformat(said["until"])
        ids = Payload(**{name: value for name, value in said.items() if name in known})
    except (TypeError, KeyError, AttributeError) as problem:
        raise ValueError(f"{key} is no reminder") from problem
    return Planned(key=key, kind=kind, due_at=due_at.astimezone(UTC), expires_at=until, payload=ids)


def planned(
    rule: str,
    subject: Subject,
    *,
    due_at: datetime,
    expires_at: datetime,
    calendar: Calendar,
    step: int = 0,
    place: int = 0,
) -> tuple[Planned, ...]:
    """One row for ``subject``, or none where it would be of no use any more when its time comes."""
    window = subject.kind if rule != "h0" else MORNING
    payload = _ids(rule, subject, window)
    due_at = calendar.next_allowed(due_at, window)
    if due_at >= expires_at:
        return ()
    what = payload.session or payload.conversation or payload.survey or payload.task or payload.pair
    parts = ["reminder", rule, what, payload.person, payload.about, str(place)]
    return (
        Planned(
            key=":".join(part for part in parts if part),
            kind=rule,
            due_at=due_at,
            expires_at=expires_at.astimezone(UTC),
            payload=replace(payload, step=step, place=place),
        ),
    )


def before(
    rule: str, subject: Subject, *, day: date, ends: datetime, offsets: tuple[int, ...], calendar: Calendar
) -> tuple[Planned, ...]:
    """One row for each of ``offsets`` (days before ``day``, the largest first); each is past its use when the next is
    due, the last one at ``ends``.
    """
    moments = [*(calendar.days_before(day, number, subject.kind) for number in offsets), ends]
    return tuple(
        row
        for place, number in enumerate(offsets)
        for row in planned(
            rule,
            subject,
            due_at=moments[place],
            expires_at=min(moments[place + 1], ends),
            calendar=calendar,
            step=number,
            place=place,
        )
    )


def after(
    rule: str, subject: Subject, *, day: date, offsets: tuple[int, ...], open_days: int, calendar: Calendar
) -> tuple[Planned, ...]:
    """One row for each of ``offsets`` (days after ``day``), of use for ``open_days``."""
    rows: tuple[Planned, ...] = ()
    for place, number in enumerate(sorted(offsets)):
        due_at = calendar.days_after(day, number, subject.kind)
        expires_at = due_at + timedelta(days=open_days)
        rows += planned(
            rule, subject, due_at=due_at, expires_at=expires_at, calendar=calendar, step=number, place=place
        )
    return rows


def asked_after(
    rule: str,
    subject: Subject,
    settings: ReminderSettings,
    *,
    day: date,
    usual: tuple[int, ...],
    calendar: Calendar,
) -> tuple[Planned, ...]:
    """As ``after``, for what can be answered for a while that the training sets (``ReminderSettings.asked``)."""
    rows: tuple[Planned, ...] = ()
    for place, number in enumerate(sorted(settings.offsets_of(rule, usual))):
        due_at = calendar.days_after(day, number, subject.kind)
        _opens, closes = settings.asked(rule, number, day, calendar.settings.timezone)
        rows += planned(rule, subject, due_at=due_at, expires_at=closes, calendar=calendar, step=number, place=place)
    return rows


def _ids(rule: str, subject: Subject, window: str) -> Payload:
    base = Payload(rule=rule, person=subject.person, window=window)
    match subject:
        case Attending(training=training, session=session):
            return replace(base, training=training.key, session=session.key)
        case Supervised(training=training, session=session, about=about):
            return replace(base, training=training.key, session=session.key, about=about)
        case Unfinished(survey=survey, conversation=conversation):
            return replace(base, survey=survey, conversation=conversation)
        case Invited(survey=survey):
            return replace(base, survey=survey)
        case Assigned(training=training, task=task):
            return replace(base, training=training.key, task=task)
        case Meeting(training=training, pair=pair):
            return replace(base, training=training.key, pair=pair.key)


# ---- what is known when it is due -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything a rule may look at when its row is due, read afresh."""

    row: Planned
    subject: Subject
    now: datetime
    calendar: Calendar
    afresh: Planned | None
    """The same row as it would be planned now; None if it would not."""
    left: bool = False
    """The person is no longer with the office, or asked to be forgotten."""
    blocked: bool = False
    opted_out: bool = False
    """Wants no reminders at all."""
    no_announcements: bool = False
    """Wants none of what they did not sign up for (BERHENTI)."""
    cancelled: bool = False
    """The training, its session, the survey, the task or the pair is no more."""
    answered: bool = False
    """What this reminder asks for was done."""
    attended: frozenset[date] = frozenset()
    """The days on which they were there."""
    told_at: datetime | None = None
    """When they were last told the same by other means: that they are enrolled, that the session was moved."""
    sent_for: datetime | None = None
    """The ``due_at`` for which this key was sent already."""
    name: str = ""
    """Of the other person it speaks about."""
    language: str = ""
    """The person's, "" if they chose none."""
    minutes: int = 0
    """How long the survey takes; 0 if unknown."""
    questions: int = 0
    answered_questions: int = 0

    @property
    def today(self) -> date:
        """The office's date."""
        return self.calendar.today(self.now)


def why_not(facts: Facts) -> Reason:
    """What holds for every rule: "" if the reminder is still wanted."""
    afresh = facts.afresh
    checks: tuple[tuple[bool, Reason], ...] = (
        (facts.left, "left"),
        (facts.blocked, "blocked"),
        (facts.opted_out, "opted_out"),
        (facts.cancelled or afresh is None, "cancelled"),
        (facts.answered, "answered"),
        (facts.sent_for is not None and facts.sent_for == facts.row.due_at, "sent"),
        (afresh is not None and facts.calendar.today(afresh.due_at) > facts.today, "moved"),
        (facts.now >= (afresh or facts.row).expires_at, "past"),
        (
            facts.told_at is not None
            and afresh is not None
            and not facts.row.payload.snoozed
            and facts.told_at >= afresh.due_at,
            "told",
        ),
    )
    return next((reason for found, reason in checks if found), "")


def reason_names(say: Say) -> Mapping[str, str]:
    """Why a reminder was skipped, as the office reads it."""
    _ = say
    return {
        "answered": _("answered or done already"),
        "blocked": _("blocked the bot"),
        "cancelled": _("is no longer planned"),
        "left": _("is no longer with the office"),
        "moved": _("was moved to a later time"),
        "not_attended": _("did not attend"),
        "opted_out": _("does not want it"),
        "past": _("came too late to be of use"),
        "sent": _("was sent already"),
        "told": _("was told by another message"),
        "two_a_day": _("a reminder was sent that day already"),
        "waiting": _("is not enrolled"),
    }


def snoozed(row: Planned, now: datetime, calendar: Calendar, *, today: bool = True) -> Planned | None:
    """The row once the person asked for it later: this afternoon (where ``today`` will do), else the next day. None if
    it would be too late."""
    afternoon = later_today(now, calendar, row.payload.window) if today else None
    due_at = afternoon or calendar.next_day_allowed(now, row.payload.window)
    if due_at >= row.expires_at:
        return None
    return replace(row, due_at=due_at, payload=replace(row.payload, snoozed=True))


def later_today(now: datetime, calendar: Calendar, window: str) -> datetime | None:
    """This afternoon, None where it is afternoon already or nothing may be sent then."""
    due_at = calendar.at(calendar.today(now), calendar.settings.afternoon)
    soon = now + timedelta(hours=1)
    return due_at if due_at > soon and calendar.may_send(due_at, window) else None


# ---- what a rule is given is what it asked for ------------------------------------------------------


def attending(facts: Facts) -> Attending:
    """The subject of a rule that serves participants. Raises TypeError for another's."""
    if isinstance(facts.subject, Attending):
        return facts.subject
    raise TypeError(f"{facts.row.key} is not about a participant")


def attended_or_why(facts: Facts) -> Reason:
    """For what comes after a session: "" for who was there."""
    common = why_not(facts)
    if common:
        return common
    state = facts.subject.state if isinstance(facts.subject, Attending | Supervised) else ""
    return "" if state == "attended" or facts.attended else "not_attended"


# ---- buttons ----------------------------------------------------------------------------------------


PRESSED = "r:"
"""What the data of a reminder's button begin with."""


def button(label: str, act: str, facts: Facts) -> Button:
    """A button under a reminder. Its data name the rule, what is done, and the row by the mark of its key, so that a
    press means the same days later, however long the key is: ``r:h7:come:kX3…``.
    """
    row = facts.row
    return Button(label, data=f"{PRESSED}{row.kind}:{act}:{mark(row.key)}")


def mark(key: str) -> str:
    """Twelve letters that tell one key from another."""
    return urlsafe_b64encode(blake2b(key.encode(), digest_size=9).digest()).decode()


def pressed(data: str) -> tuple[str, str, str] | None:
    """Rule, act and mark of a button's data; None where they are no reminder's."""
    parts = data.split(":")
    return (parts[1], parts[2], parts[3]) if data.startswith(PRESSED) and len(parts) == 4 else None


def later_button(facts: Facts, say: Say) -> Button:
    """[Nanti sore] while that is to come, else [Ingatkan nanti]."""
    _ = say
    afternoon = later_today(facts.now, facts.calendar, facts.row.payload.window)
    return button(_("This afternoon") if afternoon else _("Remind me later"), "later", facts)
