"""A task after a training in the chat: given, handed in, assessed by one or two, revised, and told."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from handlers import administering, tasks
from handlers.errors import Conflict, HandlerError, NotAllowed
from handlers.permissions import TERMINAL, Actor
from handlers.tasks import Given, Wanted
from outreach.tasks import Criterion
from storage import media, submissions
from storage.documents import Documents
from storage.unit_of_work import UnitOfWork
from surveys.messages import Media, Outgoing
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one
from tests.trainings_office import AFTER, HEAD, SESSION, STAFF, attended, known, set_up

INSTRUCTION = "Susun teks syarat satu layanan yang paling sering diminta, lalu uji pada 5 warga."
PHOTO = Media(kind="image", reference="foto-1", mime="image/jpeg", size=1000)


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        opened.now = AFTER
        async with opened.process.database.write() as transaction:
            await set_up(transaction, opened.process.vault, now=AFTER)
        yield opened


def texts(said: list[Outgoing]) -> list[str]:
    return [one.text for one in said]


def labels(said: list[Outgoing]) -> list[str]:
    return [button.label for row in said[-1].rows for button in row]


async def arrive(desk: DeskOfOne, *people: int, head: bool = False) -> None:
    """These of the staff (by their place) write, prove who they are, and attended; the head writes as "head"."""
    named = [*((str(place), STAFF[place]) for place in people), *([("head", HEAD)] if head else [])]
    for chat, entry in named:
        before = await desk.rows("SELECT id FROM respondent")
        await desk.tell(chat, "/start", "ASN", "Setuju", "Isi tanpa NIP")
        [number] = [int(str(row[0])) for row in await desk.rows("SELECT id FROM respondent") if row not in before]
        async with desk.process.database.write() as transaction:
            await known(transaction, desk.process.vault, entry, number)
            if chat != "head":
                await attended(transaction, desk.process.vault, [number], now=desk.now)


async def admin(desk: DeskOfOne, chat: str, role: str = "evaluator") -> None:
    async with desk.process.database.write() as transaction:
        invited = await administering.invite(
            transaction, desk.process.vault, TERMINAL, name=f"Bu {chat}", role=role, now=desk.now
        )
    await desk.tell(chat, f"/admin {invited.code}")


async def put(desk: DeskOfOne, actor: Actor = TERMINAL, **wanted: Any) -> str:
    given: dict[str, Any] = {
        "title": "Teks syarat layanan",
        "instruction": INSTRUCTION,
        "session": SESSION.key,
        **wanted,
    }
    async with desk.process.database.write() as transaction:
        unit = UnitOfWork(transaction, desk.process.vault, now=desk.now)
        one = await tasks.put(
            unit,
            actor,
            Wanted(**given),
            calendar=desk.process.house.calendar,
            say=desk.process.house.say("id"),
        )
    return one.key


async def assign(desk: DeskOfOne, key: str) -> Given:
    async with desk.process.database.write() as transaction:
        unit = UnitOfWork(transaction, desk.process.vault, now=desk.now)
        return await tasks.assign(
            unit,
            TERMINAL,
            key,
            rng=random.Random(1),
            calendar=desk.process.house.calendar,
            say=desk.process.house.say("id"),
        )


async def states(desk: DeskOfOne) -> list[str]:
    return [str(row[0]) for row in await desk.rows("SELECT state FROM assignment ORDER BY since, id")]


async def told(desk: DeskOfOne, wait: timedelta = timedelta(seconds=10)) -> list[str]:
    """Without reminders, which may stand below it."""
    await desk.tick(wait)
    texts = [one.text for one in await desk.deliver() if one.text]
    return [text.split("\n\n🔔")[0] for text in texts if not text.startswith(("Berkas 1 dari 1", "🔔"))]


async def handed_in(desk: DeskOfOne, *chats: str) -> None:
    for chat in chats:
        said = await desk.tell(
            chat, "TUGAS", "Kirim tugas", "Ini teks syarat surat pindah.", PHOTO, "Kirim", "Tetap kirim"
        )
        assert said[0].text.startswith("✅"), said


async def judged(desk: DeskOfOne, chat: str, levels: str, remark: str = "Lewati", last: str = "Simpan") -> list[str]:
    await desk.tell(chat, "TUGAS", "Nilai tugas", *levels.split(), remark)
    return texts(await desk.tell(chat, last))


async def test_a_task_is_given_handed_in_assessed_and_told(desk: DeskOfOne) -> None:
    await arrive(desk, 0, head=True)
    key = await put(desk)
    assert key == "pelayanan_prima-2026-12-01-1"
    assert await assign(desk, key) == Given(new=1, twice=1, before=0)
    news = (
        "📌 Tugas setelah pelatihan Pelayanan Prima: Susun teks syarat satu layanan yang paling sering diminta, "
        "lalu uji pada 5 warga.\nMohon dikirim paling lambat Rabu, 16 Desember 2026. Ketik TUGAS untuk melihat "
        "semuanya dan mengirimnya."
    )
    assert await told(desk) == [news]
    page = await desk.tell("0", "TUGAS")
    assert INSTRUCTION in page[0].text
    assert labels(page) == ["Kirim tugas", "Lihat rubrik", "Tutup"]
    assert "Kesesuaian dengan instruksi (30%)" in texts(await desk.tell("0", "Lihat rubrik"))[0]
    await desk.tell("0", "Kirim tugas", "Ini teks syarat. Hubungi 0812 3456 7890.")
    said = await desk.tell("0", PHOTO)
    assert "1 berkas" in said[-1].text or "berkas: 1" in said[-1].text
    assert labels(said) == ["Kirim", "Kosongkan", "Batal"]
    assert labels(await desk.tell("0", "Kirim")) == ["Tetap kirim", "Tambah dahulu"]
    assert texts(await desk.tell("0", "Tetap kirim"))[0].startswith("✅ Tugas Bapak/Ibu sudah")
    assert await states(desk) == ["handed_in"]
    [(number, words, files)] = await desk.rows("SELECT id, words, files FROM submission")
    assert b"syarat" not in words  # type: ignore[operator]
    async with desk.process.database.read() as transaction:
        kept = await submissions.submission_of(transaction, desk.process.vault, int(str(number)))
    assert kept is not None
    assert kept.words == "Ini teks syarat. Hubungi [No. HP disamarkan]."
    assert await desk.rows("SELECT id, state, session_id FROM media") == [(files, "wanted", None)]
    assert await told(desk, timedelta(days=1)) == [
        "📌 Tugas yang menunggu penilaian Bapak/Ibu: 1. Ketik TUGAS untuk melihatnya."
    ]


async def test_the_superior_assesses_and_the_participant_is_told_score_and_remark(desk: DeskOfOne) -> None:
    await arrive(desk, 0, head=True)
    key = await put(desk, double=0)
    await assign(desk, key)
    await told(desk)
    await handed_in(desk, "0")
    await told(desk)
    shown = await desk.tell("head", "TUGAS")
    assert labels(shown) == ["Nilai tugas", "Tutup"]
    shown = await desk.tell("head", "Nilai tugas")
    assert (
        "Tugas “Teks syarat layanan”, oleh Maria Tefa, dikirim Kamis, 3 Desember 2026 (kiriman ke-1)." in shown[0].text
    )
    assert "Ini teks syarat surat pindah." in shown[0].text
    assert shown[1].text.splitlines()[0] == "1 dari 4: Kesesuaian dengan instruksi (30%)"
    assert labels(shown) == ["1", "2", "3", "4", "Batal"]
    assert "1 dari 4" in texts(await desk.tell("head", "7"))[-1]
    assert "1 dari 4" in texts(await desk.tell("head", "3", "Kembali"))[-1]
    assert "Tulis catatan" in texts(await desk.tell("head", "3", "3", "3", "3"))[-1]
    said = await desk.tell("head", "Jelas, mohon diuji juga di loket.")
    assert said[-1].text == "Nilai 66,67 dari 100: lulus."
    assert labels(said) == ["Simpan", "Minta revisi", "Kembali", "Batal"]
    assert texts(await desk.tell("head", "Simpan"))[0] == "✅ Tersimpan. Masih menunggu Bapak/Ibu: 0."
    assert await states(desk) == ["passed"]
    assert await told(desk) == [
        "✅ Tugas “Teks syarat layanan” lulus dengan nilai 66,67 dari 100.\nCatatan: Jelas, mohon diuji juga di loket."
    ]
    page = (await desk.tell("0", "TUGAS"))[0].text
    assert "Status: lulus" in page
    assert "Nilai: 66,67 dari 100" in page
    assert texts(await desk.tell("head", "TUGAS")) == ["Saat ini belum ada tugas untuk Bapak/Ibu."]


async def test_below_66_is_not_passed(desk: DeskOfOne) -> None:
    await arrive(desk, 0, head=True)
    await assign(desk, await put(desk, double=0))
    await handed_in(desk, "0")
    await told(desk)
    await judged(desk, "head", "3 3 3 2")
    assert await states(desk) == ["not_yet"]
    assert await told(desk) == ["Tugas “Teks syarat layanan” mendapat nilai 60,00 dari 100; batas lulus 66."]


async def test_a_revision_has_a_new_day_and_a_new_turn(desk: DeskOfOne) -> None:
    await arrive(desk, 0, head=True)
    key = await put(desk, double=0, due=date(2026, 12, 7))
    await assign(desk, key)
    await handed_in(desk, "0")
    await told(desk)
    await judged(desk, "head", "2 2 2 3", "Mohon diuji pada warga.", "Minta revisi")
    assert await states(desk) == ["revision"]
    news = (
        "Tugas “Teks syarat layanan” sudah diperiksa. Mohon diperbaiki paling lambat Kamis, 10 Desember 2026; ketik "
        "TUGAS untuk mengirimnya.\nCatatan: Mohon diuji pada warga."
    )
    assert await told(desk) == [news]
    await handed_in(desk, "0")
    assert await desk.rows("SELECT turn FROM submission ORDER BY turn") == [(1,), (2,)]
    shown = await desk.tell("head", "TUGAS", "Nilai tugas")
    assert "(kiriman ke-2)" in shown[0].text
    await desk.tell("head", "Batal")
    await judged(desk, "head", "4 4 3 3")
    assert await states(desk) == ["passed"]


async def test_two_who_agree_decide_and_the_first_mark_counts(desk: DeskOfOne) -> None:
    await arrive(desk, 0, head=True)
    await admin(desk, "rina")
    await assign(desk, await put(desk, double=100))
    await handed_in(desk, "0")
    await told(desk)
    await judged(desk, "head", "4 3 3 3", "Baik.")
    assert await states(desk) == ["assessed"]
    assert await told(desk) == []
    await judged(desk, "rina", "3 3 3 4", "Rapi.")
    assert await states(desk) == ["passed"]
    assert await told(desk) == [
        "✅ Tugas “Teks syarat layanan” lulus dengan nilai 76,67 dari 100.\nCatatan: Baik.\nCatatan: Rapi."
    ]


@pytest.mark.parametrize("second", ["4 1 3 3", "2 3 3 3"], ids=["two levels apart", "one passes, one does not"])
async def test_two_who_do_not_agree_leave_it_to_the_last_word(desk: DeskOfOne, second: str) -> None:
    await arrive(desk, 0, head=True)
    await admin(desk, "rina")
    await admin(desk, "vero", "admin")
    await assign(desk, await put(desk, double=100))
    await handed_in(desk, "0")
    await judged(desk, "head", "3 3 3 3", "Dari atasan.")
    await judged(desk, "rina", second, "Dari pengajar.")
    assert await states(desk) == ["assessed"]
    assert texts(await desk.tell("head", "TUGAS")) == ["Saat ini belum ada tugas untuk Bapak/Ibu."]
    shown = (await desk.tell("vero", "TUGAS", "Nilai tugas"))[0].text
    assert "Dua penilai belum sepakat." in shown
    assert "tingkat 3 3 3 3: 66,67 dari 100. Dari atasan." in shown
    await desk.tell("vero", "3", "3", "3", "3", "Nilai akhir kantor.")
    await desk.tell("vero", "Simpan")
    assert await states(desk) == ["passed"]
    assert [one for one in await told(desk) if "lulus" in one] == [
        "✅ Tugas “Teks syarat layanan” lulus dengan nilai 66,67 dari 100.\nCatatan: Nilai akhir kantor."
    ]
    assert await desk.rows("SELECT act FROM audit WHERE act = 'tasks.assess'") == [("tasks.assess",)] * 2


async def test_colleagues_assess_each_other_without_names_once_they_did_it_themselves(desk: DeskOfOne) -> None:
    await arrive(desk, 0, 1)
    await assign(desk, await put(desk, double=0, assessor="peer"))
    await handed_in(desk, "0")
    page = await desk.tell("1", "TUGAS")
    assert "Nilai tugas" not in labels(page)
    await handed_in(desk, "1")
    shown = await desk.tell("1", "TUGAS", "Nilai tugas")
    assert "oleh seorang rekan" in shown[0].text
    assert "Maria" not in shown[0].text
    await desk.tell("1", "Batal")
    await judged(desk, "1", "3 3 3 3")
    assert sorted(await states(desk)) == ["handed_in", "passed"]


async def test_what_is_overdue_is_told_to_the_superior_and_to_the_office_where_there_is_none(desk: DeskOfOne) -> None:
    await arrive(desk, 0, 1, head=True)
    await admin(desk, "vero", "admin")
    key = await put(desk, due=date(2026, 12, 4))
    await assign(desk, key)
    await told(desk)
    await handed_in(desk, "1")
    await told(desk)
    desk.now += timedelta(days=4)
    late = (
        "Batas tugas “Teks syarat layanan” sudah lewat dan belum dikirim oleh: Maria Tefa. Mohon tanyakan apa yang "
        "dapat dibantu."
    )
    waiting = "📌 Tugas yang menunggu penilaian Bapak/Ibu: 1. Ketik TUGAS untuk melihatnya."
    assert set(await told(desk)) == {waiting}, "the superior had theirs for today"
    assert late in await told(desk, timedelta(days=1))
    assert late not in await told(desk, timedelta(days=1))


async def test_what_nobody_is_told_by(desk: DeskOfOne) -> None:
    await arrive(desk, 0)
    await admin(desk, "vero", "admin")
    key = await put(desk, due=date(2026, 12, 4))
    await assign(desk, key)
    await told(desk)
    desk.now += timedelta(days=4)
    assert await told(desk) == [
        f"Batas tugas “Teks syarat layanan” ({key}) sudah lewat dan belum dikirim oleh 1 orang."
    ]


async def test_who_attended_later_gets_it_later_and_a_fifth_is_marked_twice(desk: DeskOfOne) -> None:
    await arrive(desk, 0, 1, 2, 3, 4)
    key = await put(desk)
    assert await assign(desk, key) == Given(new=5, twice=1, before=0)
    await arrive(desk, 5)
    assert await assign(desk, key) == Given(new=1, twice=1, before=5)
    assert await assign(desk, key) == Given(new=0, twice=0, before=6)
    assert await desk.number("SELECT count(*) FROM assignment WHERE double") == 2
    assert len(await told(desk)) == 6


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"title": " "}, "Tugas belum punya judul."),
        ({"instruction": "x" * 601}, "Petunjuknya 601 huruf; paling banyak 600."),
        ({"due": date(2026, 12, 1)}, "Batas tugas sudah lewat: sebut hari yang akan datang."),
        (
            {"competence": "sihir"},
            "Pelatihan ini tidak melayani kompetensi “sihir”: yang dilayani pelayanan_publik, tek_layanan.",
        ),
        ({"evidence": frozenset({"film"})}, "“film” tidak dapat dikirim: pilih dari text, photo, doc."),
        ({"assessor": "camat"}, "“camat” bukan penilai: pilih dari supervisor, instructor, peer, office."),
        ({"session": "tidak_ada"}, "Angkatan pelatihan itu belum ada."),
    ],
)  # fmt: skip
async def test_bad_input_gets_one_sentence_and_saves_nothing(
    desk: DeskOfOne, wanted: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(HandlerError) as caught:
        await put(desk, **wanted)
    assert str(caught.value) == sentence
    assert await desk.number("SELECT count(*) FROM task") == 0


async def test_who_may(desk: DeskOfOne) -> None:
    with pytest.raises(NotAllowed):
        await put(desk, Actor(name="admin:1", role="viewer"))
    with pytest.raises(NotAllowed):
        await put(desk, Actor(name="admin:1", role="evaluator", units=frozenset({"kel_nbs"})))
    assert await put(desk, Actor(name="admin:1", role="evaluator", units=frozenset({"kel_nbd"})))


async def test_a_rubric_stays_once_somebody_was_assessed_by_it(desk: DeskOfOne) -> None:
    await arrive(desk, 0, head=True)
    key = await put(desk, double=0)
    await assign(desk, key)
    await handed_in(desk, "0")
    await judged(desk, "head", "3 3 3 3")
    one = (Criterion(key="isi", label="Isi", weight=100),)
    with pytest.raises(Conflict, match="Sudah ada yang dinilai dengan rubrik ini"):
        await put(desk, key=key, rubric=one)
    assert await put(desk, key=key, title="Teks syarat") == key


async def test_what_was_begun_can_be_emptied_or_given_up(desk: DeskOfOne) -> None:
    await arrive(desk, 0)
    await assign(desk, await put(desk, evidence=frozenset({"photo"})))
    said = await desk.tell("0", "TUGAS", "Kirim tugas")
    assert labels(said) == ["Batal"]
    assert texts(await desk.tell("0", "Ini tulisan")) == ["Tugas ini meminta foto."]
    assert texts(await desk.tell("0", Media(kind="audio", reference="a"))) == ["Tugas ini meminta foto."]
    large = Media(kind="image", reference="b", size=21_000_000)
    assert "terlalu besar" in texts(await desk.tell("0", large))[0]
    album = [Media(kind="image", reference=f"c{number}", album="7") for number in range(3)]
    assert [len(await desk.tell("0", one)) for one in album] == [1, 0, 0]
    assert texts(await desk.tell("0", "Kosongkan"))[0].startswith("Tugas “Teks syarat layanan”.")
    assert texts(await desk.tell("0", PHOTO, "Kirim"))[0] == (
        "✅ Tugas Bapak/Ibu sudah kami terima (1 berkas). Kami memberi kabar setelah dinilai."
    )
    assert await desk.number("SELECT count(*) FROM submission") == 1
    assert "Kirim tugas" not in labels(await desk.tell("0", "TUGAS"))


async def test_a_link_leads_to_the_task_and_to_all_where_it_is_nobodys(desk: DeskOfOne) -> None:
    await arrive(desk, 0, 1)
    key = await put(desk)
    await assign(desk, key)
    assert INSTRUCTION in (await desk.tell("0", f"/start j-{key}"))[-1].text
    other = await put(desk, title="Lain")
    assert INSTRUCTION in (await desk.tell("0", f"/start j-{other}"))[-1].text
    await desk.tell("7", "/start", "Warga")
    assert texts(await desk.tell("7", f"/start j-{key}"))[-1] == "Saat ini belum ada tugas untuk Bapak/Ibu."


async def test_files_reach_the_assessor_once_they_are_here(desk: DeskOfOne) -> None:
    await arrive(desk, 0, head=True)
    await assign(desk, await put(desk, double=0))
    await handed_in(desk, "0")
    [(name,)] = await desk.rows("SELECT id FROM media")
    path = desk.process.config.folder / "media" / "ab"
    path.mkdir(parents=True)
    (path / "ab.jpg").write_bytes(b"\xff\xd8\xff")
    async with desk.process.database.write() as transaction:
        await media.fetched(transaction, str(name), sha256="ab", path="ab/ab.jpg", mime="image/jpeg", size=3)
    await desk.tell("head", "TUGAS", "Nilai tugas")
    await desk.tick()
    sent = [one for one in await desk.deliver() if one.media]
    assert [one.text for one in sent] == ["Berkas 1 dari 1"]
    [(kind, reference)] = sent[0].media
    assert kind == "file"
    documents = Documents(desk.process.database, desk.process.vault)
    found = await documents.read(reference, channel="telegram", external_id="head")
    assert found is not None
    assert (found.name, found.mime, found.body) == ("bukti-1.jpg", "image/jpeg", b"\xff\xd8\xff")
    assert await documents.read(reference, channel="telegram", external_id="0") is None


async def test_deleting_ones_data_takes_the_work_and_its_files_along(desk: DeskOfOne) -> None:
    await arrive(desk, 0, head=True)
    await assign(desk, await put(desk, double=0))
    await handed_in(desk, "0")
    await judged(desk, "head", "3 3 3 3", "Baik.")
    said = " ".join(texts(await desk.tell("0", "DATA", "Lihat isi")))
    assert "Teks syarat layanan: lulus" in said
    assert "Catatan: Baik." in said
    await desk.tell("0", "HAPUS", "Ya, hapus semua")
    assert await desk.number("SELECT count(*) FROM assignment") == 0
    for table in ("submission", "assessment", "media"):
        assert await desk.number(f"SELECT count(*) FROM {table}") == 0
