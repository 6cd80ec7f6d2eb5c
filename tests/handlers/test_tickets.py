"""Numbers and PINs of aspirations are drawn."""

from __future__ import annotations

import random

from handlers.tickets import new_pin
from handlers.visit import Moment
from tests.handlers.counter import TUESDAY


def test_pins_are_four_digits() -> None:
    moment = Moment(TUESDAY, random.Random(5))
    pins = {new_pin(moment) for _ in range(3000)}
    assert {len(pin) for pin in pins} == {4}
    assert len(pins) > 2000
