"""What time brings: old conversations close, files arrive, people are asked again."""

from __future__ import annotations

import asyncio
import io
import threading
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from PIL import Image

from bot.channels.base import SendError
from bot.fetching import Fetcher
from bot.keeping import Kept, keep
from bot.wording import catalogue
from handlers import ticking
from handlers.attending import attend
from storage import surveys
from storage.deliveries import Mark
from storage.errors import Full
from storage.unit_of_work import UnitOfWork
from surveys import notation
from surveys.messages import Address, Incoming, Media
from surveys.xlsform import read
from tests.bot.road import Road
from tests.office import NOW, Office, open_office, text_of

FORM = b"""
| survey |
| | type | name | label::Bahasa Indonesia (id) | required |
| | image | foto | Kirim satu foto. | yes |
| | text | isi | Apa yang perlu diperbaiki? | yes |

| settings |
| | form_title | form_id | default_language | chat_anonymous | chat_expires |
| | Suara | suara | Bahasa Indonesia (id) | no | 7 |
"""


async def publish(office: Office, form: bytes) -> None:
    survey, _ = read(form, file_type=".md", name_hint="suara")
    async with office.database.write() as transaction:
        await surveys.publish(
            transaction, name=survey.name, version=1, notation=orjson.dumps(notation.dump(survey)), source=None,
            source_type="", now=NOW,
        )  # fmt: skip
    office.reception.library.outdated()


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with open_office(database_url) as opened:
        await publish(opened, FORM)
        house = replace(opened.reception.house, say=lambda language: catalogue(language).gettext)
        opened.reception = replace(opened.reception, attend=attend, house=house)
        opened.inbox._reception = opened.reception
        yield opened


@asynccontextmanager
async def working(office: Office) -> AsyncIterator[None]:
    office.inbox._closing = False
    task = asyncio.create_task(office.inbox.run())
    try:
        yield
    finally:
        office.sender.marks += [
            Mark(id=one.id, address_id=one.address_id, outcome="sent") for one in office.sender.leased
        ]
        office.inbox.close()
        await task


def photo_of(person: int, number: int) -> Incoming:
    return Incoming(
        address=Address("telegram", str(person)),
        external_id=str(number),
        reply=Media(kind="image", reference=f"file-{number}", mime="image/jpeg", size=1000),
        sent_at=NOW,
        message_id=str(number),
    )


async def texts(office: Office) -> Sequence[str]:
    """What is queued, decrypted."""
    from storage import claiming

    async with office.database.write() as transaction:
        leased = await claiming.claim(transaction, office.vault, process=1, now=NOW, many=50)
    return [one.outgoing.text for one in leased]


def fetcher(office: Office, road: Road, folder: Path) -> Fetcher:
    return Fetcher(office.database, office.vault, office.reception, {"telegram": road}, folder)


async def test_a_file_is_fetched_kept_and_completes_the_answer(office: Office, tmp_path: Path) -> None:
    road = Road(files={"file-2": jpeg()})
    async with working(office):
        await office.inbox.submit(text_of(7, 1, "/start suara"))
        await office.inbox.submit(photo_of(7, 2))
        await office.inbox.submit(text_of(7, 3, "Jalan"))
        await office.inbox.submit(text_of(7, 4, "Kirim"))
    assert await office.rows("SELECT state FROM response") == [("open",)]
    await fetcher(office, road, tmp_path).fetch(NOW)
    assert await office.rows("SELECT state FROM response") == [("complete",)]
    [(state, reference, session, path)] = await office.rows("SELECT state, reference, session_id, path FROM media")
    assert (state, reference, session) == ("fetched", None, None)
    assert (tmp_path / str(path)).is_file()
    kept = await office.rows("SELECT id FROM media")
    assert await office.rows("SELECT value FROM answer WHERE place = 'foto'") == kept
    assert "Terima kasih" in (await texts(office))[-1]


async def test_a_photo_is_kept_as_small_as_its_question_says(office: Office, tmp_path: Path) -> None:
    form = b"""
| survey |
| | type | name | label | parameters |
| | image | kecil | Foto? | max-pixels=4 |
| | image | besar | Foto lagi? | |

| settings |
| | form_title | form_id |
| | Foto | foto |
"""
    await publish(office, form)
    road = Road(files={"file-2": jpeg(), "file-3": jpeg()})
    async with working(office):
        await office.inbox.submit(text_of(7, 1, "/start foto"))
        await office.inbox.submit(photo_of(7, 2))
        await office.inbox.submit(photo_of(7, 3))
    await fetcher(office, road, tmp_path).fetch(NOW)
    sizes = {}
    for place, path in await office.rows("SELECT place, path FROM media"):
        with Image.open(tmp_path / str(path)) as picture:
            sizes[place] = picture.size
    assert sizes == {"kecil": (4, 4), "besar": (8, 8)}


