"""Numbers with a fraction."""

from __future__ import annotations

import pytest

from surveys.questions import Prompt, Read, Unreadable, Unsure
from tests.surveys.questions.asked import dump, parse, prompt, question

ASKED = question("decimal", constraint=". >= 0 and . <= 10000")


def test_prompt() -> None:
    assert prompt(ASKED) == Prompt(placeholder="0–10.000")
    assert prompt(question("decimal")) == Prompt(placeholder="2,5")
    assert prompt(question("decimal"), language="en") == Prompt(placeholder="2.5")


def test_decimal() -> None:
    assert parse(ASKED, "2,5") == Read("2.5")
    assert parse(ASKED, "1.500") == Unsure(("1500", "1.5"))
    assert parse(ASKED, "setengah") == Read("0.5")
    assert parse(ASKED, "entah") == Unreadable("Please type a number from 0 to 10.000, for example 2.5.")
    assert parse(question("decimal"), "entah") == Unreadable("Please type a number, for example 2.5.")


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        ("34", "34", "34"),
        ("1990", "1990", "1990"),
        ("15000", "15.000", "15,000"),
        ("-1500000", "-1.500.000", "-1,500,000"),
        ("2.5", "2,5", "2.5"),
        ("1.125", "1,1250", "1.1250"),
        ("12345.5", "12345,5", "12345.5"),
        ("0.5", "0,5", "0.5"),
        ("", "", ""),
    ],
)
def test_numbers_are_shown_as_people_read_them(value: str, indonesian: str, english: str) -> None:
    assert (dump(question("decimal"), value), dump(question("decimal"), value, language="en")) == (indonesian, english)
