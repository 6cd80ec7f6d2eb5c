"""MENU: what is open."""

from __future__ import annotations

from tests.handlers.counter import Counter, Person


async def test_the_menu_asks_first_as_whom(counter: Counter, citizen: Person) -> None:
    assert await (await counter.person().send("menu")).stands() == "kind"
    assert await (await citizen.send("menu")).stands() == "menu"


async def test_a_survey_waits_below_it(citizen: Person) -> None:
    await citizen.send("1", "Anonim", "/menu", "1")
    assert citizen.text.startswith("Pertanyaan 2 dari 8")
    assert await citizen.stands() == "usia"
