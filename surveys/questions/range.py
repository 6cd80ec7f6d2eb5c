"""A number on a scale: start, end and step; with the appearance "rating" its steps are stars.

| survey | | | | | |
| | type | name | label | parameters | appearance |
| | range | nps | Seberapa besar kemungkinan Bapak/Ibu menyarankan pelatihan ini? | start=0 end=10 step=1 | |
| | range | bintang | Berapa bintang untuk pelayanan ini? | start=1 end=5 step=1 | rating |

Rule of the file: only a step of the scale is an answer. Without parameters the scale is 1 to 10, as in the standard.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from surveys.errors import Problem
from surveys.messages import Button, Reply, Text, rows_of
from surveys.questions import Asking, Parsed, Prompt, Read, Unreadable, Unsure
from surveys.questions._replies import Say, answer, decimal_or_none, grouped
from surveys.survey import Question
from surveys.text.meaning import NOTHING, Meaning, perhaps
from surveys.text.numbers import plain, read_number

TYPES = ("range",)
_DEFAULTS = {"start": "1", "end": "10", "step": "1"}
_MOST_BUTTONS = 11
_STAR = frozenset("⭐★☆🌟 \ufe0f")
_Scale = tuple[Decimal, Decimal, Decimal]


def _scale(question: Question) -> _Scale:
    """Lowest, highest and step; the standard's own where a parameter cannot be read."""
    return _scale_of(*(question.parameters.get(key, default) for key, default in _DEFAULTS.items()))


@lru_cache(maxsize=256)
def _scale_of(start: str, end: str, step: str) -> _Scale:
    first, last, width = decimal_or_none(start), decimal_or_none(end), decimal_or_none(step)
    if first is None or last is None or not width or first == last:
        return Decimal(1), Decimal(10), Decimal(1)
    return min(first, last), max(first, last), abs(width)


@lru_cache(maxsize=256)
def _steps(scale: _Scale) -> tuple[str, ...]:
    """The values of a short scale, none for a long one."""
    low, high, step = scale
    count = int((high - low) / step) + 1
    return tuple(plain(low + step * number) for number in range(count)) if count <= _MOST_BUTTONS else ()


def _on_scale(value: str, scale: _Scale) -> bool:
    low, high, step = scale
    number = Decimal(value)
    return low <= number <= high and (number - low) % step == 0


def prompt(question: Question, asking: Asking) -> Prompt:
    """A button for each step of a short scale; a long one is typed."""
    scale = _scale(question)
    steps = _steps(scale)
    labels = tuple(grouped(step, asking.language) for step in steps)
    placeholder = f"{grouped(plain(scale[0]), asking.language)}–{grouped(plain(scale[1]), asking.language)}"
    if not labels:
        return Prompt(body=_hint(scale, asking), placeholder=placeholder)
    rows: tuple[tuple[Button, ...], ...] = rows_of(labels, 6 if len(labels) == _MOST_BUTTONS else 5)
    return Prompt(rows=rows, placeholder=placeholder)


def _hint(scale: _Scale, asking: Asking) -> str:
    _ = asking.say
    low, high, step = (grouped(plain(part), asking.language) for part in scale)
    if scale[2] == 1:
        return _("Answer with a number from {low} to {high}.").format(low=low, high=high)
    return _("Answer with a number from {low} to {high} in steps of {step}.").format(low=low, high=high, step=step)


def parse(question: Question, reply: Reply, asking: Asking) -> Parsed:
    """The step as a number with a point."""
    scale = _scale(question)
    text = reply.text if isinstance(reply, Text) else ""
    if text in _steps(scale):
        return Read(text)
    stars = _stars(text)
    meaning = stars if stars is not None else _number(text, scale, asking)
    found = answer(meaning, lambda: _expected(scale, asking))
    if isinstance(found, Read) and not _on_scale(found.value, scale):
        return Unreadable(_expected(scale, asking))
    if isinstance(found, Unsure):
        values = tuple(value for value in found.values if _on_scale(value, scale))
        return Unsure(values) if values else Unreadable(_expected(scale, asking))
    return found


def _number(text: str, scale: _Scale, asking: Asking) -> Meaning:
    if not text:
        return NOTHING

    def accepts(value: str) -> str:
        return "" if _on_scale(value, scale) else "no"

    english = asking.language == "en"
    return read_number(text, whole=False, label=asking.label, english=english, accepts=accepts, out_of=scale[1])


def _stars(text: str) -> Meaning | None:
    if not text or not set(text) <= _STAR:
        return None
    count = sum(char in "⭐★🌟" for char in text)
    return perhaps(str(count)) if count else None


def _expected(scale: _Scale, asking: Asking) -> str:
    _ = asking.say
    low, high, step = (grouped(plain(part), asking.language) for part in scale)
    if scale[2] == 1:
        return _("Please answer with a number from {low} to {high}.").format(low=low, high=high)
    return _("Please answer with a number from {low} to {high} in steps of {step}.").format(
        low=low, high=high, step=step
    )


def dump(question: Question, value: str, asking: Asking) -> str:  # noqa: ARG001 -- all types dump alike
    """With the comma or point of the person's language."""
    return grouped(value, asking.language)


def check(question: Question, say: Say = str) -> tuple[Problem, ...]:
    """A scale that has no steps, or more than a person can choose from."""
    _ = say
    parts = [decimal_or_none(question.parameters.get(key, default)) for key, default in _DEFAULTS.items()]
    start, end, step = parts
    if start is None or end is None or step is None or step == 0 or start == end or abs(step) > abs(end - start):
        return (
            Problem(
                code="range-scale", sheet="survey", row=question.row,
                what=_('The scale of "{name}" has no steps.').format(name=question.name),
                remedy=_("Write numbers into parameters, for example start=1 end=5 step=1."),
            ),
        )  # fmt: skip
    if (end - start) % step:
        last = plain(start + (end - start) // step * step)
        return (
            Problem(
                code="range-end", sheet="survey", row=question.row, level="warning",
                what=_('The steps of "{name}" do not reach its end {end}; the last is {last}.').format(
                    name=question.name, end=question.parameters.get("end", _DEFAULTS["end"]), last=last
                ),
                remedy=_("Choose an end that is a whole number of steps away from the start."),
            ),
        )  # fmt: skip
    return ()
