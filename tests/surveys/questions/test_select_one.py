"""One choice of several: what is shown, and what a reply means."""

from __future__ import annotations

import pytest

from surveys.messages import Location, Press
from surveys.questions import Parsed, Prompt, Read, Toggled, Unreadable, Unsure
from surveys.survey import Choice
from tests.surveys.questions.asked import choice, dump, labels, parse, prompt, question

YES_NO = question("select_one", choices=(choice("ya", "Ya"), choice("tidak", "Tidak")))
FOUR = question("select_one", choices=tuple(choice(str(n), label) for n, label in enumerate(
    ["Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"], start=1)))  # fmt: skip
PLACES = question("select_one", choices=tuple(choice(f"k{n}", label) for n, label in enumerate(
    ["Namosain", "Nunbaun Sabu", "Nunbaun Delha", "Nunhila", "Fatufeto", "Manutapen", "Mantasi", "Kelurahan Alak",
     "Batuplat", "Manulai II", "Naioni", "Penkase Oeleta", "Luar Alak", "Tidak ingin menyebut"])))  # fmt: skip
LEVELS = question("select_one", appearance=("likert",), choices=tuple(choice(str(n), label) for n, label in enumerate(
    ["Bertindak sesuai nilai dan etika untuk diri sendiri", "Mengingatkan rekan", "Memastikan tim", "Menciptakan",
     "Menjadi teladan"], start=1)))  # fmt: skip
LIKERT = question("select_one", appearance=("likert",), choices=tuple(choice(str(n), label) for n, label in enumerate(
    ["Tidak setuju", "Netral", "Setuju"], start=1)))  # fmt: skip
MANY = question("select_one", choices=tuple(choice(f"m{n}", f"Desa {chr(97 + n)}esa") for n in range(25)))
STATUS = question(
    "select_one",
    or_other=True,
    choices=(choice("aktif", "Masih bekerja"), choice("berhenti", "Berhenti bekerja"), choice("other", "Lainnya")),
)
SORRY = "Sorry, that choice is not on the list. Please answer with a number from {} to {}"
NOT_THERE = "Sorry, that choice is not on the list. Please choose: {}"


def test_two_short_labels_are_the_buttons() -> None:
    assert labels(prompt(YES_NO)) == [["Ya", "Tidak"]]
    assert (prompt(YES_NO).body, prompt(YES_NO).placeholder) == ("", "")
    assert [button.data for row in prompt(YES_NO).rows for button in row] == ["", ""]


def test_four_middling_labels_stand_one_a_row_without_a_list() -> None:
    assert labels(prompt(FOUR)) == [["Tidak sesuai"], ["Kurang sesuai"], ["Sesuai"], ["Sangat sesuai"]]
    assert prompt(FOUR).body == ""


def test_many_short_labels_are_listed_too() -> None:
    shown = prompt(PLACES)
    assert shown.body.splitlines()[:3] == ["1. Namosain", "2. Nunbaun Sabu", "3. Nunbaun Delha"]
    assert labels(shown)[:2] == [["Namosain", "Nunbaun Sabu"], ["Nunbaun Delha", "Nunhila"]]
    assert (len(shown.rows), shown.placeholder) == (7, "1–14")


def test_long_labels_are_listed_and_the_buttons_are_numbers() -> None:
    shown = prompt(LEVELS)
    assert shown.body.splitlines()[0] == "1. Bertindak sesuai nilai dan etika untuk diri sendiri"
    assert labels(shown) == [["1", "2", "3", "4", "5"]]
    assert shown.placeholder == "1–5"


def test_a_scale_of_agreement_has_its_numbers_in_a_row() -> None:
    assert prompt(LIKERT) == Prompt(
        body="1. Tidak setuju\n2. Netral\n3. Setuju", rows=prompt(LIKERT).rows, placeholder="1–3"
    )
    assert labels(prompt(LIKERT)) == [["1", "2", "3"]]


