"""The tests before and after a training: two forms, one attempt, the score afterwards, the key never."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

from openpyxl import load_workbook

from handlers.copying import Copy
from storage import dossier
from surveys.survey import Question
from tests.handlers.counter import WITA, Counter, Person
from tests.handlers.training import BEFORE, OVER, SESSION, enrol, hold

TEST = f"/start s-l2-{SESSION.key}"
STARTS = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
"""08.00 in Alak."""


def question(counter: Counter, name: str) -> Question:
    return counter.library.newest()["l2_pelayanan_prima"].playbook.survey.question(name)


async def sit(person: Person, right: int) -> list[str]:
    """Answer what is asked, the first ``right`` questions as the key says; the names of the questions."""
    asked: list[str] = []
    while (name := await person.stands()) != "@reviewing":
        put = question(person.counter, name)
        wanted = [choice for choice in put.choices if (choice.name == put.key) == (len(asked) < right)]
        asked.append(name)
        await person.send(wanted[0].label["id"])
    await person.send("Kirim")
    return asked


async def form_of(person: Person) -> str:
    return (await person.counter.sessions())[-1].facts["form"]


async def test_before_and_after_in_two_forms_and_the_score_at_the_end(counter: Counter, asn: Person) -> None:
    counter.now = BEFORE
    await hold(counter)
    await enrol(asn)
    await asn.send(TEST)
    assert "Tes awal pelatihan Pelayanan Prima: 5 soal" in asn.text
    first = await form_of(asn)
    before = await sit(asn, 2)
    assert asn.text == "✅ Terima kasih. Nilai tes awal kami sampaikan sesudah tes akhir."
    await asn.send(TEST)
    assert asn.text.startswith("Bapak/Ibu sudah mengisi “Tes Pelayanan Prima”.")

    await enrol(asn, attended=True)
    counter.now = OVER
    await asn.send(TEST)
    assert "Tes akhir pelatihan Pelayanan Prima" in asn.text
    second = await form_of(asn)
    after = await sit(asn, 4)
    assert asn.text == (
        "✅ Terima kasih. Nilai tes akhir Bapak/Ibu: 80 dari 100 (4 dari 5 soal tepat).\n"
        "Nilai tes awal Bapak/Ibu: 40 dari 100.\n\n"
        "Masih dapat diisi: Umpan balik: Pelayanan Prima. Ketik EVALUASI."
    )
    assert {first, second} == {"A", "B"}
    assert [{question(counter, name).form for name in names} for names in (before, after)] == [{first}, {second}]
    assert [len(names) for names in (before, after)] == [5, 5]
    await asn.send(TEST)
    assert asn.text.startswith("Bapak/Ibu sudah mengisi “Tes Pelayanan Prima”.")


async def test_the_score_after_where_there_was_no_test_before(counter: Counter, asn: Person) -> None:
    counter.now = OVER
    await hold(counter)
    await enrol(asn, attended=True)
    await asn.send(TEST)
    await sit(asn, 5)
    assert asn.text.startswith("✅ Terima kasih. Nilai tes akhir Bapak/Ibu: 100 dari 100 (5 dari 5 soal tepat).\n\n")


async def test_when_it_can_be_sat(counter: Counter, asn: Person) -> None:
    await hold(counter)
    await enrol(asn)
    counter.now = datetime(2026, 11, 29, 15, 59, tzinfo=UTC)
    await asn.send(TEST)
    assert asn.text == "Isian ini dibuka Senin, 30 November 2026, pukul 00.00 WITA."
    counter.now = STARTS
    await enrol(asn, attended=True)
    await asn.send(TEST)
    assert asn.text == "Isian ini dibuka Rabu, 2 Desember 2026, pukul 15.30 WITA."
    counter.now = datetime(2026, 12, 4, 16, 0, tzinfo=UTC)
    await asn.send(TEST)
    assert asn.text.startswith("Isian ini sudah ditutup Sabtu, 5 Desember 2026, pukul 00.00 WITA.")
    assert await counter.rows("SELECT count(*) FROM session") == [(0,)]


async def test_a_test_that_is_not_sent_in_time_is_over(counter: Counter, asn: Person) -> None:
    counter.now = STARTS - timedelta(minutes=1)
    await hold(counter)
    await enrol(asn)
    await asn.send(TEST, "1")
    [session] = await counter.sessions()
    assert session.expires == STARTS
    counter.now = STARTS
    assert await counter.expire() == 1
    assert await counter.rows("SELECT state FROM response") == [("expired",)]


async def test_who_is_not_enrolled_sits_none(counter: Counter, asn: Person) -> None:
    counter.now = BEFORE
    await hold(counter)
    await asn.send(TEST)
    assert asn.text == "Tes awal pelatihan Pelayanan Prima untuk yang sudah terdaftar."


async def test_whoever_begins_again_has_the_same_form(counter: Counter, asn: Person) -> None:
    counter.now = BEFORE
    await hold(counter)
    await enrol(asn)
    forms = []
    for words in (TEST, "/stop", TEST, "/restart"):
        await asn.send(words, *(["Ya"] if words == "/restart" else []))
        forms += [session.facts["form"] for session in await counter.sessions()]
    assert len(forms) > 2
    assert len(set(forms)) == 1


async def test_the_options_are_shuffled_for_each_person(counter: Counter) -> None:
    counter.now = BEFORE
    await hold(counter)
    orders = set()
    for number in range(31, 43):
        person = await counter.person(str(number)).send("/start", "ASN", "Setuju")
        await enrol(person)
        await person.send(TEST)
        orders.add(tuple(line for line in person.text.splitlines() if line[:2] in {"1.", "2.", "3.", "4."}))
    assert len(orders) > 4


async def test_the_key_is_in_no_message_and_in_no_copy(counter: Counter, asn: Person) -> None:
    counter.now = BEFORE
    await hold(counter)
    number = await enrol(asn)
    await asn.send(TEST, "/help", "1", "kembali")
    await sit(asn, 0)
    await enrol(asn, attended=True)
    counter.now = OVER
    await asn.send(TEST)
    await sit(asn, 0)
    assert "Nilai tes akhir Bapak/Ibu: 0 dari 100" in asn.text
    survey = counter.library.newest()["l2_pelayanan_prima"].playbook.survey
    names = {question.key for question in survey.keyed if "_" in question.key or question.key.startswith(("m", "jp"))}
    assert len(names) == 5
    said = repr(counter.screens.shown[asn.address])
    async with counter.database.read() as transaction:
        held = await dossier.read(transaction, counter.vault, number)
    assert held is not None
    copied = Copy(
        held, counter.library.by_id, office="Alak", language="id", say=str, timezone=WITA, now=counter.now
    ).documents()
    book = load_workbook(io.BytesIO(copied[1].body))
    cells = repr([list(sheet.values) for sheet in book])
    told = said + copied[0].body.decode() + cells
    assert [name for name in names if name in told] == []
