"""Numbers as officers type them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from outreach.typed import NoNumber, days, number, rupiah, whole


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (number, "16", Decimal(16)),
        (number, " 4,5 ", Decimal("4.5")),
        (number, "4.5", Decimal("4.5")),
        (whole, "", 0),
        (whole, "30", 30),
        (rupiah, "", Decimal(0)),
        (rupiah, "Rp1.500.000", Decimal(1500000)),
        (rupiah, "150000", Decimal(150000)),
        (rupiah, "Rp 25.000,00", Decimal(25000)),
        (days, "30, 90", (90, 30)),
        (days, "7", (7,)),
    ],
)
def test_what_is_typed_is_read(read: Callable[..., object], text: str, expected: object) -> None:
    assert read(text, str) == expected


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (number, ""), (number, "NaN"), (number, "1e5"), (number, "-3"), (whole, "tiga"), (whole, "9" * 20),
        (rupiah, "1.5"), (rupiah, "gratis"), (days, ""), (days, "-1"), (days, "1000"), (days, "7 hari"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_said(read: Callable[..., object], text: str) -> None:
    with pytest.raises(NoNumber) as said:
        read(text, str)
    assert str(said.value).startswith(f"“{text.strip()[:40]}” ")
