"""TES, UMPAN BALIK: what is open to somebody is begun, or asked for where there are several."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.handlers.counter import Counter, Person
from tests.handlers.training import BEFORE, OTHER, OVER, enrol, hold, on_roster


async def test_nothing_is_open(counter: Counter, asn: Person, citizen: Person) -> None:
    await hold(counter)
    for person in (asn, citizen, counter.person("99")):
        await person.send("TES")
        assert person.text.startswith("Saat ini belum ada isian pelatihan untuk Bapak/Ibu.")


async def test_one_thing_is_begun(counter: Counter, asn: Person) -> None:
    counter.now = BEFORE
    await hold(counter)
    await enrol(asn)
    await asn.send("tes awal")
    assert "Tes awal pelatihan Pelayanan Prima" in asn.text


async def test_which_of_several(counter: Counter, asn: Person) -> None:
    counter.now = OVER
    await hold(counter)
    await enrol(asn, attended=True)
    await enrol(asn, OTHER)
    await asn.send("umpan balik")
    assert asn.text == (
        "Mana yang akan Bapak/Ibu isi?\n1 Umpan balik: Pelayanan Prima\n2 Tes: Pelayanan Prima\n3 Tes: Pelayanan Prima"
    )
    assert asn.buttons == ["1 Umpan balik…", "2 Tes: Pelayanan…", "3 Tes: Pelayanan…"]
    await asn.send("2")
    assert "Tes akhir pelatihan Pelayanan Prima" in asn.text
    await asn.send("/tes", "/tes", "1 Umpan balik…")
    assert "Pelatihan: Pelayanan Prima" in asn.text
    assert [session.survey for session in await counter.sessions()] == ["l2_pelayanan_prima", "l1_reaksi"]


async def test_something_else_is_no_answer_to_which(counter: Counter, asn: Person) -> None:
    counter.now = OVER
    await hold(counter)
    await enrol(asn, attended=True)
    await asn.send("/tes", "batal")
    assert await asn.stands() == "menu"
    await asn.send("/tes", "9")
    assert await asn.stands() != "evaluate"


async def test_what_was_answered_is_not_asked_again(counter: Counter, asn: Person) -> None:
    counter.now = OVER
    await hold(counter)
    await enrol(asn, attended=True)
    await asn.send("/tes", "1", *("4",) * 11, "9", "LEWATI", "Kirim", "/tes")
    assert "Tes akhir pelatihan Pelayanan Prima" in asn.text


async def test_supervisors_see_their_people(counter: Counter, asn: Person) -> None:
    counter.now = datetime(2027, 1, 4, 1, tzinfo=UTC)
    await hold(counter)
    boss = await counter.person("21").send("/start", "ASN", "Setuju", "Nanti")
    other = await counter.person("22").send("/start", "ASN", "Setuju", "Nanti")
    for person in (asn, other):
        await enrol(person, attended=True)
    await on_roster(boss, asn, other)
    await boss.send("evaluasi")
    assert sorted(line[2:] for line in boss.text.splitlines()[1:]) == [
        "Maria Uji 1, sesudah 30 hari: Pelayanan Prima",
        "Maria Uji 2, sesudah 30 hari: Pelayanan Prima",
    ]
    await asn.send("evaluasi")
    assert [line[2:] for line in asn.text.splitlines()[1:]] == [
        "Umpan balik: Pelayanan Prima",
        "Sesudah 30 hari: Pelayanan Prima",
    ]
