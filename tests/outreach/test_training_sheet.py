"""A workbook of trainings is read back equal to what was written, and every fault is told with sheet and row."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import wording
from bot.catalog import files
from outreach.roster_lists import Lists, read_lists
from outreach.training import FORMS, Day, ReminderSettings, Training, TrainingSession
from outreach.training_book import write_book
from outreach.training_sheet import SESSION_TITLES, SESSIONS, TRAINING_TITLES, TRAININGS, read_book

LISTS: Lists = read_lists(files(Path(__file__).resolve().parents[2] / "catalog" / "alak"))
ID = wording.catalogue("id").gettext
PRIMA = Training(
    key="prima",
    title="Pelayanan Prima",
    form="bimtek",
    jp=Decimal("16.5"),
    provider="BPSDM NTT",
    competences=("pelayanan_publik", "tek_layanan"),
    units=frozenset({"kel_nbd", "camat_pm"}),
    positions=frozenset({"pelaksana"}),
    description="Baris satu\nbaris dua",
    skills=("menjelaskan syarat layanan", "menenangkan warga, sabar"),
    attachments=("pelatihan/materi.pdf", "denah.png"),
    reminders=ReminderSettings(
        off=frozenset({"h0"}),
        offsets={"h7": (10, 5)},
        open_days={"follow_up": 45},
        texts={"h1": "Bawa alat tulis: pena, kertas", "follow_up": "=1"},
    ),
)
SESSION = TrainingSession(
    key="prima-1",
    training="prima",
    days=(
        Day(date(2026, 12, 1), time(8), time(15, 30), Decimal(8)),
        Day(date(2026, 12, 2), time(8), time(12), Decimal("4.5")),
    ),
    place="Aula Kantor Camat Alak",
    link="https://rapat.example/a",
    capacity=30,
    instructor="Ibu A",
    cost=Decimal(150000),
)

words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=30)
keys = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)
trainings = st.builds(
    Training,
    key=keys,
    title=words,
    form=st.sampled_from(sorted(FORMS)),
    jp=st.decimals(min_value="0.5", max_value=2000, places=1),
    provider=words | st.just(""),
    competences=st.lists(keys, max_size=3).map(tuple),
    units=st.frozensets(st.sampled_from([unit.key for unit in LISTS.units]), max_size=3),
    positions=st.frozensets(st.sampled_from(sorted(set(LISTS.positions.keys.values()))), max_size=2),
    description=words | st.just(""),
    skills=st.lists(words, max_size=3).map(tuple),
    attachments=st.lists(words, max_size=3).map(tuple),
    reminders=st.builds(
        ReminderSettings,
        off=st.frozensets(keys, max_size=2),
        offsets=st.dictionaries(keys, st.lists(st.integers(0, 366), max_size=3).map(tuple), max_size=2),
        texts=st.dictionaries(keys, words, max_size=2),
    ),
)
days = st.builds(
    Day,
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    st.none() | st.decimals(min_value=1, max_value=99, places=1),
)
sessions = st.builds(
    TrainingSession,
    key=keys,
    training=keys,
    days=st.lists(days, min_size=1, max_size=4).map(
        lambda some: tuple(sorted(some, key=lambda day: (day.date, day.starts, day.ends)))
    ),
    place=words | st.just(""),
    link=words | st.just(""),
    capacity=st.integers(0, 99999),
    instructor=words | st.just(""),
    cost=st.integers(0, 10**9).map(Decimal),
    cancelled=st.booleans(),
)


def test_what_was_written_is_read_again() -> None:
    book = read_book(write_book([PRIMA], [SESSION, replace(SESSION, key="prima-2", cancelled=True)], say=ID), LISTS)
    assert book.problems == ()
    assert book.trainings == (PRIMA,)
    assert book.sessions == (SESSION, replace(SESSION, key="prima-2", cancelled=True))
    assert book.rows == {(TRAININGS, "prima"): 2, (SESSIONS, "prima-1"): 2, (SESSIONS, "prima-2"): 4}


@settings(max_examples=60, deadline=None)
@given(st.lists(trainings, max_size=3, unique_by=lambda one: one.key))
def test_any_trainings_are_read_again(some: list[Training]) -> None:
    book = read_book(write_book(some, []), LISTS)
    assert (book.problems, book.trainings) == ((), tuple(some))


@settings(max_examples=60, deadline=None)
@given(st.lists(sessions, max_size=3, unique_by=lambda one: one.key))
def test_any_sessions_are_read_again(some: list[TrainingSession]) -> None:
    book = read_book(write_book([], some), LISTS)
    assert (book.problems, book.sessions) == ((), tuple(some))


def test_an_empty_template_holds_nothing_and_no_fault() -> None:
    book = read_book(write_book([], [], say=ID), LISTS, say=ID)
    assert (book.trainings, book.sessions, book.problems) == ((), (), ())


def filled(**cells: object) -> bytes:
    """A workbook with one training and one session, as somebody fills it in; ``cells``: what they wrote otherwise."""
    book = openpyxl.load_workbook(io.BytesIO(write_book([], [])))
    training = {"key": "arsip", "title": "Arsip", "form": "Lokakarya", "jp": 8, "units": "Nunbaun Delha, camat_pm"}
    session = {
        "s_key": "arsip-1", "training": "arsip", "date": date(2026, 12, 1), "starts": time(8), "ends": "15.30",
        "place": "Aula", "capacity": 20, "s_jp": 8,
    }  # fmt: skip
    for sheet, titles, said in ((TRAININGS, TRAINING_TITLES, training), (SESSIONS, SESSION_TITLES, session)):
        merged = {name: cells.get(name, value) for name, value in {**dict.fromkeys(titles, None), **said}.items()}
        prefix = "s_" if sheet == SESSIONS else ""
        for column, name in enumerate(titles, start=1):
            value = cells.get(prefix + name, merged.get(prefix + name, merged.get(name)))
            book[sheet].cell(2, column).value = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_dates_and_numbers_of_excel_and_names_are_understood() -> None:
    book = read_book(filled(), LISTS, say=ID)
    assert book.problems == ()
    [training], [session] = book.trainings, book.sessions
    assert (training.form, training.jp, training.units) == ("lokakarya", Decimal(8), frozenset({"kel_nbd", "camat_pm"}))
    assert session.days == (Day(date(2026, 12, 1), time(8), time(15, 30), Decimal(8)),)
    assert (session.place, session.capacity) == ("Aula", 20)


@pytest.mark.parametrize(
    ("cells", "sheet", "sentence"),
    [
        ({"key": None}, TRAININGS, "Kuncinya belum ada."),
        ({"form": "Dansa"}, TRAININGS, "Bentuk “Dansa” belum dikenal: pilih salah satu dari daftar."),
        ({"jp": "banyak"}, TRAININGS, "“JP”: “banyak” bukan angka."),
        ({"title": "=A1"}, TRAININGS, "“Judul” berisi rumus, bukan nilai."),
        ({"offsets": "sepuluh"}, TRAININGS, "“Hari pengingat”: “sepuluh” tidak menyebut pengingat."),
        ({"open_days": "follow_up: lama"}, TRAININGS, "“Masa isian (hari)”: “lama” bukan jumlah hari."),
        ({"offsets": "h7: sepuluh"}, TRAININGS, "“Hari pengingat”: “sepuluh” bukan daftar hari."),
        ({"s_key": None}, SESSIONS, "Kunci angkatan belum ada."),
        ({"training": None}, SESSIONS, "Angkatan ini belum menyebut pelatihannya."),
        ({"date": "31/02/2026"}, SESSIONS, "“31/02/2026” bukan tanggal."),
        ({"starts": "pagi"}, SESSIONS, "“Mulai”: “pagi” bukan jam."),
        ({"ends": "25.00"}, SESSIONS, "“Selesai”: “25.00” bukan jam."),
        ({"capacity": 2.5}, SESSIONS, "“Kapasitas” diisi bilangan bulat."),
        ({"cancelled": "mungkin"}, SESSIONS, "“Batal” diisi ya atau dikosongkan."),
    ],
)
def test_faults_are_told_with_their_row(cells: dict[str, object], sheet: str, sentence: str) -> None:
    book = read_book(filled(**cells), LISTS, say=ID)
    assert [(one.sheet, one.row, one.what) for one in book.problems] == [(sheet, 2, sentence)]
    assert all(one.remedy for one in book.problems)


def test_rows_of_one_session_that_differ() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_book([], [SESSION])))
    book[SESSIONS].cell(3, 7).value = "Ruang rapat"
    buffer = io.BytesIO()
    book.save(buffer)
    read = read_book(buffer.getvalue(), LISTS, say=ID)
    assert [(one.sheet, one.row, one.what) for one in read.problems] == [
        (SESSIONS, 3, "“Tempat” berbeda dari baris di atasnya yang kuncinya sama.")
    ]
    assert read.sessions == ()


@pytest.mark.parametrize("content", [b"", b"Kunci;Judul\n", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_told(content: bytes) -> None:
    book = read_book(content, LISTS, say=ID)
    assert [bool(one.what and one.remedy) for one in book.problems] == [True]
