"""Numbers as people type them, in whole-number, fraction and scale questions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from surveys.text.numbers import plain, read_number
from tests.surveys.text.said import rows, said

AGE = """
    34 => 34
     34  => 34
    34 thn => 34
    34 tahun => 34
    34 taon => 34
    34th => 34
    34thn => 34
    34 years old => 34
    34yo => 34
    umur saya 34 tahun pak => 34
    umur:34 => 34
    umur34 => 34
    usia = 34 => 34
    beta 34 taon => 34
    saya 34 => 34
    su 30 taon => 30
    beta su 30 taon => 30
    su tiga puluh taon => 30
    sudah 34 => 34
    pas 34 => 34
    tigapuluh empat => 34
    tiga puluh empat tahun => 34
    TIGA PULUH EMPAT => 34
    tigapuluhempat => 34
    thirty-four => 34
    thirty four => 34
    ampat puluh => 40
    duablas => 12
    lima belas => 15
    sebelas => 11
    sepuluh => 10
    sapulu => 10
    seratus => 100
    seratus dua puluh => 120
    nol => 0
    007 => 7
    034 => 34
    34. => 34
    34! => 34
    34,0 => 34
    34.0 => 34
    (34) => 34
    "34" => 34
    no 34 => 34
    34 👍 => 34
    34\\x00 => 34
    \\uff13\\uff14 => 34
    \\u0663\\u0664 => 34
    \\u2461 => 2
    1\\ufe0f\\u20e3 => 1
    3\\u200b4 => 34
    34 (tiga puluh empat) => 34
    limaa => -
    limaaa => 5
    -5 => -5
    minus 5 => -5
    121 => 121
    kira2 20 => ? 20
    kira-kira 20 => ? 20
    sekitar 30 tahun => ? 30
    mungkin 34 => ? 34
    su mo 30 taon => ? 30
    su hampir 30 taon => ? 30
    su lebe 30 taon => ? 30
    hampir 40 => ? 40
    kurang lebih 34 => ? 34
    34 lebih => ? 34
    34? => ? 34
    ~34 => ? 34
    30an => ? 30
    30-an => ? 30
    tiga puluhan => ? 30
    dua lima => ? 25
    20 atau 25 => ? 20 | 25
    34 34 => ? 34
    34 bulan => ? 34
    34 tahun 6 bulan => ? 34
    34 kg => ? 34
    2 orang => ? 2
    saya punya 2 => ? 2
    1.000 => 1000
    1,000 => ? 1000
    1e2 => -
    1E2 => -
    0x22 => -
    3O => -
    l0 => -
    a34 => -
    34abc => -
    covid19 => -
    ½ => -
    1/2 => -
    34,5 => -
    34.5 => -
    setengah => -
    dua setengah => -
    1 2 => -
    34 35 => -
    34/35 => -
    20-25 => -
    20 sampai 25 => -
    antara 20 dan 25 => -
    lebih dari 30 => -
    kurang dari 20 => -
    di bawah 20 => -
    20 ke atas => -
    20+ => -
    >20 => -
    belum 20 => -
    bukan 34 => -
    bukan 30 taon => -
    sonde sampe 30 => -
    balom 30 taon => -
    tidak 34 => -
    lahir 1990 => -
    lahir tahun 90 => -
    kelahiran 85 => -
    tahun 90 => -
    '90 => -
    angkatan 90 => -
    17/8/1990 => -
    XXXIV => -
    tidak tahu => -
    tidak ada => -
    nihil => -
    rahasia => -
    34_35 => -
    ... => -
    \\ud800 => -
    \\x00 => -
    👍 => -
