"""Aspirations are read and moved on by those who may, in their own places; whoever wants to know is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.wording import catalogue
from handlers import moderating
from handlers.errors import Conflict, NotAllowed, NotFound
from handlers.permissions import Actor
from storage.unit_of_work import UnitOfWork
from surveys.session import Answer, Place
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one

SERVES = {"kel_alak": "alak", "kel_nbd": "nbd"}
ALL = Actor(name="admin:1", role="moderator", admin_id=1)
LURAH = Actor(name="admin:2", role="admin", units=frozenset({"kel_alak", "camat_pm"}), admin_id=2)


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    async with desk_of_one(database_url, tmp_path) as opened:
        for person, number, place, news in (
            ("1", "ALK-26-0001-A", "alak", "ya"),
            ("2", "ALK-26-0002-B", "nbd", "tidak"),
            ("3", "ALK-26-0003-C", "", ""),
        ):
            before = set(await opened.rows("SELECT id FROM respondent"))
            await opened.tell(person, "/start", "Warga")
            [(respondent_id,)] = set(await opened.rows("SELECT id FROM respondent")) - before
            await sent(opened, int(str(respondent_id)), number, place, news)
        yield opened


async def sent(desk: DeskOfOne, respondent_id: int, number: str, place: str, news: str) -> None:
    """An aspiration as the record has it."""
    [(survey_id,)] = await desk.rows("SELECT id FROM survey")
    async with desk.process.database.write() as transaction:
        unit = UnitOfWork(transaction, desk.process.vault, now=desk.now)
        response = unit.response_id(anonymous=False)
        unit.open_response(response, int(str(survey_id)), respondent_id, "id", False, desk.now)
        given = [(Place("isi"), Answer("Antrean panjang", ""))]
        given += [(Place("kelurahan"), Answer(place, ""))] if place else []
        given += [(Place("kabari"), Answer(news, ""))] if news else []
        unit.put_answers(response, given)
        unit.put_answers(response, [(Place("nama"), Answer("Maria", ""))], frozenset({"nama"}))
        unit.finish_response(response, "complete", desk.now, number)
        unit.issue_ticket(number, "suara", respondent_id, response)
        await unit.flush()


async def listed(desk: DeskOfOne, actor: Actor, state: str = "") -> list[str]:
    async with desk.process.database.read() as transaction:
        unit = UnitOfWork(transaction, desk.process.vault, now=desk.now)
        return [one.number for one in await moderating.listed(unit, actor, SERVES, state=state)]


async def change(desk: DeskOfOne, actor: Actor, number: str, state: str, note: str = "") -> bool:
    async with desk.process.database.write() as transaction:
        unit = UnitOfWork(transaction, desk.process.vault, now=desk.now)
        return await moderating.change(
            unit, actor, SERVES, number, state=state, note=note, speaks=lambda code: catalogue(code or "id").gettext
        )


async def test_who_is_bound_sees_their_own_places(desk: DeskOfOne) -> None:
    assert await listed(desk, ALL) == ["ALK-26-0001-A", "ALK-26-0002-B", "ALK-26-0003-C"]
    assert await listed(desk, LURAH) == ["ALK-26-0001-A"]
    assert await listed(desk, ALL, "SELESAI") == []


@pytest.mark.parametrize("role", ["evaluator", "viewer"])
async def test_some_roles_see_none(desk: DeskOfOne, role: str) -> None:
    with pytest.raises(NotAllowed):
        await listed(desk, Actor(name="admin:3", role=role))  # type: ignore[arg-type]


async def test_a_change_is_kept_told_and_audited(desk: DeskOfOne) -> None:
    assert await change(desk, LURAH, "ALK-26-0001-A", "DITERUSKAN", "  Hubungi 081234567890  ya ")
    assert await desk.rows("SELECT number, state FROM status_change") == [("ALK-26-0001-A", "DITERUSKAN")]
    [(note,)] = await desk.rows("SELECT note FROM status_change")
    assert "081234567890" not in str(note)
    assert str(note).startswith("Hubungi ")
    assert await desk.rows("SELECT actor, act, whom FROM audit") == [
        ("admin:2", "aspirations.change", "ticket:ALK-26-0001-A")
    ]
    [told] = await desk.deliver()
    assert told.text == f"Kabar untuk ALK-26-0001-A: DITERUSKAN. {note}"


async def test_who_did_not_want_to_know_is_not_told(desk: DeskOfOne) -> None:
    assert not await change(desk, ALL, "ALK-26-0002-B", "SELESAI")
    assert await desk.deliver() == []


async def test_who_stopped_all_messages_is_not_told(desk: DeskOfOne) -> None:
    from sqlalchemy import text

    async with desk.process.database.write() as transaction:
        await transaction.run(text("UPDATE respondent SET opted_out = (1 = 1)"))
    assert not await change(desk, ALL, "ALK-26-0001-A", "SELESAI")
    assert await desk.deliver() == []


@pytest.mark.parametrize(
    ("actor", "number", "state", "note", "error"),
    [
        (LURAH, "ALK-26-0002-B", "SELESAI", "", NotAllowed),
        (LURAH, "ALK-26-0003-C", "SELESAI", "", NotAllowed),
        (ALL, "ALK-26-0009-Z", "SELESAI", "", NotFound),
        (ALL, "ALK-26-0001-A", "BEKERJA", "", Conflict),
        (ALL, "ALK-26-0001-A", "DIARSIPKAN", "  ", Conflict),
        (ALL, "ALK-26-0001-A", "SELESAI", "x" * 301, Conflict),
    ],
)
async def test_what_cannot_be_done(
    desk: DeskOfOne, actor: Actor, number: str, state: str, note: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await change(desk, actor, number, state, note)
    assert await desk.number("SELECT count(*) FROM status_change") == 0
    assert await desk.number("SELECT count(*) FROM audit") == 0


async def test_what_names_a_person_is_not_read(desk: DeskOfOne) -> None:
    async with desk.process.database.read() as transaction:
        unit = UnitOfWork(transaction, desk.process.vault, now=desk.now)
        whole = await moderating.shown(unit, ALL, SERVES, "ALK-26-0001-A")
    said = {one.question: (one.value, one.sealed) for one in whole.said}
    assert said == {
        "isi": ("Antrean panjang", False), "kelurahan": ("alak", False), "kabari": ("ya", False), "nama": ("", True),
    }  # fmt: skip
