"""Dates, months and years."""

from __future__ import annotations

import pytest

from surveys.messages import Other
from surveys.questions import Prompt, Read, Unreadable, Unsure
from surveys.survey import Question
from tests.surveys.questions.asked import dump, labels, parse, prompt, question

DAY = question("date")
MONTH = question("date", appearance=("month-year",))
YEAR = question("date", appearance=("year",))


def past(value: str) -> str:
    return "" if value <= "2026-11-24" else "not yet"


def test_near_days_have_buttons_where_the_form_allows_them() -> None:
    assert labels(prompt(DAY)) == [["Yesterday", "Today", "Tomorrow"]]
    assert labels(prompt(DAY, accepts=past)) == [["Yesterday", "Today"]]
    assert labels(prompt(DAY, accepts=lambda value: "never")) == []
    assert prompt(DAY, label="Tanggal lahir?") == Prompt(placeholder="17/8/1990")
    assert prompt(MONTH) == Prompt(placeholder="08/1990")
    assert prompt(YEAR) == Prompt(placeholder="1990")


def test_date() -> None:
    assert parse(DAY, "17 agustus 1990") == Read("1990-08-17")
    assert parse(DAY, "17/8/45", label="Tanggal lahir?", accepts=past) == Read("1945-08-17")
    assert parse(DAY, "Besok") == Read("2026-11-25")
    assert parse(DAY, "minggu depan") == Unsure(("2026-12-01",))
    expected = Unreadable("Please type a date with day, month and year, for example 17/8/1990.")
    assert [parse(DAY, typed) for typed in ("31/4/1990", "0/5/1990", "29/2/2023", "1990")] == [expected] * 4
    assert parse(DAY, Other("sticker")) == expected


def test_parts_of_a_date() -> None:
    assert parse(MONTH, "agustus 1990") == Read("1990-08-01")
    assert parse(YEAR, "1990") == Read("1990-01-01")
    assert parse(MONTH, "1990") == Unreadable("Please type a month and a year, for example August 1990 or 08/1990.")
    assert parse(YEAR, "agustus 1990") == Unreadable("Please type a year, for example 1990.")


@pytest.mark.parametrize(
    ("asked", "value", "shown"),
    [
        (DAY, "1990-08-17", "Friday, 17 August 1990"),
        (MONTH, "1990-08-01", "August 1990"),
        (YEAR, "1990-01-01", "1990"),
        (DAY, "soon", "soon"),
    ],
)
def test_shown(asked: Question, value: str, shown: str) -> None:
    assert dump(asked, value) == shown
