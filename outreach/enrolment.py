"""Who takes part in a session: from the invitation to having been there, and who gets a place that becomes free.

Rule of the file: what may follow what is the table ``FOLLOWS``; places are given first come, first served.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from outreach.training import Say, TrainingSession

State = Literal["invited", "enrolled", "waiting", "cancelled", "attended", "absent"]

FOLLOWS: Mapping[State, frozenset[State]] = {
    "invited": frozenset({"enrolled", "waiting", "cancelled", "attended"}),  # attended: came without having answered
    "enrolled": frozenset({"cancelled", "attended", "absent"}),
    "waiting": frozenset({"enrolled", "cancelled", "attended"}),  # attended: came all the same and was let in
    "cancelled": frozenset({"invited", "enrolled", "waiting", "attended"}),
    "attended": frozenset({"absent"}),  # the instructor's list corrects
    "absent": frozenset({"attended"}),
}
HOLDS_A_PLACE: frozenset[State] = frozenset({"enrolled", "attended", "absent"})

STRENGTH: Sequence[State] = ("cancelled", "invited", "waiting", "absent", "enrolled", "attended")
"""Of two enrolments that turn out to be one person's the later in this order stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """One person and one session. ``since``: aware, when the present state began; a place in the queue goes by it."""

    person: str
    session: str
    state: State
    since: datetime
    reason: str = ""
    """Why it was cancelled, in the person's words."""
    by: Literal["self", "supervisor", "office"] = "self"
    confirmed: bool = False
    """The person said they will come."""


class NotPossible(ValueError):
    """That cannot follow the present state of this enrolment."""


def moved(enrolment: Enrolment, state: State, *, now: datetime, reason: str = "") -> Enrolment:
    """The enrolment in its next state; the same again where it is there already. Raises NotPossible."""
    if state == enrolment.state:
        return enrolment
    if state not in FOLLOWS[enrolment.state]:
        raise NotPossible(f"{enrolment.state} cannot become {state}")
    return replace(enrolment, state=state, since=now, reason=reason, confirmed=False)


def invited(session: str, person: str, *, now: datetime, by: Literal["supervisor", "office"]) -> Enrolment:
    """Named by a supervisor or the office; the person has not answered, and holds no place."""
    return Enrolment(person=person, session=session, state="invited", since=now, by=by)


def enrolled(session: TrainingSession, person: str, all_of_it: Sequence[Enrolment], *, now: datetime) -> Enrolment:
    """The person's enrolment once they ask for a place: enrolled, or waiting where it is full or others wait.

    ``all_of_it``: every enrolment of the session. Who is enrolled, waits or was there stays as they are.
    """
    before = next((one for one in all_of_it if one.person == person and one.session == session.key), None)
    if before is not None and before.state in HOLDS_A_PLACE | {"waiting"}:
        return before
    queue = any(one.state == "waiting" for one in all_of_it)
    free = free_places(session, all_of_it)
    state: State = "enrolled" if free is None or (free > 0 and not queue) else "waiting"
    if before is None:
        return Enrolment(person=person, session=session.key, state=state, since=now)
    return moved(before, state, now=now)


def cancelled(enrolment: Enrolment, reason: str, *, now: datetime) -> Enrolment:
    """The person, or the office for them, takes it back. Raises NotPossible once attendance is recorded."""
    return moved(enrolment, "cancelled", now=now, reason=" ".join(reason.split()))


def after_the_end(enrolment: Enrolment, attended: Iterable[date], *, now: datetime) -> Enrolment:
    """What an enrolment becomes when the session is over, and once more when its list is corrected: who came on any
    day attended."""
    if any(True for _day in attended):
        return moved(enrolment, "attended", now=now)
    return moved(enrolment, "absent", now=now) if enrolment.state in {"enrolled", "attended"} else enrolment


def free_places(session: TrainingSession, all_of_it: Iterable[Enrolment]) -> int | None:
    """How many places are left, never below 0; None where there is no limit."""
    if session.capacity <= 0:
        return None
    return max(0, session.capacity - places_taken(all_of_it))


def places_taken(all_of_it: Iterable[Enrolment]) -> int:
    """How many hold a place."""
    return sum(one.state in HOLDS_A_PLACE for one in all_of_it)


def next_in_line(session: TrainingSession, all_of_it: Sequence[Enrolment], *, now: datetime) -> tuple[Enrolment, ...]:
    """Those who leave the waiting list because places are free, already enrolled: who waited longest comes first.

    Nobody moves up in a session that was cancelled.
    """
    if session.cancelled:
        return ()
    waiting = sorted((one for one in all_of_it if one.state == "waiting"), key=lambda one: (one.since, one.person))
    free = free_places(session, all_of_it)
    return tuple(moved(one, "enrolled", now=now) for one in waiting[:free])


def place_in_line(person: str, all_of_it: Iterable[Enrolment]) -> int:
    """1 for who is next; 0 for who does not wait."""
    waiting = sorted((one for one in all_of_it if one.state == "waiting"), key=lambda one: (one.since, one.person))
    return next((place for place, one in enumerate(waiting, start=1) if one.person == person), 0)


def state_names(say: Say) -> Mapping[State, str]:
    """What the states are called."""
    _ = say
    return {
        "invited": _("invited"),
        "enrolled": _("enrolled"),
        "waiting": _("on the waiting list"),
        "cancelled": _("called off"),
        "attended": _("attended"),
        "absent": _("absent"),
    }
