"""Ticket numbers and PINs in what people write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.text.ticket_numbers import about_ticket, check_letter, hidden, number_in, pin_in

LETTER = check_letter(26, 417)
GOOD = f"ALK-26-0417-{LETTER}"


@pytest.mark.parametrize(
    "typed",
    [
        GOOD,
        GOOD.lower(),
        f"alk 26 0417 {LETTER}",
        f"ALK260417{LETTER}",
        f"ALK.26.0417.{LETTER}",
        f"ALK/26/0417/{LETTER}",
        f"ALK–26–0417–{LETTER}",
        f"nomor {GOOD} pak",
        f"{GOOD} 4831",
        f"{GOOD}4831",
        f"4831 / {GOOD}",
    ],
)
def test_a_number_in_any_writing(typed: str) -> None:
    assert (number_in(typed), about_ticket(typed)) == (GOOD, True)


@pytest.mark.parametrize(
    "typed", ["", "ALK-26-0417", f"ALK-26-041-{LETTER}", "ALK-26-0417-I", "26-0417-K", "ALK-26-0417-?", "\x00"]
)
def test_what_is_no_number(typed: str) -> None:
    assert number_in(typed) is None


def test_one_mistyped_digit_and_two_changed_places_are_caught() -> None:
    for serial in range(0, 100_000, 37):
        letter, digits = check_letter(26, serial), f"{serial:05d}"
        for place in range(5):
            for digit in "0123456789":
                other = f"{digits[:place]}{digit}{digits[place + 1 :]}"
                assert other == digits or check_letter(26, int(other)) != letter
        for place in range(4):
            swapped = f"{digits[:place]}{digits[place + 1]}{digits[place]}{digits[place + 2 :]}"
            assert swapped == digits or check_letter(26, int(swapped)) != letter


@pytest.mark.parametrize(
    ("typed", "pin"),
    [
        (f"{GOOD} 4831", "4831"),
        (f"{GOOD} PIN 4831 ", "4831"),
        (f"{GOOD}, 0007", "0007"),
        (f"{GOOD} / 4831", "4831"),
        (f"{GOOD} PIN: 4831", "4831"),
        (f"{GOOD} pin saya 4831", "4831"),
        (f"{GOOD} dan pin 4831", "4831"),
        (f"{GOOD}4831", "4831"),
        (f"{GOOD} 4831 ya pak", "4831"),
        (f"4831 {GOOD}", "4831"),
        (f"PIN 4831 nomor {GOOD}", "4831"),
        (GOOD, None),
        (f"{GOOD} 48311", None),
        (f"{GOOD} 48", None),
        (f"{GOOD} belum ditanggapi sejak tahun 2026", None),
        ("4831", None),
    ],
)
def test_the_pin_beside_a_number(typed: str, pin: str | None) -> None:
    assert pin_in(typed) == pin


@pytest.mark.parametrize(
    "typed",
    ["ALK-26-0418-P 8870", "statusALK-26-0418-P", "PIN 8870", "pin saya 8870", "pinnya: 8870 pak", "kode 8870"],
)
def test_what_looks_like_a_ticket(typed: str) -> None:
    assert about_ticket(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "8870",
        "kode pos 85231",
        "Mohon loket dibuka pada tahun 2026",
        "RT 12 RW 05",
        "jalan 45 nomor 1200 atas",
        "SK 12/2024 belum keluar",
        "pin saya hilang",
        "PIN ATM saya 8870 hilang",
        "DH 1234 AB",
    ],
)
def test_what_does_not(typed: str) -> None:
    assert not about_ticket(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("STATUS ALK-26-0417-K 4831", "STATUS ••••"),
        ("status ALK 26 0417 K PIN 4831 ya", "status •••• ya"),
        ("STATUS ALK-26-0417-K4831", "STATUS ••••"),
        ("4831 / ALK-26-0417-K", "••••"),
        ("STATUS ALK-26-0417-K", "STATUS ALK-26-0417-K"),
        ("pada 2026 loket tutup", "pada 2026 loket tutup"),
    ],
)
def test_a_number_with_its_pin_is_hidden(typed: str, kept: str) -> None:
    assert hidden(typed) == kept


@given(st.text())
def test_any_text_can_be_looked_through(text: str) -> None:
    assert number_in(text) is None or about_ticket(text)
