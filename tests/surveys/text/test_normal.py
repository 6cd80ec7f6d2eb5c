"""The ways of writing, evened out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.text.normal import cleaned, normal, squeezed, words
from surveys.text.vocabulary import standard


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  Nunbaun\tSABU \n", "nunbaun sabu"),
        ("１２３ ＡＢＣ", "123 abc"),
        ("١٢٣", "123"),
        ("1️⃣3️⃣", "1 3"),
        ("①③", "1 3"),
        ("½", "1/2"),
        ("2½", "2 1/2"),
        ("10–19", "10-19"),
        ("−5", "-5"),
        ("≥20", ">=20"),
        ("Jum’at “ini”", 'jum\'at "ini"'),
        ("café Énak", "cafe enak"),
        ("a\u200bb\u00adc", "abc"),
        ("a\u00a0b", "a b"),
        ("a\x00b", "a b"),
        ("a\ud800b", "ab"),
        ("ya 👍🏽!", "ya 👍 !"),
        ("halo 😀", "halo"),
        ("Ⅱ", "ii"),
        ("№ 5", "no 5"),
        ("", ""),
    ],
)
def test_cleaned(text: str, plain: str) -> None:
    assert cleaned(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"), [("Ho'oh, ya!", "hooh ya"), ("3. Kelurahan", "3 kelurahan"), ("a_b", "a b"), ("...", "")]
)
def test_normal(text: str, plain: str) -> None:
    assert normal(text) == plain


@pytest.mark.parametrize(("word", "short"), [("yaaa", "ya"), ("namosainn", "namosain"), ("ya", "ya"), ("", "")])
def test_squeezed(word: str, short: str) -> None:
    assert squeezed(word) == short


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("tdk", "tidak"),
        ("sonde", "tidak"),
        ("tidaaak", "tidak"),
        ("balom", "belum"),
        ("su", "sudah"),
        ("deng", "dengan"),
        ("dolo", "dulu"),
        ("jang", "jangan"),
        ("pppk", "pppk"),
        ("1500000", "1500000"),
        ("1.000", "1.000"),
        ("namosain", "namosain"),
    ],
)
def test_standard(word: str, meant: str) -> None:
    assert standard(word) == meant


@given(st.text())
def test_cleaning_again_changes_nothing(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    assert words(once) == words(text)
