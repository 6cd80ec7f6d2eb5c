"""The task after a training: what is asked, how it is judged, and where somebody stands with it.

Rule of the file: values and what follows from them alone; what may follow what is the table ``FOLLOWS``. The score is
worked out by ``insights.rubric``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo
from typing import Literal, get_args

from outreach.training import Say, TrainingSession
from surveys.text.normal import words

State = Literal["assigned", "handed_in", "assessed", "revision", "passed", "not_yet"]
Evidence = Literal["text", "photo", "doc"]
Assessor = Literal["supervisor", "instructor", "peer", "office"]
Escalation = Literal["supervisor", "office", "nobody"]

EVIDENCE: tuple[Evidence, ...] = get_args(Evidence)
ASSESSORS: tuple[Assessor, ...] = get_args(Assessor)
ESCALATIONS: tuple[Escalation, ...] = get_args(Escalation)

FOLLOWS: Mapping[State, frozenset[State]] = {
    "assigned": frozenset({"handed_in"}),
    "handed_in": frozenset({"assessed"}),
    "assessed": frozenset({"revision", "passed", "not_yet"}),  # until then a second mark or the last word is awaited
    "revision": frozenset({"handed_in"}),
    "passed": frozenset(),
    "not_yet": frozenset(),
}
OPEN: frozenset[State] = frozenset({"assigned", "revision"})
"""The participant is to hand something in."""
OVER: frozenset[State] = frozenset({"passed", "not_yet"})

LOWEST, HIGHEST = 1, 4
"""Levels of a criterion."""
DOUBLE = 20
"""Percent of what is handed in that two people mark."""
DUE_AFTER = timedelta(days=14)
"""After the last day of the session."""
DUE_AT = time(23, 59)
REVISED_WITHIN = timedelta(days=7)
LONGEST_TITLE = 80
LONGEST_INSTRUCTION = 600
LONGEST_LABEL = 60
LONGEST_ANCHOR = 80
MOST_CRITERIA = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One line of a rubric; ``weight`` in percent. ``label`` and ``anchors`` empty: one of ``usual_criteria``."""

    key: str
    weight: int
    label: str = ""
    anchors: tuple[str, ...] = ()
    """What levels 1 to 4 look like."""


USUAL: tuple[Criterion, ...] = (
    Criterion(key="kesesuaian", weight=30),
    Criterion(key="ketepatan", weight=30),
    Criterion(key="kemanfaatan", weight=20),
    Criterion(key="ketepatan_waktu", weight=20),
)
"""The rubric of a task that brings none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be done after a session of a training, until when, and who judges it."""

    key: str
    session: str
    title: str
    instruction: str
    due: datetime
    """Aware."""
    competence: str = ""
    evidence: frozenset[Evidence] = frozenset(EVIDENCE)
    """What may be handed in."""
    assessor: Assessor = "supervisor"
    rubric: tuple[Criterion, ...] = USUAL
    double: int = DOUBLE
    """Percent that two people mark."""
    escalates_to: Escalation = "supervisor"
    """Who hears of what is overdue."""


class NotPossible(ValueError):
    """That cannot follow the present state of this task."""


def moved(state: State, to: State) -> State:
    """``to``, where it may follow. Raises NotPossible."""
    if to not in FOLLOWS[state]:
        raise NotPossible(f"{state} cannot become {to}")
    return to


def usual_due(session: TrainingSession, timezone: tzinfo) -> datetime:
    """Two weeks after the last day, at its end."""
    return datetime.combine(session.last.date + DUE_AFTER, DUE_AT, timezone)


def due_again(task: Task, now: datetime, timezone: tzinfo) -> datetime:
    """Until when a revision is expected: never earlier than the task itself."""
    day = (now + REVISED_WITHIN).astimezone(timezone).date()
    return max(task.due, datetime.combine(day, DUE_AT, timezone))


# ---- in words ---------------------------------------------------------------------------------------


def usual_criteria(say: Say) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """What the criteria of ``USUAL`` are called, and what their levels look like."""
    _ = say
    return {
        "kesesuaian": (
            _("Follows the instruction"),
            (
                _("less than half of the parts are there"),
                _("50–79% of the parts are there"),
                _("all parts are there"),
                _("complete and beyond"),
            ),
        ),
        "ketepatan": (
            _("Correct by the rules"),
            (_("many mistakes"), _("wrong in something important"), _("small mistakes"), _("without mistakes")),
        ),
        "kemanfaatan": (
            _("Useful for the service"),
            (
                _("not used yet"),
                _("tried once"),
                _("used in the unit"),
                _("used, with proof of the result"),
            ),
        ),
        "ketepatan_waktu": (
            _("On time and tidy"),
            (
                _("more than 7 days late"),
                _("up to 7 days late"),
                _("on time"),
                _("on time, tidy, ready to share"),
            ),
        ),
    }


def level_names(say: Say) -> tuple[str, ...]:
    """What levels 1 to 4 are called."""
    _ = say
    return (_("Not yet there"), _("Developing"), _("Good"), _("Very good"))


