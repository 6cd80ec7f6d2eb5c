"""Arithmetic: rounding, powers, logarithms, angles. What has no answer is NaN, what is too large is Infinity."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal

from surveys.expressions.call import (
    Call,
    Function,
    number_from_number,
    number_from_numbers,
)
from surveys.expressions.code import Code, constant, of_number
from surveys.expressions.coercion import NAN

_MOST_PLACES = 30  # beyond these JavaRosa gives NaN
_EXACT = Context(prec=400)


def truncated(number: float) -> float:
    """int(): towards zero."""
    return float(math.trunc(number)) if math.isfinite(number) else number


def rounded(number: float, places: float = 0.0) -> float:
    """round(): halves up, as they are written in decimals (1.005 to two places is 1.01), -2.5 is -2.

    With negative places tens, hundreds … are rounded; beyond 30 places it is NaN.
    """
    if not math.isfinite(number):
        return number
    if abs(places) >= _MOST_PLACES + 1:
        return NAN
    to = 0 if math.isnan(places) else int(places)
    exact = Decimal(repr(number))
    if to < 0:
        tens = Decimal(10) ** -to
        return float((exact / tens + Decimal("0.5")).to_integral_value(ROUND_FLOOR) * tens)
    method = ROUND_HALF_DOWN if number < 0 else ROUND_HALF_UP
    return float(exact.quantize(Decimal(1).scaleb(-to), rounding=method, context=_EXACT))


def power(number: float, exponent: float) -> float:
    """pow(): as IEEE has it, but a negative number to a broken power is NaN."""
    try:
        return math.pow(number, exponent)
    except OverflowError:
        return -math.inf if number < 0 and exponent % 2 == 1 else math.inf
    except ValueError:
        if number == 0:
            odd = exponent % 2 == 1
            return math.copysign(math.inf, number) if odd else math.inf
        return NAN


def _round(call: Call) -> Code:
    number = call.code(0).number
    if call.count == 1:
        return of_number(lambda scope: rounded(number(scope)))
    places = call.code(1).number
    return of_number(lambda scope: rounded(number(scope), places(scope)))


def _or_nan(calculate: Callable[[float], float]) -> Function:
    """A function of ``math`` that raises where it has no value."""

    def total(number: float) -> float:
        try:
            return calculate(number)
        except ValueError:
            return NAN
        except OverflowError:
            return math.inf

    return number_from_number(total)


def _logarithm(calculate: Callable[[float], float]) -> Function:
    return _or_nan(lambda number: calculate(number) if number != 0 else -math.inf)


FUNCTIONS: Mapping[str, Function] = {
    "int": number_from_number(truncated),
    "round": Function(1, 2, _round),
    "abs": number_from_number(abs),
    "pow": number_from_numbers(power),
    "exp": _or_nan(math.exp),
    "exp10": number_from_number(lambda number: power(10.0, number)),
    "log": _logarithm(math.log),
    "log10": _logarithm(math.log10),
    "sqrt": _or_nan(math.sqrt),
    "sin": _or_nan(math.sin),
    "cos": _or_nan(math.cos),
    "tan": _or_nan(math.tan),
    "asin": _or_nan(math.asin),
    "acos": _or_nan(math.acos),
    "atan": _or_nan(math.atan),
    "atan2": number_from_numbers(math.atan2),
    "pi": Function(0, 0, lambda call: constant(math.pi)),
    "random": Function(0, 0, lambda call: of_number(lambda scope: scope.rng.random()), volatile=True),
}
