"""What is said of tasks after trainings.

Rule of the file: pure. What is sent without being asked for stays within 300 characters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from fractions import Fraction

from insights.exact import rounded
from outreach.tasks import Criterion, Escalation, Task, criterion_words, evidence_names, state_names
from outreach.wording import short, within
from storage.submissions import Assessment, Submission
from storage.tasks import Assignment
from surveys.messages import Outgoing
from surveys.speaking import day as day_in_words

Say = Callable[[str], str]
LONGEST = 300
MOST_NAMES = 10


def points(score: Fraction, say: Say) -> str:
    """ "66,67"."""
    _ = say
    whole, _dot, places = str(rounded(score)).partition(".")
    return _("{whole}.{places}").format(whole=whole, places=places)


def until(due: datetime, timezone: tzinfo, say: Say) -> str:
    """The day."""
    return day_in_words(due.astimezone(timezone).date(), say)


def assigned(task: Task, given: Assignment, training: str, timezone: tzinfo, say: Say) -> Outgoing:
    """It is theirs to do."""
    _ = say
    text = within(
        LONGEST,
        lambda room: _(
            "📌 A task after the training {training}: {instruction}\nPlease hand it in by {day}. Type TUGAS to see all "
            "of it and to hand it in."
        ).format(
            training=short(training, room),
            instruction=short(task.instruction, 2 * room),
            day=until(given.due_at, timezone, say),
        ),
    )
    return Outgoing(text=text, keyboard="keep")


def judged(
    task: Task, given: Assignment, score: Fraction, remarks: Sequence[str], timezone: tzinfo, say: Say
) -> Outgoing:
    """How it was judged, whole: they waited for it."""
    _ = say
    title = short(task.title, 80)
    match given.state:
        case "revision":
            head = _("Your task “{title}” was looked at. Please revise it by {day}; type TUGAS to hand it in.").format(
                title=title, day=until(given.due_at, timezone, say)
            )
        case "passed":
            head = _("✅ Your task “{title}” is passed with {score} of 100.").format(
                title=title, score=points(score, say)
            )
        case _other:
            head = _("Your task “{title}” has {score} of 100; 66 are needed to pass.").format(
                title=title, score=points(score, say)
            )
    return Outgoing(
        text="\n".join((head, *(_("Remark: {words}").format(words=one) for one in remarks))), keyboard="keep"
    )


def waiting(number: int, say: Say) -> str:
    """Something waits to be judged."""
    _ = say
    return _("📌 Tasks waiting for your assessment: {number}. Type TUGAS to look at them.").format(number=number)


def overdue(title: str, names: Sequence[str], say: Say) -> str:
    """To a superior: who of theirs has not handed it in."""
    _ = say
    shown = ", ".join(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    if more > 0:
        shown = _("{names} and {number} more").format(names=shown, number=more)
    return _(
        "The task “{title}” was expected and is not handed in yet by: {names}. Please ask how you can help."
    ).format(title=short(title, 80), names=shown)


def overdue_for_the_office(task: Task, number: int, say: Say) -> str:
    """To the office, without names."""
    _ = say
    return _("The task “{title}” ({key}) was expected and is not handed in yet by {number} people.").format(
        title=short(task.title, 80), key=task.key, number=number
    )


def escalation_names(say: Say) -> Mapping[Escalation, str]:
    """Who hears of what is overdue."""
    _ = say
    return {"supervisor": _("the superior"), "office": _("the office"), "nobody": _("nobody")}


# ---- on the task's own page -------------------------------------------------------------------------


def line(task: Task, given: Assignment, timezone: tzinfo, say: Say) -> str:
    """One of several."""
    _ = say
    return _("{title}: {state}, by {day}").format(
        title=short(task.title, 60), state=state_names(say)[given.state], day=until(given.due_at, timezone, say)
    )


def page(
    task: Task,
    given: Assignment,
    training: str,
    handed_in: Sequence[Submission],
    outcome: tuple[Fraction, Sequence[Assessment]] | None,
    timezone: tzinfo,
    say: Say,
) -> str:
    """All of it. ``outcome``: the score that counts, and what was said."""
    _ = say
    names = evidence_names(say)
    lines = [
        f"📌 {task.title}",
        _("After the training {training}").format(training=training),
        "",
        task.instruction,
        "",
        _("To hand in: {evidence}").format(evidence=", ".join(names[one] for one in names if one in task.evidence)),
        _("By {day}").format(day=until(given.due_at, timezone, say)),
        _("State: {state}").format(state=state_names(say)[given.state]),
    ]
    if handed_in:
        last = handed_in[-1]
        lines.append(_("Handed in on {day}, turn {turn}").format(day=until(last.at, timezone, say), turn=last.turn))
    if outcome is not None and given.state in {"passed", "not_yet"}:
        lines.append(_("Score: {score} of 100").format(score=points(outcome[0], say)))
    if outcome is not None:
        lines += [_("Remark: {words}").format(words=one.remark) for one in outcome[1] if one.remark]
    return "\n".join(lines)


def rubric(task: Task, say: Say) -> str:
    """How it will be judged."""
    _ = say
    lines = [_("How the task “{title}” is judged:").format(title=short(task.title, 80))]
    for one in task.rubric:
        label, anchors = criterion_words(one, say)
        lines.append(
            _("\n{label} ({weight}%)").format(label=label, weight=one.weight)
            + "".join(f"\n{level} {words}" for level, words in enumerate(anchors, start=1))
        )
    lines.append("\n" + _("66 of 100 points pass; level 3 everywhere is a pass."))
    return "\n".join(lines)


def criterion(one: Criterion, number: int, of: int, say: Say) -> str:
    """The question for the level of one criterion."""
    _ = say
    label, anchors = criterion_words(one, say)
    return "\n".join(
        (
            _("{number} of {all}: {label} ({weight}%)").format(number=number, all=of, label=label, weight=one.weight),
            *(f"{level} = {words}" for level, words in enumerate(anchors, start=1)),
        )
    )
