"""Times of day, and dates with times, on Tuesday, 24 November 2026, 10.05 WITA."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from surveys.text.moments import read_moment
from surveys.text.times import read_time
from tests.surveys.text.said import rows, said

NOW = datetime(2026, 11, 24, 10, 5, tzinfo=timezone(timedelta(hours=8)))

TIMES = """
    09.00 => 09:00
    09:00 => 09:00
    9.00 => 09:00
    9:30 => 09:30
    00:00 => 00:00
    0.30 => 00:30
    12.00 => 12:00
    15.30 => 15:30
    15:30:00 => 15:30
    0900 => 09:00
    pukul 09.00 WITA => 09:00
    07:30 pagi => 07:30
    9 pagi => 09:00
    9 pg => 09:00
    jam 9 pagi pak => 09:00
    pagi jam 9 => 09:00
    9 di pagi => 09:00
    jam 3 sore => 15:00
    3.30 sore => 15:30
    6 sore => 18:00
    1 siang => 13:00
    jam dua siang => 14:00
    12 siang => 12:00
    13.00 siang => 13:00
    jam 9 malam => 21:00
    9 mlm => 21:00
    21.00 malam => 21:00
    12 malam => 00:00
    12.30 malam => 00:30
    5 subuh => 05:00
    2 dini hari => 02:00
    9pm => 21:00
    9 am => 09:00
    9:30 PM => 21:30
    9 p.m. => 21:00
    12am => 00:00
    12 pm => 12:00
    setengah 8 pagi => 07:30
    stengah 8 pagi => 07:30
    setengah delapan malam => 19:30
    jam setengah delapan pagi => 07:30
    setengah 1 siang => 12:30
    half past 8 am => 08:30
    9 lewat 10 pagi => 09:10
    jam 9 lewat 10 menit pagi => 09:10
    sembilan lewat sepuluh menit pagi => 09:10
    9 lewat seperempat pagi => 09:15
    8 lebih 5 pagi => 08:05
    8 kurang 10 pagi => 07:50
    8 kurang seperempat pagi => 07:45
    1 kurang 10 siang => 12:50
    dua belas siang => 12:00
    jam 15 => 15:00
    pukul 21 => 21:00
    sekarang => 10:05
    9 => ? 09:00
    jam 9 => ? 09:00
    pukul 9 => ? 09:00
    jam 7 => ? 07:00
    jam 12 => ? 12:00
    jam 3 => ? 03:00 | 15:00
    3.30 => ? 03:30 | 15:30
    setengah 8 => ? 07:30
    9 lewat 10 => ? 09:10
    setengah 4 => ? 03:30 | 15:30
    15 => ? 15:00
    1530 => ? 15:30
    15,30 => ? 15:30
    15 30 => ? 15:30
    1 malam => ? 01:00
    6 malam => ? 18:00
    7 sore => ? 19:00
    12 pagi => ? 00:00
    sekitar jam 9 pagi => ? 09:00
    jam 9 pagi? => ? 09:00
    09.00 WIB => ? 10:00 | 09:00
    tengah malam => ? 00:00
    tengah hari => ? 12:00
    24:00 => -
    24.00 => -
    25:00 => -
    99:99 => -
    9:60 => -
    09:00:75 => -
    9:5 => -
    900 => -
    15 pagi => -
    19.00 pagi => -
    13 sore => -
    setengah 13 => -
    9-10 => -
    09.00-10.00 => -
    jam 9 sampai 10 => -
    9 atau 10 => -
    bukan jam 9 => -
    sebelum jam 9 => -
    pagi => -
    siang => -
    habis magrib => -
    kapan saja => -
    10/11 => -
    \\x00 => -
    \\ud800 => -
