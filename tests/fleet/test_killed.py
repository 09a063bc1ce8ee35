"""Any process may die at any moment: nothing that was acknowledged is lost, and nobody is told anything wrong."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from sandbox.clock import Clock
from sandbox.server import Sandbox
from slackbot.app import open_app
from slackbot.deps import real_now
from slackbot.sandboxed import sandbox_settings
from storage.database import Database
from storage.models import Delivery, Member, Win
from tests.conftest import KEY, install
from tests.databases import Databases
from tests.fleet.due import make_messages_due
from tests.fleet.load import Told, team
from tests.fleet.real import Units, deployed

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

REQUESTS = 2000
PEOPLE = 24


@pytest.fixture
def clock() -> Clock:
    """Real processes live on the real clock."""
    return Clock()


@pytest.fixture
def database_url(databases: Databases, tmp_path: Path) -> str:
    return databases.fresh("postgresql", tmp_path)


@pytest.fixture
async def units(slack: Sandbox, database_url: str, tmp_path: Path) -> AsyncIterator[Units]:
    async with open_app(sandbox_settings(slack, database_url, PRM_ENCRYPTION_KEYS=KEY), real_now) as app:
        await install(slack, app, "riverside")
    async with deployed(slack, database_url, tmp_path) as units:
        yield units


@pytest.mark.refused
async def test_any_of_four_is_killed_under_load(slack: Sandbox, units: Units, database_url: str) -> None:
    told = Told()
    people = team(slack, told, PEOPLE)
    database = Database.at(database_url)
    await asyncio.gather(*(person.arrives() for person in people))
    await everybody_welcomed(database)

    await asyncio.gather(
        *(person.works(lambda: told.requests >= REQUESTS) for person in people),
        _slack_repeats_events(slack, told),
        _kill_each(units, told, database),
    )
    await slack.redeliver()

    kept = database.run(wins)
    twice_told = Counter(message.channel for message in slack.state.messages if _is_weekly(message.metadata))
    deliveries = database.run(lambda session: list(session.exec(select(Delivery)).all()))
    database.engine.dispose()
    print(_summary(told, kept, twice_told, slack))  # noqa: T201 - the figures of the run
    assert told.requests >= REQUESTS
    assert told.wrong == []
    assert [win for win, times in kept.items() if times > 1] == []
    assert told.saved - set(kept) == set()
    assert set(kept) - told.saved - told.unknown == set()
    assert told.refused & set(kept) == set()
    assert max(twice_told.values()) == 1
    assert len(twice_told) >= 1
    assert {one.state for one in deliveries} <= {"sent", "sending", "claimed", "retry", "unknown"}
    assert all(unit.alive for unit in units.all)
    assert '"event": "failed"' not in units.said()


async def everybody_welcomed(database: Database) -> None:
    def without(session: Session) -> int:
        return len(session.exec(select(Member.id).where(col(Member.welcomed_at).is_(None))).all())

    for _ in range(200):
        if not database.run(without):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("not everybody was welcomed")


async def _kill_each(units: Units, told: Told, database: Database) -> None:
    """One after the other, each started again at once, as a process manager does."""
    order = [units.webs[0], units.workers[0], units.webs[1], units.workers[1]]
    for number, unit in enumerate(order, 1):
        await told.reaches(number * REQUESTS // (len(order) + 1))
        if unit.role == "worker":
            database.run(make_messages_due)
            await asyncio.sleep(1.2)
        await unit.kill()
        await asyncio.sleep(0.2)
        await unit.start()


async def _slack_repeats_events(slack: Sandbox, told: Told) -> None:
    while told.requests < REQUESTS:
        await asyncio.sleep(0.5)
        await slack.redeliver()


def _is_weekly(metadata: dict[str, object] | None) -> bool:
    return (metadata or {}).get("event_type") == "prm_delivery"


def wins(session: Session) -> Counter[tuple[str, int]]:
    found = session.execute(
        select(col(Member.user_id), col(Win.result)).join(Win, col(Win.member_id) == col(Member.id))
    )
    return Counter((user, int(result)) for user, result in found)


def _summary(told: Told, kept: Counter[tuple[str, int]], weekly: Counter[str], slack: Sandbox) -> str:
    return json.dumps(
        {
            "requests": told.requests,
            "kinds": told.kinds,
            "saved": len(told.saved),
            "kept": len(kept),
            "unknown": len(told.unknown),
            "troubles": Counter(said for _, said in told.troubles),
            "weekly messages": sum(weekly.values()),
            "events not taken": len(slack.undelivered),
        }
    )
