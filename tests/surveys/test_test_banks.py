# ruff: noqa: E501 -- the row of a form is as wide as its columns
"""Question banks: the columns key and form, what is wrong with them, and a paper beside its key."""

from __future__ import annotations

import random
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from surveys import engine
from surveys.events import Asked, Step
from surveys.messages import Text
from surveys.papers import Paper, form_of, paper_of, without_key
from surveys.xlsform import read, write_xlsx
from tests.surveys.forms import problems_of, survey_of, told

NOW = datetime(2026, 11, 30, 9, tzinfo=ZoneInfo("Asia/Makassar"))
SETTINGS = "\n\n| settings | form_id | chat_once | chat_occasion |\n| | l2_uji | yes | yes |"
CHOICES = "\n\n| choices | list_name | name | label |\n| | ab | a | Alfa |\n| | ab | b | Bravo |\n| | ab | c | Charlie |\n| | no | 1 | Satu |\n| | no | 2 | Dua |"
BANK = """| survey | type | name | label | required | form | key |
| | select_one ab | satu_a | Satu A? | yes | A | b |
| | select_one ab | satu_b | Satu B? | yes | B | c |
| | select_one ab | dua_a | Dua A? | yes | A | a |
| | select_one ab | dua_b | Dua B? | yes | B | a |
| | select_one ab | sama | Sama? | yes | | b |"""


def faults(rows: str, settings: str = SETTINGS) -> list[str]:
    heading = "| survey | type | name | label | relevant | form | key |\n"
    return told(problems_of(heading + rows + CHOICES + settings))


def test_a_bank_is_read_and_written_without_loss() -> None:
    survey = survey_of(BANK + CHOICES + SETTINGS)
    assert [(one.name, one.form, one.key) for one in survey.keyed] == [
        ("satu_a", "A", "b"), ("satu_b", "B", "c"), ("dua_a", "A", "a"), ("dua_b", "B", "a"), ("sama", "", "b"),
    ]  # fmt: skip
    assert survey.forms == ("A", "B")
    assert survey.chat.occasion
    assert read(write_xlsx(survey), file_type=".xlsx", name_hint="x")[0] == survey
    assert problems_of(BANK + CHOICES + SETTINGS) == ()


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("| | select_one ab | a | A? | | A | |\n| | select_one ab | b | B? | | B | a |", "error survey 2: “a” stands in form A and has no key."),
        ("| | select_one ab | a | A? | | A | d |\n| | select_one ab | b | B? | | B | a |", "error survey 2: The key “d” of “a” is no choice of its list."),
        ("| | text | a | A? | | | d |\n| | select_one ab | b | B? | | | a |", "error survey 2: A question of a test is a select_one, and “a” is none."),
        ("| | select_one no | a | A? | | | 1 |", "error survey 2: The choices of “a” are called by numbers, which would show how they stand before being shuffled."),
        ("| | select_one ab | a | A? | | | a |\n| | select_one ab | b | B? | ${a} = 'a' | | a |", "error survey 3: “b” is asked on a condition, so not everybody would be marked alike."),
        ("| | select_one ab | a | A? | | A | a |\n| | select_one ab | b | B? | | A | a |\n| | select_one ab | c | C? | | B | a |", "error survey 2: The forms differ outside groups: A has 2 questions, B has 1."),
        ("| | select_one ab | a | A? | | A | a |", "error survey 0: A test has two parallel forms, one before and one after; here are: A."),
        (
            "| | begin_group | satu | Satu | | | |\n| | select_one ab | a | A? | | A | a |\n| | end_group | | | | | |\n| | begin_group | dua | Dua | | | |\n| | select_one ab | b | B? | | B | a |\n| | end_group | | | | | |",
            "error survey 3: The forms differ in the group “satu”: A has 1 questions, B has 0.",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_bank(rows: str, fault: str) -> None:
    assert faults(rows)[0] == fault


def test_the_settings_of_a_test() -> None:
    rows = "| | select_one ab | a | A? | | | a |"
    loose = "\n\n| settings | form_id | chat_anonymous | chat_editable |\n| | l2_uji | always | yes |"
    assert [line for line in faults(rows, loose) if "key is a test" in line] == [
        "error settings 2: A form with a key is a test: the two tests of a person are compared.",
        "error settings 2: A form with a key is a test: what was sent stands.",
        "error settings 2: A form with a key is a test: each test is sat once.",
        "error settings 2: A form with a key is a test: it belongs to a training.",
    ]


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({"form": "A"}, ["satu_a", "dua_a", "sama"]),
        ({"form": "B"}, ["satu_b", "dua_b", "sama"]),
        ({}, ["satu_a", "dua_a", "sama"]),
    ],
)
def test_one_form_is_asked(facts: dict[str, str], asked: list[str]) -> None:
    playbook = engine.compile_survey(survey_of(BANK + CHOICES + SETTINGS))
    step: Step = engine.start(playbook, language="id", now=NOW, rng=random.Random(1), say=str, facts=facts)
    found = []
    assert step.session.total == 3
    while step.session.doing == "asking":
        found += [event.place.name for event in step.events if isinstance(event, Asked)]
        step = engine.resume(playbook, step.session, Text("Alfa"), now=NOW, rng=random.Random(1), say=str)
    assert found == asked


def test_a_paper_beside_its_key() -> None:
    survey = survey_of(BANK + CHOICES + SETTINGS)
    assert paper_of(survey, {"satu_b": "c", "dua_b": "b", "sama": "b"}) == Paper("B", ("c", "b", "b"), ("c", "a", "b"))
    assert paper_of(survey, {"satu_a": "b"}) == Paper("A", ("b", None, None), ("b", "a", "b"))
    assert paper_of(survey, {"satu_b": "c", "dua_b": "b", "sama": "b"}).right == 2
    assert paper_of(survey, {}) == Paper("A", (None, None, None), ("b", "a", "b"))
    assert (form_of(survey, ["sama"]), form_of(survey, ["sama", "dua_b"])) == ("", "B")


def test_without_its_key_a_bank_tells_nothing() -> None:
    survey = survey_of(
        "| survey | type | name | label | key |\n| | begin_group | g | G | |\n| | select_one ab | a | A? | a |\n| | end_group | | | |"
        + CHOICES
        + SETTINGS
    )
    assert [question.key for question in survey.questions()] == ["a"]
    assert [question.key for question in without_key(survey).questions()] == [""]
