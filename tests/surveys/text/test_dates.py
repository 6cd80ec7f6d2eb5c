"""Dates as people type them, on Tuesday, 24 November 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from surveys.text.dates import is_birth, read_date
from tests.surveys.text.said import rows, said

TODAY = date(2026, 11, 24)

BIRTH = """
    17 agustus 1990 => 1990-08-17
    17 Agustus 1990 pak => 1990-08-17
    17 aug 1990 => 1990-08-17
    17 agt 90 => 1990-08-17
    17 Agustus'90 => 1990-08-17
    17-Agu-1990 => 1990-08-17
    17/ags/1990 => 1990-08-17
    17agustus1990 => 1990-08-17
    tgl 17 agustus 1990 => 1990-08-17
    tanggal 17 bulan agustus tahun 1990 => 1990-08-17
    17 bulan 8 1990 => 1990-08-17
    lahir 17 agustus 1990 => 1990-08-17
    August 17, 1990 => 1990-08-17
    17th august 1990 => 1990-08-17
    Jumat, 17 Agustus 1990 => 1990-08-17
    17/8/1990 => 1990-08-17
    17.08.1990 => 1990-08-17
    17-08-1990 => 1990-08-17
    17 8 1990 => 1990-08-17
    17 / 8 / 1990 => 1990-08-17
    17,8,1990 => 1990-08-17
    17/08-1990. => 1990-08-17
    1990-08-17 => 1990-08-17
    1990/8/17 => 1990-08-17
    17081990 => 1990-08-17
    17/8/90 => 1990-08-17
    17/8/45 => 1945-08-17
    1 jan 70 => 1970-01-01
    7 juli 85 => 1985-07-07
    17/8/05 => 2005-08-17
    17/8/20 => 2020-08-17
    3/4/1990 => 1990-04-03
    17 pebruari 1990 => 1990-02-17
    17 febuari 1990 => 1990-02-17
    17 nopember 1990 => 1990-11-17
    29/2/1988 => 1988-02-29
    \\u0661\\u0667/\\u0668/\\u0661\\u0669\\u0669\\u0660 => 1990-08-17
    17/8/2090 => 2090-08-17
    tujuh belas agustus 1990 => ? 1990-08-17
    17 agustus seribu sembilan ratus sembilan puluh => ? 1990-08-17
    17 agsutus 1990 => ? 1990-08-17
    08/17/1990 => ? 1990-08-17
    19900817 => ? 1990-08-17
    kupang, 17 agustus 1990 => ? 1990-08-17
    17 agustus 1990? => ? 1990-08-17
    Senin, 17 Agustus 1990 => ? 1990-08-17
    17/8/1890 => ? 1890-08-17
    17/8/25 => ? 2025-08-17 | 1925-08-17
    17 agustus 1990 atau 18 agustus 1990 => ? 1990-08-17 | 1990-08-18
    hari ini => ? 2026-11-24
    kemarin => ? 2026-11-23
    0/5/1990 => -
    29/2/2023 => -
    29 feb 1990 => -
    30 feb 1990 => -
    31/4/1990 => -
    31 april 1990 => -
    32/1/1990 => -
    17/13/1990 => -
    17/0/1990 => -
    00/00/0000 => -
    17/8/190 => -
    17/8/19990 => -
    1-1-1 => -
    17 agustus => -
    agustus 1990 => -
    8/1990 => -
    1990 => -
    17 => -
    17/8 => -
    senin => -
    tgl 5 => -
    36 tahun => -
    bukan 17 agustus 1990 => -
    sebelum 17 agustus 1990 => -
    tidak tahu => -
    lupa => -
    \\x00 => -
    \\ud800 => -
