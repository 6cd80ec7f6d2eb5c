"""A compiled part of an expression: how to read it as value, number, text and truth.

Rule of the file: values only. Every reader is a closure over what was known when the survey was loaded and takes
the scope alone; what kind of value comes out is decided here, once, wherever it can be.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, TypeVar

from surveys.expressions import moments
from surveys.expressions.coercion import (
    CLOSE,
    Clock,
    Day,
    Instant,
    Value,
    number_of,
    number_of_text,
    text_of,
    text_of_number,
    tidy,
    truth_of,
)
from surveys.expressions.scope import Scope

Kind = Literal["text", "number", "truth", "answer", "day", "instant", "clock", "any"]
""""answer" is a number question: a number, or "" while it is not answered. "any" is known only when evaluated."""

Scale = Literal["", "local", "utc"]
"""What a number counts: nothing in particular, or days in the office's zone or since 1970-01-01T00:00Z."""

T = TypeVar("T")
Reader = Callable[[Scope], T]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """``many`` reads a node-set: the values of a question in all repetitions; the others then read the first.
    ``constant`` is the value if it is known already. ``moment`` reads a date where there is one to read."""

    kind: Kind
    value: Reader[Value]
    number: Reader[float]
    text: Reader[str]
    truth: Reader[bool]
    constant: Value | None = None
    many: Reader[list[Value]] | None = None
    moment: Reader[date | None] | None = None
    scale: Scale = ""


def constant(value: Value) -> Code:
    """A value known when the survey is loaded."""
    if isinstance(value, bool):
        code = of_truth(lambda scope: value)
    elif isinstance(value, float):
        code = of_number(lambda scope: value)
    else:
        number = number_of_text(value)
        code = replace(of_text(lambda scope: value), number=lambda scope: number)
    return replace(code, constant=value)


def of_text(read: Reader[str]) -> Code:
    """A text."""
    return Code(
        kind="text",
        value=read,
        number=lambda scope: number_of_text(read(scope)),
        text=read,
        truth=lambda scope: read(scope) != "",
    )


def of_number(read: Reader[float], scale: Scale = "") -> Code:
    """A number."""
    return Code(
        kind="number",
        value=read,
        number=read,
        text=lambda scope: text_of_number(read(scope)),
        truth=lambda scope: abs(read(scope)) > CLOSE,
        scale=scale,
    )


def of_truth(read: Reader[bool]) -> Code:
    """True or false."""
    return Code(
        kind="truth",
        value=read,
        number=lambda scope: 1.0 if read(scope) else 0.0,
        text=lambda scope: "true" if read(scope) else "false",
        truth=read,
    )


def of_any(read: Reader[Value]) -> Code:
    """A value whose kind is known when it is there."""
    return Code(
        kind="any",
        value=read,
        number=lambda scope: number_of(read(scope), scope),
        text=lambda scope: text_of(read(scope)),
        truth=lambda scope: truth_of(read(scope)),
    )


def of_answer(read: Reader[str]) -> Code:
    """A number question's answer from its dumped text."""

    def value(scope: Scope) -> Value:
        text = read(scope)
        return number_of_text(text) if text else ""

    return Code(
        kind="answer",
        value=value,
        number=lambda scope: number_of_text(read(scope)),
        text=lambda scope: tidy(read(scope)),
        truth=lambda scope: abs(number_of_text(read(scope))) > CLOSE,
    )


def of_day(read: Reader[date | None]) -> Code:
    """A date without time."""
    return Code(
        kind="day",
        value=lambda scope: Day(moments.iso(read(scope))),
        number=lambda scope: moments.days(read(scope)),
        text=lambda scope: moments.iso(read(scope)),
        truth=lambda scope: read(scope) is not None,
        moment=read,
        scale="local",
    )


def of_instant(read: Reader[date | None]) -> Code:
    """A date with time."""
    return replace(of_day(read), kind="instant", value=lambda scope: Instant(moments.iso(read(scope))))


def of_day_text(read: Reader[str]) -> Code:
    """A date question's answer from its dumped text."""
    return Code(
        kind="day",
        value=lambda scope: Day(read(scope)),
        number=lambda scope: moments.days_of_text(read(scope), scope.now),
        text=read,
        truth=lambda scope: read(scope) != "",
        moment=lambda scope: moments.moment_of_text(read(scope), scope.now),
        scale="local",
    )


def of_instant_text(read: Reader[str]) -> Code:
    """A dateTime question's answer from its dumped text."""
    return replace(of_day_text(read), kind="instant", value=lambda scope: Instant(read(scope)))


def of_clock_text(read: Reader[str]) -> Code:
    """A time question's answer from its dumped text."""
    return Code(
        kind="clock",
        value=lambda scope: Clock(read(scope)),
        number=lambda scope: moments.fraction(read(scope), scope.now),
        text=read,
        truth=lambda scope: read(scope) != "",
        moment=lambda scope: moments.time_of_text(read(scope), scope.now),
    )


def of_values(read: Reader[list[Value]], kind: Kind = "any") -> Code:
    """A node-set: as one value it is its first, and "" when it is empty; more than one is true."""

    def first(scope: Scope) -> Value:
        values = read(scope)
        return values[0] if values else ""

    def truth(scope: Scope) -> bool:
        values = read(scope)
        return len(values) > 1 or (len(values) == 1 and truth_of(values[0]))

    return replace(of_any(first), kind=kind, truth=truth, many=read)


def moment_reader(code: Code) -> Reader[date | None]:
    """How to read the date that ``code`` stands for; a number is taken back into the count it came from."""
    if code.moment is not None:
        return code.moment
    if code.kind == "number" and code.scale == "local":
        return lambda scope: moments.instant_of_days(code.number(scope), scope.now)
    return lambda scope: _moment_of(code.value(scope), scope)


def _moment_of(value: Value, scope: Scope) -> date | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return moments.instant_of_days_utc(value, scope.now)
    return moments.moment_of_text(value, scope.now)


def day_reader(code: Code) -> Reader[date | None]:
    """As ``moment_reader``, without the time of day. A number that counts nothing known is local days."""
    if code.moment is None and code.scale != "utc":
        return lambda scope: _day_of(code.value(scope), scope)
    read = moment_reader(code)
    return lambda scope: _without_time(read(scope))


def _day_of(value: Value, scope: Scope) -> date | None:
    return moments.day_of_days(value) if isinstance(value, float) else _without_time(_moment_of(value, scope))


def _without_time(moment: date | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment
