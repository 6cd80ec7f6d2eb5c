"""Numerals in words and figures, and labels that are ranges of numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from surveys.text.intervals import Interval, interval_of
from surveys.text.numerals import figure_values, numeral_at, pieces, word_number


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("satu", 1),
        ("sebelas", 11),
        ("dua belas", 12),
        ("dua puluh", 20),
        ("dua puluh lima", 25),
        ("seratus", 100),
        ("seratus sebelas", 111),
        ("dua ratus lima puluh", 250),
        ("seribu", 1000),
        ("seribu sembilan ratus sembilan puluh", 1990),
        ("dua ribu lima", 2005),
        ("sepuluh ribu", 10000),
        ("seratus ribu", 100000),
        ("lima ratus ribu", 500000),
        ("tiga puluh satu ribu dua ratus", 31200),
        ("satu juta dua ratus lima puluh ribu lima ratus", 1250500),
        ("dua miliar", 2 * 10**9),
        ("5 ratus", 500),
        ("2 puluh", 20),
        ("twenty five", 25),
        ("two hundred and five", 205),
        ("three thousand", 3000),
        ("ampat puluh", 40),
        ("saratus", 100),
    ],
)
def test_numeral(said: str, value: int) -> None:
    tokens = said.split()
    numeral = numeral_at(tokens, 0, whole=True)
    assert numeral is not None
    assert (numeral.values, numeral.end, numeral.sure) == ((Decimal(value),), len(tokens), True)


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ("dua lima", 1),
        ("sepuluh dua", 1),
        ("dua belas puluh", 2),
        ("seratus ratus", 1),
        ("lima sebelas", 1),
        ("34 dua", 1),
    ],
)
def test_a_numeral_ends_where_the_next_begins(said: str, end: int) -> None:
    numeral = numeral_at(said.split(), 0, whole=True)
    assert numeral is not None
    assert numeral.end == end


@pytest.mark.parametrize("said", ["belas", "puluh", "ribu", "juta", "koma", "orang", "x"])
def test_no_numeral_begins_here(said: str) -> None:
    assert numeral_at([said], 0) is None


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("tigapuluhempat", ["tiga", "puluh", "empat"]),
        ("limaratusribu", ["lima", "ratus", "ribu"]),
        ("duabelas", ["dua", "belas"]),
        ("lima", ["lima"]),
        ("sebelas", ["sebelas"]),
        ("duarte", ["duarte"]),
        ("tujuan", ["tujuan"]),
    ],
)
def test_pieces(word: str, parts: list[str]) -> None:
    assert pieces(word) == parts


@pytest.mark.parametrize(
    ("word", "number"), [("lima", 5), ("tigapuluh", 30), ("sebelas", 11), ("setengah", None), ("alak", None)]
)
def test_word_number(word: str, number: int | None) -> None:
    assert word_number(word) == number


@pytest.mark.parametrize(
    ("text", "whole", "values", "sure"),
    [
        ("1.500", True, ["1500"], True),
        ("1.500", False, ["1500", "1.5"], False),
        ("1,500", False, ["1.5", "1500"], False),
        ("1.50", True, ["1.5"], True),
        ("0.500", True, ["0.5"], True),
        ("1.234.567", False, ["1234567"], True),
        ("1.234,5", False, ["1234.5"], True),
        ("1,234.5", False, ["1234.5"], True),
        ("1.23.456", False, [], False),
        ("1,000.000", False, [], False),
        ("1.2.3", False, [], False),
        ("081234567", True, ["81234567"], False),
        ("9" * 30, True, [], False),
    ],
)
def test_figures(text: str, whole: bool, values: list[str], sure: bool) -> None:
    found, certain = figure_values(text, whole=whole)
    assert ([value == Decimal(wanted) for value, wanted in zip(found, values, strict=True)], certain) == (
        [True] * len(values),
        sure,
    )


def between(low: int | None, high: int | None, *, open_low: bool = False, open_high: bool = False) -> Interval:
    return Interval(
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
        open_low=open_low,
        open_high=open_high,
    )


@pytest.mark.parametrize(
    ("label", "interval"),
    [
        ("0", between(0, 0)),
        ("1–9", between(1, 9)),
        ("10 - 19 JP", between(10, 19)),
        ("1–3 tahun", between(1, 3)),
        ("10 sampai 19", between(10, 19)),
        ("≥20", between(20, None)),
        (">20", between(20, None, open_low=True)),
        ("<1", between(None, 1, open_high=True)),
        ("20+", between(20, None)),
        ("20 JP atau lebih", between(20, None)),
        ("Lebih dari 10 tahun", between(10, None, open_low=True)),
        ("Kurang dari 1 tahun", between(None, 1, open_high=True)),
        ("17 tahun ke bawah", between(None, 17)),
        ("56 tahun ke atas", between(56, None)),
        ("1–2 juta", between(10**6, 2 * 10**6)),
        ("500 ribu - 1 juta", between(500_000, 10**6)),
        ("More than 10 years", between(10, None, open_low=True)),
        ("Manulai II", None),
        ("Tidak tahu", None),
        ("Setuju", None),
        ("19–10", None),
        ("1, 2 atau 3", None),
        ("PP 5 tentang kepegawaian negara", None),
    ],
)
def test_interval(label: str, interval: Interval | None) -> None:
    found = interval_of(label)
    assert (None if found is None else found[0]) == interval


@pytest.mark.parametrize(
    ("interval", "inside", "outside"),
    [
        (between(1, 9), [1, 5, 9], [0, 10]),
        (between(10, None, open_low=True), [11], [10]),
        (between(None, 1, open_high=True), [0], [1]),
    ],
)
def test_holds(interval: Interval, inside: list[int], outside: list[int]) -> None:
    assert [interval.holds(Decimal(value)) for value in inside + outside] == [True] * len(inside) + [False] * len(
        outside
    )
