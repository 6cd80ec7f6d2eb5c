"""Walking a survey: from where one stands to the next question that is relevant and not answered.

Rule of the file: on the way calculations are computed, notes are shown, and answers whose question became irrelevant
are dropped, as ODK does. A walk from the top settles everything after an earlier answer changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from surveys.defaults import read_back
from surveys.engine.counting import Condition
from surveys.engine.draft import Draft
from surveys.engine.playbook import Enter, Item, Leave, Playbook
from surveys.events import Asked, Dropped, Noted, Repeating, Reviewed
from surveys.session import Answer, Place, Session

_SETTLING_ROUNDS = 6
"""Walks from the top before a form that contradicts itself is left as it stands."""
MOST_REPETITIONS = 200
"""No repeat grows beyond this."""


def settle(draft: Draft, changed: str) -> None:
    """After the answer to the question ``changed`` changed: go to the next open question, from the top where earlier
    parts may
    have changed."""
    at = draft.playbook.at
    here = at[changed]
    later = any(at.get(place.name, -1) > here for place in draft.answers)
    if changed in draft.playbook.looks_ahead or later or draft.at is None:
        from_top(draft)
    else:
        _forward(draft, here + 1, draft.at.position)
    if changed in draft.playbook.steers:
        draft.total = count_units(draft)


def from_top(draft: Draft) -> None:
    """Walk the whole survey, again while dropping an answer changes something earlier."""
    for _ in range(_SETTLING_ROUNDS):
        before = len(draft.events)
        _forward(draft, 0, ())
        dropped = {event.place.name for event in draft.events[before:] if isinstance(event, Dropped)}
        if not dropped & draft.playbook.looks_ahead:
            return
        draft.events[before:] = [event for event in draft.events[before:] if isinstance(event, Dropped | Noted)]


def _forward(draft: Draft, index: int, position: tuple[int, ...]) -> None:
    """Go on from ``index`` until something stands for an answer: a question, "another one?", or the review."""
    ops = draft.playbook.ops
    while index < len(ops):
        op = ops[index]
        if isinstance(op, Item):
            if _stops(draft, op, Place(op.name, position[: len(op.node.repeats)])):
                return
            index += 1
        elif isinstance(op, Enter):
            index, position = _enter(draft, index, op, position)
        else:
            following = _leave(draft, index, op, position)
            if following is None:
                return
            index, position = following
    draft.calm()
    draft.doing, draft.at = "reviewing", None
    draft.total = count_units(draft)  # by now all is decided
    draft.turn += 1
    draft.tell(Reviewed())


def _enter(draft: Draft, index: int, op: Enter, position: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    place = Place(op.section.name, position)
    if op.relevant is not None and not op.relevant.truth(draft.stand(place)):
        _drop_inside(draft, op, position)
        return op.leave + 1, position
    if not op.section.repeat:
        return index + 1, position
    if op.repeat_count is not None:
        wanted = op.repeat_count.number(draft.stand(place))
        draft.repeats[place] = 0 if wanted != wanted else max(0, min(int(wanted), MOST_REPETITIONS))  # noqa: PLR0124 -- NaN
        _drop_beyond(draft, op, position, draft.repeats[place])
        if draft.repeats[place] == 0:
            return op.leave + 1, position
    else:
        draft.repeats.setdefault(place, 1)
    return index + 1, (*position, 1)


def _leave(draft: Draft, index: int, op: Leave, position: tuple[int, ...]) -> tuple[int, tuple[int, ...]] | None:
    enter = draft.playbook.ops[op.enter]
    if not isinstance(enter, Enter) or not enter.section.repeat:
        return index + 1, position
    outer = position[:-1]
    place = Place(enter.section.name, outer)
    if position[-1] < draft.repeats[place]:
        return op.enter + 1, (*outer, position[-1] + 1)
    if enter.repeat_count is None and place not in draft.closed and draft.repeats[place] < MOST_REPETITIONS:
        ask_another(draft, place)
        return None
    return index + 1, outer


def _stops(draft: Draft, item: Item, place: Place) -> bool:
    """Deal with one question; True if it stands for an answer now."""
    if item.relevant is not None and not item.relevant.truth(draft.stand(place)):
        if draft.forget(place) is not None and item.asks:
            draft.tell(Dropped(place))
        return False
    if item.silent:
        _compute(draft, item, place)
    if item.silent and not item.displayed:
        return False
    if item.kind is None:
        if place not in draft.skipped:
            draft.skipped.add(place)
            draft.tell(Noted(place))
        return False
    if place in draft.skipped:
        if not draft.required(item, place):
            return False
    elif place in draft.answers:
        if not item.leans or _still_stands(draft, item, place):
            return False
        draft.forget(place)
        draft.tell(Dropped(place))
    ask(draft, place)
    return True


def ask(draft: Draft, place: Place) -> None:
    """Put the question at ``place``. What stands there already (an answer being changed, a default) is preselected."""
    item = draft.playbook.item(place.name)
    draft.calm()
    draft.doing, draft.at = "asking", place
    draft.turn += 1
    if item.question.type in {"select_multiple", "rank"}:
        standing = draft.answers[place].value if place in draft.answers else default_of(draft, item, place)
        open_to = {choice.name for choice in draft.choices(item, place)}
        draft.selection = tuple(name for name in standing.split() if name in open_to)
    draft.tell(Asked(place))


def ask_another(draft: Draft, place: Place) -> None:
    """Ask whether the repeat at ``place`` has another repetition, once more if that was answered."""
    draft.calm()
    draft.closed.discard(place)
    draft.doing, draft.at = "repeating", place
    draft.turn += 1
    draft.tell(Repeating(place, draft.repeats.get(place, 0)))


def ask_at(draft: Draft, place: Place) -> None:
    """Put the question at ``place``, or ask whether the repeat there has another repetition."""
    if isinstance(draft.playbook.ops[draft.playbook.at[place.name]], Enter):
        ask_another(draft, place)
    else:
        ask(draft, place)


def default_of(draft: Draft, item: Item, place: Place) -> str:
    """The value a question starts with, "" if none."""
    if item.default is not None:
        return item.default.text(draft.stand(place))
    return item.question.default


def proposed(draft: Draft, item: Item, place: Place) -> str:
    """The value that may be taken as it is: the answer being changed, else a default that reads as an answer; ""
    if none."""
    standing = draft.value(*place)
    if standing or item.kind is None or not (item.default is not None or item.question.default):
        return standing
    value = default_of(draft, item, place)
    if value:
        value = read_back(item.kind, item.question, value, draft.asking(item, place))
    return "" if value and draft.broken(item, place, value) else value


def _still_stands(draft: Draft, item: Item, place: Place) -> bool:
    value = draft.answers[place].value
    if item.choice_filter is not None:
        open_to = {choice.name for choice in draft.choices(item, place)}
        if any(name not in open_to for name in value.split()):
            return False
    return not draft.broken(item, place, value)


def _compute(draft: Draft, item: Item, place: Place) -> None:
    word = item.question.type
    if item.calculation is not None:
        value = item.calculation.text(draft.stand(place, draft.value(place.name, place.position)))
    elif place in draft.answers:
        return
    elif word == "today":
        value = draft.started.date().isoformat()
    elif word == "start":
        value = draft.started.isoformat(timespec="milliseconds")
    else:
        value = default_of(draft, item, place)
    if value:
        draft.answers[place] = Answer(value)
    else:
        draft.answers.pop(place, None)


def _drop_inside(draft: Draft, op: Enter, position: tuple[int, ...]) -> None:
    """The group or repeat is irrelevant: nothing in it stands, and it has no repetitions."""
    _drop(draft, op, lambda place: place.position[: len(position)] == position)


def _drop_beyond(draft: Draft, op: Enter, position: tuple[int, ...], number: int) -> None:
    """The repeat has ``number`` repetitions: nothing stands in further ones."""
    depth = len(position)
    _drop(draft, op, lambda place: place.position[:depth] == position and place.position[depth : depth + 1] > (number,))


def _drop(draft: Draft, op: Enter, goes: Callable[[Place], bool]) -> None:
    for place in [place for place in draft.answers if place.name in op.names and goes(place)]:
        draft.forget(place)
        if draft.playbook.item(place.name).asks:
            draft.tell(Dropped(place))
    if draft.skipped:
        draft.skipped = {place for place in draft.skipped if place.name not in op.names or not goes(place)}
    for place in [place for place in draft.repeats if place.name in op.repeats and goes(place)]:
        del draft.repeats[place]
        draft.closed.discard(place)


def take_away(draft: Draft, place: Place) -> None:
    """Take the last repetition of the repeat at ``place`` away and ask whether there is another."""
    op = draft.playbook.ops[draft.playbook.at[place.name]]
    if isinstance(op, Enter):
        draft.repeats[place] -= 1
        _drop_beyond(draft, op, place.position, draft.repeats[place])
    ask_another(draft, place)


def stops(draft: Draft) -> Iterator[tuple[Place, Item | Enter]]:
    """What was asked, in order: questions that were answered or passed over, and "another one?" of each repeat."""
    for place, op in _laid_out(draft):
        if isinstance(op, Enter):
            if place in draft.closed:
                yield place, op
        elif op.asks and (place in draft.answers or place in draft.skipped):
            yield place, op


def stops_before(draft: Draft, here: Place) -> list[Place]:
    """What was asked before the question ``here``, or before "another one?" of the repeat ``here``."""
    order = [place for place, _op in _laid_out(draft)]
    before = set(order[: order.index(here)])
    return [place for place, _op in stops(draft) if place in before]


def places(draft: Draft) -> Iterator[tuple[Place, Item]]:
    """Every question in every repetition there is, in the order of the survey, relevant or not."""
    return ((place, op) for place, op in _laid_out(draft) if isinstance(op, Item))


def asked_places(draft: Draft) -> Iterator[tuple[Place, Item]]:
    """Every question that was answered or passed over, in the order of the survey."""
    return ((place, op) for place, op in stops(draft) if isinstance(op, Item))


def _laid_out(draft: Draft) -> Iterator[tuple[Place, Item | Enter]]:
    """The questions, and each repeat of which people say how often, at its end."""
    ops = draft.playbook.ops
    index = 0
    position: tuple[int, ...] = ()
    while index < len(ops):
        op = ops[index]
        if isinstance(op, Item):
            yield Place(op.name, position), op
        elif isinstance(op, Enter) and op.section.repeat:
            if draft.repeats.get(Place(op.section.name, position), 0) == 0:
                index = op.leave
            else:
                position = (*position, 1)
        elif isinstance(op, Leave):
            enter = ops[op.enter]
            if isinstance(enter, Enter) and enter.section.repeat:
                place = Place(enter.section.name, position[:-1])
                if position[-1] < draft.repeats[place]:
                    position = (*place.position, position[-1] + 1)
                    index = op.enter
                else:
                    position = place.position
                    if enter.repeat_count is None:
                        yield place, enter
        index += 1


def count_units(draft: Draft) -> int:
    """How many questions there are for this person, as far as can be told so far; a repeat counts once.

    What hangs on a question that is still to come is counted, since a total that shrinks pleases more than one that
    grows; of those that exclude each other, as many as may come together.
    """
    playbook = draft.playbook
    here = len(playbook.ops) if draft.doing == "reviewing" else -1
    if draft.at is not None:
        here = playbook.at[draft.at.name]
    total = playbook.always
    for some in playbook.perhaps:
        open_ = {number for number, conditions in enumerate(some.questions) if _may_come(draft, conditions, here)}
        decided = some.decided_by < here
        total += len(open_) if decided else max((len(open_ & together) for together in some.together), default=0)
    return total


def _may_come(draft: Draft, conditions: tuple[Condition, ...], here: int) -> bool:
    """Whether no condition of a question is decided and fails."""
    return not any(
        condition.decided_by < here and not condition.relevant.truth(draft.stand(condition.place))
        for condition in conditions
    )


def standing_number(playbook: Playbook, session: Session) -> int:
    """Which question of ``session.total`` stands now, counting from 1."""
    if session.at is None:
        return session.total
    here, units = playbook.at[session.at.name], playbook.units
    return 1 + len({name for name, _ in (*session.answers, *session.skipped) if units.get(name, here) < here})
