"""Numbers and PINs of aspirations."""

from __future__ import annotations

import random

import pytest

from handlers.tickets import check_letter, new_pin, number_in, pin_in
from handlers.visit import Moment
from tests.handlers.counter import TUESDAY

LETTER = check_letter(26, 417)
GOOD = f"ALK-26-0417-{LETTER}"


@pytest.mark.parametrize(
    "typed",
    [GOOD, GOOD.lower(), f"alk 26 0417 {LETTER}", f"ALK260417{LETTER}", f"nomor {GOOD} pak", f"{GOOD} 4831"],
)
def test_a_number_in_any_writing(typed: str) -> None:
    assert number_in(typed) == GOOD


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
    [("4831", "4831"), (" PIN 4831 ", "4831"), ("0007", "0007"), ("48311", None), ("48", None), ("4831 ya", None)],
)
def test_a_pin(typed: str, pin: str | None) -> None:
    assert pin_in(typed) == pin


def test_pins_are_four_digits() -> None:
    moment = Moment(TUESDAY, random.Random(5))
    pins = {new_pin(moment) for _ in range(3000)}
    assert {len(pin) for pin in pins} == {4}
    assert len(pins) > 2000
