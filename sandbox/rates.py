"""How often Slack lets an app ask: a bucket per method and workspace, and two more for posting."""

from __future__ import annotations

import math
from dataclasses import dataclass

PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100, 5: 600}
"""Calls a minute by tier; 5 stands for the methods with limits of their own ("special")."""
CHANNEL_BURST = 5
CHANNEL_PER_SECOND = 1.0
WORKSPACE_BURST = 60
WORKSPACE_PER_MINUTE = 300


@dataclass
class Bucket:
    """A token bucket on real seconds."""

    size: float
    per_second: float
    level: float
    filled_at: float

    def wait(self, now: float) -> float:
        """Seconds until one more fits, 0 if it does now."""
        self.level = min(self.size, self.level + (now - self.filled_at) * self.per_second)
        self.filled_at = now
        return max(0.0, (1 - self.level) / self.per_second)


class Rates:
    """All buckets of one Slack."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[str, ...], Bucket] = {}

    def ask(self, now: float, method: str, tier: int, team: str, channel: str) -> int:
        """Whole seconds to wait before this call (`Retry-After`), or 0 and it is counted."""
        if method == "chat.postMessage":
            buckets = [
                self._bucket(("channel", team, channel), now, CHANNEL_BURST, CHANNEL_PER_SECOND),
                self._bucket(("posting", team), now, WORKSPACE_BURST, WORKSPACE_PER_MINUTE / 60),
            ]
        else:
            buckets = [self._bucket((method, team), now, PER_MINUTE[tier], PER_MINUTE[tier] / 60)]
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait > 0:
            return max(1, math.ceil(wait))
        for bucket in buckets:
            bucket.level -= 1
        return 0

    def _bucket(self, key: tuple[str, ...], now: float, size: float, per_second: float) -> Bucket:
        return self._buckets.setdefault(key, Bucket(size, per_second, size, now))
