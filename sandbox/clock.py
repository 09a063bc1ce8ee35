"""The clock that the product calls now: real, moved or frozen, and advanced in steps that miss nothing due."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

MAX_STOPS_AT_ONE_INSTANT = 3
"""How often `advance` ticks for a due instant that will not go away before it moves on."""


class Clock:
    """What the product calls now."""

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        """Without `start` it begins at real time; `frozen` moves only by `advance`, otherwise it runs with an offset."""
        if start is not None and start.tzinfo is None:
            raise ValueError("A clock starts at an aware datetime.")
        self._real: Callable[[], datetime] = lambda: datetime.now(UTC)
        self._frozen_at: datetime | None = (start or self._real()).astimezone(UTC) if frozen else None
        self._offset = timedelta() if start is None else start.astimezone(UTC) - self._real()
        self.next_due: Callable[[], Awaitable[datetime | None]] | None = None
        self.tick: Callable[[], Awaitable[None]] | None = None

    @property
    def frozen(self) -> bool:
        return self._frozen_at is not None

    @property
    def offset(self) -> timedelta:
        """How far now is ahead of real time."""
        return self.now() - self._real() if self.frozen else self._offset

    def now(self) -> datetime:
        """Aware, UTC."""
        return self._frozen_at if self._frozen_at is not None else self._real() + self._offset

    def shift(self, offset: timedelta) -> None:
        """Set how far a running clock is ahead of real time; a frozen one stays where it is."""
        if not self.frozen:
            self._offset = offset

    async def advance(
        self,
        delta: timedelta | None = None,
        *,
        weeks: float = 0,
        days: float = 0,
        hours: float = 0,
        minutes: float = 0,
    ) -> None:
        """Move forward, stopping and ticking at each instant at which something is due, and once at the end."""
        step = (delta or timedelta()) + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
        if step < timedelta():
            raise ValueError("Time only goes forward.")
        await self.advance_to(self.now() + step)

    async def advance_to(self, when: datetime) -> None:
        """Like `advance`, to an aware instant that is not in the past."""
        target = when.astimezone(UTC)
        last_due, stops = None, 0
        while (due := await self._due_by(target)) is not None:
            # What stays due after ticking (a retry that cannot succeed) must not hold time up for ever.
            stops = stops + 1 if due == last_due else 1
            if stops > MAX_STOPS_AT_ONE_INSTANT:
                break
            last_due = due
            self._move_to(due)
            await self._run_due()
        self._move_to(target)
        await self._run_due()

    async def _due_by(self, target: datetime) -> datetime | None:
        due = await self.next_due() if self.next_due is not None else None
        return due.astimezone(UTC) if due is not None and due <= target else None

    async def _run_due(self) -> None:
        if self.tick is not None:
            await self.tick()

    def _move_to(self, when: datetime) -> None:
        if when <= self.now():
            return
        if self._frozen_at is not None:
            self._frozen_at = when
        else:
            self._offset = when - self._real()