def criterion_words(one: Criterion, say: Say) -> tuple[str, tuple[str, ...]]:
    """Its label and what its levels look like."""
    label, anchors = usual_criteria(say).get(one.key, (one.key, level_names(say)))
    return one.label or label, one.anchors or anchors


def state_names(say: Say) -> Mapping[State, str]:
    """What the states are called."""
    _ = say
    return {
        "assigned": _("to be done"),
        "handed_in": _("handed in"),
        "assessed": _("being assessed"),
        "revision": _("to be revised"),
        "passed": _("passed"),
        "not_yet": _("not passed yet"),
    }


def evidence_names(say: Say) -> Mapping[Evidence, str]:
    """What may be handed in."""
    _ = say
    return {"text": _("text"), "photo": _("photo"), "doc": _("document")}


def assessor_names(say: Say) -> Mapping[Assessor, str]:
    """Who judges."""
    _ = say
    return {
        "supervisor": _("the superior"),
        "instructor": _("the instructor"),
        "peer": _("a colleague of the same session"),
        "office": _("the office"),
    }


# ---- checks -----------------------------------------------------------------------------------------


def check(task: Task, *, session: TrainingSession, competences: Collection[str], now: datetime, say: Say) -> list[str]:
    """What hinders this task, one clear sentence each; nothing where all is well. ``competences``: those the training
    serves."""
    _ = say
    found = [*_check_words(task, say), *_check_rubric(task.rubric, say)]
    if not task.evidence:
        found.append(_("Name at least one thing to hand in: text, photo or doc."))
    unknown = sorted(task.evidence - set(EVIDENCE))
    if unknown:
        found.append(
            _("“{word}” cannot be handed in: choose from {all}.").format(word=unknown[0], all=", ".join(EVIDENCE))
        )
    if task.assessor not in ASSESSORS:
        found.append(
            _("“{word}” is no assessor: choose from {all}.").format(word=task.assessor, all=", ".join(ASSESSORS))
        )
    if task.escalates_to not in ESCALATIONS:
        found.append(
            _("“{word}” cannot be told of what is overdue: choose from {all}.").format(
                word=task.escalates_to, all=", ".join(ESCALATIONS)
            )
        )
    if task.competence and competences and task.competence not in competences:
        found.append(
            _("The training does not serve the competence “{word}”: it serves {all}.").format(
                word=task.competence, all=", ".join(sorted(competences))
            )
        )
    if not 0 <= task.double <= 100:
        found.append(_("The share that two people mark is between 0 and 100 percent."))
    if session.cancelled:
        found.append(_("The session was called off: it has no task."))
    if task.due <= now:
        found.append(_("The task is due in the past: name a day to come."))
    elif task.due.date() < session.last.date:
        found.append(_("The task is due before the session ends: name a later day."))
    return found


def _check_words(task: Task, say: Say) -> list[str]:
    _ = say
    found = []
    if not task.title.strip():
        found.append(_("The task has no title."))
    elif len(task.title) > LONGEST_TITLE:
        words = _("The title has {length} characters; at most {most}.")
        found.append(words.format(length=len(task.title), most=LONGEST_TITLE))
    if not task.instruction.strip():
        found.append(_("The task has no instruction."))
    elif len(task.instruction) > LONGEST_INSTRUCTION:
        words = _("The instruction has {length} characters; at most {most}.")
        found.append(words.format(length=len(task.instruction), most=LONGEST_INSTRUCTION))
    return found


def _check_rubric(rubric: Sequence[Criterion], say: Say) -> list[str]:
    _ = say
    if not rubric:
        return [_("The rubric has no criteria.")]
    found = []
    if len(rubric) > MOST_CRITERIA:
        found.append(
            _("The rubric has {number} criteria; at most {most}.").format(number=len(rubric), most=MOST_CRITERIA)
        )
    if len({one.key for one in rubric}) < len(rubric):
        found.append(_("Two criteria of the rubric have the same name."))
    for one in rubric:
        if one.weight <= 0:
            found.append(_("The weight of “{name}” is above 0.").format(name=one.label or one.key))
        if one.anchors and len(one.anchors) != HIGHEST:
            found.append(
                _("“{name}” describes {number} levels; a rubric has four.").format(
                    name=one.label or one.key, number=len(one.anchors)
                )
            )
        if len(one.label) > LONGEST_LABEL or any(len(anchor) > LONGEST_ANCHOR for anchor in one.anchors):
            found.append(
                _("“{name}”: at most {label} characters for its name and {anchor} for a level.").format(
                    name=(one.label or one.key)[:LONGEST_LABEL], label=LONGEST_LABEL, anchor=LONGEST_ANCHOR
                )
            )
    total = sum(one.weight for one in rubric)
    if total != 100:
        found.append(_("The weights of the rubric sum to {total}, not to 100.").format(total=total))
    return found


def with_key(task: Task, taken: Collection[str]) -> Task:
    """The task under the next key of its session: ``pelayanan_prima-2026-12-01-1``."""
    number = 1
    while f"{task.session}-{number}" in taken:
        number += 1
    return replace(task, key=f"{task.session}-{number}")


def key_of(label: str) -> str:
    """A key for a criterion that is called so: "Ketepatan isi" is ``ketepatan_isi``."""
    return "_".join(words(label)) or "kriteria"
