"""Words that lead elsewhere, found in what people write."""

from __future__ import annotations

import pytest

from handlers.referrals import Referral, referral_for

FIRE = Referral(("kebakaran", "banjir bandang"), {"id": "112"})
BRIBE = Referral(("sogok*", "uang rokok", "minta uang", "oknum*"), {"id": "LAPOR"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ada KEBAKARAN!", FIRE),
        ("kebakaran dan sogokan", FIRE),
        ("banjir  bandang di Naioni", FIRE),
        ("banjir di bandang", None),
        ("Sogokan di loket", BRIBE),
        ("disogok", None),
        ("uang, rokok", BRIBE),
        ("minta  uang", BRIBE),
        ("dia mnta uang", None),
        ("oknum2 petugas", BRIBE),
        ("kayu bakar", None),
        ("", None),
        ("\x00\ud800", None),
    ],
)
def test_what_is_found(text: str, found: Referral | None) -> None:
    assert referral_for(text, (FIRE, BRIBE)) == found


def test_an_entry_of_signs_alone_matches_nothing() -> None:
    assert referral_for("apa saja", (Referral(("…", "*"), {"id": "x"}),)) is None
