"""Workspaces do not wait for each other: neither for a large one, nor for one that Slack keeps at bay."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from bench import crowd
from bench.slack import Rules, Slack, listen
from slackbot.app import App, open_app
from slackbot.delivery import Sender
from slackbot.features import nudges
from slackbot.settings import load
from storage.models import Delivery, Member
from tests.databases import Databases
from tests.delivery.virtual import START, VirtualTime


class Busy(Slack):
    """Lets the time know that something happens."""

    time: VirtualTime

    def answer(self, method: str, token: str, args: dict[str, object]) -> tuple[int, dict[str, object], str]:
        self.time.busy += 1
        return super().answer(method, token, args)


@asynccontextmanager
async def crowded(
    databases: Databases, folder: Path, sizes: Sequence[int], rules: Rules, time: VirtualTime
) -> AsyncIterator[tuple[App, Sender, Slack]]:
    """An app whose workspaces have so many members who are all due, and a sender with Slack's own limits."""
    slack = Busy(rules)
    slack.time = time
    server, api = await listen(slack)
    settings = load(
        DATABASE_URL=databases.fresh("sqlite", folder),
        SLACK_API_URL=api,
        SLACK_CLIENT_ID="1.2",
        SLACK_CLIENT_SECRET=crowd.KEY,
        SLACK_SIGNING_SECRET=crowd.KEY,
        PRM_ENCRYPTION_KEYS=crowd.KEY,
    )
    async with server, open_app(settings, time.now) as app, time.passing():
        await app.deps.transact(crowd.fill, now=START, sizes=list(sizes))
        scheduled = nudges.FEATURE.scheduled
        yield app, Sender(app.deps, scheduled, monotonic=time.monotonic, sleep=time.sleep), slack


async def sent(app: App, workspace_id: int) -> list[datetime]:
    """When each message of a workspace was sent."""

    def read(session: Session) -> list[datetime]:
        mine = (col(Delivery.workspace_id) == workspace_id, col(Delivery.state) == "sent")
        return sorted(session.execute(select(col(Delivery.sent_at)).where(*mine)).scalars())

    return await app.deps.transact(read)


async def test_small_workspaces_are_done_while_a_large_one_is_still_being_paced(
    databases: Databases, tmp_path: Path
) -> None:
    time = VirtualTime()
    async with crowded(databases, tmp_path, [60, 8, 8, 8], Rules(), time) as (app, sender, slack):
        await sender.tick()

        large = await sent(app, 1)
        assert len(large) == 60
        # Ten at once, then five a second.
        assert timedelta(seconds=9) <= large[-1] - START <= timedelta(seconds=11)
        for small in (2, 3, 4):
            moments = await sent(app, small)
            assert len(moments) == 8
            assert moments[-1] < large[20]
        assert slack.refused.total() == 0


@pytest.mark.slow
async def test_a_workspace_that_slack_keeps_at_bay_for_ten_minutes_delays_nobody_else(
    databases: Databases, tmp_path: Path
) -> None:
    time = VirtualTime()
    barred = frozenset({crowd.token(1)})
    rules = Rules(always_limited=barred, retry_after=60)
    async with crowded(databases, tmp_path, [30, 30], rules, time) as (app, sender, slack):
        await sender.tick()
        # Their own sending time: ten at once, and twenty at five a second.
        others = await sent(app, 2)
        assert len(others) == 30
        assert others[-1] - START <= timedelta(seconds=5)
        assert await sent(app, 1) == []

        for minute in range(1, 11):
            time.move_to(START + minute * timedelta(seconds=66))
            await sender.tick()
        # One message asks whether the door is open again; the others wait for its answer.
        assert slack.calls["chat.postMessage"] - 30 == 11

        rules.always_limited = frozenset()
        time.move_to(START + timedelta(minutes=13))
        await sender.tick()
        assert len(await sent(app, 1)) == 30
        assert all(times == 1 for times in slack.accepted.values())


@pytest.mark.slow
async def test_two_workers_together_go_no_faster_than_one(databases: Databases, tmp_path: Path) -> None:
    time = VirtualTime()
    async with crowded(databases, tmp_path, [30], Rules(), time) as (app, sender, _slack):
        other = Sender(app.deps, nudges.FEATURE.scheduled, monotonic=time.monotonic, sleep=time.sleep)
        await app.deps.transact(_put_off_half, START + timedelta(seconds=6))
        await sender.tick()
        moments = await sent(app, 1)
        assert len(moments) == 15

        time.move_to(START + timedelta(seconds=6))
        await other.tick()

        moments = await sent(app, 1)
        assert len(moments) == 30
        for first, begun in enumerate(moments):
            for number, ended in enumerate(moments[first:], start=1):
                assert number <= 10 + 5 * (ended - begun).total_seconds() + 2


async def test_told_to_stop_it_finishes_what_is_on_its_way_and_begins_no_more(
    databases: Databases, tmp_path: Path
) -> None:
    time = VirtualTime()
    async with crowded(databases, tmp_path, [30, 30], Rules(latency=0.05), time) as (app, sender, slack):
        tick = asyncio.create_task(sender.tick())
        await slack.posts(3)
        sender.stop()
        await tick

        found = await app.deps.transact(_states)
        assert set(found) == {"sent", "claimed"}
        assert found["sent"] == slack.accepted.total() < 30
        # Whoever comes next need not wait for a lease, and sends the rest.
        other = Sender(app.deps, nudges.FEATURE.scheduled, monotonic=time.monotonic, sleep=time.sleep)
        await other.tick()
        assert await app.deps.transact(_states) == {"sent": 60}
        assert slack.accepted.total() == len(slack.accepted) == 60


def _states(session: Session) -> Counter[str]:
    return Counter(session.execute(select(col(Delivery.state))).scalars())


def _put_off_half(session: Session, until: datetime) -> None:
    for member in session.execute(select(Member).where(col(Member.id) > 15)).scalars():
        member.next_nudge_at = until
