"""What is asked about a training: feedback, the tests before and after, the work after 30 and 90 days.

Rules of the file: each is a survey and what it is about, its occasion; each has a time in which it can be begun. An
occasion is the key of the session, then the round, then (for a supervisor) the person they are asked about:
"pelayanan_prima-2026-12-01", "…/post", "…/30", "…/30/4711".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from hashlib import blake2b
from typing import Literal

from outreach.reminders import follow_up, supervisor
from outreach.training import Training, TrainingSession
from outreach.training_checks import MOST_SKILLS

Kind = Literal["feedback", "test", "follow_up", "supervisor"]
Round = Literal["pre", "post"]

FEEDBACK, FOLLOW_UP, SUPERVISOR, TEST = "l1_reaksi", "l3_peserta", "l3_atasan", "l2_"
"""The surveys; a test is called ``TEST`` and the key of its training."""
PRE_FROM, POST_UNTIL = 1, 2
"""Days before the first day from which the test before can be sat, after the last one until which the other can."""
_LONGEST = 64
"""Characters of what a link may carry. https://core.telegram.org/bots/features#deep-linking"""
_LINKS: dict[Kind, str] = {"feedback": "l1", "test": "l2", "follow_up": "l3", "supervisor": "l3a"}
PAYLOAD = "s-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What is asked: of a participant, or of the supervisor of ``about`` (a person as in ``outreach.reminding``).

    ``step``: days after the session, of what comes after it. ``round``: of a test.
    """

    kind: Kind
    session: str
    step: int = 0
    about: str = ""
    round: Round | Literal[""] = ""

    @property
    def occasion(self) -> str:
        """What its answers are kept under."""
        parts = (self.session, self.round or (str(self.step) if self.step else ""), self.about)
        return "/".join(part for part in parts if part)

    def survey(self, training: Training) -> str:
        """The name of its survey."""
        match self.kind:
            case "feedback":
                return FEEDBACK
            case "test":
                return TEST + training.key
            case "follow_up":
                return FOLLOW_UP
            case "supervisor":
                return SUPERVISOR

    @property
    def payload(self) -> str:
        """What a link carries that opens it; "" where that is too long for one."""
        parts = [_LINKS[self.kind], *([str(self.step)] if self.step else []), *([self.about] if self.about else [])]
        payload = PAYLOAD + "-".join([*parts, self.session]).replace(":", "_")
        return payload if len(payload) <= _LONGEST else ""


def read_payload(payload: str) -> Evaluation | None:
    """What such a link opens; None where it is none of ours. The round of a test is not in it."""
    kinds = {word: kind for kind, word in _LINKS.items()}
    word, _dash, rest = payload.removeprefix(PAYLOAD).partition("-")
    kind = kinds.get(word)
    if kind is None or not payload.startswith(PAYLOAD) or not rest:
        return None
    if kind in {"feedback", "test"}:
        return Evaluation(kind=kind, session=rest)
    step, _dash, rest = rest.partition("-")
    about = ""
    if kind == "supervisor":
        about, _dash, rest = rest.partition("-")
        about = about.replace("_", ":")
    if not (step.isascii() and step.isdecimal() and int(step[:4])) or not rest or (kind == "supervisor" and not about):
        return None
    return Evaluation(kind=kind, session=rest, step=int(step[:4]), about=about)


def without_subject(occasion: str) -> str:
    """The occasion without the person a supervisor was asked about."""
    return "/".join(occasion.split("/")[:2])


def steps_of(kind: Kind, training: Training) -> tuple[int, ...]:
    """After how many days it is asked."""
    rule = {"follow_up": follow_up, "supervisor": supervisor}[kind]
    return training.reminders.offsets_of(kind, rule.OFFSETS)


def window(
    one: Evaluation, training: Training, session: TrainingSession, timezone: tzinfo
) -> tuple[datetime, datetime | None] | None:
    """From when until when it can be begun (None: without an end); None where this training does not ask it."""
    first, last = session.first, session.last
    match one.kind:
        case "feedback":
            return last.begins(timezone), None
        case "test" if one.round == "pre":
            midnight = datetime.combine(first.date, time(), timezone)
            return midnight - timedelta(days=PRE_FROM), first.begins(timezone)
        case "test":
            midnight = datetime.combine(last.date, time(), timezone)
            return last.finishes(timezone), midnight + timedelta(days=POST_UNTIL + 1)
        case "follow_up" | "supervisor":
            if one.step not in steps_of(one.kind, training):
                return None
            return training.reminders.asked(one.kind, one.step, last.date, timezone)


def of_participant(training: Training, session: TrainingSession) -> tuple[Evaluation, ...]:
    """Everything a participant is asked about a session, in the order of time."""
    return (
        Evaluation(kind="test", session=session.key, round="pre"),
        Evaluation(kind="feedback", session=session.key),
        Evaluation(kind="test", session=session.key, round="post"),
        *(
            Evaluation(kind="follow_up", session=session.key, step=step)
            for step in sorted(steps_of("follow_up", training))
        ),
    )


def of_supervisor(training: Training, session: TrainingSession, about: str) -> tuple[Evaluation, ...]:
    """Everything the supervisor of ``about`` is asked about a session."""
    steps = sorted(steps_of("supervisor", training))
    return tuple(Evaluation(kind="supervisor", session=session.key, step=step, about=about) for step in steps)


def round_at(session: TrainingSession, now: datetime, timezone: tzinfo) -> Round:
    """Which test is meant now: the one before until the session begins."""
    return "pre" if now < session.first.begins(timezone) else "post"


def drawn_form(forms: Sequence[str], person: str, session: str) -> str:
    """The form of the test before: drawn, yet the same for the same person and session however often they begin."""
    return forms[blake2b(f"{person}/{session}".encode(), digest_size=2).digest()[0] % len(forms)]


def skills_of(training: Training) -> tuple[str, ...]:
    """What is asked about as applied: at most three, in the organiser's words."""
    return training.to_apply[:MOST_SKILLS]
