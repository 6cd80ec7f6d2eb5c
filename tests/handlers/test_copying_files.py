"""The copy of somebody's data hands over the files they gave, under names that the list knows."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from bot import catalog
from bot.bundled import folder
from handlers import copying_files
from handlers.copying_files import packed, shared_out
from storage.documents import Document, Documents
from storage.held_files import HeldFile
from surveys.messages import Outgoing
from tests.handlers.desk_of_one import DeskOfOne, desk_of_one
from tests.handlers.test_files import ASPIRATION, ME, photo
from tests.office import NOW


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[DeskOfOne]:
    files = catalog.files(folder("catalog") / "alak")
    async with desk_of_one(database_url, tmp_path / "data", form=ASPIRATION, files=files) as opened:
        yield opened


async def handed_in(desk: DeskOfOne) -> None:
    """An aspiration with a photo, under the person's number."""
    await photo(desk, "Dengan kontak")
    await desk.tell(ME, "3", "Tidak", "Kirim")


async def copy(desk: DeskOfOne) -> tuple[list[Outgoing], list[Document]]:
    """Ask for it: what is said, and the documents that come with it."""
    await desk.tell(ME, "SALINAN")
    await desk.tick()
    sent = await desk.deliver()
    there = Documents(desk.process.database, desk.process.vault)
    names = [name for one in sent for _kind, name in one.media]
    found = [await there.read(name, channel="telegram", external_id=ME) for name in names]
    assert [await there.read(name, channel="telegram", external_id="10") for name in names] == [None] * len(names)
    return sent, [one for one in found if one is not None]


async def test_the_photo_comes_in_a_zip_under_the_name_that_list_and_table_give_it(desk: DeskOfOne) -> None:
    await handed_in(desk)
    [(ticket,)] = await desk.rows("SELECT number FROM ticket")
    name = f"{ticket}_cerita_1.jpg"
    shown = await desk.tell(ME, "DATA", "Lihat isi")
    assert name in shown[0].text
    await desk.tell(ME, "Tutup")
    sent, documents = await copy(desk)
    assert [one.name for one in documents] == [f"data-saya-2026-11-24.{kind}" for kind in ("json", "xlsx", "zip")]
    assert sent[-1].text == "Foto, rekaman, dan dokumen Bapak/Ibu."
    with zipfile.ZipFile(io.BytesIO(documents[2].body)) as archive:
        assert archive.namelist() == [name]
        kept = [path for path in (desk.process.config.folder / "media").rglob("*") if path.is_file()]
        assert archive.read(name) == kept[0].read_bytes()
    content = json.loads(documents[0].body)
    assert [one["files"] for one in content["responses"][0]["answers"] if one["files"]] == [[name]]
    [listed] = content["files"]
    assert (listed["name"], listed["kind"], listed["handed_over"]) == (name, "image", True)
    book = load_workbook(io.BytesIO(documents[1].body))
    [row] = [[cell.value for cell in row] for row in book["Berkas"].iter_rows(min_row=2)]
    assert [row[0], row[1], row[3]] == [name, "foto", "Ya"]
    assert name in [cell.value for cell in book["Jawaban"]["E"]]


async def test_an_anonymous_photo_is_in_no_copy(desk: DeskOfOne) -> None:
    await photo(desk, "Anonim")
    _sent, documents = await copy(desk)  # while it is being answered
    assert json.loads(documents[0].body)["files"] == []
    await desk.tell(ME, "3", "Kirim")
    _sent, documents = await copy(desk)
    assert [one.name.rpartition(".")[2] for one in documents] == ["json", "xlsx"]
    assert json.loads(documents[0].body)["files"] == []


async def test_a_file_that_is_not_here_is_listed_and_said(desk: DeskOfOne) -> None:
    await handed_in(desk)
    async with desk.process.database.write() as transaction:
        await transaction.run(text("UPDATE media SET state = 'failed', path = ''"))
    sent, documents = await copy(desk)
    assert [one["handed_over"] for one in json.loads(documents[0].body)["files"]] == [False]
    assert sent[-1].text == "1 berkas dalam daftar tidak ada di sini: belum atau tidak dapat diambil."
    assert len(documents) == 2


async def test_what_is_too_much_for_a_chat_is_said(desk: DeskOfOne, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying_files, "ALL_PACKS", 10)
    await handed_in(desk)
    sent, documents = await copy(desk)
    assert [one["handed_over"] for one in json.loads(documents[0].body)["files"]] == [False]
    assert sent[-1].text.startswith("1 berkas lainnya tidak dikirim di sini: ")
    assert len(documents) == 2


async def test_a_new_copy_takes_the_place_of_one_that_nobody_took(desk: DeskOfOne) -> None:
    await handed_in(desk)
    await copy(desk)
    await copy(desk)
    assert await desk.number("SELECT count(*) FROM document") == 3
    await desk.tick(timedelta(days=1, minutes=1))
    assert await desk.number("SELECT count(*) FROM document") == 0


def held(number: int, size: int, here: Path) -> HeldFile:
    (here / f"{number}.jpg").write_bytes(bytes([number]) * size)
    return HeldFile(
        id=str(number), name=f"R1_foto_{number}.jpg", kind="image", mime="", size=size, state="fetched",
        path=f"{number}.jpg",
    )  # fmt: skip


def test_packs_hold_everything_once_and_none_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying_files, "ONE_PACK", 100)
    files = [held(number, size, tmp_path) for number, size in enumerate((60, 40, 1, 250, 30))]
    packs = shared_out(files, tmp_path)
    assert [[one.id for one in pack] for pack in packs.files] == [["0", "1"], ["2"], ["3"], ["4"]]
    made = list(packed(packs, tmp_path, "data", made=NOW))
    assert [one.name for one in made] == [f"data-{number}.zip" for number in (1, 2, 3, 4)]
    got = {}
    for one in made:
        with zipfile.ZipFile(io.BytesIO(one.body)) as archive:
            got.update({name: len(archive.read(name)) for name in archive.namelist()})
    assert got == {one.name: one.size for one in files}
