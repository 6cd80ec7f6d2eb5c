"""A whole number: an age, a count, an amount of money.

| survey | | | | |
| | type | name | label | constraint |
| | integer | umur | Berapa umur Bapak/Ibu? | . >= 0 and . <= 120 |

Rule of the file: "34 thn", "tigapuluh empat" and "Rp 1.500.000,-" are numbers; more than 15 figures are none.
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

TYPES = ("integer",)


def prompt(question: Question, asking: Asking) -> Prompt:
    """No buttons: a number is typed. The limits stand in the empty input field."""
    low, high = number_limits(question.constraint)
    if low and high:
        return Prompt(placeholder=f"{grouped(low, asking.language)}–{grouped(high, asking.language)}")
    return Prompt(placeholder="0, 1, 2 …")


def parse(question: Question, reply: Reply, asking: Asking) -> Parsed:
    """The number as digits without separators, with a minus sign below zero."""
    text = typed(reply)
    meaning = (
        NOTHING
        if text is None
        else read_number(text, whole=True, label=asking.label, english=asking.language == "en", accepts=asking.accepts)
    )
    return answer(meaning, lambda: _expected(question, asking))


def _expected(question: Question, asking: Asking) -> str:
    _ = asking.say
    low, high = number_limits(question.constraint)
    if low and high:
        low, high = grouped(low, asking.language), grouped(high, asking.language)
        return _("Please type a whole number from {low} to {high}.").format(low=low, high=high)
    return _("Please type a whole number, for example 34.")


def dump(question: Question, value: str, asking: Asking) -> str:  # noqa: ARG001 -- all types dump alike
    """With its thousands grouped."""
    return grouped(value, asking.language)


def check(question: Question, say: Callable[[str], str] = str) -> tuple[Problem, ...]:  # noqa: ARG001 -- nothing can be wrong with it alone
    """Nothing of its own."""
    return ()
