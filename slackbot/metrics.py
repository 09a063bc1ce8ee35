"""What is counted, for Prometheus: never by person, workspace or word."""

import re
import time
from collections.abc import Iterable
from functools import cache
from types import SimpleNamespace
from typing import Final

import aiohttp
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from storage.figures import Figures

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
KINDS: Final = frozenset(
    {
        "command",
        "block_actions",
        "block_suggestion",
        "view_submission",
        "view_closed",
        "shortcut",
        "message_action",
        "event_callback",
        "url_verification",
    }
)
OTHER: Final = "other"
"""Whatever else somebody sends: what strangers write must not make new series."""
ELSEWHERE: Final = "elsewhere"
"""Response addresses, and where files are brought to."""
ACK: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Seconds; Slack gives up after the last one."""
TICK: Final = (0.01, 0.05, 0.25, 1.0, 5.0, 15.0, 60.0, 300.0)
_ERROR: Final = re.compile(rb'"error":"([a-z0-9_]{1,64})"')


class Metrics:
    """What one process counts. Each app has its own, so that two in one process do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "prm_requests",
            "What Slack asked, and the HTTP status it got",
            ["kind", "status"],
            registry=self.registry,
        )
        self.ack = Histogram(
            "prm_ack_seconds",
            "How long Slack waited for the answer",
            ["kind"],
            buckets=ACK,
            registry=self.registry,
        )
        self.slack_calls = Histogram(
            "prm_slack_call_seconds", "How long Slack's Web API took", ["method"], registry=self.registry
        )
        self.slack_errors = Counter(
            "prm_slack_errors",
            "What Slack refused, or did not answer",
            ["method", "error"],
            registry=self.registry,
        )
        self.tick = Histogram(
            "prm_tick_seconds", "How long it took to send what was due", buckets=TICK, registry=self.registry
        )
        self.ticks_failed = Counter("prm_ticks_failed", "Ticks that ended early", registry=self.registry)

    def answered(self, kind: str, status: int, seconds: float) -> None:
        """One request of Slack's, from its first byte to the answer."""
        self.requests.labels(kind, str(status)).inc()
        self.ack.labels(kind).observe(seconds)

    def page(self, figures: Figures | None) -> bytes:
        """Everything as Prometheus reads it; without the ledger's figures where the database does not answer."""
        extra = CollectorRegistry()
        extra.register(_Ledger(figures))
        return generate_latest(self.registry) + generate_latest(extra)


class _Ledger:
    """The same from whichever process it is asked: it is read from the database."""

    def __init__(self, figures: Figures | None) -> None:
        self._figures = figures

    def collect(self) -> Iterable[Metric]:
        up = GaugeMetricFamily("prm_database_up", "Whether the database answers")
        up.add_metric([], float(self._figures is not None))
        yield up
        if self._figures is None:
            return
        deliveries = GaugeMetricFamily(
            "prm_deliveries", "Scheduled messages of the last eight days", labels=["kind", "state"]
        )
        for (kind, state), count in self._figures.deliveries.items():
            deliveries.add_metric([kind, state], count)
        yield deliveries
        yield GaugeMetricFamily("prm_queue_depth", "Messages that could go now", value=self._figures.waiting)
        yield GaugeMetricFamily(
            "prm_queue_oldest_seconds",
            "How long the oldest of them waits",
            value=self._figures.oldest_seconds,
        )
        late = GaugeMetricFamily(
            "prm_nudge_lateness_seconds",
            "From when a weekly message was due to when it was sent, in the last hour",
            labels=["quantile"],
        )
        for quantile, seconds in self._figures.lateness.items():
            late.add_metric([quantile], seconds)
        yield late
        seen = GaugeMetricFamily("prm_worker_seen_seconds", "Since any worker was last at work")
        if self._figures.worker_seen_seconds is not None:
            seen.add_metric([], self._figures.worker_seen_seconds)
        yield seen


def kind_of(body: dict[str, object]) -> str:
    """What sort of request this is, out of a list that strangers cannot lengthen."""
    kind = "command" if "command" in body else str(body.get("type", ""))
    return kind if kind in KINDS else OTHER


def watching(metrics: Metrics, api: str) -> aiohttp.TraceConfig:
    """Counts every call to Slack, whoever makes it: Bolt makes clients of its own.

    Slack says no with HTTP 200 and a word in the body, so the body is looked at."""
    trace = aiohttp.TraceConfig()
    # Looked up once for each method: it comes with every message.
    seconds = cache(metrics.slack_calls.labels)

    async def begins(_: object, context: SimpleNamespace, params: aiohttp.TraceRequestStartParams) -> None:
        context.began = time.perf_counter()
        context.method = _method(str(params.url), api)

    async def ends(_: object, context: SimpleNamespace, params: aiohttp.TraceRequestEndParams) -> None:
        seconds(context.method).observe(time.perf_counter() - context.began)
        if params.response.status >= 300:
            metrics.slack_errors.labels(context.method, f"http_{params.response.status}").inc()

    async def fails(_: object, context: SimpleNamespace, params: aiohttp.TraceRequestExceptionParams) -> None:
        metrics.slack_errors.labels(context.method, type(params.exception).__name__).inc()

    async def reads(
        _: object, context: SimpleNamespace, params: aiohttp.TraceResponseChunkReceivedParams
    ) -> None:
        error = _error_in(params.chunk)
        if error is not None:
            metrics.slack_errors.labels(context.method, error).inc()

    trace.on_request_start.append(begins)
    trace.on_request_end.append(ends)
    trace.on_request_exception.append(fails)
    trace.on_response_chunk_received.append(reads)
    return trace


def _method(url: str, api: str) -> str:
    """`chat.postMessage`; other addresses carry secrets, so that all of them are one."""
    return url.removeprefix(api).partition("?")[0] if url.startswith(api) else ELSEWHERE


def _error_in(body: bytes) -> str | None:
    """Slack's word for what was wrong, from the beginning of its answer; None for a yes."""
    start = body[:300].replace(b" ", b"")
    if b'"ok":false' not in start:
        return None
    found = _ERROR.search(start)
    return found[1].decode() if found else "unknown"
