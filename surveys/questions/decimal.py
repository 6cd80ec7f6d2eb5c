"""A number with a fraction: a length, a weight, a share.

| survey | | | | |
| | type | name | label | constraint |
| | decimal | luas | Berapa luas lahan (hektar)? | . >= 0 and . <= 10000 |

Rule of the file: Indonesian writes 2,5 and people type 2.5 as well; "1.500" may be either and is asked back.
"""

from __future__ import annotations

from collections.abc import Callable

from surveys.errors import Problem
from surveys.messages import Reply
from surveys.questions import Asking, Parsed, Prompt
from surveys.questions._replies import answer, grouped, number_limits, typed
from surveys.survey import Question
from surveys.text.meaning import NOTHING
from surveys.text.numbers import read_number

TYPES = ("decimal",)


def prompt(question: Question, asking: Asking) -> Prompt:
    """No buttons: a number is typed."""
    low, high = number_limits(question.constraint)
    if low and high:
        return Prompt(placeholder=f"{grouped(low, asking.language)}–{grouped(high, asking.language)}")
    return Prompt(placeholder="2.5" if asking.language == "en" else "2,5")


def parse(question: Question, reply: Reply, asking: Asking) -> Parsed:
    """The number with a point before its fraction and no needless zeros."""
    text = typed(reply)
    meaning = (
        NOTHING
        if text is None
        else read_number(text, whole=False, label=asking.label, english=asking.language == "en", accepts=asking.accepts)
    )
    return answer(meaning, lambda: _expected(question, asking))


def _expected(question: Question, asking: Asking) -> str:
    _ = asking.say
    low, high = number_limits(question.constraint)
    if low and high:
        low, high = grouped(low, asking.language), grouped(high, asking.language)
        return _("Please type a number from {low} to {high}, for example 2.5.").format(low=low, high=high)
    return _("Please type a number, for example 2.5.")


def dump(question: Question, value: str, asking: Asking) -> str:  # noqa: ARG001 -- all types dump alike
    """With the comma or point of the person's language."""
    return grouped(value, asking.language)


def check(question: Question, say: Callable[[str], str] = str) -> tuple[Problem, ...]:  # noqa: ARG001 -- nothing can be wrong with it alone
    """Nothing of its own."""
    return ()
