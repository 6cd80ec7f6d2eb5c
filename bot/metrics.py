"""How it goes, for machines: ``/healthz`` (the process answers), ``/readyz`` (it can write), ``/metrics`` (numbers).

Rule of the file: numbers without people: no address, no survey's answers, no label that could name somebody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.delivery import Courier
from handlers.inbox import Inbox
from storage.deliveries import Waiting

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass(slots=True)
class Latency:
    """Seconds from a request of a platform to its answer, counted by bounds."""

    buckets: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    total: float = 0.0

    def add(self, seconds: float) -> None:
        """One more."""
        for number, bound in enumerate(BOUNDS):
            if seconds <= bound:
                self.buckets[number] += 1
                break
        else:
            self.buckets[-1] += 1
        self.total += seconds


@dataclass(slots=True)
class Stored:
    """What the database said last."""

    waiting: Waiting = field(default_factory=lambda: Waiting(0, 0))
    sessions: int = 0
    oldest_seconds: float = 0.0


class Numbers(Collector):
    """Collects when asked; nothing is counted twice."""

    def __init__(
        self,
        inbox: Inbox,
        courier: Courier,
        latency: Latency,
        stored: Callable[[], Stored],
        ready: Callable[[], bool],
    ) -> None:
        self._inbox = inbox
        self._courier = courier
        self._latency = latency
        self._stored = stored
        self._ready = ready

    def collect(self) -> Iterator[Metric]:
        """Every number."""
        inbox, sent, stored = self._inbox.counts, self._courier.counts, self._stored()
        for name, words, value in (
            ("suara_messages", "Messages committed.", inbox.messages),
            ("suara_messages_repeated", "Messages that had been taken before.", inbox.repeats),
            ("suara_messages_failed", "Messages set aside.", inbox.failures),
            ("suara_batches", "Transactions that took messages.", inbox.batches),
            ("suara_batch_seconds", "Seconds in those transactions.", inbox.seconds),
            ("suara_sent", "Messages sent.", sent.sent),
            ("suara_send_failed", "Messages that could not be sent.", sent.failed),
            ("suara_send_retried", "Further tries.", sent.retried),
            ("suara_send_limited", "Pauses a platform asked for.", sent.limited),
        ):
            yield CounterMetricFamily(name, words, value=value)
        for name, words, gauge in (
            ("suara_inbox_waiting", "Messages not yet committed.", self._inbox.waiting),
            ("suara_batch_largest", "Messages in the largest transaction so far.", inbox.largest),
            ("suara_deliveries_queued", "Messages to be sent, of all processes.", stored.waiting.queued),
            ("suara_deliveries_leased", "Messages being sent, of all processes.", stored.waiting.leased),
            ("suara_delivery_lag_seconds", "Age of the oldest message to be sent.", stored.oldest_seconds),
            ("suara_sessions_open", "Conversations that are open.", stored.sessions),
            ("suara_ready", "1 while messages can be taken.", int(self._ready())),
        ):
            yield GaugeMetricFamily(name, words, value=gauge)
        yield self._histogram()

    def _histogram(self) -> Metric:
        count, buckets = 0, []
        for bound, number in zip((*map(str, BOUNDS), "+Inf"), self._latency.buckets, strict=True):
            count += number
            buckets.append((bound, float(count)))
        return HistogramMetricFamily(
            "suara_request_seconds",
            "Seconds from a platform's request to its answer.",
            buckets=buckets,
            sum_value=self._latency.total,
        )


def text(numbers: Numbers) -> bytes:
    """The page of ``/metrics``."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(numbers)
    return generate_latest(registry)