"""

INCOME = """
    1500000 => 1500000
    1.500.000 => 1500000
    Rp 1.500.000,- => 1500000
    Rp1.500.000 => 1500000
    Rp. 1.500.000.- => 1500000
    rp 1500000 => 1500000
    1.500.000,00 => 1500000
    1,500,000 => 1500000
    1,500,000.00 => 1500000
    1500000.00 => 1500000
    1500000,00 => 1500000
    2 000 000 => 2000000
    IDR 2000000 => 2000000
    2.000.000 rupiah => 2000000
    1.000.000,-/bulan => 1000000
    sejuta => 1000000
    satu juta => 1000000
    dua juta => 2000000
    dua juta rupiah per bulan => 2000000
    2 juta/bulan => 2000000
    2jt/bln => 2000000
    2 juta sebulan => 2000000
    penghasilan saya 2 juta => 2000000
    gaji 2 juta => 2000000
    1,5 juta => 1500000
    1.5 juta => 1500000
    1,5jt => 1500000
    satu setengah juta => 1500000
    dua setengah juta => 2500000
    setengah juta => 500000
    0,5 juta => 500000
    1jt500rb => 1500000
    1 juta 500 ribu => 1500000
    sejuta lima ratus ribu => 1500000
    5rb => 5000
    5 ribu => 5000
    5k => 5000
    lima rb => 5000
    500rb => 500000
    lima ratus ribu => 500000
    limaratus ribu => 500000
    seribu lima ratus => 1500
    tiga ratus lima puluh ribu => 350000
    sepuluh juta => 10000000
    200 jt => 200000000
    1.500 => 1500
    nol rupiah => 0
    Rp 0 => 0
    -5 => -5
    1jt500 => ? 1500000
    1 juta lima ratus => ? 1500000
    1,500 => ? 1500
    1 500 => ? 1500
    1.500rb => ? 1500000 | 1500
    2 jutaan => ? 2000000
    2 juta lebih => ? 2000000
    ± 2 juta => ? 2000000
    kurang lebih 2 juta => ? 2000000
    tidak ada => ? 0
    tidak ada pak => ? 0
    nihil => ? 0
    $500 => ? 500
    1.0000 => ? 1 | 10000
    25.0000 => ? 25 | 250000
    1.000,000 => ? 1000 | 1000000
    500.000,000 => ? 500000 | 500000000
    1.500.000,000 => ? 1500000 | 1500000000
    10.00 => ? 10 | 1000
    10.0000 => ? 10 | 100000
    1,0000 => ? 1 | 10000
    0.00 => 0
    0,000 => 0
    10,00 => 10
    10.0 => 10
    10.000,00 => 10000
    10.000,- => 10000
    Rp 10.000,0 => 10000
    1.50 => -
    2.000.00 => -
    1.5 => -
    1,5 => -
    1.2.3 => -
    1,000.000 => -
    2-3 juta => -
    2 sampai 3 juta => -
    Rp 500.000 - 1.000.000 => -
    antara 1 dan 2 juta => -
    di atas 2 juta => -
    24 juta setahun => -
    100 ribu per hari => -
    100rb/hari => -
    1 m => -
    tidak tetap => -
    UMR => -
    1.000.000.000.000.000.000.000 => -
"""

FRACTION = """
    2.5 => 2.5
    2,5 => 2.5
    .5 => 0.5
    ,5 => 0.5
    0,125 => 0.125
    12,50 => 12.5
    3,14159 => 3.14159
    1.234,5 => 1234.5
    1,234.5 => 1234.5
    2 => 2
    10000 => 10000
    ½ => 0.5
    2½ => 2.5
    1/2 => 0.5
    3/4 => 0.75
    2 1/2 => 2.5
    setengah => 0.5
    seperempat => 0.25
    tiga perempat => 0.75
    dua setengah => 2.5
    dua koma lima => 2.5
    nol koma lima => 0.5
    2 koma 5 => 2.5
    two point five => 2.5
    -1,5 => -1.5
    1,5 juta => 1500000
    2,5\\u00a0 => 2.5
    1.500 => ? 1500 | 1.5
    1,500 => ? 1.5 | 1500
    10.000 => ? 10000 | 10
    2,5 kg => ? 2.5
    5% => ? 5
    tiga koma empat belas => ? 3.14
    1/3 => -
    1,5,5 => -
    1..5 => -
    1,,5 => -
    1e3 => -
    inf => -
    nan => -
    1_000 => -
    2,5-3 => -
    dua per tiga => -
"""

SCALE = """
    9 => 9
    nilai 9 => 9
    skor: 9 => 9
    sembilan => 9
    9/10 => 9
    9 dari 10 => 9
    9 out of 10 => 9
    9. => 9
    9 bintang => 9
    bintang 5 => 5
    10/10 => 10
    11 => 11
    7 atau 8 => ? 7 | 8
    90% => ? 90
    7-8 => -
    7/8 => -
    sangat puas => -
