"""Buckets of tokens."""

from __future__ import annotations

from web.rates import Rates


def test_a_burst_and_then_a_steady_rate() -> None:
    now = 0.0
    rates = Rates(burst=2, per_second=0.5, clock=lambda: now)
    assert [rates.take("ani") for _ in range(3)] == [0.0, 0.0, 2.0]
    assert rates.take("budi") == 0.0
    now = 1.0
    assert rates.take("ani") == 1.0
    now = 2.0
    assert rates.take("ani") == 0.0
    now = 1000.0
    assert [rates.take("ani") for _ in range(3)] == [0.0, 0.0, 2.0]


def test_keys_that_rest_are_not_remembered_for_ever() -> None:
    now = 0.0
    rates = Rates(burst=1, per_second=1.0, clock=lambda: now, keep=10)
    for number in range(100):
        rates.take(f"visitor {number}")
    assert len(rates._buckets) == 10
    assert rates.take("visitor 99") == 1.0
    now = 10.0
    rates.take("another")
    assert set(rates._buckets) == {"another"}
