"""Command words inside a survey: help, skip, back, later, stop, begin again.

Rule of the file: no command loses an answer without asking first.
"""

from __future__ import annotations

from surveys.engine import walk
from surveys.engine.draft import Draft
from surveys.engine.playbook import Enter
from surveys.engine.sending import send
from surveys.engine.taking import asked_for, doubt, ends_here, reject, standing
from surveys.events import (
    TRIES_BEFORE_WAY_OUT,
    Asked,
    Dropped,
    Helped,
    Paused,
    Repeating,
    Restarting,
    Reviewed,
    Skipped,
    Specified,
)
from surveys.session import Place
from surveys.text.commands import Command

_OURS = frozenset({"confirming", "specifying", "jumping", "restarting"})
"""Questions of our own about what the person just said."""
HEARD: frozenset[Command] = frozenset({"help", "skip", "back", "later", "stop", "restart", "cancel"})
"""Command words that the engine carries out; all others are the caller's."""


def obey(draft: Draft, word: Command | None) -> None:
    """Carry out one of ``HEARD``."""
    match word:
        case "help":
            draft.tell(Helped())
        case "skip":
            _skip(draft)
        case "back":
            _back(draft)
        case "later" | "stop":
            pause(draft, word)
        case "cancel":
            _cancel(draft)
        case "restart":
            if draft.doing not in {"restarting", "paused"}:
                draft.resume_doing = draft.doing
            draft.doing = "restarting"
            draft.turn += 1
            draft.tell(Restarting())
        case _:
            msg = f"{word} is not for the engine"
            raise AssertionError(msg)


def _skip(draft: Draft) -> None:
    _ = draft.say
    if draft.doing == "repeating" and draft.at is not None:
        draft.closed.add(draft.at)
        walk.from_top(draft)
        return
    if draft.doing not in {"asking", "confirming", "specifying"} or draft.at is None:
        reject(draft, _("There is nothing to skip here."))
        return
    item, place = standing(draft)
    if draft.required(item, place):
        template = item.required_message.template(draft.language)
        if template is not None:
            reason = template.text(draft.stand(place))
        elif draft.tries + 1 < TRIES_BEFORE_WAY_OUT:
            reason = _("We need an answer to this question. Type LATER to go on another time.")
        else:
            reason = _("We need an answer to this question.")  # the ways out follow
        draft.doing, draft.candidates = "asking", ()
        reject(draft, reason)
        return
    if draft.forget(place) is not None:
        draft.tell(Dropped(place))
    draft.skipped.add(place)
    draft.calm()
    draft.last_raw = ""
    draft.tell(Skipped(place))
    if ends_here(draft, item):
        return
    walk.settle(draft, item.name)


def _cancel(draft: Draft) -> None:
    """Out of a question of our own; elsewhere the survey is put aside, and nothing is lost."""
    if draft.doing in _OURS:
        _back(draft)
    else:
        pause(draft, "later")


def _back(draft: Draft) -> None:
    if draft.doing in _OURS or draft.doing == "fetching":
        if draft.doing == "restarting":
            draft.doing = draft.resume_doing
        elif draft.doing in {"jumping", "fetching"}:
            draft.doing = "reviewing"
        else:
            draft.doing, draft.candidates = "asking", ()
        say_again(draft)
        return
    if draft.doing == "asking" and draft.at is not None and (begun := _begun_by_mistake(draft, draft.at)) is not None:
        walk.take_away(draft, begun)
        return
    here = draft.at if draft.doing in {"asking", "repeating"} else None
    before = [place for place, _op in walk.stops(draft)] if here is None else walk.stops_before(draft, here)
    if not before:
        _ = draft.say
        reject(draft, _("This is the first question."))
        return
    walk.ask_at(draft, asked_for(draft, before[-1]))


def _begun_by_mistake(draft: Draft, here: Place) -> Place | None:
    """The repeat whose last repetition is the one of ``here`` and has no answer yet, the innermost; None if none is."""
    repeats = draft.playbook.nodes[here.name].repeats
    for depth in range(len(repeats) - 1, -1, -1):
        place = Place(repeats[depth], here.position[:depth])
        op = draft.playbook.ops[draft.playbook.at[place.name]]
        if not isinstance(op, Enter) or op.repeat_count is not None:
            continue
        if not 1 < here.position[depth] == draft.repeats.get(place, 0):
            continue
        inside = here.position[: depth + 1]
        asked = {one for one, _item in walk.asked_places(draft) if one.name in op.names}
        if not any(one.position[: depth + 1] == inside for one in asked):
            return place
    return None


def pause(draft: Draft, how: Command) -> None:
    """Put the survey aside. Of "begin again?" nothing is kept: what stood before it comes back."""
    if draft.doing not in {"paused", "restarting"}:
        draft.resume_doing = draft.doing
    draft.doing = "paused"
    draft.tell(Paused("stop" if how == "stop" else "later"))


def say_again(draft: Draft) -> None:
    """Say again what stands."""
    draft.turn += 1
    match draft.doing:
        case "asking" if draft.at is not None:
            draft.page, draft.tries = 0, 0
            draft.tell(Asked(draft.at))
        case "confirming":
            draft.tell(doubt(draft, *standing(draft)))
        case "specifying" if draft.at is not None:
            draft.tell(Specified(draft.at))
        case "repeating" if draft.at is not None:
            draft.tell(Repeating(draft.at, draft.repeats.get(draft.at, 0)))
        case "restarting":
            draft.tell(Restarting())
        case "reviewing" | "jumping":
            draft.tell(Reviewed(choosing=draft.doing == "jumping"))
        case "fetching":
            send(draft)
        case _:
            walk.from_top(draft)
