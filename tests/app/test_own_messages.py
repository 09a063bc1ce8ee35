"""Messages of ours: where they stand is known, they can be said anew, and nobody works on the same thing at once."""

import asyncio
import gc

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.deps import LONGEST_REWRITTEN, NotInstalledError, Posted
from slackbot.ui.blocks import message, section
from storage.members import Person as Whom

pytestmark = pytest.mark.door


@pytest.fixture
async def whom(app: App, ana: Person) -> Whom:
    access = await app.deps.slack.workspaces.by_key(ana.team)
    assert access is not None
    return Whom(workspace_id=access.workspace_id, user_id=ana.id, team_id=ana.team, name="ana")


async def test_telling_says_where_the_message_stands(app: App, ana: Person, whom: Whom) -> None:
    posted = await app.deps.tell(whom, message(section("Saved.")))
    assert posted is not None

    (written,) = ana.dms()
    assert posted == Posted(channel=written.channel, ts=written.ts)


async def test_a_message_can_be_said_anew(app: App, ana: Person, whom: Whom) -> None:
    posted = await app.deps.tell(whom, message(section("One waits.")))
    assert posted is not None

    assert await app.deps.rewrite(whom.workspace_id, posted, message(section("Two wait.")))
    assert [written.words for written in ana.dms()] == ["Two wait."]


async def test_a_long_one_too_though_slack_takes_less_then(app: App, ana: Person, whom: Whom) -> None:
    long = message(*(section(f"{number} " + "x" * 900) for number in range(10)))
    posted = await app.deps.tell(whom, long)
    assert posted is not None

    assert await app.deps.rewrite(whom.workspace_id, posted, long)
    (written,) = ana.dms()
    assert len(written.text) <= LONGEST_REWRITTEN
    assert len(written.blocks) == 10


async def test_a_message_that_is_gone_is_told_apart(
    app: App, ana: Person, slack: Sandbox, whom: Whom
) -> None:
    posted = await app.deps.tell(whom, message(section("One waits.")))
    assert posted is not None
    elsewhere = Posted(channel="C0NOWHERE", ts=posted.ts)
    earlier = Posted(channel=posted.channel, ts="1.000001")

    for gone in (earlier, elsewhere):
        assert not await app.deps.rewrite(whom.workspace_id, gone, message(section("Two.")))
    slack.faults.add("chat.update", "cant_update_message")
    assert not await app.deps.rewrite(whom.workspace_id, posted, message(section("Two.")))
    assert [written.words for written in ana.dms()] == ["One waits."]


async def test_another_refusal_is_a_failure(app: App, slack: Sandbox, whom: Whom) -> None:
    posted = await app.deps.tell(whom, message(section("One waits.")))
    assert posted is not None
    slack.faults.add("chat.update", "ratelimited")

    with pytest.raises(SlackApiError, match="ratelimited"):
        await app.deps.rewrite(whom.workspace_id, posted, message(section("Two.")))


async def test_nothing_is_said_anew_where_we_are_no_longer(app: App, whom: Whom) -> None:
    posted = await app.deps.tell(whom, message(section("One waits.")))
    assert posted is not None

    with pytest.raises(NotInstalledError):
        await app.deps.rewrite(whom.workspace_id + 1000, posted, message(section("Two.")))


class TestTurns:
    """One at a time for each key."""

    async def test_the_second_waits_for_the_first(self, app: App) -> None:
        steps: list[str] = []
        go = asyncio.Event()

        async def first() -> None:
            async with app.deps.turn("ben"):
                steps.append("first begins")
                await go.wait()
                steps.append("first ends")

        async def second() -> None:
            async with app.deps.turn("ben"):
                steps.append("second")

        async with asyncio.TaskGroup() as both:
            both.create_task(first())
            both.create_task(second())
            asyncio.get_running_loop().call_soon(go.set)

        assert steps == ["first begins", "first ends", "second"]

    async def test_another_key_does_not_wait(self, app: App) -> None:
        async with asyncio.timeout(1), app.deps.turn(("queue", 1)), app.deps.turn(("queue", 2)):
            pass

    async def test_a_failure_gives_the_turn_on(self, app: App) -> None:
        with pytest.raises(LookupError):
            async with app.deps.turn("ben"):
                raise LookupError
        async with asyncio.timeout(1), app.deps.turn("ben"):
            pass

    async def test_nothing_is_kept_of_turns_that_are_over(self, app: App) -> None:
        for number in range(100):
            async with app.deps.turn(number):
                assert len(app.deps._turns) == 1
        gc.collect()

        assert len(app.deps._turns) == 0
