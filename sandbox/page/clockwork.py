"""Moves the sandbox's clock as the page's buttons ask, and says in a sentence why it would not."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sandbox.people import Person

if TYPE_CHECKING:
    from sandbox.server import Sandbox

STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
FARTHEST = timedelta(days=3 * 366)


class Clockwork:
    """One move at a time: two at once would tick over each other."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._turning = asyncio.Lock()

    async def move(self, person: Person, wish: Mapping[str, Any]) -> str | None:
        """Do what `by` ("hour", "day", "next") or `to` (local time of `person`) asks; what to say if it cannot be."""
        async with self._turning:
            when, complaint = await self._target(person, wish)
            if when is not None:
                await self._sandbox.clock.advance_to(when)
                self._sandbox.world.changed()
        return complaint

    async def _target(self, person: Person, wish: Mapping[str, Any]) -> tuple[datetime | None, str | None]:
        now = self._sandbox.clock.now()
        if wish.get("by") == "next":
            due = await self._sandbox.clock.next_due() if self._sandbox.clock.next_due is not None else None
            return (max(due, now), None) if due is not None else (None, "Nothing is due.")
        if wish.get("by") in STEPS:
            return now + STEPS[wish["by"]], None
        try:
            local = datetime.fromisoformat(str(wish.get("to")))
        except ValueError:
            return None, "Choose a date and a time."
        return _allowed(local.replace(tzinfo=ZoneInfo(person.zone or "UTC")), now)


def _allowed(when: datetime, now: datetime) -> tuple[datetime | None, str | None]:
    if when <= now:
        return None, "The clock only goes forward: choose a time that is still to come."
    if when - now > FARTHEST:
        return None, "That is too far ahead: the clock moves three years at most."
    return when, None
