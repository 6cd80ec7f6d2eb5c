"""Dates and times: now, conversions to and from counted days, and dates as people read them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

from surveys.expressions import moments
from surveys.expressions.call import Call, Function
from surveys.expressions.code import Code, Reader, day_reader, moment_reader, of_day, of_instant, of_number, of_text
from surveys.expressions.coercion import NAN
from surveys.expressions.scope import Scope

# Any moment will do to see whether a literal is a date.
_SOME_TIME = moments.midnight_1970()


def _date(call: Call) -> Code:
    _checked(call)
    return of_day(day_reader(call.code(0)))


def _date_time(call: Call) -> Code:
    _checked(call)
    return of_instant(moment_reader(call.code(0)))


def _decimal_date_time(call: Call) -> Code:
    _checked(call)
    code = call.code(0)
    if code.kind in {"number", "answer"}:
        return of_number(code.number, code.scale)
    read = moment_reader(code)
    return of_number(lambda scope: moments.days_utc(read(scope), scope.now), "utc")


def _decimal_time(call: Call) -> Code:
    code = call.code(0)
    if code.kind in {"number", "answer"}:
        number = code.number
        return of_number(lambda scope: _fraction(number(scope)))
    if code.moment is not None:
        moment = code.moment
        return of_number(lambda scope: moments.fraction_of_moment(moment(scope)))
    literal = call.literal(0)
    if literal and math.isnan(moments.fraction(literal, _SOME_TIME)):
        raise call.refuse(call.say("This is no time; write HH:MM."), 0)
    text = code.text
    return of_number(lambda scope: moments.fraction(text(scope), scope.now))


def _fraction(number: float) -> float:
    return number % 1 if abs(number) < 1e15 else NAN


def _format(call: Call) -> Code:
    _ = call.say
    _checked(call)
    pattern = call.literal(1)
    unknown = moments.unknown_pattern(pattern) if pattern is not None else ""
    if unknown:
        problem = _('"{found}" is no part of a date; use %Y %y %m %n %b %d %e %a %H %h %M %S %3.')
        raise call.refuse(problem.format(found=unknown), 1)
    code = call.code(0)
    moment, write = _moment_or_time(code), call.code(1).text
    return of_text(lambda scope: moments.formatted(moment(scope), write(scope), getattr(scope, "language", "en")))


def _moment_or_time(code: Code) -> Reader[date | None]:
    """A text may also be a time of day, so that format-date-time(${jam}, '%H.%M') works on a calculation."""
    read = moment_reader(code)
    if code.moment is not None or code.kind not in {"text", "any"}:
        return read
    text = code.text

    def moment(scope: Scope) -> date | None:
        return read(scope) or moments.time_of_text(text(scope), scope.now)

    return moment


def _checked(call: Call) -> None:
    """Refuses a quoted text that is no date."""
    literal = call.literal(0)
    if literal and moments.moment_of_text(literal, _SOME_TIME) is None:
        raise call.refuse(
            call.say("This is no date; write YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS for a time on that day."), 0
        )


FUNCTIONS: Mapping[str, Function] = {
    "today": Function(0, 0, lambda call: of_day(lambda scope: scope.now.date()), volatile=True),
    "now": Function(0, 0, lambda call: of_instant(lambda scope: scope.now), volatile=True),
    "date": Function(1, 1, _date),
    "date-time": Function(1, 1, _date_time),
    "decimal-date-time": Function(1, 1, _decimal_date_time),
    "decimal-time": Function(1, 1, _decimal_time),
    "format-date": Function(2, 2, _format),
    "format-date-time": Function(2, 2, _format),
}
