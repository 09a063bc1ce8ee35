"""A unit of work is one transaction; a lock is waited out without stopping anybody; a bad database is explained."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

import storage.database
from storage import workspaces
from storage.database import Database, DatabaseBusyError, DatabaseNotReadyError, alembic_config, take_time
from storage.models import Workspace
from tests.databases import Databases
from tests.storage.conftest import NOW


def add(session: Session, key: str) -> str:
    session.add(Workspace(key=key, created_at=NOW))
    return key


def keys(session: Session) -> list[str]:
    return list(session.scalars(select(Workspace.key).order_by(col(Workspace.key))))


class ChangedMyMindError(Exception):
    """Raised in the middle of a unit of work."""


def add_and_fail(session: Session, key: str) -> None:
    add(session, key)
    session.flush()
    raise ChangedMyMindError


async def test_what_a_unit_of_work_did_is_kept_and_its_answer_given(database: Database) -> None:
    assert await database.transact(add, "T1") == "T1"
    assert database.run(add, key="T2") == "T2"
    assert await database.transact(keys) == ["T1", "T2"]


async def test_a_unit_of_work_that_fails_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(ChangedMyMindError):
        await database.transact(add_and_fail, "T1")
    with pytest.raises(ChangedMyMindError):
        database.run(add_and_fail, "T2")
    assert database.run(keys) == []


def test_a_row_can_be_read_after_its_transaction(database: Database) -> None:
    made = database.run(workspaces.ensure, "T1", enterprise_id=None, team_id="T1", name="Riverside", now=NOW)
    assert (made.name, made.created_at) == ("Riverside", NOW)


async def test_trouble_that_is_no_lock_is_not_waited_for(sqlite: Database) -> None:
    def mistaken(session: Session) -> None:
        session.execute(text("SELECT * FROM no_such_table"))

    with pytest.raises(OperationalError, match="no such table"):
        await sqlite.transact(mistaken)


@contextmanager
def locked(database: Database) -> Iterator[Connection]:
    """Somebody else is in the middle of writing."""
    with database.engine.connect().execution_options(immediate=True) as holder:
        holder.execute(text("SELECT 1"))
        yield holder


async def test_a_lock_is_waited_out_while_the_event_loop_goes_on(sqlite: Database) -> None:
    """The loop itself lets the lock go: if the waiting were done on it, it never would."""
    with locked(sqlite) as holder:
        writing = asyncio.create_task(sqlite.transact(add, "T1"))
        for _ in range(20):
            await asyncio.sleep(0)
        assert not writing.done()
        assert sqlite.run(keys) == []
        holder.rollback()
        assert await writing == "T1"
    assert sqlite.run(keys) == ["T1"]


async def test_reading_goes_on_while_somebody_writes(sqlite: Database) -> None:
    with locked(sqlite):
        assert await sqlite.transact(keys) == []


async def test_a_lock_that_is_never_let_go_is_told_and_nothing_written(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage.database, "PATIENCE", 0.1)
    with locked(sqlite), pytest.raises(DatabaseBusyError):
        await sqlite.transact(add, "T1")
    assert sqlite.run(keys) == []


async def test_trouble_after_the_lock_is_told_as_what_it_is(sqlite: Database) -> None:
    with locked(sqlite) as holder:
        writing = asyncio.create_task(sqlite.transact(add_and_fail, "T1"))
        await asyncio.sleep(0)
        holder.rollback()
        with pytest.raises(ChangedMyMindError):
            await writing


async def test_a_unit_of_work_that_read_what_others_then_changed_is_done_again(sqlite: Database) -> None:
    """SQLite refuses to write on an outdated reading; the second time it reads anew."""
    seen: list[list[str]] = []

    def add_what_is_missing(session: Session) -> None:
        seen.append(keys(session))
        if len(seen) == 1:
            sqlite.run(add, "T1")
        add(session, f"T{len(seen[-1]) + 1}")

    await sqlite.transact(add_what_is_missing)
    assert seen == [[], ["T1"]]
    assert sqlite.run(keys) == ["T1", "T2"]


def test_a_migrated_database_is_ready_and_answers(database: Database) -> None:
    database.check()
    assert database.answers()


def _why_not(address: str) -> str:
    database = Database.at(address)
    try:
        with pytest.raises(DatabaseNotReadyError) as refused:
            database.check()
    finally:
        database.engine.dispose()
    told = str(refused.value)
    assert "\n" not in told
    assert told.endswith((".", "prm migrate"))
    return told


def test_a_missing_database_is_told_how_to_make_and_not_made(tmp_path: Path) -> None:
    assert "There is no database at" in _why_not(f"sqlite:///{tmp_path / 'prm.db'}")
    assert not (tmp_path / "prm.db").exists()


def test_a_database_in_memory_is_none() -> None:
    assert "There is no database" in _why_not("sqlite://")


def test_an_empty_file_is_told_to_migrate(tmp_path: Path) -> None:
    (tmp_path / "prm.db").touch()
    assert "is not up to date" in _why_not(f"sqlite:///{tmp_path / 'prm.db'}")


def test_an_empty_postgresql_is_told_to_migrate(databases: Databases) -> None:
    assert "is not up to date" in _why_not(databases.empty_postgresql())


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_another_revision_is_told_to_migrate(databases: Databases, tmp_path: Path, engine: str) -> None:
    address = databases.fresh(engine, tmp_path)
    for change in ("UPDATE alembic_version SET version_num = 'older'", "DELETE FROM alembic_version"):
        database = Database.at(address)
        with database.engine.begin() as connection:
            connection.execute(text(change))
        database.engine.dispose()
        assert "Bring it up to date with: prm migrate" in _why_not(address)


def test_a_file_that_another_program_keeps_is_told_as_locked(databases: Databases, tmp_path: Path) -> None:
    address = databases.fresh("sqlite", tmp_path)
    holder = Database.at(address)
    with holder.engine.connect() as connection:
        connection.execute(text("PRAGMA locking_mode = EXCLUSIVE"))
        connection.execute(text("DELETE FROM workspace"))
        assert "is locked by another program" in _why_not(address)
    holder.engine.dispose()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "prm.db").write_text("wins,2026\n" * 1000)
    assert "file is not a database" in _why_not(f"sqlite:///{tmp_path / 'prm.db'}")


def test_a_server_that_does_not_answer_is_told_without_its_password() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: nobody can connect to it
        address = f"postgresql://prm:hidden@127.0.0.1:{taken.getsockname()[1]}/prm"
        told = _why_not(address)
        silent = Database.at(address)
        assert not silent.answers()
        silent.engine.dispose()
    assert "does not answer" in told
    assert "Check DATABASE_URL" in told
    assert "hidden" not in told


def test_migrating_makes_a_new_database_ready(tmp_path: Path, databases: Databases) -> None:
    for address in (f"sqlite:///{tmp_path / 'new.db'}", databases.empty_postgresql()):
        command.upgrade(alembic_config(address), "head")
        database = Database.at(address)
        database.check()
        database.engine.dispose()


def test_housekeeping_may_take_its_time_and_nobody_after_it(postgresql: Database, sqlite: Database) -> None:
    def unhurried(session: Session) -> str:
        take_time(session)
        return str(session.scalar(text("SHOW statement_timeout")))

    assert postgresql.run(unhurried) == "1min"
    assert postgresql.run(lambda session: session.scalar(text("SHOW statement_timeout"))) == "2300ms"
    sqlite.run(take_time)
