"""Many ask, and few transactions are made of it."""

import asyncio
from collections.abc import Sequence

import pytest

from slackbot.delivery.together import Together


class Work:
    """Doubles numbers, and remembers in what slices."""

    def __init__(self) -> None:
        self.slices: list[list[int]] = []

    async def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.slices.append(list(numbers))
        if 13 in numbers:
            raise ValueError("13")
        return [number * 2 for number in numbers]


async def test_who_asks_at_the_same_time_is_answered_together_and_in_their_own_place() -> None:
    work = Work()
    together = Together(work, slice_of=4, rest=0)
    assert await asyncio.gather(*(together(number) for number in range(6))) == [0, 2, 4, 6, 8, 10]
    assert work.slices == [[0, 1, 2, 3], [4, 5]]
    assert await together(7) == 14


async def test_a_failure_is_told_to_its_slice_and_to_nobody_else() -> None:
    together = Together(Work(), slice_of=2, rest=0)
    answers = await asyncio.gather(*(together(number) for number in (12, 13, 14)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [ValueError, ValueError, int]
    with pytest.raises(ValueError, match="13"):
        await together(13)


async def test_who_gave_up_waiting_holds_nobody_up() -> None:
    together = Together(Work(), slice_of=4, rest=0)
    gone, stays = asyncio.create_task(together(1)), asyncio.create_task(together(2))
    await asyncio.sleep(0)
    gone.cancel()
    assert await stays == 4
    assert gone.cancelled()
