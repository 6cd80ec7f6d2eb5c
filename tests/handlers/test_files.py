"""A file that somebody sent is kept for as long as an answer names it, and not a moment longer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import catalog, retaining
from bot.bundled import folder
from bot.fetching import Fetcher
from bot.keeping import keep
from bot.retaining import Retaining
from surveys.messages import Media, Outgoing, Text
from tests.bot.road import Road
from tests.fake_telegram.files import picture
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one

ASPIRATION = (folder("catalog").parent / "surveys" / "definitions" / "aspirasi.md").read_bytes()
ME = "9"
TO_THE_STORY = ("Ya", "Alak", "1", "1 2")
PHOTO = Media(kind="image", reference="AgACphoto", mime="image/jpeg", size=1000)


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    files = catalog.files(folder("catalog") / "alak")
    async with desk_of_one(database_url, tmp_path / "data", form=ASPIRATION, files=files) as opened:
        yield opened


def kept(desk: DeskOfOne) -> list[str]:
    """The files on the disk."""
    here = desk.process.config.folder / "media"
    return sorted(path.name for path in here.rglob("*") if path.is_file())


async def fetch(desk: DeskOfOne) -> None:
    """Whatever is to be fetched is there."""
    road = Road(files={PHOTO.reference: picture()})
    there = desk.process.config.folder / "media"
    await Fetcher(desk.process.database, desk.process.vault, desk.process.reception, {"telegram": road}, there).fetch(
        desk.now
    )


async def photo(desk: DeskOfOne, switch: str, *, fetched: bool = True) -> list[Outgoing]:
    """An aspiration whose story is a photo."""
    await desk.tell(ME, "/start", "Warga", "Aspirasi warga", switch, *TO_THE_STORY)
    said = await desk.take(desk.incoming(ME, PHOTO))
    assert await desk.rows("SELECT state FROM media") == [("wanted",)]
    if fetched:
        await fetch(desk)
        assert len(kept(desk)) == 1
    return said


async def nothing_is_left(desk: DeskOfOne) -> None:
    assert await desk.number("SELECT count(*) FROM media") == 0, "at once"
    await fetch(desk)
    await desk.tick()
    assert kept(desk) == []


@pytest.mark.parametrize("switch", ["Anonim", "Dengan kontak"])
@pytest.mark.parametrize("fetched", [True, False])
async def test_deleting_everything_in_the_middle_takes_the_photo_along(
    desk: DeskOfOne, switch: str, *, fetched: bool
) -> None:
    await photo(desk, switch, fetched=fetched)
    await desk.tell(ME, "HAPUS", "Ya, hapus semua")
    await nothing_is_left(desk)


async def test_deleting_in_the_same_breath_as_the_photo_takes_it_along(desk: DeskOfOne) -> None:
    await desk.tell(ME, "/start", "Warga", "Aspirasi warga", "Anonim", *TO_THE_STORY)
    batch = [desk.incoming(ME, one) for one in (PHOTO, Text("HAPUS"), Text("Ya, hapus semua"))]
    await desk.take(*batch)
    assert await desk.number("SELECT count(*) FROM session") == 0
    await nothing_is_left(desk)


async def test_cancelling_keeps_no_photo(desk: DeskOfOne) -> None:
    await photo(desk, "Anonim")
    await desk.tell(ME, *["KEMBALI"] * 6, "Batal")
    assert await desk.number("SELECT count(*) FROM session") == 0
    await nothing_is_left(desk)


async def test_an_anonymous_survey_that_expires_keeps_no_photo(desk: DeskOfOne) -> None:
    await photo(desk, "Anonim")
    await desk.tick(timedelta(days=20))
    assert await desk.number("SELECT count(*) FROM session") == 0
    await desk.tick()
    await nothing_is_left(desk)


async def test_a_photo_that_words_took_the_place_of_goes(desk: DeskOfOne) -> None:
    await photo(desk, "Dengan kontak")
    await desk.tell(ME, "KEMBALI", "Sekarang saya menulis saja dengan kata-kata")
    await nothing_is_left(desk)


@pytest.mark.parametrize("fetched", [True, False])
async def test_nothing_of_a_minors_photo_is_kept_or_fetched(desk: DeskOfOne, *, fetched: bool) -> None:
    await photo(desk, "Dengan kontak", fetched=fetched)
    await desk.tell(ME, *["KEMBALI"] * 5, "Belum")
    await nothing_is_left(desk)


async def test_beginning_again_keeps_no_photo(desk: DeskOfOne) -> None:
    await photo(desk, "Dengan kontak")
    await desk.tell(ME, "ULANG", "Ya")
    await nothing_is_left(desk)


@pytest.mark.parametrize("switch", ["Anonim", "Dengan kontak"])
async def test_what_was_sent_keeps_its_photo_until_its_owner_deletes_it(desk: DeskOfOne, switch: str) -> None:
    await photo(desk, switch)
    rest = ("3", "Kirim") if switch == "Anonim" else ("3", "Tidak", "Kirim")
    await desk.tell(ME, *rest)
    await night(desk)
    assert len(kept(desk)) == 1
    await desk.tell(ME, "HAPUS", "Ya, hapus semua")
    await night(desk)
    assert len(kept(desk)) == (1 if switch == "Anonim" else 0)


async def test_deleting_while_the_photo_is_being_fetched_leaves_nothing(desk: DeskOfOne) -> None:
    await photo(desk, "Anonim", fetched=False)
    here = desk.process.config.folder / "media"

    class Slow(Road):
        """Takes so long that its owner changes their mind."""

        async def fetch(self, media: Media) -> AsyncIterator[bytes]:
            await desk.tell(ME, "HAPUS", "Ya, hapus semua")
            async for piece in super().fetch(media):
                yield piece

    slow = Slow(files={PHOTO.reference: picture()})
    await Fetcher(desk.process.database, desk.process.vault, desk.process.reception, {"telegram": slow}, here).fetch(
        desk.now
    )
    await nothing_is_left(desk)


# ---- what an older version left behind ----------------------------------------------------------------


async def night(desk: DeskOfOne) -> None:
    await Retaining(desk.process).run("2026-11-25", desk.now)
    await desk.tick()


async def test_a_row_that_no_answer_names_goes_at_night(desk: DeskOfOne) -> None:
    await photo(desk, "Dengan kontak")
    await desk.tell(ME, "3", "Tidak", "Kirim")
    await desk.tell(ME, "/start aspirasi", "Dengan kontak", *TO_THE_STORY)
    await desk.take(desk.incoming(ME, PHOTO))
    other = keep(b"%PDF-1.4 lain", "file", desk.process.config.folder / "media")
    async with desk.process.database.write() as transaction:
        for name, session in (("a", "NULL"), ("b", "4711")):  # of no session, of one that is no more
            await transaction.run(
                text(
                    "INSERT INTO media (id, kind, channel, mime, size, state, attempts, sha256, path, place, "
                    f"session_id) VALUES ('{name}', 'file', 'telegram', '', 1, 'fetched', 0, '', '{other.path}', '', "
                    f"{session})"
                )
            )
    assert len(kept(desk)) == 2
    await Retaining(desk.process).run("2026-11-25", desk.now)
    assert await desk.rows("SELECT state FROM media ORDER BY state") == [("fetched",), ("wanted",)]
    await desk.tick()
    assert len(kept(desk)) == 1


async def test_bytes_that_no_row_names_go_unless_they_came_lately(desk: DeskOfOne) -> None:
    await photo(desk, "Anonim")
    here = desk.process.config.folder / "media"
    came = (here / keep(b"%PDF-1.4 lain", "file", here).path).stat().st_ctime
    (here / "ab").mkdir(exist_ok=True)
    (here / "ab" / ".new-x").write_bytes(b"x")

    async def swept(since: float, before: float) -> int:
        return await retaining.swept(desk.process.database, here, since=came + since, before=came + before)

    assert await swept(-3600, -60) == 0, "its row may still come"
    assert await swept(60, 3600) == 0, "another database's"
    assert await swept(-3600, 60) == 2
    assert len(kept(desk)) == 1
