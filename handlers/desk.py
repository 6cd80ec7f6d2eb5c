"""What a use-case has at hand while one message is handled.

Rule of the file: values handed down; no behaviour beyond looking things up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.visit import Conversation, House, Moment, Visit
from surveys.messages import Incoming

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Desk:
    """The unit of work, the house, the time and the message."""

    unit: UnitOfWork
    house: House
    moment: Moment
    incoming: Incoming

    def say(self, visit: Visit) -> Callable[[str], str]:
        """Gettext in the visitor's language."""
        return self.house.say(language_of(visit, self))


def language_of(visit: Visit, desk: Desk) -> str:
    """The language chosen, else the device's if we speak it, else the office's."""
    for language in (visit.language, desk.incoming.language):
        if language in desk.house.languages:
            return language
    return desk.house.languages[0]


def current(visit: Visit) -> Conversation | None:
    """The survey being answered: the open one touched last that is not put aside."""
    return next((c for c in reversed(visit.conversations) if not c.over and c.session.doing != "paused"), None)


def put_aside(visit: Visit) -> Conversation | None:
    """The survey put aside last."""
    return next((c for c in reversed(visit.conversations) if not c.over and c.session.doing == "paused"), None)
