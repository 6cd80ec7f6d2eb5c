"""TUGAS: what waits, or that nothing does; a word inside a sentence is none."""

from __future__ import annotations

import pytest

from surveys.text.commands import command_word
from tests.handlers.counter import Person


async def test_there_is_none(asn: Person) -> None:
    await asn.send("TUGAS")
    assert asn.text == "Saat ini belum ada tugas untuk Bapak/Ibu."


@pytest.mark.parametrize("word", ["tugas", "Tugas saya", "/tugas", "tasks", "my tasks"])
def test_how_it_is_said(word: str) -> None:
    assert command_word(word) == "task"


def test_a_word_inside_a_sentence_is_no_command() -> None:
    assert command_word("tugas saya banyak sekali") is None
