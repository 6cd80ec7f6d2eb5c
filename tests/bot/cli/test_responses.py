"""``suara responses export`` as an officer sees it: the file it names holds what was answered."""

from __future__ import annotations

import asyncio
import csv
import io
import os
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.cli.responses import copied
from reports.base import ReportError
from storage.database import open_database
from storage.migrating import migrate
from storage.vault import open_vault
from surveys.session import Answer
from tests.bot.cli.conftest import Installation
from tests.reports.office import Office

FORM = """
| survey | | | | |
| | type | name | label | chat_kind |
| | text | nama | Nama | name |
| | select_multiple buah | suka | Suka apa? | |
| | decimal | jam | Jam | |
| | text | usul | Usul | |
| | image | foto | Foto | |
| | begin_repeat | anak | Anak | |
| | text | sebutan | Nama anak | |
| | end_repeat | | | |

| choices | | | |
| | list_name | name | label |
| | buah | apel | Apel |
| | buah | jeruk | Jeruk |

| settings | | |
| | form_title | form_id |
| | Buah | buah |
"""


async def filled(suara: Installation) -> None:
    """One response, and one that was only tried."""
    suara.data.mkdir(exist_ok=True)
    database = open_database(suara.url or f"sqlite+aiosqlite:///{suara.data / 'suara.sqlite3'}")
    try:
        await migrate(database)
        office = Office(database, open_vault(suara.data / "suara.key", create=True))
        survey_id = await office.publish(FORM)
        await office.keep_file("m1", "aa/pagar.jpg")
        await office.keep_file("m2", "bb/hilang.jpg")
        given: dict[str, str | Answer] = {
            "nama": Answer("Maria Tefa"),
            "suka": "jeruk",
            "jam": "7.5",
            "usul": "=1+1",
            "foto": Answer("m1", pages=("m1", "m2")),
            "sebutan[1]": "Ester",
        }
        await office.respond(survey_id, given, response_id=77)
        await office.respond(survey_id, {"usul": "coba"}, response_id=78, test=True)
    finally:
        await database.close()


def tables(data: bytes, delimiter: str = ";") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


HEADINGS = ["_id", "_version", "_language", "_started", "_completed", "_date"]
HEADINGS += ["nama", "suka", "suka/apel", "suka/jeruk", "jam", "usul", "foto", "foto_caption"]


def test_a_workbook(on_each: Installation) -> None:
    asyncio.run(filled(on_each))
    said = on_each("responses", "export", "buah", "--output", "hasil/buah.xlsx")
    assert (said.code, said.out) == (0, "hasil/buah.xlsx\n")
    assert [line for line in said.err.splitlines() if "export:" not in line and "tables:" not in line] == [
        "Responses: 1/1",
        "Responses: 1. Written:",
    ]
    book = load_workbook(on_each.folder / "hasil" / "buah.xlsx")
    assert book.sheetnames == ["Answers", "anak", "Codebook", "Choices"]
    assert [[cell.value for cell in row] for row in book["Answers"].iter_rows()] == [
        HEADINGS,
        [
            "R77",
            1,
            "id",
            datetime(2026, 11, 24, 1, 30),  # noqa: DTZ001
            datetime(2026, 11, 24, 1, 40, 5),  # noqa: DTZ001
            datetime(2026, 11, 24),  # noqa: DTZ001
            "•••••",
            "jeruk",
            0,
            1,
            7.5,
            "=1+1",
            "media/aa/pagar.jpg\nmedia/bb/hilang.jpg",
            None,
        ],
    ]
    assert [[cell.value for cell in row] for row in book["anak"].iter_rows()] == [
        ["_key", "_parent", "_id", "_index", "sebutan"],
        ["R77/anak[1]", "R77", "R77", 1, "Ester"],
    ]


def test_tables(suara: Installation) -> None:
    asyncio.run(filled(suara))
    said = suara("responses", "export", "buah", "--format", "csv", "--output", "buah.csv")
    names = ["buah.csv", "buah-anak.csv", "buah-codebook.csv", "buah-choices.csv"]
    assert (said.code, said.out.splitlines()) == (0, names)
    assert tables((suara.folder / "buah.csv").read_bytes()) == [
        HEADINGS,
        [
            *("R77", "1", "id", "2026-11-24 01:30:00", "2026-11-24 01:40:05", "2026-11-24"),
            *("•••••", "jeruk", "0", "1", "7,5", "'=1+1", "media/aa/pagar.jpg\nmedia/bb/hilang.jpg", ""),
        ],
    ]
    assert tables((suara.folder / "buah-anak.csv").read_bytes())[1] == ["R77/anak[1]", "R77", "R77", "1", "Ester"]
    assert tables((suara.folder / "buah-choices.csv").read_bytes())[1] == ["suka", "apel", "Apel", "1"]


def test_an_archive_in_indonesian(suara: Installation) -> None:
    asyncio.run(filled(suara))
    arguments = ("--format", "csv", "--output", "buah.zip", "--delimiter", "tab", "--labels", "--test")
    said = suara("responses", "export", "buah", *arguments, SUARA_LOCALE__LANGUAGE="id")
    assert (said.code, said.out) == (0, "buah.zip\n")
    with zipfile.ZipFile(suara.folder / "buah.zip") as archive:
        assert archive.namelist() == ["jawaban.csv", "anak.csv", "buku_kode.csv", "pilihan.csv"]
        rows = tables(archive.read("jawaban.csv"), "\t")
    assert rows[0][:7] == ["Isian", "Versi", "Bahasa", "Mulai", "Selesai", "Tanggal", "Uji coba"]
    assert [(row[0], row[6], row[8], row[11], row[12]) for row in rows[1:]] == [
        ("R77", "0", "Jeruk", "7.5", "'=1+1"),
        ("R78", "1", "", "", "coba"),
    ]


