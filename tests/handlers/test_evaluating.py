"""Who is asked about a training, when, and what the surveys know of it."""

from __future__ import annotations

from datetime import UTC, datetime

from outreach.evaluations import Evaluation
from storage import shuffling
from tests.handlers.counter import Counter, Person
from tests.handlers.training import OTHER, OVER, SESSION, enrol, hold, on_roster

FEEDBACK = f"/start s-l1-{SESSION.key}"
AFTER_30 = datetime(2027, 1, 4, 1, tzinfo=UTC)


async def answer_all(person: Person, *answers: str) -> Person:
    """Each in turn, then sent."""
    return await person.send(*answers, "Kirim")


L1 = ("4",) * 11 + ("9", "LEWATI")


async def test_who_attended_gives_feedback_once_and_nobody_knows_whose_it_is(counter: Counter, asn: Person) -> None:
    counter.now = OVER
    await hold(counter)
    number = await enrol(asn, attended=True)
    await asn.send(FEEDBACK)
    assert "Pelatihan: Pelayanan Prima, Selasa–Rabu, 1–2 Desember 2026." in asn.text
    await answer_all(asn, *L1)
    assert asn.text == (
        "✅ Terima kasih. Jawaban Bapak/Ibu sudah kami terima.\n\nMasih dapat diisi: Tes: Pelayanan Prima. Ketik TES."
    )
    assert await counter.rows("SELECT respondent_id, survey_name, occasion FROM participation") == [
        (number, "l1_reaksi", SESSION.key)
    ]
    assert await counter.rows("SELECT count(*) FROM response") == [(0,)]
    async with counter.database.write() as transaction:
        await shuffling.shuffle(transaction, counter.vault, sealed=counter.library.sealed(), all_of_them=True)
    assert await counter.rows("SELECT respondent_id, occasion, completed_at, state FROM response") == [
        (None, SESSION.key, None, "complete")
    ]
    await asn.send(FEEDBACK)
    assert asn.text.startswith("Bapak/Ibu sudah mengisi “Umpan balik pelatihan”.")


async def test_the_same_survey_may_be_open_for_two_trainings(counter: Counter, asn: Person) -> None:
    counter.now = datetime(2026, 12, 2, 9, 30, tzinfo=UTC)
    await hold(counter)
    await enrol(asn, attended=True)
    await enrol(asn, OTHER, attended=True)
    await asn.send(FEEDBACK, "4", f"/start s-l1-{OTHER.key}", "5")
    assert [session.facts["occasion"] for session in await counter.sessions()] == [SESSION.key, OTHER.key]
    await asn.send(FEEDBACK)
    assert await asn.stands() == "tujuan_jelas"
    await answer_all(asn, *L1[1:])
    await asn.send("lanjut")
    await answer_all(asn, *L1[1:])
    assert await counter.rows("SELECT survey_name, occasion FROM participation ORDER BY 2") == [
        ("l1_reaksi", SESSION.key),
        ("l1_reaksi", OTHER.key),
    ]


async def test_who_may_not_is_told_why(counter: Counter, asn: Person) -> None:
    await hold(counter)
    counter.now = OVER
    await asn.send(FEEDBACK)
    assert asn.text.startswith("Isian ini untuk yang hadir pada pelatihan Pelayanan Prima.")
    await enrol(asn)
    await asn.send(FEEDBACK)
    assert asn.text.startswith("Isian ini untuk yang hadir pada pelatihan Pelayanan Prima.")
    for payload in ("s-l1-tidak_ada", "s-l9-x", "s-l3-x-y", f"s-l3a-30-{SESSION.key}", "s-"):
        await asn.send(f"/start {payload}")
        assert asn.text.startswith("Tautan itu sudah tidak berlaku."), payload
    assert await counter.rows("SELECT count(*) FROM session") == [(0,)]


