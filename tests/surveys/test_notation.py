"""A survey is stored as plain data and comes back the same."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.wording import catalogue
from surveys import notation
from surveys.errors import StoredSurveyError
from surveys.survey import Choice, Question, Survey
from tests.surveys.forms import survey_of, surveys

FORM = """
    | survey |                    |        |                    |
    |        | type               | name   | label              |
    |        | select_one kota    | asal   | Lahir di mana?     |
    |        | select_one kota    | kini   | Tinggal di mana?   |
    | choices |
    |         | list_name | name | label | pulau |
    |         | kota      | kpg  | Kupang | Timor |
    |         | kota      | mof  | Maumere | Flores |
"""


@given(surveys())
@settings(max_examples=60, deadline=None)
def test_any_survey_comes_back_equal_through_json(survey: Survey) -> None:
    assert notation.load(json.loads(json.dumps(notation.dump(survey)))) == survey


def test_row_numbers_come_back_too() -> None:
    survey = survey_of(FORM)
    loaded = notation.load(notation.dump(survey))
    assert [question.row for question in loaded.questions()] == [2, 3]
    assert [choice.row for choice in loaded.question("kini").choices] == [2, 3]


def test_a_list_that_two_questions_share_is_written_once_and_shared_again() -> None:
    data = notation.dump(survey_of(FORM))
    assert json.dumps(data).count("Maumere") == 1
    loaded = notation.load(data)
    assert loaded.question("asal").choices is loaded.question("kini").choices


def test_questions_with_one_list_name_but_different_choices_keep_their_own() -> None:
    one, two = (Choice(name="a", label={"id": "A"}),), (Choice(name="b", label={"id": "B"}),)
    survey = Survey(
        name="uji",
        title={"id": "Uji"},
        items=(
            Question(name="x", type="select_one", list_name="l", choices=one),
            Question(name="y", type="select_one", list_name="l", choices=two),
            Question(name="z", type="select_one", list_name="l"),
        ),
    )
    assert notation.load(notation.dump(survey)) == survey


def test_what_is_empty_takes_no_room() -> None:
    survey = Survey(name="uji", title={"id": "Uji"}, items=(Question(name="x", type="text", label={"id": "X?"}),))
    assert notation.dump(survey)["items"] == [{"name": "x", "type": "text", "label": {"id": "X?"}}]


def test_data_without_a_field_that_came_later_is_read_with_its_default() -> None:
    data = notation.dump(survey_of(FORM))
    del data["tables"], data["chat"]
    assert notation.load(data) == survey_of(FORM)


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"format": 2},
        {"format": 1, "items": [], "lists": {}},
        {**notation.dump(survey_of(FORM)), "items": [{"name": "x", "type": "select_one", "list_name": "nowhere"}]},
        {**notation.dump(survey_of(FORM)), "items": [{"name": "x", "kind": "text"}]},
        {**notation.dump(survey_of(FORM)), "chat": {"opens": "tomorrow"}},
        {**notation.dump(survey_of(FORM)), "items": 5},
    ],
)
def test_other_data_is_refused_with_a_sentence(broken: dict[str, object]) -> None:
    with pytest.raises(StoredSurveyError) as refused:
        notation.load(broken)
    assert catalogue("id").gettext(str(refused.value)) == (
        "Survei yang tersimpan ditulis oleh program yang lebih baru. Mohon perbarui program ini."
        if broken.get("format") == 2
        else "Survei yang tersimpan tidak dapat dibaca. Terbitkan lagi, atau pulihkan cadangan."
    )


def test_a_new_version_differs_only_in_its_number() -> None:
    survey = survey_of(FORM)
    assert notation.load({**notation.dump(survey), "version": 4}) == replace(survey, version=4)
