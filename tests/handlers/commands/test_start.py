"""/start and MULAI: the welcome, links into surveys, and back after everything was stopped."""

from __future__ import annotations

import pytest

from tests.handlers.counter import Counter, Person


@pytest.mark.parametrize(
    ("payload", "stands"),
    [
        ("aspirasi", "persetujuan"),
        ("skm_alak", "jenis_kelamin"),
        ("tna_asn", "consent"),
        ("", "kind"),
        ("nothing", "kind"),
    ],
)
async def test_where_a_link_leads(counter: Counter, payload: str, stands: str) -> None:
    person = await counter.person().send(f"/start {payload}")
    assert await person.stands() == stands


async def test_a_link_that_leads_nowhere_says_so(counter: Counter, citizen: Person) -> None:
    person = await counter.person().send("/start lama_sekali")
    assert person.said[0].text == "Tautan itu sudah tidak berlaku."
    await citizen.send("/start lama_sekali")
    assert citizen.said[0].text == "Tautan itu sudah tidak berlaku."
    assert await citizen.stands() == "menu"


async def test_a_link_that_leads_nowhere_does_not_lose_the_survey(citizen: Person) -> None:
    await citizen.send("1", "Anonim", "/start lama_sekali")
    assert await citizen.stands() == "usia"


@pytest.mark.parametrize("word", ["/start", "MULAI", "mulai"])
async def test_the_same_word_greets_and_says_the_survey_again(citizen: Person, word: str) -> None:
    await citizen.send("1", "Anonim", word)
    assert citizen.said[0].text == "Selamat pagi."
    assert await citizen.stands() == "usia"


async def test_back_after_everything_was_stopped(counter: Counter, citizen: Person) -> None:
    await citizen.send("berhenti", "mulai")
    assert citizen.said[0].text == (
        "Baik, kami boleh menulis lagi kepada Bapak/Ibu. Pengumuman hanya dikirim bila dikehendaki: ketik PENGUMUMAN."
    )
    assert await counter.rows("SELECT opted_out FROM respondent") == [(0,)]
    assert await citizen.stands() == "menu"
