"""The yearly list of holidays, as an office saves it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.calendar import Holiday
from outreach.holidays import read_holidays


def test_headings_and_dates_as_a_spreadsheet_writes_them_here() -> None:
    content = "\ufeffTanggal;Nama;Jenis\n26/03/2027;Jumat Agung;Libur\n;;\n2027-03-11;Cuti Lebaran;cuti bersama\n"
    found = read_holidays(content.encode(), str)
    assert found.problems == ()
    assert found.holidays == (
        Holiday(date(2027, 3, 11), "Cuti Lebaran", "cuti_bersama"),
        Holiday(date(2027, 3, 26), "Jumat Agung", "libur"),
    )


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("2027-02-30,X,libur", "Row 2: the date is written like 2027-03-26."),
        ("besok,X,libur", "Row 2: the date is written like 2027-03-26."),
        ("2027-01-01,,libur", "Row 2: the name of the holiday is missing."),
        ("2027-01-01,X,pesta", "Row 2: the kind is libur or cuti_bersama."),
        ("2027-01-01,X,\n2027-01-01,Y,", "Row 3: this date stands in the list already."),
    ],
)
def test_a_row_that_cannot_be_used_is_told(row: str, problem: str) -> None:
    assert read_holidays(f"date,name,kind\n{row}".encode(), str).problems == (problem,)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a,b\n1,2"])
def test_a_file_that_is_no_such_list(content: bytes) -> None:
    found = read_holidays(content, str)
    assert (found.holidays, len(found.problems)) == ((), 1)


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: ("date,name,kind\n" + text).encode("utf-8", "replace"))
)
def test_nothing_that_is_read_raises(content: bytes) -> None:
    read_holidays(content, str)
