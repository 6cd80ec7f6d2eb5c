"""BERHENTI outside surveys: the opt-out."""

from __future__ import annotations

import pytest

from tests.handlers.counter import Counter, Person

STOPPED = (
    "Baik, Bapak/Ibu tidak akan menerima pengumuman lagi. Pengingat pelatihan yang sudah didaftarkan tetap dikirim. "
    "Ketik MULAI bila berubah pikiran."
)


@pytest.mark.parametrize("word", ["BERHENTI", "stop", "/stop", "jangan kirim lai", "su cukup", "hentikan semua pesan"])
async def test_stop_is_the_opt_out(counter: Counter, citizen: Person, word: str) -> None:
    await citizen.send(word)
    assert citizen.text == STOPPED
    assert await counter.rows("SELECT opted_out FROM respondent") == [(1,)]
    assert await citizen.stands() == ""


async def test_stop_takes_effect_for_somebody_new_too(counter: Counter) -> None:
    person = await counter.person().send("berhenti")
    assert person.text == STOPPED
    assert await counter.rows("SELECT opted_out FROM respondent") == [(1,)]
