"""PostgreSQL is stopped for five seconds under load: people are told kindly meanwhile, and everything goes on by itself."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from time import monotonic

import pytest
from sqlmodel import Session, col, select

from sandbox.clock import Clock
from sandbox.server import Sandbox
from slackbot.app import open_app
from slackbot.deps import real_now
from slackbot.errors import AWAY, BUSY, SLOW
from slackbot.sandboxed import sandbox_settings
from storage.database import Database
from storage.models import Delivery
from tests.conftest import KEY, install
from tests.databases import OwnServer
from tests.fleet.due import make_messages_due
from tests.fleet.load import Told, team
from tests.fleet.real import Units, deployed
from tests.fleet.test_killed import everybody_welcomed, wins

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

PEOPLE = 10
BEFORE = 120
"""Requests until the server stops."""
AFTER = 150
"""Requests since it is there again."""
STOPPED = 5.0
"""Seconds."""
SOON = 5.0
"""Seconds after its return within which the last of what was begun before comes to its end."""


@pytest.fixture
def clock() -> Clock:
    """Real processes live on the real clock."""
    return Clock()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[OwnServer]:
    with OwnServer(tmp_path / "pg") as server:
        server.migrate()
        yield server


@pytest.fixture
async def units(slack: Sandbox, server: OwnServer, tmp_path: Path) -> AsyncIterator[Units]:
    async with open_app(sandbox_settings(slack, server.address, PRM_ENCRYPTION_KEYS=KEY), real_now) as app:
        await install(slack, app, "riverside")
    async with deployed(slack, server.address, tmp_path, workers=1) as units:
        yield units


@pytest.mark.refused
async def test_five_seconds_without_a_database(slack: Sandbox, server: OwnServer, units: Units) -> None:
    told = Told()
    people = team(slack, told, PEOPLE)
    database = Database.at(server.address)
    await asyncio.gather(*(person.arrives() for person in people))
    await everybody_welcomed(database)
    over = asyncio.Event()

    away, back, _ = await asyncio.gather(
        _stops(server, told),
        _returns(server, told, over),
        asyncio.gather(*(person.works(over.is_set) for person in people)),
    )
    await slack.redeliver()
    database.run(make_messages_due)
    await _all_are_sent(database)

    kept = database.run(wins)
    states = database.run(lambda session: Counter(session.exec(select(col(Delivery.state))).all()))
    database.engine.dispose()
    print(_summary(told, away, back, states))  # noqa: T201 - the figures of the run
    assert told.wrong == []
    assert [what for at, what in told.troubles if not away <= at <= back + SOON] == []
    assert [what for _, what in told.troubles if not what.endswith((AWAY, BUSY, SLOW))] == []
    assert any(what.endswith(AWAY) for _, what in told.troubles)
    assert told.saved - set(kept) == set()
    assert set(kept) - told.saved - told.unknown == set()
    assert [win for win, times in kept.items() if times > 1] == []
    assert set(states) == {"sent"}
    assert '"event": "failed"' not in units.said()
    assert all(unit.alive for unit in units.all)


async def _stops(server: OwnServer, told: Told) -> float:
    await told.reaches(BEFORE)
    away = monotonic()
    await asyncio.to_thread(server.stop)
    return away


async def _returns(server: OwnServer, told: Told, over: asyncio.Event) -> float:
    await told.reaches(BEFORE)
    await asyncio.sleep(STOPPED)
    await asyncio.to_thread(server.start)
    back = monotonic()
    await told.reaches(told.requests + AFTER)
    over.set()
    return back


async def _all_are_sent(database: Database) -> None:
    """The worker, which nobody started again, sends to everybody."""

    def sent(session: Session) -> int:
        return len(session.exec(select(Delivery.id).where(col(Delivery.state) == "sent")).all())

    for _ in range(600):
        if database.run(sent) >= PEOPLE:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the worker did not recover")


def _summary(told: Told, away: float, back: float, states: Counter[str]) -> str:
    return json.dumps(
        {
            "requests": told.requests,
            "seconds away": round(back - away, 1),
            "saved": len(told.saved),
            "unknown": len(told.unknown),
            "refused": len(told.refused),
            "troubles": Counter(what for _, what in told.troubles),
            "last trouble, seconds after its return": round(max(at for at, _ in told.troubles) - back, 2),
            "weekly messages": states,
        }
    )
