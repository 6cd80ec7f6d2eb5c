"""A date with its time.

| survey | | | |
| | type | name | label |
| | dateTime | kejadian | Kapan itu terjadi? |

Rule of the file: both the day and the time must be said. Kept as YYYY-MM-DDTHH:MM in the office's time zone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from surveys.errors import Problem
from surveys.messages import Reply
from surveys.questions import Asking, Parsed, Prompt
from surveys.questions._dates import clock, long_date
from surveys.questions._replies import answer, typed
from surveys.survey import Question
from surveys.text.meaning import NOTHING
from surveys.text.moments import read_moment

TYPES = ("dateTime",)


def prompt(question: Question, asking: Asking) -> Prompt:  # noqa: ARG001 -- all types prompt alike
    """No buttons: day and time are typed."""
    today = asking.now
    return Prompt(placeholder=f"{today.day}/{today.month}/{today.year} {clock('09:00', asking.language)}")


def parse(question: Question, reply: Reply, asking: Asking) -> Parsed:  # noqa: ARG001 -- all types parse alike
    """The moment as YYYY-MM-DDTHH:MM."""
    text = typed(reply)
    meaning = NOTHING if text is None else read_moment(text, now=asking.now, label=asking.label, accepts=asking.accepts)
    return answer(meaning, lambda: _expected(asking))


def _expected(asking: Asking) -> str:
    _ = asking.say
    return _("Please type a date and a time, for example 17/8/2026 at 09.00.")


def dump(question: Question, value: str, asking: Asking) -> str:  # noqa: ARG001 -- all types dump alike
    """Written out: "Selasa, 24 November 2026, pukul 09.00"."""
    _ = asking.say
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    time = clock(f"{moment:%H:%M}", asking.language)
    return _("{date}, at {time}").format(date=long_date(moment.date(), _), time=time)


def check(question: Question, say: Callable[[str], str] = str) -> tuple[Problem, ...]:  # noqa: ARG001 -- nothing can be wrong with it alone
    """Nothing of its own."""
    return ()
