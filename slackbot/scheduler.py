"""The tick: APScheduler calls the app every so often. No rules here."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC
from typing import Final

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler

# A tick lasts as long as Slack's limits make it last; that others are left out meanwhile is meant.
logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)

GRACE: Final = 5
"""Seconds that a tick gets to finish when we are told to stop: a message cut off on its way is never repeated."""


@asynccontextmanager
async def ticking(tick: Callable[[], Awaitable[None]], seconds: float) -> AsyncIterator[AsyncIOScheduler]:
    """Ticks for as long as the block runs; gives the scheduler.

    All three job options are set by hand: by default a run that is a second late is dropped."""
    scheduler = AsyncIOScheduler(
        timezone=UTC,
        executors={"default": AsyncIOExecutor()},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    under_way = asyncio.Lock()

    async def one() -> None:
        async with under_way:
            await tick()

    scheduler.add_job(one, "interval", seconds=seconds)
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.pause()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GRACE), under_way:
                pass
        scheduler.shutdown(wait=False)
