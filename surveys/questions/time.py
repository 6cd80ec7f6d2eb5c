"""A time of day.

| survey | | | |
| | type | name | label |
| | time | jam | Pukul berapa pelayanan dimulai? |

Rule of the file: 24 hours; a morning or evening that was not said is asked back.
"""

from __future__ import annotations

from collections.abc import Callable

from surveys.errors import Problem
from surveys.messages import Reply
from surveys.questions import Asking, Parsed, Prompt
from surveys.questions._dates import clock
from surveys.questions._replies import answer, typed
from surveys.survey import Question
from surveys.text.meaning import NOTHING
from surveys.text.times import read_time

TYPES = ("time",)


def prompt(question: Question, asking: Asking) -> Prompt:  # noqa: ARG001 -- all types prompt alike
    """No buttons: a time is typed."""
    return Prompt(placeholder=clock("09:00", asking.language))


def parse(question: Question, reply: Reply, asking: Asking) -> Parsed:  # noqa: ARG001 -- all types parse alike
    """The time as HH:MM."""
    text = typed(reply)
    return answer(NOTHING if text is None else read_time(text, now=asking.now), lambda: _expected(asking))


def _expected(asking: Asking) -> str:
    _ = asking.say
    return _("Please type a time, for example 09.00 or 3 in the afternoon.")


def dump(question: Question, value: str, asking: Asking) -> str:  # noqa: ARG001 -- all types dump alike
    """With the dot or colon of the person's language."""
    return clock(value[:5], asking.language)


def check(question: Question, say: Callable[[str], str] = str) -> tuple[Problem, ...]:  # noqa: ARG001 -- nothing can be wrong with it alone
    """Nothing of its own."""
    return ()
