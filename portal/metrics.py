"""Figures for Prometheus, in a registry of the application's own."""

from functools import cache

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 4.5, 10)


class Metrics:
    """Counts what passes the doors; rooms add their own figures to `registry`."""

    def __init__(self) -> None:
        """Start every count at nothing."""
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "quanheng_requests_total", "Requests", ["door", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "quanheng_request_seconds", "Request time", ["door"], buckets=BUCKETS, registry=self.registry
        )
        self._messages = Counter(
            "quanheng_messages_total", "Inbound messages", ["kind", "outcome"], registry=self.registry
        )
        self._answers = Counter("quanheng_answers_total", "Answers by kind", ["kind"], registry=self.registry)
        self._deliveries = Counter(
            "quanheng_deliveries_total", "Outbox sends", ["outcome"], registry=self.registry
        )
        self.backlog = Gauge(
            "quanheng_outbox_backlog", "Outbox messages due and not sent", registry=self.registry
        )

        self._request = cache(self._labelled)
        self._message = cache(self._messages.labels)
        self._answer = cache(self._answers.labels)

    def request(self, door: str, status: int, seconds: float) -> None:
        """Count one request of a door."""
        requests, times = self._request(door, status)
        requests.inc()
        times.observe(seconds)

    def message(self, kind: str, outcome: str) -> None:
        """Count one inbound message by its kind and what became of it."""
        self._message(kind, outcome).inc()

    def answered(self, kind: str) -> None:
        """Count one answer by its kind."""
        self._answer(kind).inc()

    def delivered(self, outcome: str) -> None:
        """Count one send by its outcome."""
        self._deliveries.labels(outcome).inc()

    def _labelled(self, door: str, status: int) -> tuple[Counter, Histogram]:
        return self._requests.labels(door, str(status)), self._seconds.labels(door)

    def text(self) -> bytes:
        """Return all figures in Prometheus' text format."""
        return generate_latest(self.registry)


METRICS = web.AppKey("metrics", Metrics)
