"""Trainings in the chat: what suits me, and what I take part in.

Rule of the file: lists to choose from; a dialog carries keys of sessions alone, and what is shown is read afresh.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers import learning_session
from handlers.desk import Desk, Heard
from handlers.learning_known import competence_names, known, refused, suiting
from handlers.visit import Visit
from outreach.enrolment import state_names
from outreach.training_words import line, served
from storage import trainings
from storage.trainings import Offered
from surveys.messages import Button, Outgoing
from surveys.speaking import shorten
from surveys.text.normal import normal
from surveys.text.yes_no import yes_no

LIST = "learn"
"""Which one? The dialog."""
DIALOGS = frozenset({LIST, *learning_session.DIALOGS})
AT_ONCE = 5
"""Lines of a list in one message."""
BUTTON = 20
_TO_COME = frozenset({"invited", "enrolled", "waiting"})


async def show(visit: Visit, desk: Desk, *, start: int = 0, first: str = "") -> None:
    """What suits the visitor. Raises StorageError."""
    _ = desk.say(visit)
    if refused(visit, desk):
        return
    who = await known(visit, desk)
    offered = await suiting(who, desk)
    hint = "" if who.proved else _("Type /verify, and what is meant for your unit is shown too.")
    if not offered:
        words = _("No training is announced for you at the moment. Type PELATIHAN again in some days.")
        mine = [Button(_("My trainings"))] if who.mine else []
        text = "\n".join(one for one in (first, words, hint) if one)
        visit.say(Outgoing(text=text, rows=((*mine, Button(_("Close"))),)))
        visit.ask_between(LIST, keys="")
        return
    some = offered[start : start + AT_ONCE] or offered[:AT_ONCE]
    names = competence_names(visit, desk)
    lines = []
    for number, one in enumerate(some, start=1):
        marks = [_("your need: {name}").format(name=names.get(gap, gap)) for gap in served(one.training, who.gaps)[:1]]
        own = who.mine.get(one.session.key)
        if own is not None and own.state != "cancelled":
            marks.append(state_names(_)[own.state])
        lines.append(f"{number} {line(one.training, one.session, marks, _)}")
    text = "\n".join(one for one in (first, _("Trainings that suit you:"), *lines, hint) if one)
    more = [Button(_("More of them"))] if len(offered) > AT_ONCE else []
    more += [Button(_("My trainings"))] if who.mine else []
    rows = (*((Button(_label(n, one)),) for n, one in enumerate(some, start=1)), (*more, Button(_("Close"))))
    visit.say(Outgoing(text=text, rows=rows, placeholder=f"1–{len(some)}"))
    keys = " ".join(one.session.key for one in some)
    visit.ask_between(LIST, keys=keys, next=str(start + AT_ONCE if start + AT_ONCE < len(offered) else 0))


def _label(number: int, one: Offered) -> str:
    return shorten(f"{number} {one.training.title}", BUTTON)


async def show_mine(visit: Visit, desk: Desk) -> None:
    """What the visitor takes part in: to come first, then what was. Raises StorageError."""
    _ = desk.say(visit)
    if refused(visit, desk):
        return
    who = await known(visit, desk)
    states = state_names(_)
    now, timezone = desk.moment.now, desk.house.timezone
    found = await trainings.sessions_by_key(desk.unit.transaction, list(who.mine))
    by_date = sorted(found.values(), key=lambda one: one.session.first.date)
    coming = [
        one
        for one in by_date
        if one.session.last.finishes(timezone) > now
        and not one.session.cancelled
        and who.mine[one.session.key].state in _TO_COME
    ]
    past = [one for one in reversed(by_date) if who.mine[one.session.key].state in {"attended", "absent"}]
    lines = [
        f"{number} {line(one.training, one.session, [states[who.mine[one.session.key].state]], _)}"
        for number, one in enumerate(coming[:AT_ONCE], start=1)
    ]
    if not coming:
        lines.append(_("You are not enrolled in any training to come."))
    lines += ["· " + line(one.training, one.session, [states[who.mine[one.session.key].state]], _) for one in past[:3]]
    rows = (
        *((Button(_label(n, one)),) for n, one in enumerate(coming[:AT_ONCE], start=1)),
        (Button(_("All trainings")), Button(_("Close"))),
    )
    visit.say(Outgoing(text="\n".join([_("Your trainings:"), *lines]), rows=rows))
    visit.ask_between(LIST, keys=" ".join(one.session.key for one in coming[:AT_ONCE]))


# ---- answers ----------------------------------------------------------------------------------------


async def ask_again(visit: Visit, desk: Desk) -> None:
    """Say the standing question once more."""
    if visit.dialog["doing"] == LIST:
        await show(visit, desk)
    else:
        await learning_session.ask_again(visit, desk)


async def answered(visit: Visit, text: str, desk: Desk) -> Heard:
    """The answer to any of them. Raises StorageError."""
    if visit.dialog["doing"] == LIST:
        return await _chosen(visit, text, desk)
    heard = await learning_session.answered(visit, text, desk)
    if heard != "list":
        return heard
    await show(visit, desk)
    return "yes"


async def _chosen(visit: Visit, text: str, desk: Desk) -> Heard:
    _ = desk.say(visit)
    typed, keys = normal(text), visit.dialog.get("keys", "").split()
    if typed in {normal(_("Close")), "tutup"} or yes_no(text) is False:
        visit.say(Outgoing(text=_("All right.")))
        return "closed"
    if typed == normal(_("My trainings")):
        await show_mine(visit, desk)
        return "yes"
    if typed == normal(_("All trainings")):
        await show(visit, desk)
        return "yes"
    if typed in {normal(_("More of them")), "lainnya"}:
        await show(visit, desk, start=int(visit.dialog.get("next", "0") or 0))
        return "yes"
    found = await trainings.sessions_by_key(desk.unit.transaction, keys)
    key = _named(typed, [(key, found[key]) for key in keys if key in found])
    if key:
        await learning_session.opened(visit, key, desk)
        return "yes"
    if typed.isdecimal():
        visit.say(Outgoing(text=_("Please choose a number from the list."), keyboard="keep"))
        return "yes"
    return "no"


def _named(typed: str, some: Sequence[tuple[str, Offered]]) -> str:
    """The session that is named by its number, its button, or its title; "" if none."""
    for number, (key, one) in enumerate(some, start=1):
        if typed in {str(number), normal(_label(number, one)), normal(one.training.title)}:
            return key
    return ""
