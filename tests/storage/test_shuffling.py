"""Anonymous responses enter the record with new numbers for themselves and their files."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import text

from storage import media, responses
from storage.database import Database
from storage.shuffling import ENOUGH, shuffle, waiting
from storage.surveys import publish
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from surveys.messages import Media
from surveys.session import Answer, Place
from tests.office import NOTHING_SEALED

NOW = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)


async def pending(database: Database, vault: Vault, *, name: str, many: int, test: bool = False) -> int:
    """So many finished responses to a survey, each with a photo; the survey's number."""
    async with database.write() as transaction:
        survey = await publish(transaction, name=name, version=1, notation=b"{}", source=None, source_type="", now=NOW)
        unit = UnitOfWork(transaction, vault, now=NOW)
        for number in range(many):
            photo = f"{name}-{number}"
            unit.want_media(photo, "telegram", Media(kind="image", reference="file"), 77, Place("foto"))
            unit.put_pending(
                survey,
                "id",
                test,
                [
                    (Place("isi"), Answer(f"isi {number}", f"isi {number}")),
                    (Place("foto"), Answer(photo, pages=(photo,))),
                ],
                None,
                None,
            )
        await unit.flush()
        for number in range(many):
            await media.fetched(
                transaction, f"{name}-{number}", sha256=f"{number}", path=f"aa/{number}.jpg", mime="image/jpeg", size=1
            )
    return survey


async def rows(database: Database, statement: str) -> list[tuple[object, ...]]:
    async with database.read() as transaction:
        return [tuple(row) for row in await transaction.all(text(statement))]


async def test_each_survey_waits_until_there_are_enough(database: Database, vault: Vault) -> None:
    await pending(database, vault, name="sedikit", many=ENOUGH - 1)
    many = await pending(database, vault, name="cukup", many=ENOUGH)
    async with database.write() as transaction:
        assert (await shuffle(transaction, vault, sealed=NOTHING_SEALED, all_of_them=False))[0] == ENOUGH
        assert await waiting(transaction) != set()
        assert (await shuffle(transaction, vault, sealed=NOTHING_SEALED, all_of_them=False))[0] == 0
    assert await rows(database, "SELECT DISTINCT survey_id FROM response") == [(many,)]
    async with database.write() as transaction:
        assert (await shuffle(transaction, vault, sealed=NOTHING_SEALED, all_of_them=True))[0] == ENOUGH - 1
        assert await waiting(transaction) == set()


async def test_responses_of_a_test_hide_nobody(database: Database, vault: Vault) -> None:
    await pending(database, vault, name="uji", many=ENOUGH, test=True)
    async with database.write() as transaction:
        assert await shuffle(transaction, vault, sealed=NOTHING_SEALED, all_of_them=False) == (0, [])


async def test_files_get_new_numbers_and_their_answers_follow(database: Database, vault: Vault) -> None:
    await pending(database, vault, name="foto", many=ENOUGH)
    before = {row[0] for row in await rows(database, "SELECT id FROM media")}
    async with database.write() as transaction:
        _, paths = await shuffle(transaction, vault, sealed=NOTHING_SEALED, all_of_them=False)
    assert sorted(paths) == [f"aa/{number}.jpg" for number in range(ENOUGH)]
    after = await rows(database, "SELECT id, session_id, place, path FROM media")
    assert not before & {row[0] for row in after}
    assert {(row[1], row[2]) for row in after} == {(None, "")}
    by_number = {row[0]: row[3] for row in after}
    answers = await rows(
        database,
        "SELECT foto.value, foto.pages, isi.value FROM answer AS foto "
        "JOIN answer AS isi ON isi.response_id = foto.response_id AND isi.place = 'isi' WHERE foto.place = 'foto'",
    )
    assert {(by_number[photo], pages == photo, words) for photo, pages, words in answers} == {
        (f"aa/{number}.jpg", True, f"isi {number}") for number in range(ENOUGH)
    }


async def test_what_names_a_person_stays_sealed(database: Database, vault: Vault) -> None:
    survey = await pending(database, vault, name="nama", many=ENOUGH)
    async with database.write() as transaction:
        await shuffle(transaction, vault, sealed={survey: frozenset({"isi"})}, all_of_them=False)
    assert await rows(database, "SELECT DISTINCT value, raw FROM answer WHERE place = 'isi'") == [("", "")]
    async with database.read() as transaction:
        stored = await transaction.all(text("SELECT * FROM answer WHERE place = 'isi'"))
    given = sorted(responses.read_answer(row, vault).value for row in stored)
    assert given == [f"isi {number}" for number in range(ENOUGH)]


async def test_what_is_sealed_by_a_version_nobody_has_read_waits(database: Database, vault: Vault) -> None:
    known = await pending(database, vault, name="baru", many=ENOUGH)
    unread = await pending(database, vault, name="lama", many=ENOUGH)
    async with database.write() as transaction:
        hidden = {known: frozenset({"isi"})}
        assert (await shuffle(transaction, vault, sealed=hidden, all_of_them=True))[0] == ENOUGH
        assert await waiting(transaction) == {unread}
    assert await rows(database, "SELECT count(*) FROM answer WHERE place = 'isi' AND sealed IS NULL") == [(0,)]