async def test_a_file_that_cannot_be_had_is_asked_for_again(office: Office, tmp_path: Path) -> None:
    road = Road(files={})
    async with working(office):
        await office.inbox.submit(text_of(7, 1, "/start suara"))
        await office.inbox.submit(photo_of(7, 2))
    await fetcher(office, road, tmp_path).fetch(NOW)
    assert await office.rows("SELECT count(*) FROM media") == [(0,)]
    [asked] = await texts(office)
    assert "Kirim satu foto." in asked
    assert await office.rows("SELECT count(*) FROM answer WHERE place = 'foto'") == [(0,)]


async def test_a_passing_fault_is_tried_again_later(office: Office, tmp_path: Path) -> None:
    road = Road(files={"file-2": jpeg()})
    road.fetch_faults = [SendError("down")]
    async with working(office):
        await office.inbox.submit(text_of(7, 1, "/start suara"))
        await office.inbox.submit(photo_of(7, 2))
    fetching = fetcher(office, road, tmp_path)
    await fetching.fetch(NOW)
    assert await office.rows("SELECT state, attempts FROM media") == [("wanted", 1)]
    await fetching.fetch(NOW)
    assert await office.rows("SELECT state, attempts FROM media") == [("wanted", 1)]
    await fetching.fetch(NOW + timedelta(minutes=1))
    assert await office.rows("SELECT state FROM media") == [("fetched",)]


@pytest.mark.parametrize(("anonymous", "state"), [("no", [("fetched",)]), ("always", [])])
async def test_a_film_that_may_tell_who_it_is_from_is_asked_for_again(
    office: Office, tmp_path: Path, anonymous: str, state: list[tuple[str]]
) -> None:
    asked = (b"| | image | foto |", b"| | video | foto |")
    form = FORM.replace(*asked).replace(b"| no | 7 |", f"| {anonymous} | 7 |".encode())
    survey, _ = read(form, file_type=".md", name_hint="suara")
    async with office.database.write() as transaction:
        await surveys.publish(
            transaction, name="suara", version=2, notation=orjson.dumps(notation.dump(survey)), source=None,
            source_type="", now=NOW,
        )  # fmt: skip
    office.reception.library.outdated()
    sent = photo_of(7, 2)
    async with working(office):
        await office.inbox.submit(text_of(7, 1, "/start suara"))
        await office.inbox.submit(replace(sent, reply=replace(sent.reply, kind="video", mime="video/mp4")))  # type: ignore[arg-type]
    office.reception.library._by_id.clear()  # as after a start
    await fetcher(office, Road(files={"file-2": b"\0\0\0\x10ftypmp42\0\0\0\0"}), tmp_path).fetch(NOW)
    assert await office.rows("SELECT state FROM media") == state


