"""The clock that the product calls now: it stops at all that is due, and never for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from sandbox.clock import MAX_STOPS_AT_ONE_INSTANT, Clock

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


class Diary:
    """Something with things due."""

    def __init__(self, clock: Clock, due: list[datetime]) -> None:
        self._clock = clock
        self.due = due
        self.ticked: list[datetime] = []
        clock.next_due, clock.tick = self.next_due, self.tick

    async def next_due(self) -> datetime | None:
        return min(self.due, default=None)

    async def tick(self) -> None:
        self.ticked.append(self._clock.now())
        self.due = [due for due in self.due if due > self._clock.now()]


async def test_a_frozen_clock_moves_only_when_told() -> None:
    clock = Clock(START, frozen=True)
    assert clock.now() == clock.now() == START
    await clock.advance(days=1, hours=2, minutes=3)
    assert clock.now() == START + timedelta(days=1, hours=2, minutes=3)
    assert clock.frozen


async def test_a_running_clock_runs_from_its_start() -> None:
    clock = Clock(START)
    assert START <= clock.now() < START + timedelta(minutes=1)
    await clock.advance(weeks=1)
    assert START + timedelta(weeks=1) <= clock.now() < START + timedelta(weeks=1, minutes=1)
    assert not clock.frozen
    assert abs(Clock().now() - datetime.now(UTC)) < timedelta(minutes=1)


async def test_a_long_advance_stops_at_each_thing_due() -> None:
    clock = Clock(START, frozen=True)
    first, second, later = (START + timedelta(days=days) for days in (3, 5, 30))
    diary = Diary(clock, [second, first, later])

    await clock.advance(weeks=1)

    assert diary.ticked == [first, second, START + timedelta(weeks=1)]
    assert diary.due == [later]


async def test_what_was_due_before_is_done_at_once_without_going_back() -> None:
    clock = Clock(START, frozen=True)
    diary = Diary(clock, [START - timedelta(days=1)])

    await clock.advance(minutes=1)

    assert diary.ticked == [START, START + timedelta(minutes=1)]


async def test_what_stays_due_does_not_hold_time_up() -> None:
    clock = Clock(START, frozen=True)
    stuck = START + timedelta(hours=1)
    ticks = []

    async def due() -> datetime:
        return stuck

    async def tick() -> None:
        ticks.append(clock.now())

    clock.next_due, clock.tick = due, tick

    await clock.advance(days=1)

    assert ticks == [stuck] * MAX_STOPS_AT_ONE_INSTANT + [START + timedelta(days=1)]


async def test_other_zones_are_understood_and_naive_times_refused() -> None:
    clock = Clock(datetime(2026, 11, 2, 4, tzinfo=timezone(timedelta(hours=-5))), frozen=True)
    assert clock.now() == START
    assert clock.now().tzinfo is UTC
    await clock.advance_to(datetime(2026, 11, 2, 5, tzinfo=timezone(timedelta(hours=-5))))
    assert clock.now() == START + timedelta(hours=1)
    with pytest.raises(ValueError, match="aware"):
        Clock(datetime(2026, 11, 2))  # noqa: DTZ001  # a naive time is what is refused
    with pytest.raises(ValueError, match="forward"):
        await clock.advance(minutes=-1)
