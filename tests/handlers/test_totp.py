"""The digits of RFC 6238, appendix B (SHA-1; six of its eight digits)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handlers import totp

SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "digits"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_published_values(seconds: int, digits: str) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    assert totp.code(SECRET, totp.step_of(now)) == digits
    assert totp.accepted(SECRET, f"{digits[:3]} {digits[3:]}", now) == totp.step_of(now)


@pytest.mark.parametrize(("late", "taken"), [(-60, False), (-59, True), (0, True), (30, True), (31, False)])
def test_a_clock_may_differ_by_half_a_minute(late: int, taken: bool) -> None:
    now = datetime.fromtimestamp(1111111109, UTC)  # the last second of its half minute
    assert (totp.accepted(SECRET, "081804", now + timedelta(seconds=late)) is not None) == taken


@pytest.mark.parametrize("typed", ["", "28708", "287083", "٢٨٧٠٨٢", "287082287082"])
def test_what_is_no_code_is_not_taken(typed: str) -> None:
    assert totp.accepted(SECRET, typed, datetime.fromtimestamp(59, UTC)) is None


def test_the_secret_as_an_app_takes_it() -> None:
    assert totp.written(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    assert totp.address(SECRET, name="Bu Rina", office="Kecamatan Alak") == (
        "otpauth://totp/Kecamatan%20Alak:Bu%20Rina?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Kecamatan%20Alak"
    )
