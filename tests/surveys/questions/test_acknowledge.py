"""One button that says "seen and agreed"."""

from __future__ import annotations

import pytest

from surveys.messages import Button
from surveys.questions import Prompt, Read, Unreadable, Unsure
from tests.surveys.questions.asked import dump, parse, prompt, question

ASKED = question("acknowledge")


def test_prompt_and_dump() -> None:
    assert prompt(ASKED) == Prompt(rows=((Button("OK"),),))
    assert dump(ASKED, "OK") == "OK"


@pytest.mark.parametrize(
    "typed",
    [
        "OK",
        "ok",
        "oke",
        "okee",
        "ya",
        "YA!",
        "iya pak",
        "y",
        "yes",
        "ho",
        "iyo",
        "setuju",
        "saya setuju",
        "siap pak",
        "baik",
        "baiklah",
        "mengerti",
        "saya mengerti",
        "paham",
        "sudah baca",
        "sudah saya baca dan paham",
        "lanjut",
        "boleh",
    ],
)
def test_a_yes(typed: str) -> None:
    assert parse(ASKED, typed) == Read("OK")


@pytest.mark.parametrize("typed", ["👍", "✅", "1"])
def test_asked_back(typed: str) -> None:
    assert parse(ASKED, typed) == Unsure(("OK",))


@pytest.mark.parametrize(
    "typed",
    [
        "tidak",
        "tdk",
        "tidak setuju",
        "tidak mengerti",
        "sonde",
        "belum",
        "ya tapi tidak setuju",
        "ya?",
        "mungkin",
        "terima kasih",
        "nggak paham",
        "2",
        "0",
        "",
        "...",
        "saya",
        "sudah",
    ],
)
def test_no_yes(typed: str) -> None:
    assert parse(ASKED, typed) == Unreadable("Please press OK, or type YES, once you have read this.")
