"""Several choices: toggling and typing."""

from __future__ import annotations

import pytest

from surveys.messages import Other, Press
from surveys.questions import Parsed, Read, Toggled, Unreadable, Unsure
from tests.surveys.questions.asked import at_most, choice, data, dump, labels, parse, prompt, question

OBSTACLES = question(
    "select_multiple",
    constraint="count-selected(.) <= 3 and not(selected(., 'tidak_ada') and count-selected(.) > 1)",
    choices=(
        choice("beban", "Beban kerja"),
        choice("biaya", "Biaya"),
        choice("jarak", "Jarak"),
        choice("izin", "Izin atasan"),
        choice("keluarga", "Keluarga"),
        choice("tidak_ada", "Tidak ada"),
    ),
)
PAPERS = question("select_multiple", choices=(choice("ktp", "KTP"), choice("kk", "KK"), choice("akta", "Akta")))
LONG = question("select_multiple", choices=tuple(choice(f"c{n}", f"Pelatihan dasar nomor {n}") for n in range(12)))
EXPECTED = "Please press your choices, or type their numbers from 1 to 6 with commas, for example 1,2."


def exclusive(value: str) -> str:
    names = value.split()
    if len(names) > 3:
        return "no more than three"
    return "none stands alone" if "tidak_ada" in names and len(names) > 1 else ""


def press(action: str, *selection: str, page: int = 0) -> Parsed:
    return parse(OBSTACLES, Press(f"7:{action}"), selection=selection, accepts=exclusive, page=page)


def test_prompt() -> None:
    shown = prompt(OBSTACLES, selection=("biaya",))
    assert shown.body == (
        "1. Beban kerja\n2. Biaya\n3. Jarak\n4. Izin atasan\n5. Keluarga\n6. Tidak ada\nChoose up to 3, then "
        "press Done."
    )
    assert labels(shown) == [
        ["Beban kerja"],
        ["✓ Biaya"],
        ["Jarak"],
        ["Izin atasan"],
        ["Keluarga"],
        ["Tidak ada"],
        ["Clear all", "Done"],
    ]
    assert data(shown) == ["7:t0", "7:t1", "7:t2", "7:t3", "7:t4", "7:t5", "7:clear", "7:done"]
    assert shown.placeholder == "1,3,5"


def test_few_short_labels_need_no_list() -> None:
    shown = prompt(PAPERS)
    assert shown.body == "You may choose several, then press Done."
    assert labels(shown) == [["KTP", "KK"], ["Akta"]]


def test_where_nobody_sees_a_number_none_is_asked_for() -> None:
    assert parse(PAPERS, "paspor") == Unreadable(
        "Please press your choices, or type them with commas: KTP / KK / Akta."
    )
    assert prompt(PAPERS).placeholder == ""
    assert parse(PAPERS, "ktp, akta") == Read("ktp akta")


def test_long_labels_and_pages() -> None:
    first, second = prompt(LONG, selection=("c11", "c0")), prompt(LONG, selection=("c11",), page=1)
    assert first.body.splitlines()[0] == "1. Pelatihan dasar nomor 0"
    assert first.body.splitlines()[-2:] == [
        "Chosen so far: Pelatihan dasar nomor 11; Pelatihan dasar nomor 0.",
        "You may choose several, then press Done.",
    ]
    assert labels(first) == [["✓ 1", "2", "3", "4", "5"], ["6", "7", "8", "9", "10"], ["▶"], ["Clear all", "Done"]]
    assert labels(second) == [["11", "✓ 12"], ["◀"], ["Clear all", "Done"]]
    assert data(second) == ["7:t10", "7:t11", "7:p0", "7:clear", "7:done"]


@pytest.mark.parametrize(
    ("constraint", "hint"),
    [
        ("count-selected(.) <= 3", "Choose up to 3, then press Done."),
        ("count-selected(.) < 3", "Choose up to 2, then press Done."),
        ("count-selected(.) = 2", "Choose 2, then press Done."),
        ("count-selected(.) >= 2", "Choose at least 2, then press Done."),
        ("count-selected(.) > 1 and count-selected( . )<=4", "Choose 2 to 4, then press Done."),
        ("count-selected(.) <= 1", "Choose one, then press Done."),
        ("count-selected(.) <= 3 or false()", "You may choose several, then press Done."),
        ("", "You may choose several, then press Done."),
    ],
)
def test_hint(constraint: str, hint: str) -> None:
    assert prompt(question("select_multiple", constraint=constraint, choices=PAPERS.choices)).body == hint


