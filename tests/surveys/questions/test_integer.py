"""Whole numbers."""

from __future__ import annotations

import pytest

from surveys.messages import Location
from surveys.questions import Prompt, Read, Unreadable, Unsure
from tests.surveys.questions.asked import parse, prompt, question

AGE = question("integer", constraint=". >= 0 and . <= 120")
INCOME = question("integer", constraint=". >= 0 and . <= 100000000")


def test_a_number_is_typed_and_its_limits_are_shown() -> None:
    assert prompt(AGE) == Prompt(placeholder="0–120")
    assert prompt(INCOME) == Prompt(placeholder="0–100.000.000")
    assert prompt(INCOME, language="en") == Prompt(placeholder="0–100,000,000")
    assert prompt(question("integer")) == Prompt(placeholder="0, 1, 2 …")


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        (". >= 0 and . <= 120", "Please type a whole number from 0 to 120."),
        ("(. >= 0) and (. <= 120)", "Please type a whole number from 0 to 120."),
        (". >= 0 or . <= 120", "Please type a whole number, for example 34."),
        (". > 0", "Please type a whole number, for example 34."),
        ("", "Please type a whole number, for example 34."),
    ],
)
def test_what_is_expected_of_a_whole_number(constraint: str, expected: str) -> None:
    assert parse(question("integer", constraint=constraint), "banyak") == Unreadable(expected)


def test_integer() -> None:
    assert parse(AGE, "34 thn") == Read("34")
    assert parse(AGE, "kira2 20") == Unsure(("20",))
    assert parse(AGE, Location(-10.1, 123.5)) == Unreadable("Please type a whole number from 0 to 120.")
    assert parse(INCOME, "Rp 1.500.000,-", label="Penghasilan per bulan (rupiah)?") == Read("1500000")
    assert parse(INCOME, "1,500", language="en") == Read("1500")
