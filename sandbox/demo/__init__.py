"""A year of a liaison team's life, lived through the real app: what `prm sandbox --demo` fills the workspace with."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sandbox.clock import Clock
from sandbox.demo.acts import DemoError, Settle, Stage
from sandbox.demo.calendar import Planned, Span, year
from sandbox.server import Sandbox

__all__ = ["YEAR", "DemoError", "Marker", "live"]

SEED = 20_261
YEAR = timedelta(weeks=52)
RARELY = (10_000, 20, 1_000)
"""When the garbage collector looks at the young, the middle and the old."""


async def live(slack: Sandbox, *, until: datetime, settle: Settle, seed: int = SEED) -> None:
    """Live from the clock's now until `until`, as people at the keyboard; the app is installed already.

    `settle` waits for what the app does after an answer. Raises DemoError at the first thing that goes wrong."""
    stage = Stage(slack, settle)
    with _unsaved(slack), _unhurried(slack.clock), _unswept():
        for planned in year(Span(slack.clock.now(), until), seed):
            await slack.clock.advance_to(planned.at)
            await _play(planned, stage)
        await slack.clock.advance_to(until)
        await stage.settle()


@contextmanager
def _unsaved(slack: Sandbox) -> Iterator[None]:
    """Writing everything down after each act would take longer than the acts; once at the end is enough."""
    save_soon, slack.world.save_soon = slack.world.save_soon, lambda: None
    try:
        yield
    finally:
        slack.world.save_soon = save_soon
        slack.world.changed()


@contextmanager
def _unswept() -> Iterator[None]:
    """Most of what comes into being in a year stays: going through all of it again and again frees next to nothing."""
    usual = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def _unhurried(clock: Clock) -> Iterator[None]:
    """The app looks for what is due where something is, and once a day, rather than after each of a thousand acts."""
    tick, next_due = clock.tick, clock.next_due
    if tick is None or next_due is None:
        yield
        return
    known: datetime | None = None
    today = clock.now().date()

    async def ask() -> datetime | None:
        nonlocal known
        known = await next_due()
        return known

    async def look() -> None:
        nonlocal today
        if (known is not None and known <= clock.now()) or clock.now().date() != today:
            today = clock.now().date()
            await tick()

    clock.next_due, clock.tick = ask, look
    try:
        yield
    finally:
        clock.next_due, clock.tick = next_due, tick


async def _play(planned: Planned, stage: Stage) -> None:
    try:
        await planned.act.play(stage)
        await stage.settle()
    except (DemoError, AssertionError) as error:
        when = f"{planned.at:%B} {planned.at.day}, {planned.at.year}"
        raise DemoError(f"The demo stopped on {when}, where {planned.what}. {error}") from error


class Marker:
    """Remembers beside the sandbox's state whether the demo was begun, and whether it was finished."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "demo"

    @property
    def half_made(self) -> bool:
        """It was interrupted, so that what is there is nobody's work and can go."""
        return self._text() == "begun"

    def wanted(self) -> bool:
        """Whether it is still to be made; raises DemoError where somebody has a history of their own."""
        if self._text() == "done":
            return False
        if (self._folder / "slack.json").exists() or (self._folder / "prm.db").exists():
            raise DemoError(
                "There is a sandbox without the demo already. Start afresh with: prm sandbox --fresh --demo"
            )
        return True

    def begin(self) -> None:
        self._file.write_text("begun")

    def finish(self) -> None:
        self._file.write_text("done")

    def _text(self) -> str:
        return self._file.read_text() if self._file.exists() else ""