"""

MOMENTS = """
    besok jam 9 pagi => 2026-11-25T09:00
    lusa jam setengah 8 pagi => 2026-11-26T07:30
    besok pagi jam 9 => 2026-11-25T09:00
    jam 9 pagi besok => 2026-11-25T09:00
    besok 9 pagi => 2026-11-25T09:00
    besok siang jam 1 => 2026-11-25T13:00
    besok jam sembilan pagi => 2026-11-25T09:00
    kemarin jam 3 sore => 2026-11-23T15:00
    kemarin malam jam 9 => 2026-11-23T21:00
    nanti malam jam 7 => 2026-11-24T19:00
    hari ini jam 8 pagi => 2026-11-24T08:00
    senin depan pukul 10.00 => 2026-11-30T10:00
    25/11/2026 09:00 => 2026-11-25T09:00
    25.11.2026 09.00 => 2026-11-25T09:00
    25-11-2026 pukul 09.00 WITA => 2026-11-25T09:00
    25 nov 2026, 09:00 => 2026-11-25T09:00
    2026-11-25 09:00 => 2026-11-25T09:00
    2026-11-25T09:00 => 2026-11-25T09:00
    2026-11-25T09:00:00.000+08:00 => 2026-11-25T09:00
    Selasa, 24 November 2026, pukul 09.00 => 2026-11-24T09:00
    tgl 5 desember jam 9 pagi => 2026-12-05T09:00
    tomorrow at 9 am => 2026-11-25T09:00
    lusa 15.30 => 2026-11-26T15:30
    sekarang => 2026-11-24T10:05
    2 jam lalu => ? 2026-11-24T08:05
    30 menit lagi => ? 2026-11-24T10:35
    besok jam 9 => ? 2026-11-25T09:00
    besok jam 3 => ? 2026-11-25T03:00 | 2026-11-25T15:00
    minggu depan jam 9 pagi => ? 2026-12-01T09:00
    nanti malam jam 12 => ? 2026-11-25T00:00 | 2026-11-24T00:00
    nanti mlm jam 12 => ? 2026-11-25T00:00 | 2026-11-24T00:00
    malam ini jam 12 => ? 2026-11-25T00:00 | 2026-11-24T00:00
    nanti malam 00.00 => ? 2026-11-25T00:00 | 2026-11-24T00:00
    nanti malam jam 12 lewat 10 => ? 2026-11-25T00:10 | 2026-11-24T00:10
    nanti malam jam 1 dini hari => ? 2026-11-25T01:00 | 2026-11-24T01:00
    hari ini jam 12 malam => ? 2026-11-25T00:00 | 2026-11-24T00:00
    kemarin malam jam 12 => ? 2026-11-24T00:00 | 2026-11-23T00:00
    besok malam jam 12 => ? 2026-11-26T00:00 | 2026-11-25T00:00
    besok jam 12 malam => ? 2026-11-26T00:00 | 2026-11-25T00:00
    besok 12 malam => ? 2026-11-26T00:00 | 2026-11-25T00:00
    besok jam 12 tengah malam => ? 2026-11-26T00:00 | 2026-11-25T00:00
    besok jam setengah 1 malam => ? 2026-11-26T00:30 | 2026-11-25T00:30
    besok malam jam 2 => ? 2026-11-26T02:00 | 2026-11-25T02:00
    besok malam jam 2 pagi => ? 2026-11-26T02:00 | 2026-11-25T02:00
    25/11/2026 jam 12 malam => ? 2026-11-26T00:00 | 2026-11-25T00:00
    31/12/2026 jam 12 malam => ? 2027-01-01T00:00 | 2026-12-31T00:00
    tomorrow night at 12 => ? 2026-11-26T00:00 | 2026-11-25T00:00
    nanti malam jam 12 kurang 10 => 2026-11-24T23:50
    besok malam jam setengah 12 => 2026-11-25T23:30
    besok jam 1 dini hari => 2026-11-25T01:00
    selamat malam, besok jam 00.30 => 2026-11-25T00:30
    besok 00.00 => 2026-11-25T00:00
    25/11/2026 00:00 => 2026-11-25T00:00
    tomorrow 12am => 2026-11-25T00:00
    besok => -
    besok pagi => -
    jam 9 pagi => -
    09:00 => -
    besok jam 25 => -
    besok jam 9 sampai 10 pagi => -
    bukan besok jam 9 pagi => -
    31/4/2026 09:00 => -
    kapan-kapan => -
    \\x00 => -
"""


@pytest.mark.parametrize(("typed", "meaning"), rows(TIMES))
def test_time(typed: str, meaning: str) -> None:
    assert said(read_time(typed, now=NOW)) == meaning


@pytest.mark.parametrize(("typed", "meaning"), rows(MOMENTS))
def test_date_with_time(typed: str, meaning: str) -> None:
    assert said(read_moment(typed, now=NOW)) == meaning


def test_of_two_midnights_only_the_one_that_the_form_allows_is_offered() -> None:
    def later(moment: str) -> str:
        return "" if moment > f"{NOW:%Y-%m-%dT%H:%M}" else "no"

    assert said(read_moment("nanti malam jam 12", now=NOW, accepts=later)) == "? 2026-11-25T00:00"
