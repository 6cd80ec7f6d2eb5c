"""What somebody needs comes from their own answers to the survey of needs, as it is really answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from outreach.training import Day
from outreach.training_words import gaps, served, weight
from tests.handlers.counter import Counter, Person
from tests.handlers.learners import PRIMA, SESSION, offer_at

EARLY = Day(date(2026, 11, 30), time(8), time(12))


async def answer_needs(asn: Person) -> dict[str, str]:
    """Somebody answers the survey with whatever comes first; what stands in the record."""
    await asn.send("/start tna_asn")
    for _turn in range(120):
        if await asn.stands() == "menu" or not await asn.counter.sessions():
            break
        buttons = [one for one in asn.buttons if one not in {"Kembali", "Lewati"}]
        wanted = [one for one in buttons if one in {"Kirim", "Pengawas (Lurah,…", "Selesai"}]
        if asn.shown.inline:
            await asn.press(*buttons[:1])
            if "Selesai" in asn.buttons:
                await asn.press("Selesai")
            continue
        await asn.send(wanted[0] if wanted else buttons[0] if buttons else "Belum ada usul lain")
    return await asn.counter.answers()


async def test_own_gaps_come_first(asn: Person, counter: Counter) -> None:
    answers = await answer_needs(asn)
    found = gaps(answers)
    assert found, answers
    largest, size = next(iter(found.items()))
    assert size == max(found.values())
    other = replace(PRIMA, key="arsip", title="Arsip", jp=Decimal(4))
    await offer_at(counter.database, counter.vault, counter.now, replace(SESSION, key="arsip-1", days=(EARLY,)), other)
    prima = replace(PRIMA, competences=("nothing", largest))
    await offer_at(counter.database, counter.vault, counter.now, SESSION, prima)
    await asn.send("PELATIHAN")
    lines = asn.text.splitlines()
    assert lines[1].startswith("1 Pelayanan Prima (16 JP), Selasa–Rabu, 1–2 Desember 2026 · kebutuhan Bapak/Ibu: ")
    assert lines[2] == "2 Arsip (4 JP), Senin, 30 November 2026"
    name = lines[1].rpartition(": ")[2]
    assert name != largest, "a competence is called by its name"
    await asn.send("1")
    assert f"Menjawab kebutuhan yang Bapak/Ibu sebut sendiri: {name}." in asn.text


@pytest.mark.parametrize(
    ("competences", "expected"),
    [(("a",), 303), (("b", "c"), 203), (("c",), 101), (("d",), 0), ((), 0)],
)
def test_the_largest_gap_counts_then_all_of_them(competences: tuple[str, ...], expected: int) -> None:
    found = gaps({"gap_b": "2", "gap_c": "1", "gap_a": "3", "gap_d": "0", "gap_e": "", "a": "5"})
    assert found == {"a": 3, "b": 2, "c": 1}
    training = replace(PRIMA, competences=competences)
    assert weight(training, found) == expected
    assert served(training, found) == tuple(sorted(set(competences) & set(found)))
