"""A date; with the appearance "month-year" a month, with "year" a year.

| survey | | | | | |
| | type | name | label | appearance | constraint |
| | date | lahir | Tanggal lahir Bapak/Ibu? | | . <= today() |
| | date | mulai | Sejak bulan apa bertugas di sini? | month-year | |
| | date | lulus | Tahun lulus? | year | |

Rule of the file: day before month; the form's constraint decides between 1945 and 2045. A month is kept as its first
day, a year as its 1 January, as the standard does.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from surveys.errors import Problem
from surveys.messages import Reply, rows_of
from surveys.questions import Asking, Parsed, Prompt
from surveys.questions._dates import long_date, month_names
from surveys.questions._replies import answer, typed
from surveys.survey import Question
from surveys.text.dates import Part, is_birth, read_date
from surveys.text.meaning import NOTHING

TYPES = ("date",)


def _part(question: Question) -> Part:
    if "month-year" in question.appearance:
        return "month"
    return "year" if "year" in question.appearance else "day"


def prompt(question: Question, asking: Asking) -> Prompt:
    """Buttons for the near days that the form allows, where a day that may be near is asked for."""
    _ = asking.say
    part = _part(question)
    if part == "year":
        return Prompt(placeholder="1990")
    if part == "month":
        return Prompt(placeholder="08/1990")
    if is_birth(asking.label):
        return Prompt(placeholder="17/8/1990")
    today = asking.now.date()
    near = ((_("Yesterday"), -1), (_("Today"), 0), (_("Tomorrow"), 1))
    labels = tuple(label for label, days in near if not asking.accepts((today + timedelta(days=days)).isoformat()))
    return Prompt(rows=rows_of(labels, 3), placeholder=f"{today.day}/{today.month}/{today.year}")


def parse(question: Question, reply: Reply, asking: Asking) -> Parsed:
    """The date as YYYY-MM-DD."""
    text = typed(reply)
    meaning = (
        NOTHING
        if text is None
        else read_date(text, today=asking.now.date(), label=asking.label, accepts=asking.accepts, part=_part(question))
    )
    return answer(meaning, lambda: _expected(question, asking))


def _expected(question: Question, asking: Asking) -> str:
    _ = asking.say
    match _part(question):
        case "month":
            return _("Please type a month and a year, for example August 1990 or 08/1990.")
        case "year":
            return _("Please type a year, for example 1990.")
        case _:
            return _("Please type a date with day, month and year, for example 17/8/1990.")


def dump(question: Question, value: str, asking: Asking) -> str:
    """Written out: "Jumat, 17 Agustus 1990", "Agustus 1990", "1990"."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    match _part(question):
        case "month":
            return f"{month_names(asking.say)[day.month - 1]} {day.year:04}"
        case "year":
            return f"{day.year:04}"
        case _:
            return long_date(day, asking.say)


def check(question: Question, say: Callable[[str], str] = str) -> tuple[Problem, ...]:  # noqa: ARG001 -- nothing can be wrong with it alone
    """Nothing of its own."""
    return ()
