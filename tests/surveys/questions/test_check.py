"""What a type tells the author of a form."""

from __future__ import annotations

import pytest

from surveys.questions import type_of
from surveys.survey import Question
from tests.surveys.questions.asked import choice, question

CHOICES = (choice("a", "A"), choice("b", "B"))


@pytest.mark.parametrize(
    ("asked", "problems"),
    [
        (question("integer"), []),
        (question("decimal"), []),
        (question("date"), []),
        (question("time"), []),
        (question("dateTime"), []),
        (question("acknowledge"), []),
        (question("geopoint"), []),
        (question("select_one", choices=CHOICES), []),
        (question("range"), []),
        (question("range", parameters={"start": "0", "end": "5", "step": "0.5"}), []),
        (question("range", parameters={"start": "5", "end": "1", "step": "-1"}), []),
        (question("range", parameters={"start": "1", "end": "1"}), ["range-scale"]),
        (question("range", parameters={"step": "0"}), ["range-scale"]),
        (question("range", parameters={"end": "banyak"}), ["range-scale"]),
        (question("range", parameters={"start": "0", "end": "5", "step": "9"}), ["range-scale"]),
        (question("range", parameters={"start": "0", "end": "10", "step": "3"}), ["range-end"]),
        (question("range", parameters={"start": "0", "end": "10", "step": "2.5"}), []),
        (question("text", parameters={"chat_media": "audio image"}), []),
        (question("text", parameters={"chat_media": "audio foto"}), ["media-kind"]),
        (question("text", parameters={"chat_media": "audio", "max-seconds": "lama"}), ["media-limit"]),
        (question("image", parameters={"max-size": "5"}), []),
        (question("image", parameters={"max-size": "0"}), ["media-limit"]),
        (question("image", parameters={"max-pixels": "1600"}), []),
        (question("image", parameters={"max-pixels": "besar"}), ["media-limit"]),
        (question("image", parameters={"max-pixels": "0"}), ["media-limit"]),
        (question("image", parameters={"max-pixels": "99.5"}), ["media-limit"]),
        (question("image", parameters={"max-files": "3"}), []),
        (question("file", parameters={"max-files": "tiga"}), ["media-limit"]),
        (question("text", parameters={"chat_probe": "20"}), []),
        (question("text", parameters={"chat_probe": "-1"}), ["media-limit"]),
        (question("audio", parameters={"max-size": "x", "max-seconds": "-1"}), ["media-limit", "media-limit"]),
        (question("select_multiple", choices=CHOICES, constraint="count-selected(.) <= 2"), []),
        (question("select_multiple", choices=CHOICES, constraint="count-selected(.) >= 3"), ["selection-limit"]),
        (question("select_multiple", choices=CHOICES, constraint="count-selected(.) <= 0"), ["selection-limit"]),
        (question("select_multiple", constraint="count-selected(.) >= 3"), []),
        (question("rank", choices=CHOICES), []),
        (question("rank", choices=CHOICES, parameters={"chat_rank": "2"}), []),
        (question("rank", choices=CHOICES, parameters={"chat_rank": "3"}), ["chat-rank"]),
        (question("rank", choices=CHOICES, parameters={"chat_rank": "tiga"}), ["chat-rank"]),
    ],
)
def test_problems(asked: Question, problems: list[str]) -> None:
    found = type_of(asked).check(asked)
    assert [problem.code for problem in found] == problems
    assert {(problem.sheet, problem.row) for problem in found} <= {("survey", 0)}


def test_a_problem_says_what_and_how_to_mend_it() -> None:
    (problem,) = type_of(question("rank")).check(question("rank", choices=CHOICES, parameters={"chat_rank": "3"}))
    assert (problem.what, problem.remedy) == (
        '"3" is no number of places for "q".', "Write a number from 1 to 2 into chat_rank.",
    )  # fmt: skip


def test_a_scale_whose_end_is_out_of_reach_names_its_last_step() -> None:
    asked = question("range", parameters={"start": "0", "end": "10", "step": "3"})
    (problem,) = type_of(asked).check(asked)
    assert (problem.level, problem.what) == ("warning", 'The steps of "q" do not reach its end 10; the last is 9.')
