"""BAHASA: the language, asked for or taken at once."""

from __future__ import annotations

import pytest

from tests.handlers.counter import Counter


async def test_the_language_is_asked_for(counter: Counter) -> None:
    person = await counter.person().send("bahasa")
    assert (person.text, person.buttons) == ("Bahasa / Language?", ["Bahasa Indonesia", "English"])


@pytest.mark.parametrize("words", ["/language en", "/bahasa inggris", "English", "bahasa inggris"])
async def test_one_that_is_named_is_spoken_at_once(counter: Counter, words: str) -> None:
    person = await counter.person().send(words)
    assert person.said[0].text == "All right, we go on in English."
    assert await person.stands() == "kind"