def test_pressing_adds_and_takes_away() -> None:
    assert press("t1") == Toggled(("biaya",))
    assert press("t0", "biaya") == Toggled(("biaya", "beban"))
    assert press("t1", "biaya", "beban") == Toggled(("beban",))
    assert press("clear", "biaya") == Toggled(())
    assert press("t0", page=0) == Toggled(("beban",), 0)


def test_a_fourth_is_refused_where_three_are_allowed() -> None:
    expected = "You may choose up to 3. Press one again to take it out."
    assert press("t3", "beban", "biaya", "jarak") == Unreadable(expected)


def test_a_choice_that_excludes_the_others_takes_their_place() -> None:
    assert press("t5", "beban", "biaya") == Toggled(("tidak_ada",))
    assert press("t0", "tidak_ada") == Toggled(("beban",))


def test_a_least_does_not_keep_from_choosing_the_first() -> None:
    asked = question("select_multiple", constraint="count-selected(.) >= 2", choices=PAPERS.choices)
    few = lambda value: "" if len(value.split()) >= 2 else "two at least"  # noqa: E731 -- a constraint in one line
    assert parse(asked, Press("7:t0"), accepts=few) == Toggled(("ktp",))


def test_done_answers_in_the_order_shown() -> None:
    assert press("done", "jarak", "beban") == Read("beban jarak")
    assert press("done") == Unreadable("Please choose at least one first.")
    assert parse(OBSTACLES, "selesai", selection=("jarak", "beban")) == Read("beban jarak")
    assert parse(OBSTACLES, "Done", selection=("jarak",)) == Read("jarak")


def test_paging() -> None:
    assert parse(LONG, Press("7:p1"), selection=("c0",)) == Toggled(("c0",), 1)
    assert parse(LONG, Press("7:t10"), selection=("c0",), page=1) == Toggled(("c0", "c10"), 1)


@pytest.mark.parametrize("action", ["t6", "t99999999", "t-1", "p5", "x", "", "t", "t²"])
def test_unknown_presses_get_a_sentence(action: str) -> None:
    assert press(action) == Unreadable(EXPECTED)


@pytest.mark.parametrize(
    ("typed", "parsed"),
    [
        ("1,3", Read("beban jarak")),
        ("3 dan 1", Read("beban jarak")),
        ("biaya, keluarga", Read("biaya keluarga")),
        ("Tidak ada", Read("tidak_ada")),
        ("beban", Unsure(("beban",))),
        ("1 dan ngantuk", Unreadable(EXPECTED)),
        ("7", Unreadable(EXPECTED)),
        ("", Unreadable(EXPECTED)),
    ],
)
def test_typed(typed: str, parsed: Parsed) -> None:
    assert parse(OBSTACLES, typed) == parsed


def test_what_is_typed_after_pressing_may_be_more_or_all() -> None:
    assert parse(OBSTACLES, "3", selection=("beban",)) == Unsure(("beban jarak", "jarak"))
    assert parse(OBSTACLES, "1,3", selection=("beban",)) == Read("beban jarak")


def test_other_words() -> None:
    asked = question("select_multiple", or_other=True, choices=(*PAPERS.choices, choice("other", "Lainnya")))
    assert parse(asked, "1, lainnya: SIM") == Read("ktp other", "SIM")
    assert parse(asked, "lainnya (paspor)") == Read("other", "paspor")
    assert parse(asked, "1, lainnya") == Read("ktp other")


def test_files_and_stickers_are_no_choice() -> None:
    assert parse(OBSTACLES, Other("sticker")) == Unreadable(EXPECTED)


def test_shown() -> None:
    assert dump(OBSTACLES, "beban jarak") == "Beban kerja, Jarak"
    commas = question("select_multiple", choices=(choice("a", "Adil, tidak pilih kasih"), choice("j", "Jujur")))
    assert dump(commas, "a j gone") == "Adil, tidak pilih kasih; Jujur; gone"


def test_the_limit_holds_for_typed_answers_through_the_form() -> None:
    """Typing does not judge: the constraint does, with its own sentence."""
    assert parse(OBSTACLES, "1,2,3,4", accepts=at_most(3)) == Read("beban biaya jarak izin")
