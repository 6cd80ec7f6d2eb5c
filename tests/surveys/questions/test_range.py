"""Numbers on a scale."""

from __future__ import annotations

import pytest

from surveys.messages import Button
from surveys.questions import Parsed, Prompt, Read, Unreadable, Unsure
from surveys.survey import Question
from tests.surveys.questions.asked import labels, parse, prompt, question

STARS = question("range", parameters={"start": "1", "end": "5", "step": "1"}, appearance=("rating",))
NPS = question("range", parameters={"start": "0", "end": "10", "step": "1"})
HALF = question("range", parameters={"start": "0", "end": "5", "step": "0.5"})
PERCENT = question("range", parameters={"start": "0", "end": "100", "step": "5"})


def test_a_short_scale_has_a_button_for_each_step() -> None:
    assert labels(prompt(STARS)) == [["1", "2", "3", "4", "5"]]
    assert prompt(STARS).placeholder == "1–5"
    assert labels(prompt(NPS)) == [["0", "1", "2", "3", "4", "5"], ["6", "7", "8", "9", "10"]]
    assert labels(prompt(HALF)) == [["0", "0,5", "1", "1,5", "2", "2,5"], ["3", "3,5", "4", "4,5", "5"]]
    assert labels(prompt(HALF, language="en"))[0] == ["0", "0.5", "1", "1.5", "2", "2.5"]
    assert prompt(STARS).rows[0][0] == Button("1")


def test_a_long_scale_is_typed() -> None:
    assert prompt(PERCENT) == Prompt(body="Answer with a number from 0 to 100 in steps of 5.", placeholder="0–100")


@pytest.mark.parametrize(
    ("asked", "typed", "parsed"),
    [
        (NPS, "10", Read("10")),
        (NPS, "nilai 9", Read("9")),
        (NPS, "9/10", Read("9")),
        (NPS, "9 dari 10", Read("9")),
        (NPS, "9,5", Unreadable("Please answer with a number from 0 to 10.")),
        (NPS, "11", Unreadable("Please answer with a number from 0 to 10.")),
        (NPS, "-1", Unreadable("Please answer with a number from 0 to 10.")),
        (NPS, "7-8", Unreadable("Please answer with a number from 0 to 10.")),
        (NPS, "7 atau 8", Unsure(("7", "8"))),
        (NPS, "10 atau 11", Unsure(("10",))),
        (NPS, "sangat mungkin", Unreadable("Please answer with a number from 0 to 10.")),
        (STARS, "⭐⭐⭐⭐", Unsure(("4",))),
        (STARS, "⭐⭐⭐⭐⭐⭐", Unreadable("Please answer with a number from 1 to 5.")),
        (STARS, "bintang 4", Read("4")),
        (HALF, "dua setengah", Read("2.5")),
        (HALF, "2,5", Read("2.5")),
        (HALF, "2½", Read("2.5")),
        (HALF, "2,25", Unreadable("Please answer with a number from 0 to 5 in steps of 0,5.")),
        (PERCENT, "75", Read("75")),
        (PERCENT, "tujuh puluh lima", Read("75")),
        (PERCENT, "75%", Unsure(("75",))),
        (PERCENT, "73", Unreadable("Please answer with a number from 0 to 100 in steps of 5.")),
    ],
)
def test_range(asked: Question, typed: str, parsed: Parsed) -> None:
    assert parse(asked, typed) == parsed


def test_without_parameters_the_scale_is_the_standards() -> None:
    assert labels(prompt(question("range"))) == [["1", "2", "3", "4", "5"], ["6", "7", "8", "9", "10"]]
    assert parse(question("range"), "10") == Read("10")


def test_a_scale_may_run_downwards() -> None:
    asked = question("range", parameters={"start": "5", "end": "1", "step": "-1"})
    assert labels(prompt(asked)) == [["1", "2", "3", "4", "5"]]
