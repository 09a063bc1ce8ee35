"""How fast Slack may be asked: token buckets per workspace and per conversation, on seconds that are handed in."""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from slackbot.deps import Now

TIDY: Final = 10_000
"""Buckets that are kept before the full ones, which remember nothing, are dropped."""


@dataclass(frozen=True)
class Pace:
    """Calls a second in the long run, and how many may come at once after a quiet while."""

    per_second: float
    burst: float


@dataclass(frozen=True)
class Limits:
    """What the sender keeps to.

    Slack allows `chat.postMessage` about once a second per channel and some hundreds of times a minute per
    workspace, `users.info` a hundred times a minute, and `conversations.history` fifty times a minute, but once a
    minute to an app that is distributed outside its Marketplace."""

    workspace: Pace = Pace(5, 10)
    channel: Pace = Pace(1, 3)
    profiles: Pace = Pace(1.5, 20)
    history: Pace = Pace(1 / 60, 1)
    own_history: Pace = Pace(0.8, 10)
    """For an app of one workspace, which nobody distributes."""
    in_flight: int = 80
    """Messages on their way at once; the rest of the session's hundred connections is for people who wait."""
    lease: timedelta = timedelta(minutes=2)
    """How long a message may take before its sender is taken for dead."""
    turn: timedelta = timedelta(minutes=1)
    """How long a worker that says nothing keeps a workspace for itself."""
    ask_after: timedelta = timedelta(minutes=1)
    """How long after an unclear answer Slack is asked whether the message arrived."""


class Seconds:
    """Seconds that passed, on whichever clock went further.

    Slack counts real ones, and no sender waits for a product's clock that stands still; one that leaps lets the
    buckets fill, as the time it stands for would have."""

    def __init__(self, now: Now, real: Callable[[], float] = time.monotonic) -> None:
        self._now, self._real = now, real
        self._last = (real(), now().timestamp())
        self._passed = 0.0

    def __call__(self) -> float:
        moment = (self._real(), self._now().timestamp())
        self._passed += max(0.0, *(new - old for new, old in zip(moment, self._last, strict=True)))
        self._last = moment
        return self._passed


class Pacer:
    """One bucket for each key, and turns that are given out in order."""

    def __init__(self, pace: Pace, seconds: Callable[[], float]) -> None:
        self._pace, self._seconds = pace, seconds
        self._buckets: dict[Hashable, tuple[float, float]] = {}
        """Of each key, what was left in its bucket, and when."""

    def wait(self, key: Hashable) -> float:
        """Takes the next turn, and gives the seconds until then."""
        now = self._seconds()
        left = self._left(key, now) - 1
        self._buckets[key] = (left, now)
        if len(self._buckets) > TIDY:
            self._tidy()
        return max(0.0, -left / self._pace.per_second)

    def until_free(self, key: Hashable) -> float:
        """Seconds until a turn could be had, without taking it."""
        return max(0.0, (1 - self._left(key, self._seconds())) / self._pace.per_second)

    def begin_after(self, key: Hashable, idle: float) -> None:
        """Somebody else took turns until `idle` seconds ago: their burst is not to be had once more."""
        left = min(self._pace.burst, 1 + idle * self._pace.per_second)
        self._buckets[key] = (left, self._seconds())

    def _left(self, key: Hashable, now: float) -> float:
        left, then = self._buckets.get(key, (self._pace.burst, now))
        return min(self._pace.burst, left + (now - then) * self._pace.per_second)

    def _tidy(self) -> None:
        now = self._seconds()
        self._buckets = {
            key: kept for key, kept in self._buckets.items() if self._left(key, now) < self._pace.burst
        }
