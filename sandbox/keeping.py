"""Keeps the fake Slack's state in a file, so that a restart finds it again."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path

from sandbox.errors import SandboxError
from sandbox.state import State
from sandbox.world import World

PAUSE = 0.2
"""Seconds during which changes are gathered into one write."""


class Keeper:
    """Loads and saves one file; without one, all stays in memory."""

    def __init__(self, world: World, directory: Path | None) -> None:
        self._world = world
        self._file = directory / "slack.json" if directory is not None else None
        self._timer: asyncio.TimerHandle | None = None

    def load(self) -> None:
        """Take up where the file left off; raises SandboxError for a file that is not ours."""
        if self._file is None or not self._file.exists():
            return
        try:
            self._world.state = State.from_json(json.loads(self._file.read_text("utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise SandboxError(
                f"{self._file} cannot be read as a sandbox's state; move it away to start afresh."
            ) from None
        self._world.clock.shift(timedelta(seconds=self._world.state.clock_offset))

    def save_soon(self) -> None:
        """Save after a short pause, together with what else changes meanwhile."""
        if self._file is None or self._timer is not None:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return  # changed before the start: the stop saves it
        self._timer = loop.call_later(PAUSE, self.save)

    def save(self) -> None:
        """Write the file whole, or leave the old one."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._file is None:
            return
        self._world.state.clock_offset = self._world.clock.offset.total_seconds()
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(self._world.state.to_json()), "utf-8")
        fresh.replace(self._file)
        self._world.woken()