async def test_a_broken_photo_is_asked_for_again(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise AttributeError

    monkeypatch.setattr("PIL.ImageOps.exif_transpose", fails)
    async with working(office):
        await office.inbox.submit(text_of(7, 1, "/start suara"))
        await office.inbox.submit(photo_of(7, 2))
    await fetcher(office, Road(files={"file-2": jpeg()}), tmp_path).fetch(NOW)
    assert await office.rows("SELECT state FROM media") == []
    [asked] = await texts(office)
    assert "Kirim satu foto." in asked


async def test_a_file_that_fails_waits_and_the_others_come(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[bytes] = []

    def full(data: bytes, *some: object, **more: object) -> Kept:
        tried.append(data)
        if data == b"first":
            raise OSError(28, "No space left on device")
        return keep(jpeg(), *some, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.fetching.keep", full)
    async with working(office):
        for person, number in ((7, 2), (8, 4)):
            await office.inbox.submit(text_of(person, number - 1, "/start suara"))
            await office.inbox.submit(photo_of(person, number))
    fetching = fetcher(office, Road(files={"file-2": b"first", "file-4": b"second"}), tmp_path)
    await fetching.fetch(NOW)
    await fetching.fetch(NOW)
    assert sorted(tried) == [b"first", b"second"]
    assert await office.rows("SELECT state, attempts FROM media ORDER BY state") == [("fetched", 4), ("wanted", 1)]
    for hour in range(1, 13):
        await fetching.fetch(NOW + timedelta(hours=hour))
    assert await office.rows("SELECT state FROM media ORDER BY state") == [("fetched",)]
    assert len(tried) == 13


async def test_while_nothing_can_be_written_files_are_not_fetched_all_the_time(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object, **__: object) -> None:
        raise Full

    road = Road()
    async with working(office):
        await office.inbox.submit(text_of(7, 1, "/start suara"))
        await office.inbox.submit(photo_of(7, 2))
    fetching = fetcher(office, road, tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr("storage.media.later", full)
        road.fetch_faults = [ZeroDivisionError()]
        with pytest.raises(Full):
            await fetching.fetch(NOW)
    road.files = {"file-2": jpeg()}
    await fetching.fetch(NOW + timedelta(seconds=5))
    assert await office.rows("SELECT state FROM media") == [("wanted",)]
    await fetching.fetch(NOW + timedelta(seconds=10))
    assert await office.rows("SELECT state FROM media") == [("fetched",)]


async def test_a_file_at_which_the_program_dies_three_times_is_refused(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    class Dies(BaseException):
        """As a process that is killed: nothing is written any more."""

    def kill(*_: object, **__: object) -> Kept:
        tried.append(len(tried))
        raise Dies

    monkeypatch.setattr("bot.fetching.keep", kill)
    async with working(office):
        await office.inbox.submit(text_of(7, 1, "/start suara"))
        await office.inbox.submit(photo_of(7, 2))
    for hour in range(5):
        with suppress(Dies):
            await fetcher(office, Road(files={"file-2": jpeg()}), tmp_path).fetch(NOW + timedelta(hours=hour))
    assert tried == [0, 1, 2]
    assert await office.rows("SELECT state FROM media") == []


async def test_one_file_is_taken_apart_at_a_time(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doing = threading.Lock()

    def alone(*some: object, **more: object) -> Kept:
        assert doing.acquire(blocking=False)
        time.sleep(0.05)
        doing.release()
        return keep(*some, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.fetching.keep", alone)
    async with working(office):
        for person in (7, 8, 9):
            await office.inbox.submit(text_of(person, 10 + person, "/start suara"))
            await office.inbox.submit(photo_of(person, person))
    road = Road(files={f"file-{person}": jpeg() for person in (7, 8, 9)})
    await fetcher(office, road, tmp_path).fetch(NOW)
    assert await office.rows("SELECT DISTINCT state FROM media") == [("fetched",)]


async def test_what_fails_does_not_stand_before_what_is_new(office: Office, tmp_path: Path) -> None:
    road = Road(files={f"file-{person}": jpeg() for person in range(100, 121)})
    road.fetch_faults = [ZeroDivisionError() for _ in range(20)]
    async with working(office):
        for person in range(100, 121):
            await office.inbox.submit(text_of(person, 1000 + person, "/start suara"))
            await office.inbox.submit(photo_of(person, person))
    fetching = fetcher(office, road, tmp_path)
    for _ in range(2):
        await fetching.fetch(NOW)
    assert await office.count("SELECT count(*) FROM media WHERE state = 'fetched'") == 1
    assert await office.rows("SELECT DISTINCT attempts FROM media WHERE state = 'wanted'") == [(1,)]


async def test_a_conversation_kept_long_enough_is_closed_and_said_so(office: Office) -> None:
    async with working(office):
        await office.inbox.submit(text_of(7, 1, "/start suara"))
        await office.inbox.submit(text_of(8, 2, "/start suara"))
    later = NOW + timedelta(days=7, minutes=1)
    for now, ended in ((NOW + timedelta(days=6), 0), (later, 2), (later, 0)):
        async with office.database.write() as transaction:
            unit = UnitOfWork(transaction, office.vault, now=now, process=1)
            assert await ticking.expire(unit, office.reception, most=10) == ended
    assert await office.rows("SELECT DISTINCT state FROM response") == [("expired",)]
    assert await office.count("SELECT count(*) FROM session") == 0
    assert len(await texts(office)) == 2


async def test_people_in_the_middle_are_asked_again_once(office: Office) -> None:
    async with working(office):
        await office.inbox.submit(text_of(7, 1, "/start suara"))
        await office.inbox.submit(text_of(8, 2, "/start suara"))
        await office.inbox.submit(text_of(8, 3, "nanti"))
    from storage import conversations

    async with office.database.read() as transaction:
        sessions = await conversations.in_the_middle(transaction, NOW - timedelta(hours=1), NOW + timedelta(hours=1))
    assert len(sessions) == 1
    async with office.database.write() as transaction:
        unit = UnitOfWork(transaction, office.vault, now=NOW + timedelta(hours=1), process=1)
        assert await ticking.ask_again(unit, office.reception, sessions) == 1
    [asked] = await texts(office)
    assert "Kirim satu foto." in asked
    async with office.database.read() as transaction:
        assert await conversations.untouched(transaction, sessions, NOW + timedelta(minutes=30)) == []


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "JPEG")
    return out.getvalue()
