"""A superior proposes their own people; each is asked and decides, also who comes to the chat only later."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers import training_lists, training_office
from handlers.errors import NotAllowed
from handlers.permissions import TERMINAL, Actor
from surveys.messages import Outgoing
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one
from tests.handlers.learners import LURAH, OTHER, STAFF, act, civil_servant, due, employ, heard, offer, unit_of

WHEN = "Selasa–Rabu, 1–2 Desember 2026, pukul 08.00–15.30 WITA, di Aula Kantor Camat Alak"
ASKED = (
    f"📌 Atasan Bapak/Ibu mengusulkan Bapak/Ibu mengikuti pelatihan Pelayanan Prima: {WHEN}. Ketik PELATIHAN SAYA "
    "untuk menerima atau menolak."
)


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path / "data") as opened:
        await employ(opened)
        await offer(opened)
        await civil_servant(opened, "lurah", LURAH, "081200000001")
        yield opened


def labels(said: list[Outgoing]) -> list[str]:
    return [button.label for row in said[-1].rows for button in row]


async def test_who_is_known_is_asked_and_accepts(desk: DeskOfOne) -> None:
    await civil_servant(desk, "staf", STAFF, "081200000002")
    said = await desk.tell("lurah", "/start t-prima-1")
    assert labels(said) == ["Daftar", "Berkas kalender", "Usulkan staf", "Daftar pelatihan", "Tutup"]
    said = await desk.tell("lurah", "Usulkan staf")
    assert said[0].text == (
        "Siapa yang Bapak/Ibu usulkan? Ketik nomornya, misalnya 1 3. Yang bersangkutan ditanya dan memutuskan "
        "sendiri.\n1 Yohanes B."
    )
    assert (await desk.tell("lurah", "2"))[0].text == "Mohon ketik nomor dari 1 sampai 1."
    assert (await desk.tell("lurah", "1"))[0].text == "✅ Diusulkan dan segera ditanya: Yohanes B."
    await due(desk)
    assert await heard(desk) == [ASKED]
    said = await desk.tell("staf", "pelatihan saya", "1")
    assert said[0].text.endswith("Sisa tempat: 2.\nAtasan Bapak/Ibu mengusulkan Bapak/Ibu. Bersediakah ikut?")
    assert labels(said) == ["Terima", "Tolak", "Berkas kalender", "Daftar pelatihan", "Tutup"]
    assert (await desk.tell("staf", "ya"))[0].text.startswith("✅ Bapak/Ibu terdaftar")
    assert await desk.rows("SELECT state, by FROM enrolment") == [("enrolled", "supervisor")]
    said = await desk.tell("lurah", "/start t-prima-1", "Usulkan staf", "1")
    assert said[0].text == "Sudah ikut atau sudah ditanya: Yohanes B."


async def test_an_invitation_is_declined_with_a_reason(desk: DeskOfOne) -> None:
    await civil_servant(desk, "staf", STAFF, "081200000002")
    await desk.tell("lurah", "/start t-prima-1", "Usulkan staf", "1")
    said = await desk.tell("staf", "/start t-prima-1", "Tolak", "Cuti atau izin")
    assert said[0].text.startswith("Baik, pendaftaran Bapak/Ibu pada Pelayanan Prima sudah dibatalkan.")
    await due(desk)
    assert await heard(desk) == []


async def test_who_comes_later_is_asked_then(desk: DeskOfOne) -> None:
    said = await desk.tell("lurah", "/start t-prima-1", "Usulkan staf", "1")
    assert said[0].text == "✅ Diusulkan, ditanya begitu terverifikasi di sini: Yohanes B."
    await due(desk)
    assert await heard(desk) == []
    await civil_servant(desk, "staf", STAFF, "081200000002")
    await due(desk)
    assert await heard(desk) == [ASKED]
    assert await desk.number("SELECT count(*) FROM enrolment WHERE employee_id IS NULL") == 1


async def test_who_has_no_people_proposes_nobody(desk: DeskOfOne) -> None:
    await civil_servant(desk, "staf", STAFF, "081200000002")
    assert "Usulkan staf" not in labels(await desk.tell("staf", "/start t-prima-1"))


async def test_an_admin_of_a_unit_names_the_people_of_that_alone(desk: DeskOfOne) -> None:
    admin = Actor(name="admin:5", role="admin", units=frozenset({"kel_nbd"}))
    await act(desk, training_office.name_them, admin, "prima-1", [STAFF], enrol=True)
    with pytest.raises(NotAllowed):
        await act(desk, training_office.name_them, admin, "prima-1", [OTHER], enrol=True)
    with pytest.raises(NotAllowed):
        await act(desk, training_office.cancel, admin, "prima-1")
    viewer = Actor(name="admin:6", role="viewer")
    for who, taken in ((TERMINAL, 1), (admin, None), (viewer, None)):
        async with desk.process.database.read() as transaction:
            listed = await training_lists.listed(unit_of(desk, transaction), who, since=desk.now.date())
        assert [(one.taken, one.waiting) for one in listed.sessions] == [(taken, 0)]
    with pytest.raises(NotAllowed):
        await act(desk, training_office.name_them, viewer, "prima-1", [STAFF], enrol=False)
    await act(desk, training_office.withdraw, TERMINAL, "prima-1", STAFF, "Mutasi")
    assert await desk.rows("SELECT state FROM enrolment") == [("cancelled",)]
