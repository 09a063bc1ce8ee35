"""`/healthz`: what a load balancer asks, answered by asking the database."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from sandbox.server import Sandbox
from slackbot.app import App, open_app
from slackbot.sandboxed import sandbox_settings
from slackbot.web import Door
from storage import heartbeats
from tests.app.conftest import Bring
from tests.app.doors import Answer, Letter, bring
from tests.conftest import KEY
from tests.databases import Databases

pytestmark = pytest.mark.door

ASKED = Letter(b"", verb="GET", path="/healthz")
READY = Letter(b"", verb="GET", path="/readyz")


async def test_all_is_well(brings: Bring) -> None:
    answer = await brings(ASKED)

    assert (answer.status, answer.json) == (200, {"status": "ok"})
    assert answer.headers["content-type"] == "application/json"


async def test_it_does_not_wait_for_a_writer(brings: Bring, tmp_path: Path) -> None:
    writer = create_engine(f"sqlite:///{tmp_path / 'prm.db'}")
    with writer.connect() as connection:
        connection.execute(text("DELETE FROM workspace"))
        answer = await brings(ASKED)
    writer.dispose()

    assert answer.status == 200


async def test_a_postgresql_database_that_is_gone_is_told(
    slack: Sandbox, databases: Databases, tmp_path: Path
) -> None:
    address = databases.fresh("postgresql", tmp_path)
    async with open_app(sandbox_settings(slack, address, PRM_ENCRYPTION_KEYS=KEY), slack.clock.now) as app:
        door = Door(app.bolt, app.deps).asgi()
        assert (await bring(door, ASKED)).status == 200
        _drop(address)

        answer = await bring(door, ASKED)

    _assert_unwell(answer)


async def test_an_sqlite_file_that_is_gone_is_told(brings: Bring, tmp_path: Path) -> None:
    _remove(tmp_path / "prm.db")

    _assert_unwell(await brings(ASKED))


class TestTheWorkers:
    """`/healthz` is for a monitor, so it also speaks of them; `/readyz` is for a load balancer, and does not."""

    async def test_none_ever_ran(self, brings: Bring) -> None:
        assert (await brings(ASKED)).status == 200

    async def test_one_is_at_work(self, brings: Bring, app: App) -> None:
        await app.tick()

        assert (await brings(ASKED)).json == {"status": "ok"}

    async def test_the_last_one_stopped(self, brings: Bring, app: App, slack: Sandbox) -> None:
        seen = slack.clock.now() - timedelta(minutes=11)
        await app.deps.transact(heartbeats.beat, "w1", seen)

        answer = await brings(ASKED)

        assert (answer.status, answer.json) == (503, {"status": "no worker was seen for 11 minutes"})
        assert (await brings(READY)).status == 200


async def test_nobody_is_sent_to_a_process_without_its_database(brings: Bring, tmp_path: Path) -> None:
    assert (await brings(READY)).json == {"status": "ok"}
    _remove(tmp_path / "prm.db")

    _assert_unwell(await brings(READY))


def _remove(file: Path) -> None:
    file.unlink()


def _drop(address: str) -> None:
    url = make_url(address)
    admin = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {url.database} WITH (FORCE)"))
    admin.dispose()


def _assert_unwell(answer: Answer) -> None:
    assert (answer.status, answer.json) == (503, {"status": "the database does not answer"})