def test_very_many_choices_come_in_pages() -> None:
    first, last = prompt(MANY), prompt(MANY, page=2)
    assert (first.body.splitlines()[0], len(first.body.splitlines())) == ("1. Desa aesa", 10)
    assert labels(first)[-1] == ["Next ▶"]
    assert labels(last) == [["21", "22", "23", "24", "25"], ["◀ Previous"]]
    assert labels(prompt(MANY, page=1))[-1] == ["◀ Previous", "Next ▶"]
    assert prompt(MANY, page=99) == last
    assert parse(MANY, "Next ▶") == Toggled((), 1)
    assert parse(MANY, "◀ Previous", page=2) == Toggled((), 1)
    assert parse(MANY, "Next ▶", page=2) == Toggled((), 2)
    assert parse(MANY, "25") == Read("m24")
    assert parse(MANY, "Desa besa") == Read("m1")


@pytest.mark.parametrize(
    ("typed", "parsed"),
    [
        ("Nunbaun Delha", Read("k2")),
        ("3", Read("k2")),
        ("nunbaun deha", Unsure(("k2",))),
        ("nunbaun", Unsure(("k1", "k2"))),
        ("kupang", Unreadable(SORRY.format(1, 14) + ", or type SKIP.")),
        ("15", Unreadable(SORRY.format(1, 14) + ", or type SKIP.")),
    ],
)
def test_typed(typed: str, parsed: Parsed) -> None:
    assert parse(PLACES, typed) == parsed


def test_a_required_question_does_not_speak_of_skipping() -> None:
    assert parse(YES_NO, "3", required=True) == Unreadable(NOT_THERE.format("Ya / Tidak") + ".")


def test_numbers_count_in_the_order_shown() -> None:
    turned = YES_NO.choices[::-1]
    assert parse(YES_NO, "1", choices=turned) == Read("tidak")
    assert labels(prompt(YES_NO, choices=turned)) == [["Tidak", "Ya"]]


def test_only_what_stands_can_be_chosen() -> None:
    assert parse(PLACES, "Nunbaun Delha", choices=PLACES.choices[:2]) == Unreadable(
        NOT_THERE.format("Namosain / Nunbaun Sabu") + ", or type SKIP."
    )


@pytest.mark.parametrize("reply", [Press("7:t1"), Location(-10.1, 123.5)])
def test_buttons_of_other_questions_and_places_are_no_choice(reply: Press | Location) -> None:
    assert parse(YES_NO, reply) == Unreadable(NOT_THERE.format("Ya / Tidak") + ", or type SKIP.")


@pytest.mark.parametrize(
    ("typed", "parsed"),
    [
        ("Lainnya", Read("other")),
        ("Lainnya: pensiun", Read("other", "pensiun")),
        ("lainnya (sudah pensiun)", Read("other", "sudah pensiun")),
        ("lain2, pensiun", Read("other", "pensiun")),
        ("pensiun", Unsure(("other",))),
        ("masih", Unsure(("aktif",))),
        ("masih bekerja", Read("aktif")),
        ("99", Unreadable(NOT_THERE.format("Masih bekerja / Berhenti bekerja / Lainnya") + ", or type SKIP.")),
        ("???", Unreadable(NOT_THERE.format("Masih bekerja / Berhenti bekerja / Lainnya") + ", or type SKIP.")),
    ],
)
def test_other(typed: str, parsed: Parsed) -> None:
    assert parse(STATUS, typed) == parsed


def test_labels_in_the_language_of_the_person() -> None:
    both = question(
        "select_one",
        choices=(
            Choice(name="y", label={"id": "Ya", "en": "Yes"}),
            Choice(name="n", label={"id": "Tidak", "en": "No"}),
        ),
    )
    assert labels(prompt(both, language="en")) == [["Yes", "No"]]
    assert parse(both, "Yes", language="en") == Read("y")
    assert parse(both, "Tidak", language="en") == Read("n")
    assert (dump(both, "n", language="en"), dump(both, "n"), dump(both, "gone")) == ("No", "Tidak", "gone")


def test_a_choice_that_is_filtered_out_can_still_be_shown() -> None:
    assert dump(PLACES, "k2", choices=PLACES.choices[:1]) == "Nunbaun Delha"
