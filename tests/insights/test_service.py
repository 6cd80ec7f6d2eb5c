"""The index of satisfaction against the regulation's numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.service import (
    ELEMENTS,
    Element,
    ElementChange,
    ServiceAnswers,
    ServiceQuality,
    element,
    grade,
    minimum_sample,
    service_change,
    service_index,
    service_quality,
)


def form(*values: int | None) -> ServiceAnswers:
    return ServiceAnswers(**dict(zip(ELEMENTS, values, strict=True)))


def same(value: int | None) -> ServiceAnswers:
    return form(*[value] * 9)


def test_955_points_of_29_people() -> None:
    # 29 · 9 answers of 4 are 1044 points; 89 of them are a point lower.
    points = [3] * 89 + [4] * (29 * 9 - 89)
    people = [form(*points[n * 9 : n * 9 + 9]) for n in range(29)]
    assert sum(points) == 955
    found = service_quality(people)
    assert (found.index, found.grade, found.performance, found.n) == (Decimal("91.48"), "A", "Sangat baik", 29)


def test_the_elements_are_known_by_their_keys() -> None:
    assert ELEMENTS == (
        "persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "sarpras", "pengaduan",
    )  # fmt: skip
    assert element("sarpras", [ServiceAnswers(sarpras=4, pengaduan=1)]) == Element(key="sarpras", mean=Fraction(4), n=1)
    with pytest.raises(ValueError, match=r"^There is no service element 'u8'; the nine are persyaratan, "):
        element("u8", [])


@pytest.mark.parametrize(
    ("index", "letter", "word"),
    [
        (Decimal(100), "A", "Sangat baik"),
        (Decimal("88.31"), "A", "Sangat baik"),
        (Decimal("88.305"), "A", "Sangat baik"),
        (Decimal("88.3049"), "B", "Baik"),
        (Decimal("76.605"), "B", "Baik"),
        (Decimal("76.6049"), "C", "Kurang baik"),
        (Decimal("64.995"), "C", "Kurang baik"),
        (Decimal("64.9949"), "D", "Tidak baik"),
        (25, "D", "Tidak baik"),
    ],
)
def test_there_is_no_gap_between_grades(index: Decimal, letter: str, word: str) -> None:
    assert grade(index) == (letter, word)


@pytest.mark.parametrize("index", [Decimal("24.99"), Decimal("100.01")])
def test_an_index_off_the_scale(index: Decimal) -> None:
    with pytest.raises(ValueError, match=r"^Index: .* is not between 25 and 100\.$"):
        grade(index)


def test_who_skipped_an_element_counts_in_the_others() -> None:
    found = service_quality([same(4), form(*[2] * 8, None), same(None)])
    assert found.n == 2
    assert found.elements[0] == Element(key="persyaratan", mean=Fraction(3), n=2)
    assert found.elements[8] == Element(key="pengaduan", mean=Fraction(4), n=1)
    assert found.index == Decimal("77.78")  # (8·3 + 4)/9 · 25


@pytest.mark.parametrize("people", [[], [same(None)], [form(*[4] * 8, None)]])
def test_an_element_nobody_answered_leaves_no_index(people: list[ServiceAnswers]) -> None:
    found = service_quality(people)
    assert (found.index, found.grade, found.performance) == (None, None, None)


@pytest.mark.parametrize(
    ("value", "index", "letter"), [(1, "25.00", "D"), (2, "50.00", "D"), (3, "75.00", "C"), (4, "100.00", "A")]
)
def test_all_alike(value: int, index: str, letter: str) -> None:
    found = service_quality([same(value)])
    assert isinstance(found, ServiceQuality)
    assert (str(found.index), found.grade, found.n) == (index, letter, 1)


@pytest.mark.parametrize("value", [0, 5])
def test_an_answer_off_the_scale(value: int) -> None:
    with pytest.raises(ValueError, match=f"^perilaku: {value} is not between 1 and 4\\.$"):
        ServiceAnswers(perilaku=value)


def test_the_index_is_of_nine_means() -> None:
    assert service_index([Fraction(955, 29 * 9)] * 9) == Decimal("91.48")
    assert service_index([4] * 8 + [None]) is None
    with pytest.raises(ValueError, match=r"^The index needs 9 elements, not 8\.$"):
        service_index([4] * 8)
    with pytest.raises(ValueError, match=r"^Mean of an element: 5 is not between 1 and 4\.$"):
        service_index([5] * 9)


@given(st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9).map(lambda values: form(*values)), min_size=1))
def test_the_index_is_between_25_and_100_and_better_answers_raise_it(people: list[ServiceAnswers]) -> None:
    found = service_quality(people)
    assert found.index is not None
    assert 25 <= found.index <= 100
    better = service_quality([*people, same(4)]).index
    assert better is not None
    assert better >= found.index


def test_before_and_after() -> None:
    assert service_change([same(2), same(3)], [same(4)]) == (
        ElementChange(
            before=Element(key="kompetensi", mean=Fraction(5, 2), n=2),
            after=Element(key="kompetensi", mean=Fraction(4), n=1),
            change=Fraction(3, 2),
        ),
        ElementChange(
            before=Element(key="perilaku", mean=Fraction(5, 2), n=2),
            after=Element(key="perilaku", mean=Fraction(4), n=1),
            change=Fraction(3, 2),
        ),
    )
    assert [one.change for one in service_change([], [same(4)], keys=["waktu"])] == [None]
    assert [one.change for one in service_change([same(4)], [], keys=["waktu"])] == [None]


@pytest.mark.parametrize(
    ("population", "sample"),
    [(0, 0), (1, 1), (10, 10), (100, 80), (150, 108), (300, 169), (1000, 278), (10000, 370), (76000, 382)],
)
def test_minimum_sample(population: int, sample: int) -> None:
    assert minimum_sample(population) == sample


def test_a_population_below_zero() -> None:
    with pytest.raises(ValueError, match=r"^A population of -1 does not exist\.$"):
        minimum_sample(-1)


@given(st.integers(0, 10**6))
def test_a_sample_is_part_of_its_population_and_at_most_384(population: int) -> None:
    assert 0 <= minimum_sample(population) <= min(population, 384)
    assert minimum_sample(population) <= minimum_sample(population + 1)
