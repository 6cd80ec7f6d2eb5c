"""What a use-case has at hand while one message is handled.

Rule of the file: values handed down; no behaviour beyond looking things up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from handlers.visit import Conversation, House, Moment, Visit
from surveys.messages import Incoming

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

Heard = Literal["no", "yes", "closed"]
"""What became of a message at a question in between: it was no answer; it was, and what stands now has been said; it
was, and what stood before is to be said again."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The unit of work, the house, the time and the message. ``unseen``: it was written before what stands was seen."""

    unit: UnitOfWork
    house: House
    moment: Moment
    incoming: Incoming
    unseen: bool = False

    def say(self, visit: Visit) -> Callable[[str], str]:
        """Gettext in the visitor's language."""
        return self.house.say(language_of(visit, self))


def language_of(visit: Visit, desk: Desk) -> str:
    """The language chosen, else the device's if we speak it, else the office's."""
    for language in (visit.language, desk.incoming.language):
        if language in desk.house.languages:
            return language
    return desk.house.languages[0]


def kind_names(say: Callable[[str], str]) -> Mapping[str, str]:
    """As whom people write."""
    _ = say
    return {"asn": _("Civil servant"), "warga": _("Citizen"), "stakeholder": _("Organisation")}


def current(visit: Visit) -> Conversation | None:
    """The survey being answered: the open one touched last that is not put aside."""
    return next((c for c in reversed(visit.conversations) if not c.over and c.session.doing != "paused"), None)


def put_aside(visit: Visit) -> Conversation | None:
    """The survey put aside last."""
    return next((c for c in reversed(visit.conversations) if not c.over and c.session.doing == "paused"), None)


def keep_order(visit: Visit) -> None:
    """Surveys are read back in the order in which they were touched: let that be the order they stand in now."""
    for before, after in pairwise(visit.conversations):
        if after.session.touched <= before.session.touched:
            after.session = replace(after.session, touched=before.session.touched + timedelta(microseconds=1))
            after.changed = True
