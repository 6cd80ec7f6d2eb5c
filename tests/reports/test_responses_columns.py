"""What a value is in a cell, and what sheets and columns are called, whatever authors and people write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings

from reports._responses_codebook import codebook_of
from reports._responses_columns import Wording, calculated, day, hour, moment, number
from reports._responses_layout import ResponseRow, Shape, layout_of, unique, unique_headings
from reports.base import Column
from surveys.survey import Survey
from tests.reports.office import MAKASSAR
from tests.surveys.forms import surveys


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("41", 41),
        ("-3", -3),
        ("007", "007"),
        ("7.5", 7.5),
        ("0.000001", 1e-06),
        ("999999999999999", 999_999_999_999_999),
        ("1000000000000000", "1000000000000000"),
        ("198501012010012001", "198501012010012001"),
        ("1.2345678901234567", "1.2345678901234567"),
        ("1e5", "1e5"),
        ("1_000", "1_000"),
        ("٣", "٣"),
        ("nan", "nan"),
        (" 5", " 5"),
        ("A7", "A7"),
        ("", ""),
    ],
)
def test_a_number(text: str, cell: object) -> None:
    found = number(text)
    assert (found, type(found)) == (cell, type(cell))


def test_dates_and_times() -> None:
    assert [day(text) for text in ("2026-11-24", "2026-02-30", "besok")] == [date(2026, 11, 24), "2026-02-30", "besok"]
    assert [hour(text) for text in ("09:30", "23:59:30", "25:00")] == [time(9, 30), time(23, 59, 30), "25:00"]
    texts = ("2026-11-24T09:30", "2026-11-24T01:30:00.000+00:00", "2026-11-24T09:30:00.000+08:00", "kemarin")
    at = datetime(2026, 11, 24, 9, 30)  # noqa: DTZ001 -- cells have no zone
    assert [moment(text, MAKASSAR) for text in texts] == [at, at, at, "kemarin"]


def test_names_of_sheets_are_those_excel_takes() -> None:
    titles = ["Anak", "anak", "ANAK", "History", "a/b:c*d?e[f]g\\h", "'kutip'", "", "x" * 40, "x" * 41, "\x00\n"]
    assert unique(titles) == [
        "Anak",
        "anak (2)",
        "ANAK (3)",
        "History (2)",
        "a b c d e f g h",
        "kutip",
        "_",
        "x" * 31,
        "x" * 27 + " (2)",
        "_ (2)",
    ]


def test_no_heading_stands_twice() -> None:
    columns = [Column(heading=heading) for heading in ("a", "b", "a", "a (2)", "a")]
    assert [column.heading for column in unique_headings(columns)] == ["a", "b", "a (2)", "a (2) (2)", "a (3)"]


@settings(max_examples=25, deadline=None)
@given(surveys(), surveys())
def test_any_two_versions_have_a_layout(first: Survey, second: Survey) -> None:
    versions = [replace(first, version=1), replace(second, version=2, name=first.name)]
    for labels in (False, True):
        wording = Wording(labels=labels, language=first.languages[0], say=str)
        shape = Shape(wording=wording, zone=MAKASSAR, unfinished=labels, test=labels, raw=labels, masked=True)
        layout = layout_of(versions, shape)
        sheets, batches = codebook_of(versions, layout, shape, first=len(layout.sheets))
        titles = [sheet.name for sheet in (*layout.sheets, *sheets)]
        assert unique(titles) == titles
        for sheet in (*layout.sheets, *sheets):
            headings = [column.heading for column in sheet.columns]
            assert len(set(headings)) == len(headings) or sheet in sheets
        for batch in batches:
            width = len(sheets[batch.sheet - len(layout.sheets)].columns)
            assert [row for row in batch.rows if len(row) != width] == []
        response = ResponseRow(
            5,
            "complete",
            "id",
            False,
            None,
            None,
            None,
            date(2026, 11, 24),
            confidential=False,
            occasion="",
            anonymous=True,
        )
        for survey in versions:
            row = layout.head(response, survey.version)
            assert len(row) == len(layout.sheets[0].columns)
            entries = layout.entries[survey.version, True]
            answered = {question.name for question in survey.questions() if question.type != "note"}
            assert set(entries) == answered
            for name, entry in entries.items():
                place = tuple(range(1, len(layout.repeats[entry.sheet].path) + 1)) if entry.sheet else ()
                cells = layout.repetition(entry.sheet, "R5", place) if entry.sheet else row
                before = len(cells)
                entry.fill(cells, f"x {name} 1", "raw", "other", "")
                assert len(cells) == before == len(layout.sheets[entry.sheet].columns)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("6", 6),
        ("-3", -3),
        ("2.5", 2.5),
        ("2.3333333333333335", 2.3333333333333335),
        ("0.0000001", 1e-07),
        ("007", "007"),
        ("081234567890", "081234567890"),
        ("1.50", "1.50"),
        ("198501012010012001", "198501012010012001"),
        ("Yth. Maria", "Yth. Maria"),
        ("2026-11-24", "2026-11-24"),
        ("NaN", "NaN"),
        ("", ""),
    ],
)
def test_a_calculation_is_a_number_where_it_gave_one(text: str, cell: object) -> None:
    found = calculated(text)
    assert (found, type(found)) == (cell, type(cell))
