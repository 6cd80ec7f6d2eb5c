"""Two versions of a survey: which answers can be counted together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from surveys.comparing import Compared, compare
from surveys.survey import Survey
from tests.surveys.forms import survey_of, surveys

OLD = """
    | survey  | type           | name   | label           | relevant     | parameters    |
    |         | text           | nama   | Nama?           |              |               |
    |         | integer        | umur   | Umur?           |              |               |
    |         | select_one kel | kel    | Kelurahan?      |              |               |
    |         | range          | puas   | Puas?           |              | start=1 end=5 |
    |         | note           | terima | Terima kasih    |              |               |
    | choices | list_name      | name   | label           |
    |         | kel            | alak   | Alak            |
    |         | kel            | nbs    | Nunbaun Sabu    |
"""


def edited(old: str, new: str) -> str:
    """The form with one place changed."""
    assert OLD.count(old) == 1
    return OLD.replace(old, new)


def one(old: str, new: str, name: str) -> Compared:
    """What became of the question ``name`` when ``old`` in the form became ``new``."""
    comparison = compare(survey_of(OLD), survey_of(edited(old, new)))
    changed = [question for question in comparison.questions if question.standing != "same" or question.moved]
    assert [question.name for question in changed] == [name]
    return changed[0]


def test_the_same_survey_stays_comparable() -> None:
    comparison = compare(survey_of(OLD), survey_of(OLD))
    assert [(q.name, q.standing) for q in comparison.questions] == [
        ("nama", "same"), ("umur", "same"), ("kel", "same"), ("puas", "same"),
    ]  # fmt: skip
    assert comparison.comparable


@pytest.mark.parametrize(
    ("old", "new", "name", "standing", "comparable"),
    [
        ("Umur?  ", "Berapa umur?", "umur", "reworded", True),
        ("Alak            |\n", "Kelurahan Alak  |\n", "kel", "reworded", True),
        ("integer        | umur ", "decimal        | umur ", "umur", "same", True),
        ("integer        | umur ", "text           | umur ", "umur", "changed", False),
        ("start=1 end=5", "start=1 end=10", "puas", "changed", False),
        ("select_one kel ", "select_multiple kel ", "kel", "changed", False),
        ("select_one kel ", "select_one kel or_other ", "kel", "widened", True),
        ("|         | kel            | nbs    | Nunbaun Sabu    |", "", "kel", "narrowed", True),
    ],
)
def test_what_a_change_means(old: str, new: str, name: str, standing: str, comparable: bool) -> None:
    comparison = compare(survey_of(OLD), survey_of(edited(old, new)))
    found = next(question for question in comparison.questions if question.name == name)
    assert (found.standing, found.comparable) == (standing, comparable)
    assert all(question.standing == "same" for question in comparison.questions if question.name != name)
    assert comparison.comparable == comparable


def test_a_new_choice_widens() -> None:
    new = "| kel | nbs | Nunbaun Sabu |\n    | | kel | nbd | Nunbaun Delha |"
    assert one("| kel            | nbs    | Nunbaun Sabu    |", new, "kel") == Compared(
        name="kel", standing="widened", old_type="select_one", new_type="select_one", added=("nbd",)
    )


def test_a_renamed_choice_is_recognised_by_its_label() -> None:
    found = one("| nbs    |", "| sabu   |", "kel")
    assert (found.standing, found.added, found.removed, found.renamed) == (
        "narrowed", ("sabu",), ("nbs",), (("nbs", "sabu"),),
    )  # fmt: skip


def test_another_condition_is_told() -> None:
    found = one("Puas?           |              |", "Puas? | ${umur} > 17 |", "puas")
    assert (found.standing, found.moved, found.comparable) == ("same", True, True)


def test_questions_that_come_and_go() -> None:
    comparison = compare(survey_of(OLD), survey_of(edited("| nama   |", "| nama_lengkap |")))
    assert [(q.name, q.standing) for q in comparison.of("new", "gone")] == [("nama_lengkap", "new"), ("nama", "gone")]
    assert not comparison.comparable


def test_a_question_added_leaves_the_others_comparable() -> None:
    comparison = compare(
        survey_of(OLD), survey_of(edited("|         | note ", "| | text | usul | Usul? | | |\n    | | note "))
    )
    assert [question.name for question in comparison.of("new")] == ["usul"]
    assert comparison.comparable


def test_a_question_that_moves_into_a_repeat_is_another_question() -> None:
    repeated = "begin_repeat | r | R | | |\n    | | text | nama | Nama? | | |\n    | | end_repeat | | | | |"
    new = edited("text           | nama   | Nama?           |              |               |", repeated)
    found = next(question for question in compare(survey_of(OLD), survey_of(new)).questions if question.name == "nama")
    assert found.standing == "changed"


def test_a_new_translation_changes_nothing() -> None:
    one_language = "| survey | type | name | label |\n| | text | a | Nama? |"
    two = "| survey | type | name | label | label::English (en) |\n| | text | a | Nama? | Name? |"
    assert compare(survey_of(one_language), survey_of(two)).questions == (
        Compared(name="a", standing="same", old_type="text", new_type="text"),
    )


@given(surveys())
@settings(max_examples=30, deadline=None)
def test_any_survey_is_comparable_with_itself(survey: Survey) -> None:
    comparison = compare(survey, survey)
    assert {question.standing for question in comparison.questions} <= {"same"}
    assert comparison.comparable
