"""A training as people read it in the chat: a line of a list, a page of its own, and what was changed.

Rule of the file: words only; what holds a link that lets one in is said to those who have a place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from decimal import Decimal

from outreach.training import Say, Training, TrainingSession, form_names
from outreach.wording import days_in_words, hours_in_words, short, where
from surveys.speaking import day as day_in_words

FEW = 10
"""Places left that are told by their number."""


def hours_number(jp: Decimal) -> str:
    """16, 4,5: without what says nothing."""
    return f"{jp.normalize():f}".replace(".", ",")


def line(training: Training, session: TrainingSession, marks: Sequence[str], say: Say, *, most: int = 40) -> str:
    """One session in a list; ``marks`` are what is to be known of it beside."""
    _ = say
    words = _("{title} ({jp} JP), {days}").format(
        title=short(training.title, most), jp=hours_number(training.jp), days=days_in_words(session.days, say)
    )
    return " · ".join((words, *marks))


def held(session: TrainingSession, timezone: tzinfo, say: Say, *, inside: bool) -> str:
    """When and where: "Selasa, 1 Desember 2026, pukul 08.00–15.30 WITA, di Aula Kantor Camat Alak"."""
    _ = say
    place = where(session, say) if session.place or inside else _("online")
    days = session.in_order
    return f"{days_in_words(days, say)}, {hours_in_words(days, timezone, say)}, {place}"


def page(  # noqa: PLR0913 -- what stands on it
    training: Training,
    session: TrainingSession,
    *,
    timezone: tzinfo,
    free: int | None,
    waiting: bool,
    needs: Sequence[str],
    status: str,
    inside: bool,
    say: Say,
) -> str:
    """Everything about one session, in at most some 600 characters. ``free``: places left, None without limit;
    ``needs``: names of the person's own gaps it serves; ``inside``: they have a place."""
    _ = say
    form = form_names(say).get(training.form, training.form)
    lines = [
        _("{title}: {form}, {jp} learning hours (JP)").format(
            title=training.title, form=form, jp=hours_number(training.jp)
        ),
        held(session, timezone, say, inside=inside),
    ]
    if len({(day.starts, day.ends) for day in session.days}) > 1 and len(session.days) <= 4:
        lines += [f"{day_in_words(day.date, say)}: {day.starts:%H.%M}–{day.ends:%H.%M}" for day in session.in_order]
    if training.provider:
        lines.append(_("Held by: {provider}").format(provider=short(training.provider, 80)))
    if session.instructor:
        lines.append(_("Instructor: {name}").format(name=short(session.instructor, 80)))
    if training.description:
        lines.append(short(training.description, 200))
    if needs:
        lines.append(_("It serves needs you named yourself: {names}.").format(names=", ".join(needs)))
    lines += [places(free, say, waiting=waiting), status]
    return "\n".join(one for one in lines if one)


def places(free: int | None, say: Say, *, waiting: bool) -> str:
    """Whether there are places; how many, where they are few. How many take part is not told."""
    _ = say
    if free is None or (free > FEW and not waiting):
        return _("There are places.")
    if free and not waiting:
        return _("Places left: {free}.").format(free=free)
    return _("It is full; there is a waiting list.")


def changes(before: TrainingSession, now: TrainingSession, timezone: tzinfo, say: Say) -> tuple[str, ...]:
    """What is different for those who take part, in sentences; nothing where nothing is."""
    _ = say
    found = []
    if before.in_order != now.in_order:
        found.append(
            _("New time: {days}, {hours} (before: {before}).").format(
                days=days_in_words(now.days, say),
                hours=hours_in_words(now.in_order, timezone, say),
                before=days_in_words(before.days, say),
            )
        )
        if len({(day.starts, day.ends) for day in now.days}) > 1:
            found += [f"{day_in_words(day.date, say)}: {day.starts:%H.%M}–{day.ends:%H.%M}" for day in now.in_order[:6]]
    if (before.place, before.link) != (now.place, now.link):
        found.append(_("New place: {place}.").format(place=where(now, say)))
    if before.instructor != now.instructor and now.instructor:
        found.append(_("Instructor: {name}").format(name=now.instructor))
    return tuple(found)


def gaps(answers: Mapping[str, str]) -> dict[str, int]:
    """Own answers to ``tna_asn`` to the competences with a gap of one level or more, the largest first."""
    found = {}
    for name, value in answers.items():
        if name.startswith("gap_") and value.isdecimal() and int(value) > 0:
            found[name.removeprefix("gap_")] = int(value)
    return dict(sorted(found.items(), key=lambda one: -one[1]))


def served(training: Training, gaps_: Mapping[str, int]) -> tuple[str, ...]:
    """Which of the gaps this training is about, the largest first."""
    return tuple(name for name in gaps_ if name in training.competences)


def weight(training: Training, gaps_: Mapping[str, int]) -> int:
    """How much it does for these gaps: the largest one counts, then how many levels there are in all."""
    sizes = [gaps_[name] for name in served(training, gaps_)]
    return 100 * max(sizes) + sum(sizes) if sizes else 0
