"""Looks a training, a session and an enrolment through before they are saved: one clear sentence for what is amiss.

Rule of the file: nothing is raised and nothing is changed; an empty tuple means that all is well.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, tzinfo
from decimal import Decimal
from itertools import pairwise

from outreach.training import FORMS, Day, Say, Training, TrainingSession, clashes
from surveys.speaking import day as day_in_words

LONGEST_TITLE = 80
LONGEST_PLACE = 80
LONGEST_TEXT = 120
"""Characters: what is longer does not fit into a reminder."""
LONGEST_SKILL = 60
MOST_SKILLS = 3
MOST_JP = Decimal(2000)
MOST_DAYS = 400
MOST_ATTACHMENTS = 5
ATTACHMENT = re.compile(r"(?:[A-Za-z0-9_-]+/){0,3}[A-Za-z0-9][A-Za-z0-9_.-]*\.(?:pdf|jpg|jpeg|png)")
"""The path of a file under the data folder's ``survey_media``; it never leads out of there."""


def check_training(
    training: Training, *, units: Collection[str], positions: Collection[str], say: Say
) -> tuple[str, ...]:
    """What hinders this training. ``units`` and ``positions``: those the office has."""
    _ = say
    found = []
    if not training.title.strip():
        found.append(_("The training has no title."))
    elif len(training.title) > LONGEST_TITLE:
        found.append(
            _("The title has {length} characters; at most {most}.").format(
                length=len(training.title), most=LONGEST_TITLE
            )
        )
    if training.form not in FORMS:
        found.append(_("The form “{form}” is not known: choose one of the list.").format(form=training.form))
    if not training.jp.is_finite() or training.jp <= 0:
        found.append(_("The learning hours (JP) are more than 0."))
    elif training.jp > MOST_JP:
        found.append(_("The learning hours (JP) are at most {most}.").format(most=MOST_JP))
    found += [
        _("The unit “{unit}” is not on the list of units.").format(unit=unit)
        for unit in sorted(training.units - set(units))
    ]
    found += [
        _("The position “{position}” is not on the list of positions.").format(position=position)
        for position in sorted(training.positions - set(positions))
    ]
    if len(training.skills) > MOST_SKILLS:
        found.append(_("At most {most} skills are asked about afterwards.").format(most=MOST_SKILLS))
    found += [
        _("The skill “{skill}…” has {length} characters; at most {most}.").format(
            skill=skill[:20], length=len(skill), most=LONGEST_SKILL
        )
        for skill in training.skills
        if len(skill) > LONGEST_SKILL
    ]
    settings = training.reminders
    found += [
        _("The reminder “{rule}” counts days from 0 to 366.").format(rule=rule)
        for rule, days in sorted(settings.offsets.items())
        if any(not 0 <= number <= 366 for number in days)
    ]
    found += [
        _("“{rule}” can be answered for 1 to 366 days; only follow_up and supervisor have such a time.").format(
            rule=rule
        )
        for rule, days in sorted(settings.open_days.items())
        if rule not in {"follow_up", "supervisor"} or not 1 <= days <= 366
    ]
    found += [
        _("The sentence for the reminder “{rule}” has {length} characters; at most {most}.").format(
            rule=rule, length=len(text), most=LONGEST_TEXT
        )
        for rule, text in sorted(settings.texts.items())
        if len(text) > LONGEST_TEXT
    ]
    found += [
        _("“{file}” is no attachment: a .pdf, .jpg or .png in the folder survey_media, named without blanks.").format(
            file=file[:60]
        )
        for file in training.attachments
        if not ATTACHMENT.fullmatch(file)
    ]
    if len(training.attachments) > MOST_ATTACHMENTS:
        found.append(_("At most {most} files are attached.").format(most=MOST_ATTACHMENTS))
    return tuple(found)


