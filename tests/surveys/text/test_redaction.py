"""Numbers that identify a person, taken out of free text. All numbers are made up."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.text.redaction import MASKS, redact
from tests.surveys.text.said import rows

NIK, NIP, HP = MASKS["nik"], MASKS["nip"], MASKS["phone"]

TABLE = f"""
    nik 5371 0123 4567 8901 => nik {NIK}
    5371012345678901 => {NIK}
    NIK: 5371012345678901. => NIK: {NIK}.
    no ktp 5371-0123-4567-8901, => no ktp {NIK},
    5371.0123.4567.8901 => {NIK}
    5371/0123/4567/8901 => {NIK}
    5371_0123_4567_8901 => {NIK}
    5371\\u00a00123\\u00a04567\\u00a08901 => {NIK}
    5371\\u202f0123\\u202f4567\\u202f8901 => {NIK}
    5371\\u200b0123\\u200b4567\\u200b8901 => {NIK}
    5371\\u20130123\\u20134567\\u20138901 => {NIK}
    5371 - 0123 - 4567 - 8901 => {NIK}
    5371 0123\\n4567 8901 => {NIK}
    537101 450190 0001 => {NIK}
    53.71.01.450190.0001 => {NIK}
    53 71 01 45 01 90 00 01 => {NIK}
    537101 2345678901 => {NIK}
    53710123456789 01 => {NIK}
    5\\ufe0f\\u20e33\\ufe0f\\u20e37\\ufe0f\\u20e31\\ufe0f\\u20e30123 4567 8901 => {NIK}
    2024 5371 0123 4567 8901 => 2024 {NIK}
    5371 0123 4567 8901 2026 => {NIK} 2026
    5371012345678901 081234567890 => {NIK} {HP}
    5371012345678901.5371012345678902 => {NIK}.{NIK}
    nik 1990 1991 1992 1993 => nik {NIK}
    a5371012345678901b => a{NIK}b
    NIP 19860926 201505 1 001 => NIP {NIP}
    198609262015051001 => {NIP}
    1986 0926 2015 0510 01 => {NIP}
    WA saya +62 812 3456 7890 ya => WA saya {HP} ya
    tel:+6281234567890 => tel:{HP}
    wa.me/6281234567890 => wa.me/{HP}
    081234567890 => {HP}
    0812-3456-7890 => {HP}
    0812.3456.7890 => {HP}
    0812\\u20143456\\u20147890 => {HP}
    (0812) 3456 7890 => {HP}
    (081234567890) => ({HP})
    (+62) 812 3456 7890 => {HP}
    +62 (812) 3456-7890 => {HP}
    +62-812-3456-7890 => {HP}
    +62 0812 3456 7890 => {HP}
    62 812 3456 7890 => {HP}
    0 812 3456 7890 => {HP}
    08 12 34 56 78 90 => {HP}
    0811 2233 44 => {HP}
    081234567890 2 kali => {HP} 2 kali
    0812 345 6789 10 orang => {HP} 10 orang
    081234567890/081398765432 => {HP}/{HP}
    0812 3456 7890 0813 2222 3333 => {HP} {HP}
    telp 0812345678 atau 08123456789 => telp {HP} atau {HP}
    NIK 5371,0144,0890,0001 => NIK {NIK}
    NIK 5371, 0144, 0890, 0001 => NIK {NIK}
    5371,0144,0890,0001 => {NIK}
    5371:0144:0890:0001 => {NIK}
    5371|0144|0890|0001 => {NIK}
    5371*0144*0890*0001 => {NIK}
    5371~0144~0890~0001 => {NIK}
    5 3 7 1 0 1 4 4 0 8 9 0 0 0 0 1 => {NIK}
    5-3-7-1-0-1-4-4-0-8-9-0-0-0-0-1 => {NIK}
    NIP.19860926,201505,1,001 => NIP.{NIP}
    2024, 5371 0123 4567 8901 => 2024, {NIK}
    tahun 2024: 5371 0123 4567 8901, 12 orang => tahun 2024: {NIK}, 12 orang
    0812,3456,7890 => {HP}
    0812:3456:7890 => {HP}
    0812 : 3456 : 7890 => {HP}
    0812, 3456, 7890 => {HP}
    0812|3456|7890 => {HP}
    0812~3456~7890 => {HP}
    0812*3456*7890 => {HP}
    0812;3456;7890 => {HP}
    0 8 1 2 3 4 5 6 7 8 9 0 => {HP}
    nomor saya 0-8-1-2-3-4-5-6-7-8-9-0 ya => nomor saya {HP} ya
    +6 2 8 1 2 3 4 5 6 7 8 9 0 => {HP}
    0062 812 3456 7890 => {HP}
    0062812 3456 7890 => {HP}
    00628123456789 => {HP}
    00 62 812 3456 7890 => {HP}
    0804123456 => {HP}
    0804 1234 5678 => {HP}
    0841 2345 678 => {HP}
    0861234567 => {HP}
    081234567890,2 kali => {HP},2 kali
    0812 3456 789, 10 orang => {HP}, 10 orang
    pada 2024, 0812 3456 7890 => pada 2024, {HP}
    nik 5371012345678901, hp 0812 3456 789, nip 198609262015051001 => nik {NIK}, hp {HP}, nip {NIP}
