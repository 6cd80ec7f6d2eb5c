"""LANJUT, and the other words of a survey where none is open."""

from __future__ import annotations

import pytest

from tests.handlers.counter import Counter, Person


@pytest.mark.parametrize("word", ["lanjut", "nanti", "lewati", "kembali", "ulang", "batal", "kirim"])
async def test_the_words_of_a_survey_say_that_none_is_open(counter: Counter, word: str) -> None:
    person = await counter.person().send(word)
    assert person.text == "Saat ini tidak ada survei yang sedang diisi. Ketik MENU untuk melihat pilihan."


async def test_going_on_with_what_stands_says_it_again(citizen: Person) -> None:
    await citizen.send("1", "Anonim", "/resume")
    assert citizen.text.startswith("Pertanyaan 2 dari 8")
