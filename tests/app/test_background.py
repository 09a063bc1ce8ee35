"""What follows an answer: it is waited for when the app stops, and a failure is not lost."""

import asyncio

import pytest

from slackbot.background import Background
from tests.conftest import Trouble, kwargs_of


@pytest.fixture
def background() -> Background:
    return Background()


async def test_stopping_waits_for_what_was_begun(background: Background) -> None:
    go, done = asyncio.Event(), []

    async def work() -> None:
        await go.wait()
        done.append("sent")

    background.start(work(), "a copy")
    asyncio.get_running_loop().call_soon(go.set)
    await background.drain()

    assert done == ["sent"]


async def test_stopping_waits_for_what_that_began_in_turn(background: Background) -> None:
    done = []

    async def second() -> None:
        done.append("second")

    async def first() -> None:
        background.start(second(), "second")
        done.append("first")

    background.start(first(), "first")
    await background.drain()

    assert done == ["first", "second"]


async def test_starting_does_not_wait(background: Background) -> None:
    done = []

    async def work() -> None:
        done.append("late")

    background.start(work(), "later")

    assert done == []
    await background.drain()


async def test_a_failure_is_logged_with_its_name_and_the_others_go_on(
    background: Background, trouble: Trouble
) -> None:
    done = []

    async def fails() -> None:
        raise ConnectionError("Slack is away")

    async def works() -> None:
        done.append("sent")

    background.start(fails(), "home")
    background.start(works(), "a copy")
    await background.drain()

    assert done == ["sent"]
    (record,) = trouble.records
    assert (record.getMessage(), kwargs_of(record)["what"]) == ("background_failed", "home")
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], ConnectionError)


async def test_what_takes_too_long_is_dropped_and_named(background: Background, trouble: Trouble) -> None:
    ended = []

    async def stuck() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise

    background.start(stuck(), "a copy")
    await background.drain(seconds=0.01)

    assert ended == ["cancelled"]
    assert [(r.getMessage(), kwargs_of(r)["what"]) for r in trouble.records] == [
        ("background_dropped", "a copy")
    ]


async def test_with_nothing_begun_stopping_is_immediate(background: Background) -> None:
    async with asyncio.timeout(0.5):
        await background.drain()