def check_session(
    session: TrainingSession, *, now: datetime, timezone: tzinfo, taken: int, say: Say
) -> tuple[str, ...]:
    """What hinders this session. ``taken``: the places that are taken already."""
    _ = say
    if not session.days:
        return (_("The session has no days: name at least one with its hours."),)
    found = []
    if len(session.days) > MOST_DAYS:
        found.append(_("The session has {days} days; at most {most}.").format(days=len(session.days), most=MOST_DAYS))
    found += [
        _("{day}: it ends at {ends}, before it starts at {starts}.").format(
            day=day_in_words(day.date, say), ends=f"{day.ends:%H.%M}", starts=f"{day.starts:%H.%M}"
        )
        for day in session.days
        if day.ends <= day.starts
    ]
    if session.first.begins(timezone) <= now:
        found.append(
            _("{day}, {starts} has passed already: name a day to come.").format(
                day=day_in_words(session.first.date, say), starts=f"{session.first.starts:%H.%M}"
            )
        )
    found += [
        _("{day}: two parts of the session overlap.").format(day=day_in_words(day.date, say))
        for day in _overlapping(session.in_order)
    ]
    if any(day.jp is not None and (not day.jp.is_finite() or day.jp <= 0) for day in session.days):
        found.append(_("The learning hours (JP) of a day are more than 0."))
    if session.capacity < 0:
        found.append(_("The number of places is not below 0; 0 means that there is no limit."))
    elif 0 < session.capacity < taken:
        found.append(
            _("{taken} are enrolled already: there cannot be {capacity} places.").format(
                taken=taken, capacity=session.capacity
            )
        )
    if not session.place.strip() and not session.link.strip():
        found.append(_("The session has neither a place nor a link."))
    elif len(session.place) > LONGEST_PLACE:
        found.append(
            _("The place has {length} characters; at most {most}.").format(
                length=len(session.place), most=LONGEST_PLACE
            )
        )
    if session.link and not session.link.startswith("https://"):
        found.append(_("The link begins with https://."))
    if not session.cost.is_finite() or session.cost < 0:
        found.append(_("The cost is not below 0."))
    return tuple(found)


def clash_sentence(
    mine: Iterable[TrainingSession], wanted: TrainingSession, titles: Mapping[str, str], say: Say
) -> str:
    """What the person goes to at that time already, "" if to nothing. ``titles``: of trainings, by key."""
    _ = say
    found = clashes(mine, wanted)
    if not found:
        return ""
    first = min(found, key=lambda one: (one.day.date, one.day.starts))
    return _("{day}, {starts}–{ends}: you go to {title} at that time.").format(
        day=day_in_words(first.day.date, say),
        starts=f"{first.day.starts:%H.%M}",
        ends=f"{first.day.ends:%H.%M}",
        title=titles.get(first.mine.training, first.mine.training),
    )


def double_booked(
    session: TrainingSession, others: Iterable[TrainingSession], titles: Mapping[str, str], say: Say
) -> tuple[str, ...]:
    """The first other session that wants the same place or the same instructor at that time."""
    _ = say
    for clash in clashes(others, session):
        other, title = clash.mine, titles.get(clash.mine.training, clash.mine.training)
        for mine, theirs in ((session.place, other.place), (session.instructor, other.instructor)):
            if mine.strip() and " ".join(mine.casefold().split()) == " ".join(theirs.casefold().split()):
                words = _("{day}, {starts}–{ends}: {what} is taken by {title} at that time.")
                starts, ends = f"{clash.day.starts:%H.%M}", f"{clash.day.ends:%H.%M}"
                day = day_in_words(clash.day.date, say)
                return (words.format(day=day, starts=starts, ends=ends, what=mine.strip(), title=title),)
    return ()


def _overlapping(days: tuple[Day, ...]) -> list[Day]:
    found: list[Day] = []
    for before, after in pairwise(days):
        if before.date == after.date and after.starts < before.ends:
            found.append(after)
    return found
