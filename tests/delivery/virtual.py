"""Time that passes only while everybody waits, so that ten minutes of pacing take no time and lose no order."""

import asyncio
import contextlib
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count

START = datetime(2026, 11, 30, 14, 5, tzinfo=UTC)
IDLE = 3
"""Looks at the event loop in a row at which nothing new has happened."""


class VirtualTime:
    """One time for the product and for the pace."""

    def __init__(self) -> None:
        self._passed = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Event]] = []
        self._numbers = count()
        self.busy = 0
        """Counted up by whatever happens meanwhile."""

    def now(self) -> datetime:
        return START + timedelta(seconds=self._passed)

    def monotonic(self) -> float:
        return self._passed

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        sleeper = (self._passed + seconds, next(self._numbers), woken)
        heapq.heappush(self._sleepers, sleeper)
        try:
            await woken.wait()
        except asyncio.CancelledError:
            self._sleepers.remove(sleeper)
            heapq.heapify(self._sleepers)
            raise

    def move_to(self, when: datetime) -> None:
        self._passed = max(self._passed, (when - START).total_seconds())

    @asynccontextmanager
    async def passing(self) -> AsyncIterator[None]:
        """It passes for as long as the block runs."""
        task = asyncio.create_task(self._pass())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _pass(self) -> None:
        seen, still = -1, 0
        while True:
            await asyncio.sleep(0.005)
            still = still + 1 if self._happened() == seen else 0
            seen = self._happened()
            if still >= IDLE and self._sleepers:
                self._passed, _, woken = heapq.heappop(self._sleepers)
                woken.set()
                still = 0

    def _happened(self) -> int:
        return self.busy + len(self._sleepers)