"""


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [("10,00", "? 10 | 1000"), ("10.00", "10"), ("1,000.000", "? 1000 | 1000000"), ("1,000", "1000")],
)
def test_whole_number_as_english_writes_it(typed: str, meaning: str) -> None:
    assert said(read_number(typed, whole=True, english=True)) == meaning


def test_the_form_decides_whether_a_mark_was_a_slip() -> None:
    assert said(read_number("34.00", whole=True, accepts=upto(120))) == "? 34"  # type: ignore[arg-type]


def upto(highest: int) -> object:
    return lambda value: "" if 0 <= Decimal(value) <= highest else "too much"


@pytest.mark.parametrize(("typed", "meaning"), rows(AGE))
def test_whole_number_without_a_label(typed: str, meaning: str) -> None:
    assert said(read_number(typed, whole=True)) == meaning


@pytest.mark.parametrize(("typed", "meaning"), rows(INCOME))
def test_money(typed: str, meaning: str) -> None:
    assert said(read_number(typed, whole=True, label="Berapa penghasilan per bulan (rupiah)?")) == meaning


@pytest.mark.parametrize(("typed", "meaning"), rows(FRACTION))
def test_fraction(typed: str, meaning: str) -> None:
    assert said(read_number(typed, whole=False)) == meaning


@pytest.mark.parametrize(("typed", "meaning"), rows(SCALE))
def test_scale(typed: str, meaning: str) -> None:
    assert said(read_number(typed, whole=False, out_of=Decimal(10))) == meaning


@pytest.mark.parametrize(
    ("typed", "label", "meaning"),
    [
        ("3 bulan", "Berapa bulan bertugas di sini?", "3"),
        ("2 tahun", "Berapa bulan bertugas di sini?", "-"),
        ("16 JP", "Berapa JP pelatihan tahun ini?", "16"),
        ("5 orang", "Berapa orang di rumah?", "5"),
        ("5 anak", "Berapa umur Bapak/Ibu?", "? 5"),
        ("2 hektar", "Berapa luas lahan (hektar)?", "2"),
        ("tahun 1990", "Tahun berapa lulus?", "1990"),
        ("kira-kira 20", "Kira-kira berapa JP yang sudah diikuti?", "20"),
        ("tidak ada", "Berapa umur Bapak/Ibu?", "-"),
        ("tidak ada", "Berapa jumlah anak?", "? 0"),
        ("Rp 34", "Berapa umur Bapak/Ibu?", "? 34"),
        ("50 persen", "Berapa persen?", "50"),
        ("ke-3", "Berapa jumlah anak?", "? 3"),
        ("ke 3", "Berapa jumlah anak?", "? 3"),
        ("ke tiga", "Berapa jumlah anak?", "? 3"),
        ("saya anak ke-3", "Berapa jumlah anak?", "? 3"),
        ("yang ke-3 pak", "Berapa jumlah anak?", "? 3"),
        ("saya anak ke-3", "Anak ke berapa Bapak/Ibu?", "3"),
        ("ke-3", "Anak ke-berapa Bapak/Ibu?", "3"),
    ],
)
def test_the_question_decides_about_units(typed: str, label: str, meaning: str) -> None:
    assert said(read_number(typed, whole=True, label=label)) == meaning


@pytest.mark.parametrize(
    ("typed", "english", "meaning"),
    [("1,500", True, "1500"), ("1.500", True, "? 1500"), ("1,500", False, "? 1500"), ("1.500", False, "1500")],
)
def test_english_groups_with_commas(typed: str, english: bool, meaning: str) -> None:
    assert said(read_number(typed, whole=True, english=english)) == meaning


def test_the_form_decides_between_readings() -> None:
    def accepts(value: str) -> str:
        return "" if Decimal(value) < 100 else "too much"

    assert said(read_number("1.500", whole=False, accepts=accepts)) == "? 1.5"


@pytest.mark.parametrize("typed", ["081234567890", "9" * 16, "9" * 400, "1" * 100000])
def test_what_is_no_number_of_ours(typed: str) -> None:
    assert not read_number(typed, whole=True).sure


@pytest.mark.parametrize(
    ("value", "text"), [("1E+3", "1000"), ("2.500", "2.5"), ("-0", "0"), ("0.10", "0.1"), ("100", "100")]
)
def test_plain(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text