"""

KEPT = """
    tahun 2023 2024 2025 2026 sama saja
    2023 2024 2025 2026 2027
    1990 1991 1992 1993 sampai 2000
    lapor ke 1708 atau 112
    SMS ke 1708 112 110 119
    24-11-2026 25-11-2026
    24/11/2026 - 25/11/2026
    17 08 1945 17 08 1990
    20261124 20261125
    08.00-15.30 dan 09.00-16.00
    08.00-15.30 09.00-16.00
    08.15-15.30 2026
    2026-11-24 08:00
    20 30 40 50 60 70 80 90
    1 2 3 4 5 6 7 8 9 10 11 12 13
    Rp 1.500.000.000
    Rp 1.234.567.890
    harga 10.000 20.000 30.000 40.000
    10.000.000.000.000.000
    12345678901234567
    12345678901234567890
    0380 823456
    rekening 0123456789
    8123456789
    +1 202 555 0100
    nomor tiket ALK-26-0417-K PIN 4831
    -10.178756, 123.597603
    kode pos 85231
    3 x 4 meter
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
    1,2,3,4,5,6,7,8,9,10,11,12,13
    1|2|3|4|5|6|7|8|9|10|11|12
    0, 8, 7, 9, 8, 7, 6, 8, 9, 7
    1 2 3 4 5 6 7 8 9 1 2 3 4 5 6 7
    5 4 3 5 4 3 5 4 3 5 4 3 5 4 3 5
    0 1 0 1 1 0 1 0 1 1 0 1 0 1 0 1
    85, 90, 75, 80, 95, 70, 65, 88
    11, 02, 03, 04, 05, 06, 07, 08
    KTP 120, 1500, 1300, 10000
    2023, 2024, 2025, 2026
    1000, 2000, 3000, 4000
    1200, 1350, 1100, 1500
    5000,6000,7000,8000
    3000 4000 5000 6000
    6280,4690,2588
    12.000, 13.000, 14.000, 15.000
    Rp 1.500.000.000.000,00
    Rp 1,500,000,000,000.00
    628,787,788,307
    303,087,009,677,394,262
    0,8123456789
    08:00-15:30, 09:00-16:00
    08:00, 12:00, 16:00, 20:00
    0800, 1200, 1600, 2000
    0845 1000 1130
    24/11/2026, 08:00, 24/11/2026, 09:00
    08 04 90 08 06 91
    08,12,2024,34567
    -10,178756, 123,597603
    -9.0801137, 121.6874
    skala 1:50000, 1:25000 dan 1:10000
    Tolong bantu ibu hamil di loket
"""


@pytest.mark.parametrize(("typed", "clean"), rows(TABLE))
def test_redacted(typed: str, clean: str) -> None:
    kinds = tuple(kind for kind, mask in MASKS.items() if mask in clean)
    found, named = redact(typed)
    assert (found, tuple(sorted(named))) == (clean, tuple(sorted(kinds)))


@pytest.mark.parametrize("typed", [line.strip() for line in KEPT.splitlines() if line.strip()])
def test_kept(typed: str) -> None:
    assert redact(typed) == (typed, ())


@pytest.mark.parametrize("first", ["０", "٠", "০", "𝟎"])
def test_digits_of_every_script_are_seen_through(first: str) -> None:
    written = "".join(chr(ord(first) + int(digit)) for digit in "5371012345678901")
    assert redact(f"NIK{written} ya") == (f"NIK{NIK} ya", ("nik",))


def test_circled_digits_are_seen_through() -> None:
    assert redact("⑤③⑦①⓪①②③④⑤⑥⑦⑧⑨⓪①") == (NIK, ("nik",))


def test_kinds_come_once_and_in_order() -> None:
    text = "081234567890 5371012345678901 081398765432"
    assert redact(text) == (f"{HP} {NIK} {HP}", ("phone", "nik"))


def test_other_letters_and_line_breaks_stay_as_they_are() -> None:
    assert redact("Ünïcödé\n\tＡ\u200b 5371012345678901\n…") == (f"Ünïcödé\n\tＡ\u200b {NIK}\n…", ("nik",))


SEPARATOR = st.sampled_from(["", " ", ".", "-", " - ", "\u00a0", "\u200b", "/", "  "])
DIGITS = "0123456789"


@given(st.text(alphabet="0123456789 .-/abc,:\u200b０１٣", max_size=80))
def test_no_run_of_sixteen_or_eighteen_digits_is_left(text: str) -> None:
    clean, _ = redact(text)
    assert re.search(r"(?<!\d)(?:\d{16}|\d{18})(?!\d)", clean) is None
    assert redact(clean)[0] == clean


@given(st.text())
def test_any_text_can_be_redacted(text: str) -> None:
    clean, kinds = redact(text)
    assert (clean == text) == (not kinds)


@given(st.text(alphabet=DIGITS, min_size=16, max_size=16), SEPARATOR, st.integers(6, 10))
def test_a_number_called_nik_is_masked_however_it_is_written(digits: str, between: str, cut: int) -> None:
    clean, _ = redact(f"NIK saya {digits[:cut]}{between}{digits[cut:]} pak")
    assert clean == f"NIK saya {NIK} pak"


@given(st.sampled_from(["0", "62", "+62", "+62 "]), st.text(alphabet=DIGITS, min_size=7, max_size=9), SEPARATOR)
def test_a_mobile_number_is_masked(prefix: str, digits: str, between: str) -> None:
    clean, kinds = redact(f"HP {prefix}812{between}{digits} ya")
    assert (clean, kinds) == (f"HP {HP} ya", ("phone",))