"""

EVENT = """
    hari ini => 2026-11-24
    Hari ini => 2026-11-24
    hr ini => 2026-11-24
    skrg => 2026-11-24
    sekarang pak => 2026-11-24
    tadi pagi => 2026-11-24
    malam ini => 2026-11-24
    nanti malam => 2026-11-24
    today => 2026-11-24
    kemarin => 2026-11-23
    kemaren => 2026-11-23
    kmrn => 2026-11-23
    kemarin sore => 2026-11-23
    yesterday => 2026-11-23
    kemarin dulu => 2026-11-22
    kemaren dolo => 2026-11-22
    kemarin lusa => 2026-11-22
    besok => 2026-11-25
    bsk => 2026-11-25
    beso => 2026-11-25
    besok ya bu => 2026-11-25
    besok pagi => 2026-11-25
    tomorrow => 2026-11-25
    lusa => 2026-11-26
    day after tomorrow => 2026-11-26
    3 hari lalu => 2026-11-21
    3 hari yang lalu pak => 2026-11-21
    tiga hari lalu => 2026-11-21
    3 hr lalu => 2026-11-21
    3 days ago => 2026-11-21
    3 hari lagi => 2026-11-27
    dua hari lagi => 2026-11-26
    3 hari ke depan => 2026-11-27
    dalam 3 hari => 2026-11-27
    in 3 days => 2026-11-27
    Senin depan => 2026-11-30
    senin muka => 2026-11-30
    next monday => 2026-11-30
    senin minggu depan => 2026-11-30
    Selasa depan => 2026-12-01
    Jumat lalu => 2026-11-20
    last friday => 2026-11-20
    jumat ini => 2026-11-27
    Selasa, 24 November 2026 => 2026-11-24
    24 nov => 2026-11-24
    24/11 => 2026-11-24
    5 desember => 2026-12-05
    tgl 5 desember => 2026-12-05
    5/12 => 2026-12-05
    5/12/26 => 2026-12-05
    5 des 26 => 2026-12-05
    10 nov => 2026-11-10
    1/2 => 2027-02-01
    31/12 => 2026-12-31
    tgl 5 bulan depan => 2026-12-05
    tgl 5 bulan ini => 2026-11-05
    tgl 5 bulan 12 => 2026-12-05
    tanggal 17 bulan lalu => 2026-10-17
    minggu depan => ? 2026-12-01
    minggu muka => ? 2026-12-01
    pekan depan => ? 2026-12-01
    next week => ? 2026-12-01
    minggu lalu => ? 2026-11-17
    2 minggu lalu => ? 2026-11-10
    seminggu lagi => ? 2026-12-01
    sebulan lalu => ? 2026-10-24
    Jumat depan => ? 2026-11-27 | 2026-12-04
    jum'at depan => ? 2026-11-27 | 2026-12-04
    Senin lalu => ? 2026-11-23 | 2026-11-16
    Senin => ? 2026-11-23 | 2026-11-30
    hari minggu => ? 2026-11-22 | 2026-11-29
    Senin, 24 November 2026 => ? 2026-11-24
    17 agustus => ? 2027-08-17
    25.11 => ? 2026-11-25
    tgl 5 => ? 2026-11-05 | 2026-12-05
    tgl 31 => ? 2026-10-31 | 2026-12-31
    tgl 24 => ? 2026-11-24
    besok atau lusa => ? 2026-11-25 | 2026-11-26
    besok? => ? 2026-11-25
    mungkin besok => ? 2026-11-25
    tadi malam => ? 2026-11-23
    natal => ? 2026-12-25
    tulat => ? 2026-11-27
    5-7 desember => -
    5 s/d 7 desember 2026 => -
    5 sampai 7 desember => -
    bukan besok => -
    bukan besok atau lusa => -
    sejak kemarin => -
    sebelum besok => -
    minggu ini => -
    bulan depan => -
    akhir bulan => -
    akhir desember => -
    belum tahu => -
    secepatnya => -
    2 hari => -
    32 desember => -
    besok kemarin lusa 5 => -
"""


def past(value: str) -> str:
    return "" if value <= TODAY.isoformat() else "not yet"


def around(value: str) -> str:
    first, last = TODAY - timedelta(days=60), TODAY + timedelta(days=365)
    return "" if first.isoformat() <= value <= last.isoformat() else "too far"


@pytest.mark.parametrize(("typed", "meaning"), rows(BIRTH))
def test_day_of_birth(typed: str, meaning: str) -> None:
    assert said(read_date(typed, today=TODAY, label="Tanggal lahir?", accepts=past)) == meaning


@pytest.mark.parametrize(("typed", "meaning"), rows(EVENT))
def test_day_of_an_event(typed: str, meaning: str) -> None:
    assert said(read_date(typed, today=TODAY, label="Tanggal kegiatan?", accepts=around)) == meaning


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("17/8/90", "1990-08-17"),
        ("17/8/30", "2030-08-17"),
        ("17/8/50", "? 2050-08-17 | 1950-08-17"),
        ("5 desember", "2026-12-05"),
        ("17 agustus", "? 2026-08-17 | 2027-08-17"),
        ("29 feb", "? 2028-02-29 | 2024-02-29"),
    ],
)
def test_without_a_constraint_the_near_is_meant(typed: str, meaning: str) -> None:
    assert said(read_date(typed, today=TODAY)) == meaning


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("agustus 1990", "1990-08-01"),
        ("Agustus 1990 pak", "1990-08-01"),
        ("08/1990", "1990-08-01"),
        ("8-1990", "1990-08-01"),
        ("bulan lalu", "2026-10-01"),
        ("bulan ini", "2026-11-01"),
        ("agustus", "? 2026-08-01"),
        ("17/8/1990", "? 1990-08-01"),
        ("13/1990", "-"),
        ("1990", "-"),
        ("bukan agustus 1990", "-"),
    ],
)
def test_month_of_a_year(typed: str, meaning: str) -> None:
    assert said(read_date(typed, today=TODAY, part="month")) == meaning


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("1990", "1990-01-01"),
        ("tahun 1990", "1990-01-01"),
        ("thn 1990", "1990-01-01"),
        ("dua ribu lima", "2005-01-01"),
        ("tahun lalu", "2025-01-01"),
        ("tahun ini", "2026-01-01"),
        ("90", "? 1990-01-01"),
        ("1850", "? 1850-01-01"),
        ("19900", "-"),
        ("17/8/1990", "-"),
        ("1990 atau 1991", "-"),
        ("sekitar 1990", "-"),
    ],
)
def test_year(typed: str, meaning: str) -> None:
    assert said(read_date(typed, today=TODAY, part="year", accepts=past)) == meaning


@pytest.mark.parametrize(
    ("label", "birth"),
    [("Tanggal lahir Bapak/Ibu?", True), ("When were you born?", True), ("Tanggal kegiatan?", False), ("", False)],
)
def test_is_birth(label: str, birth: bool) -> None:
    assert is_birth(label) is birth


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 12, 31), date(2027, 1, 1)])
@pytest.mark.parametrize(
    "typed", ["besok", "kemarin", "3 hari lalu", "setahun lagi", "minggu depan", "tgl 31", "29 feb", "senin"]
)
def test_at_the_ends_of_a_month_or_year_days_exist(today: date, typed: str) -> None:
    meaning = read_date(typed, today=today)
    assert [date.fromisoformat(value).isoformat() for value in meaning.values] == list(meaning.values)
