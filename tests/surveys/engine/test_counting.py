"""How many questions there are: what excludes each other counts once, and the number never grows on the way."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.messages import Reply, Text
from surveys.survey import in_language
from tests.surveys.engine.talking import Talk
from tests.surveys.engine.test_properties import Person, acceptable, playbooks

HEAD = """
| survey |
| | type | name | label | required | relevant | calculation |
| | select_one x | x | X? | yes | | |
"""
LIST = """
| choices |
| | list_name | name | label |
| | x | a | Air |
| | x | b | Batu |
| | x | c | Cuaca |
"""


def total_of(*relevants: str, before: str = "| | text | t | T? | yes | | |\n") -> int:
    """How many questions a form begins with whose last questions are asked on these conditions."""
    rows = "".join(f"| | text | q{number} | Q? | yes | {one} | |\n" for number, one in enumerate(relevants))
    return Talk(HEAD + before + rows + LIST).session.total


@pytest.mark.parametrize(
    ("relevants", "counted"),
    [
        (("${x} = 'a'", "${x} = 'b'", "${x} = 'c'"), 1),
        (("${x} = 'a'", "${x} != 'a'"), 1),
        (("${x} = 'a'", "not(${x} = 'a')"), 1),
        (("${x} = 'a' or ${x} = 'b'", "${x} = 'b' or ${x} = 'c'", "${x} = 'c'"), 2),
        (("${x} = 'a'", "${x} = 'a'", "${x} = 'b'"), 2),
        (("${x} != 'a'", "${x} != 'b'"), 2),
        (("${t} < 5", "${t} >= 5 and ${t} <= 9", "${t} > 9"), 1),
        (("${t} <= 5", "${t} >= 5"), 2),
        (("string-length(${t}) = 1", "string-length(${t}) = 2"), 2),
        (("${x} = 'a' and ${t} = 'b'", "${x} = 'b' and ${t} = 'c'"), 2),
    ],
)
def test_questions_that_exclude_each_other_count_once(relevants: tuple[str, ...], counted: int) -> None:
    assert total_of(*relevants) == 2 + counted


def test_what_a_calculation_decides_is_seen_through_it() -> None:
    assert total_of("${k} = 'a'", "${k} = 'b'", before="| | calculate | k | | | | ${x} |\n") == 2


FOLLOWED = (
    HEAD
    + "| | text | lagi | Lagi? | yes | ${x} = 'a' | |\n"
    + "".join(f"| | text | t{number} | T{number}? | yes | | |\n" for number in range(5))
    + LIST
)


def test_a_single_question_that_follows_another_up_has_its_number() -> None:
    talk = Talk(FOLLOWED)
    assert talk.text.split("\n")[0] == "Question 1 of 6"
    assert talk.say("Air").text.split("\n")[:2] == ["Question 1 of 6", "Lagi?"]
    assert talk.say("ya").text.split("\n")[:2] == ["Question 2 of 6", "T0?"]
    assert Talk(FOLLOWED).say("Batu").text.split("\n")[:2] == ["Question 2 of 6", "T0?"]


def test_two_that_hang_on_the_answer_before_count() -> None:
    assert total_of("${x} = 'a'", "${x} = 'a'", before="") == 3


def test_what_is_changed_from_the_review_bears_no_number() -> None:
    talk = Talk(FOLLOWED).say("Batu")
    for _number in range(5):
        talk.say("ya")
    assert talk.say("ubah 3").text.split("\n") == ["T1?", "Your answer so far: ya"]


@pytest.mark.parametrize(
    "name", ["aspirasi", "l1_reaksi", "l2_pelayanan_prima", "l3_atasan", "l3_peserta", "skm_alak", "tna_asn"]
)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_number_of_questions_never_grows_on_the_way(name: str, seed: int) -> None:
    person, dice = Person(playbooks()[name]), random.Random(seed)
    totals = [person.session.total]
    while not person.over():
        person.reply(_something(person, dice), unseen=False)
        totals.append(person.session.total)
        if person.session.waiting:
            person.move("fetch")
        assert len(totals) < 150
    assert totals == sorted(totals, reverse=True)


def _something(person: Person, dice: random.Random) -> Reply:
    session = person.session
    if session.doing == "asking" and session.at is not None:
        item = person.playbook.item(session.at.name)
        if item.question.type == "select_one":
            choices = person.draft().choices(item, session.at)
            open_to = [one for one in choices if not person.draft().broken(item, session.at, one.name)]
            return Text(in_language(dice.choice(open_to).label, session.language))
    return acceptable(person)
