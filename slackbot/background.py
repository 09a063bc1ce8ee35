"""What follows an answer without holding it up: tracked, so that stopping waits for it and failures are logged."""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any

import structlog

log = structlog.get_logger(__name__)


class Background:
    """Tasks of this process. Only what may be missed goes here; the rest goes through the ledger."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any], what: str) -> None:
        """Begins `work` and comes back at once; `what` names it in the log should it fail."""
        task = asyncio.create_task(work, name=what)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("background_failed", what=task.get_name(), exc_info=task.exception())

    async def drain(self, seconds: float = 5) -> None:
        """Waits until all that was started is done, and drops what takes longer in all."""
        give_up = time.monotonic() + seconds
        while self._tasks:
            _, pending = await asyncio.wait(self._tasks, timeout=max(0, give_up - time.monotonic()))
            for task in pending:
                log.warning("background_dropped", what=task.get_name())
                task.cancel()
            # Lets the done callbacks run, and what those tasks started themselves be seen.
            await asyncio.sleep(0)
