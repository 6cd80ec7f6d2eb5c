"""Times of day."""

from __future__ import annotations

from surveys.questions import Prompt, Read, Unreadable, Unsure
from tests.surveys.questions.asked import dump, parse, prompt, question


def test_in_english_a_time_has_a_colon() -> None:
    assert dump(question("time"), "09:05", language="en") == "09:05"
    assert prompt(question("time"), language="en").placeholder == "09:00"


def test_time() -> None:
    asked = question("time")
    assert prompt(asked) == Prompt(placeholder="09.00")
    assert parse(asked, "pukul 9 malam") == Read("21:00")
    assert parse(asked, "9 lewat 10") == Unsure(("09:10",))
    assert parse(asked, "25:00") == Unreadable("Please type a time, for example 09.00 or 3 in the afternoon.")
    assert dump(asked, "09:05") == "09.05"
