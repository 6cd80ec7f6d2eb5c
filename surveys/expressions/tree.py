"""The tree of an expression: what its words mean to each other, before anything is known of the survey.

Rule of the file: values only; ``at`` is the character where the author wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Literal:
    """A number or a quoted text."""

    value: str | float
    at: int


@dataclass(frozen=True, slots=True)
class Named:
    """``${name}``, or a path whose last step is a name."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Current:
    """``.`` or ``current()``: the question the expression stands on."""

    at: int


@dataclass(frozen=True, slots=True)
class Parent:
    """``..``, ``../..``: a section around the question the expression stands on."""

    levels: int
    at: int


@dataclass(frozen=True, slots=True)
class Bare:
    """A name without ``${}``: a column of the choices sheet, or a mistake."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    """``name(argument, …)``."""

    name: str
    arguments: tuple[Syntax, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Negative:
    """``-operand``, minus signs in pairs already taken away."""

    operand: Syntax
    at: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands of one level of precedence, to be taken from left to right."""

    first: Syntax
    rest: tuple[tuple[str, Syntax], ...]
    at: int


Syntax = Literal | Named | Current | Parent | Bare | Call | Negative | Chain
