"""Choices put into order."""

from __future__ import annotations

import pytest

from surveys.messages import Other, Press
from surveys.questions import Parsed, Read, Toggled, Unreadable, Unsure
from tests.surveys.questions.asked import choice, data, dump, labels, parse, prompt, question

CHOICES = (
    choice("naskah", "Naskah dinas"), choice("data", "Pengolahan data"), choice("digital", "Layanan digital"),
    choice("mediasi", "Mediasi warga"),
)  # fmt: skip
LABELS = "Naskah dinas / Pengolahan data / Layanan digital / Mediasi warga"
ALL = question("rank", choices=CHOICES)
TWO = question("rank", choices=CHOICES, parameters={"chat_rank": "2"})
LONG = question(
    "rank",
    choices=tuple(choice(f"c{n}", f"Kompetensi teknis nomor {n}") for n in range(17)),
    parameters={"chat_rank": "3"},
)


def test_prompt() -> None:
    shown = prompt(TWO)
    assert shown.body == "Press 2 in order, the most important first, then press Done."
    assert labels(shown) == [["Naskah dinas"], ["Pengolahan data"], ["Layanan digital"], ["Mediasi warga"]]
    assert data(shown) == ["7:t0", "7:t1", "7:t2", "7:t3"]


def test_chosen_buttons_carry_their_place() -> None:
    shown = prompt(TWO, selection=("digital",))
    assert labels(shown) == [
        ["Naskah dinas"],
        ["Pengolahan data"],
        ["1. Layanan digital"],
        ["Mediasi warga"],
        ["Clear all"],
    ]
    assert shown.body == "1 more, then press Done."
    full = prompt(TWO, selection=("digital", "naskah"))
    assert labels(full)[-1] == ["Clear all", "Done"]
    assert full.body == "Press Done, or press one again to take it out."


def test_long_labels_and_pages() -> None:
    shown = prompt(LONG, selection=("c4", "c16"))
    assert labels(shown) == [["1", "2", "3", "4", "✓1: 5"], ["6", "7", "8", "9", "10"], ["▶"], ["Clear all"]]
    assert labels(prompt(LONG, selection=("c4", "c16"), page=1))[0:2] == [
        ["11", "12", "13", "14", "15"],
        ["16", "✓2: 17"],
    ]


def press(action: str, *selection: str) -> Parsed:
    return parse(TWO, Press(f"7:{action}"), selection=selection)


def test_pressing_gives_the_next_place() -> None:
    assert press("t2") == Toggled(("digital",))
    assert press("t0", "digital") == Toggled(("digital", "naskah"))
    assert press("t2", "digital", "naskah") == Toggled(("naskah",))
    assert press("clear", "digital") == Toggled(())
    assert press("t1", "digital", "naskah") == Unreadable("You have chosen 2. Press one again to take it out.")


def test_done_needs_all_places() -> None:
    assert press("done", "digital", "naskah") == Read("digital naskah")
    assert press("done", "digital") == Unreadable("Please put 2 into order first.")
    assert press("done") == Unreadable("Please put 2 into order first.")
    assert parse(TWO, "selesai", selection=("digital", "naskah")) == Read("digital naskah")


@pytest.mark.parametrize(
    ("asked", "typed", "parsed"),
    [
        (ALL, "3,1,2,4", Read("digital naskah data mediasi")),
        (ALL, "3124", Unsure(("digital naskah data mediasi",))),
        (ALL, "3,1", Unreadable(f"Please press 4 in order, or type them with commas: {LABELS}.")),
        (TWO, "3,1", Read("digital naskah")),
        (TWO, "3,1,2", Unreadable(f"Please press 2 in order, or type them with commas: {LABELS}.")),
        (TWO, "layanan digital, naskah dinas", Read("digital naskah")),
        (LONG, "3,3", Unreadable("Please press 3 in order, or type their numbers with commas, for example 3,2,1.")),
        (TWO, "3,3", Unreadable(f"Please press 2 in order, or type them with commas: {LABELS}.")),
        (LONG, "17,1,5", Read("c16 c0 c4")),
    ],
)
def test_typed(asked: object, typed: str, parsed: Parsed) -> None:
    assert parse(asked, typed) == parsed  # type: ignore[arg-type]


def test_a_sticker_is_no_order() -> None:
    assert parse(TWO, Other("sticker")) == Unreadable(f"Please press 2 in order, or type them with commas: {LABELS}.")


@pytest.mark.parametrize(
    ("more", "count"),
    [
        ({}, 4),
        ({"constraint": "count-selected(.) = 3"}, 3),
        ({"parameters": {"chat_rank": "9"}}, 4),
        ({"parameters": {"chat_rank": "x"}}, 4),
    ],
)
def test_how_many_are_put_into_order(more: dict[str, object], count: int) -> None:
    asked = question("rank", choices=CHOICES, **more)
    assert prompt(asked).body == f"Press {count} in order, the most important first, then press Done."


def test_only_what_stands_is_put_into_order() -> None:
    assert parse(ALL, "2,1", choices=CHOICES[:2]) == Read("data naskah")


def test_shown() -> None:
    assert dump(ALL, "digital naskah gone") == "Layanan digital → Naskah dinas → gone"
