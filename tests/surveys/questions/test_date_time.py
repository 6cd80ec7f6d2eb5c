"""Dates with times."""

from __future__ import annotations

import pytest

from surveys.questions import Prompt, Read, Unreadable
from tests.surveys.questions.asked import dump, parse, prompt, question


def test_date_with_time() -> None:
    asked = question("dateTime")
    assert prompt(asked) == Prompt(placeholder="24/11/2026 09.00")
    assert parse(asked, "besok jam 9 pagi") == Read("2026-11-25T09:00")
    assert parse(asked, "besok") == Unreadable("Please type a date and a time, for example 17/8/2026 at 09.00.")


@pytest.mark.parametrize(
    ("value", "shown"),
    [("2026-11-24T09:05", "Tuesday, 24 November 2026, at 09.05"), ("soon", "soon")],
)
def test_shown(value: str, shown: str) -> None:
    assert dump(question("dateTime"), value) == shown
