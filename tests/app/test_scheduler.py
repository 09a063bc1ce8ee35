"""The tick: never dropped for being late, never two at once, never ended by a failure."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from slackbot import scheduler
from slackbot.scheduler import ticking
from tests.conftest import Trouble

AGES = 3600


class Ticks:
    """Counts its calls; lets a test wait for one, hold one up, or make one fail."""

    def __init__(self) -> None:
        self.begun = self.ended = 0
        self.fails: set[int] = set()
        self.open = asyncio.Event()
        self.open.set()
        self._news = asyncio.Event()

    async def __call__(self) -> None:
        self.begun += 1
        self._tell()
        number = self.begun
        await self.open.wait()
        if number in self.fails:
            raise ConnectionError("the database went away")
        self.ended += 1
        self._tell()

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def until(self, *, begun: int = 0, ended: int = 0) -> None:
        async with asyncio.timeout(2):
            while self.begun < begun or self.ended < ended:
                await self._news.wait()


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


def _now(job: Any) -> None:
    """Makes it due at once, instead of in an hour."""
    job.modify(next_run_time=datetime.now(UTC))


async def test_a_late_tick_is_run_once_and_alone(ticks: Ticks) -> None:
    async with ticking(ticks, AGES) as running:
        (job,) = running.get_jobs()

        assert job.coalesce is True
        assert job.max_instances == 1
        assert job.misfire_grace_time is None
        assert job.trigger.interval == timedelta(seconds=AGES)
        assert job.next_run_time.tzinfo == UTC


async def test_a_tick_that_is_an_hour_late_still_comes(ticks: Ticks) -> None:
    async with ticking(ticks, AGES) as running:
        (job,) = running.get_jobs()
        job.modify(next_run_time=datetime.now(UTC) - timedelta(hours=1, minutes=30))
        await ticks.until(ended=1)

        # Both that were missed are one.
        assert job.next_run_time > datetime.now(UTC)

    assert ticks.begun == 1


async def test_a_tick_that_fails_is_logged_and_the_next_one_runs(ticks: Ticks, trouble: Trouble) -> None:
    ticks.fails = {1}
    async with ticking(ticks, AGES) as running:
        (job,) = running.get_jobs()
        _now(job)
        await ticks.until(begun=1)
        _now(job)
        await ticks.until(ended=1)

    assert ticks.begun == 2
    (failure,) = [record for record in trouble.records if record.exc_info]
    assert failure.exc_info is not None
    assert isinstance(failure.exc_info[1], ConnectionError)


async def test_stopping_lets_the_tick_under_way_finish(ticks: Ticks) -> None:
    ticks.open.clear()
    async with ticking(ticks, AGES) as running:
        _now(running.get_jobs()[0])
        await ticks.until(begun=1)
        asyncio.get_running_loop().call_later(0.01, ticks.open.set)

    assert ticks.ended == 1


async def test_stopping_does_not_wait_for_ever(ticks: Ticks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "GRACE", 0.01)
    ticks.open.clear()
    async with asyncio.timeout(2), ticking(ticks, AGES) as running:
        _now(running.get_jobs()[0])
        await ticks.until(begun=1)

    assert ticks.ended == 0


async def test_nothing_ticks_after_the_stop(ticks: Ticks) -> None:
    async with ticking(ticks, AGES) as running:
        _now(running.get_jobs()[0])
        await ticks.until(ended=1)

    # APScheduler stops in the loop's next turn.
    await asyncio.sleep(0)
    assert not running.running
    assert ticks.begun == 1