async def test_the_work_is_asked_about_30_days_later(counter: Counter, asn: Person) -> None:
    counter.now = OVER
    await hold(counter)
    await enrol(asn, attended=True)
    await asn.send(f"/start s-l3-30-{SESSION.key}")
    assert asn.text == "Isian ini dibuka Jumat, 1 Januari 2027, pukul 00.00 WITA."
    await asn.send(f"/start s-l3-31-{SESSION.key}")
    assert asn.text == "Tautan itu sudah tidak berlaku."
    counter.now = AFTER_30
    await asn.send(f"/start s-l3-30-{SESSION.key}")
    assert asn.text.startswith("Sudah 30 hari sejak pelatihan Pelayanan Prima.")
    await asn.send("Ya")
    assert "menerapkan menjelaskan syarat layanan?" in asn.text
    await asn.send("3")
    assert "menerapkan mencatat pengaduan?" in asn.text
    await asn.send("0", "LEWATI", "1", "1", "1")
    assert "Pelayanan publik\nLevel mana" in asn.text
    await answer_all(asn, "2", "Rencana")
    [(occasion, respondent)] = await counter.rows("SELECT occasion, respondent_id FROM response")
    assert (occasion, respondent is not None) == (f"{SESSION.key}/30", True)
    answers = await counter.answers()
    assert {name: answers[name] for name in ("terapan_1", "terapan_2", "level_pelayanan_publik", "berbagi")} == {
        "terapan_1": "3", "terapan_2": "0", "level_pelayanan_publik": "2", "berbagi": "rencana",
    }  # fmt: skip
    counter.now = datetime(2027, 2, 2, 1, tzinfo=UTC)
    await asn.send(f"/start s-l3-30-{SESSION.key}")
    assert asn.text.startswith("Isian ini sudah ditutup Minggu, 31 Januari 2027, pukul 00.00 WITA.")


async def test_who_moved_to_other_work_is_asked_nothing_more(counter: Counter, asn: Person) -> None:
    counter.now = AFTER_30
    await hold(counter)
    await enrol(asn, attended=True)
    await asn.send(f"/start s-l3-30-{SESSION.key}", "Pindah tugas")
    assert "tidak ada pertanyaan lagi" in asn.text
    await asn.send("Kirim")
    assert (await counter.answers())["masih_bertugas"] == "pindah"


async def test_the_supervisor_is_asked_about_each_of_their_people(counter: Counter, asn: Person) -> None:
    counter.now = AFTER_30
    await hold(counter)
    boss = await counter.person("21").send("/start", "ASN", "Setuju", "Nanti")
    number = await enrol(asn, attended=True)
    await on_roster(boss, asn)
    await boss.send(f"/start s-l3a-30-{number}-{SESSION.key}")
    assert "Penilaian singkat tentang Maria Uji 1, 30 hari sesudah pelatihan Pelayanan Prima." in boss.text
    assert "Seberapa sering Maria Uji 1 terlihat menerapkan menjelaskan syarat layanan?" in boss.text
    await answer_all(boss, "3", "9", "Membaik", "2", "1", "1", "LEWATI")
    assert await counter.rows("SELECT occasion FROM response") == [(f"{SESSION.key}/30/{number}",)]
    answers = await counter.answers()
    assert (answers["terapan_1"], answers["terapan_2"], answers["perubahan"]) == ("3", "9", "membaik")
    assert b"Maria Uji" not in counter.raw()
    await boss.send(f"/start s-l3a-30-{number}-{SESSION.key}")
    assert boss.text.startswith("Bapak/Ibu sudah mengisi “Penerapan oleh bawahan”.")


async def test_nobody_else_is_asked_about_a_person(counter: Counter, asn: Person) -> None:
    counter.now = AFTER_30
    await hold(counter)
    boss = await counter.person("21").send("/start", "ASN", "Setuju", "Nanti")
    number = await enrol(asn, attended=True)
    await on_roster(boss, asn)
    colleague = await counter.person("22").send("/start", "ASN", "Setuju", "Nanti")
    for person in (colleague, asn):
        await person.send(f"/start s-l3a-30-{number}-{SESSION.key}")
        assert person.text.startswith("Penilaian ini hanya untuk atasan langsung menurut daftar pegawai.")


async def test_they_stand_in_no_menu_and_are_not_begun_without_a_training(counter: Counter, asn: Person) -> None:
    await asn.send("/menu")
    assert not any(title in asn.text for title in ("Umpan balik pelatihan", "Penerapan"))
    await asn.send("/start l1_reaksi")
    assert asn.text.startswith("“Umpan balik pelatihan” diisi untuk satu pelatihan")


def test_what_stands_in_a_link() -> None:
    one = Evaluation(kind="supervisor", session=SESSION.key, step=30, about="employee:17")
    assert one.payload == f"s-l3a-30-employee_17-{SESSION.key}"
    assert one.occasion == f"{SESSION.key}/30/employee:17"
    assert Evaluation(kind="feedback", session="x" * 70).payload == ""
