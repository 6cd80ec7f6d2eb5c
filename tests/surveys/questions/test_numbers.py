"""integer, decimal, range."""

from __future__ import annotations

import pytest

from surveys.messages import Button, Location
from surveys.questions import Prompt, Read, Unreadable, Unsure
from tests.surveys.questions.asked import dump, labels, parse, prompt, question

AGE = question("integer", constraint=". >= 0 and . <= 120")
INCOME = question("integer", constraint=". >= 0 and . <= 100000000")
STARS = question("range", parameters={"start": "1", "end": "5", "step": "1"}, appearance=("rating",))
NPS = question("range", parameters={"start": "0", "end": "10", "step": "1"})
HALF = question("range", parameters={"start": "0", "end": "5", "step": "0.5"})
PERCENT = question("range", parameters={"start": "0", "end": "100", "step": "5"})


def test_a_number_is_typed_and_its_limits_are_shown() -> None:
    assert prompt(AGE) == Prompt(placeholder="0–120")
    assert prompt(INCOME) == Prompt(placeholder="0–100.000.000")
    assert prompt(INCOME, language="en") == Prompt(placeholder="0–100,000,000")
    assert prompt(question("integer")) == Prompt(placeholder="0, 1, 2 …")
    assert prompt(question("decimal")) == Prompt(placeholder="2,5")


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


def test_decimal() -> None:
    asked = question("decimal", constraint=". >= 0 and . <= 10000")
    assert parse(asked, "2,5") == Read("2.5")
    assert parse(asked, "1.500") == Unsure(("1500", "1.5"))
    assert parse(asked, "setengah") == Read("0.5")
    assert parse(asked, "entah") == Unreadable("Please type a number from 0 to 10.000, for example 2.5.")
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
def test_range(asked: object, typed: str, parsed: object) -> None:
    assert parse(asked, typed) == parsed  # type: ignore[arg-type]


def test_without_parameters_the_scale_is_the_standards() -> None:
    assert labels(prompt(question("range"))) == [["1", "2", "3", "4", "5"], ["6", "7", "8", "9", "10"]]
    assert parse(question("range"), "10") == Read("10")


def test_a_scale_may_run_downwards() -> None:
    asked = question("range", parameters={"start": "5", "end": "1", "step": "-1"})
    assert labels(prompt(asked)) == [["1", "2", "3", "4", "5"]]
