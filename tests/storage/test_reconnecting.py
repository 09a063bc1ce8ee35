"""PostgreSQL is restarted: what happens meanwhile is told, and the same pool goes on afterwards."""

from collections.abc import Iterator
from threading import Thread

import pytest
from sqlalchemy import text
from sqlmodel import Session

from storage.database import Database, DatabaseAwayError, DatabaseBusyError, DatabaseNotReadyError
from storage.engine import STATEMENT_MS
from tests.databases import OwnServer
from tests.storage.conftest import workspace

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    with OwnServer(tmp_path_factory.mktemp("own") / "pg") as server:
        server.migrate()
        yield server


@pytest.fixture
def database(server: OwnServer) -> Iterator[Database]:
    opened = Database.at(server.address, pool_size=2)
    yield opened
    opened.engine.dispose()


async def test_a_restart_is_noticed_and_got_over(server: OwnServer, database: Database) -> None:
    here = await database.transact(workspace, "T1")

    def cut_off(session: Session) -> None:
        workspace(session, "T2")
        server.stop()
        session.flush()

    with pytest.raises(DatabaseAwayError):
        await database.transact(cut_off)
    with pytest.raises(DatabaseAwayError):
        await database.transact(workspace, "T3")
    assert not database.answers()
    with pytest.raises(DatabaseNotReadyError, match="does not answer"):
        database.check()

    server.start()

    assert await database.transact(workspace, "T1") == here
    assert database.answers()
    database.check()


async def test_connections_that_were_idle_during_a_restart_are_made_anew(
    server: OwnServer, database: Database
) -> None:
    assert database.answers()
    server.stop()
    server.start()

    assert await database.transact(workspace, "T1")


async def test_whoever_finds_no_free_connection_is_told_that_it_is_busy(
    server: OwnServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engine.POOL_SECONDS", 0.01)
    database = Database.at(server.address, pool_size=1)
    with database.engine.connect(), pytest.raises(DatabaseBusyError):
        await database.transact(workspace, "T1")
    database.engine.dispose()


async def test_a_statement_that_takes_too_long_is_ended(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wait(session: Session) -> None:
        assert session.scalar(text("SHOW statement_timeout")) == f"{STATEMENT_MS}ms"
        session.execute(text("SET LOCAL statement_timeout = 20"))
        session.execute(text("SELECT pg_sleep(60)"))

    with pytest.raises(DatabaseBusyError):
        await database.transact(wait)


def test_the_pool_is_bounded(database: Database) -> None:
    threads = [Thread(target=database.answers) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.engine.connect() as connection:
        held = connection.execute(
            text("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")
        )
        assert held.scalar_one() <= 2