def test_without_a_name_the_file_is_called_after_the_survey_and_the_day(suara: Installation) -> None:
    asyncio.run(filled(suara))
    said = suara("responses", "export", "buah")
    found = [path.name for path in suara.folder.glob("*.xlsx")]
    assert (said.code, said.out.splitlines()) == (0, found)
    day = date.fromisoformat(found[0].removeprefix("buah-").removesuffix(".xlsx"))
    assert day > date(2026, 1, 1)
    (suara.folder / "hasil").mkdir()
    said = suara("responses", "export", "buah", "--output", "hasil")
    assert (said.code, said.out) == (0, f"hasil/{found[0]}\n")


def test_names_are_shown_after_a_warning(suara: Installation) -> None:
    asyncio.run(filled(suara))
    said = suara("responses", "export", "buah", "--identities", "--output", "buah.xlsx")
    assert (said.code, (suara.folder / "buah.xlsx").exists()) == (1, False)
    why = ("--reason", "Menyurati pengirim")
    said = suara("responses", "export", "buah", "--identities", "--output", "buah.xlsx", *why)
    assert said.err.splitlines()[0] == (
        "This file will name people. Keep it where only those may read it who need to, and delete it afterwards."
    )
    assert load_workbook(suara.folder / "buah.xlsx")["Answers"]["G2"].value == "Maria Tefa"
    assert "Maria" not in said.err + said.out


def test_files_are_copied_beside_it(suara: Installation) -> None:
    asyncio.run(filled(suara))
    kept = suara.data / "media" / "aa" / "pagar.jpg"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"gambar")
    os.utime(kept, (1_577_836_800, 1_577_836_800))
    said = suara("responses", "export", "buah", "--output", "hasil/buah.xlsx", "--media", "hasil/foto")
    assert "Files that were not found in the media folder: 1" in said.err.splitlines()
    paths = load_workbook(suara.folder / "hasil" / "buah.xlsx")["Answers"]["M2"].value.split("\n")
    assert paths == ["foto/R77_foto_1.jpg", "foto/R77_foto_2.jpg"]
    assert (suara.folder / "hasil" / paths[0]).read_bytes() == b"gambar"
    assert sorted(path.name for path in (suara.folder / "hasil" / "foto").rglob("*") if path.is_file()) == [
        "R77_foto_1.jpg"
    ]


def test_a_file_that_was_copied_already_is_left_unless_another_was_sent_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "from" / "aa").mkdir(parents=True)
    (tmp_path / "from" / "aa" / "1.jpg").write_bytes(b"sama")
    (tmp_path / "from" / "aa" / "3.jpg").write_bytes(b"baru")
    (tmp_path / "to").mkdir(parents=True)
    (tmp_path / "to" / "R1_foto_1.jpg").write_bytes(b"sama")
    (tmp_path / "to" / "R3_foto_1.jpg").write_bytes(b"lama")
    os.utime(tmp_path / "to" / "R1_foto_1.jpg", (1, 1))
    files = [(f"aa/{number}.jpg", f"R{number}_foto_1.jpg") for number in (1, 2, 3)]
    assert copied(files, tmp_path / "from", tmp_path / "to", str) == 1
    assert (tmp_path / "to" / "R1_foto_1.jpg").stat().st_mtime == 1
    assert (tmp_path / "to" / "R3_foto_1.jpg").read_bytes() == b"baru"
    assert not (tmp_path / "to" / "R2_foto_1.jpg").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "from").mkdir()
    (tmp_path / "from" / "1.jpg").write_bytes(b"baru")
    (tmp_path / "to").write_text("bukan folder")
    with pytest.raises(ReportError, match="cannot be written: "):
        copied([("1.jpg", "1.jpg")], tmp_path / "from", tmp_path / "to", str)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nono",), "There is no survey “nono”. There are: buah."),
        (("buah", "--language", "fr"), "“buah” does not speak “fr”. It speaks: id."),
        (("buah", "--since", "kemarin"), "“kemarin” is no date. Write it as 2026-11-24."),
        (("buah", "--format", "csv", "--delimiter", "ab"), "“ab” cannot part fields. Take ; or , or tab."),
        (("buah", "--format", "csv", "--delimiter", '"'), '“"” cannot part fields. Take ; or , or tab.'),
        (("buah", "--output", "a.csv"), "a.csv: in the format xlsx a file should end in: .xlsx"),
        (
            ("buah", "--format", "csv", "--output", "a.xlsx"),
            "a.xlsx: in the format csv a file should end in: .csv, .zip",
        ),
    ],
)
def test_what_cannot_be_done_is_one_line(suara: Installation, arguments: tuple[str, ...], said: str) -> None:
    asyncio.run(filled(suara))
    found = suara("responses", "export", *arguments)
    assert (found.code, found.out, found.err.splitlines()[-1]) == (1, "", said)
    assert [path.name for path in suara.folder.iterdir()] == ["data"]
