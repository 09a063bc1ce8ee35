"""Which addresses are databases to us, and how a connection is set up."""

import sqlite3
import traceback

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from storage import wins
from storage.database import Database
from storage.engine import BUSY_MS, database_url, is_locked, is_sqlite
from tests.storage.rows import win


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("sqlite:///prm.db", "sqlite:///prm.db"),
        ("sqlite+pysqlite:///prm.db", "sqlite:///prm.db"),
        ("sqlite:////var/lib/prm.db", "sqlite:////var/lib/prm.db"),
        ("postgres://prm@db/prm", "postgresql+psycopg://prm@db/prm"),
        ("postgresql://prm@db/prm", "postgresql+psycopg://prm@db/prm"),
        ("postgresql+psycopg://prm@db/prm", "postgresql+psycopg://prm@db/prm"),
        (
            "postgres://prm:p%40ss@db:5433/prm?sslmode=require",
            "postgresql+psycopg://prm:p%40ss@db:5433/prm?sslmode=require",
        ),
    ],
)
def test_the_usual_ways_to_write_an_address_are_understood(address: str, meant: str) -> None:
    assert database_url(address).render_as_string(hide_password=False) == meant


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("", "not a database address"),
        ("prm.db", "not a database address"),
        ("mysql://db/prm", "mysql is not supported; use SQLite or PostgreSQL"),
        ("postgresql+psycopg2://db/prm", "is not supported"),
        ("sqlite+aiosqlite:///prm.db", "is not supported"),
        ("https://example.com/db", "is not supported"),
    ],
)
def test_any_other_address_is_refused_with_a_sentence(address: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        database_url(address)


def test_the_engine_is_what_the_address_says(database: Database, database_url: str) -> None:
    assert is_sqlite(database.engine) is database_url.startswith("sqlite")
    assert database.inline is is_sqlite(database.engine)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", BUSY_MS), ("synchronous", 1)],
)
def test_every_sqlite_connection_is_set_up(sqlite: Database, pragma: str, value: object) -> None:
    with sqlite.engine.connect() as first, sqlite.engine.connect() as second:
        for connection in (first, second):
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_a_row_cannot_point_at_nothing(database: Database) -> None:
    orphan = text(
        "INSERT INTO audit_event (workspace_id, action, subject, at) VALUES (999, 'x', '', '2026-11-23')"
    )
    with pytest.raises(IntegrityError), database.engine.begin() as connection:
        connection.execute(orphan)


def test_a_lock_is_told_from_other_trouble(sqlite: Database) -> None:
    write = {"immediate": True}
    with (
        sqlite.engine.connect().execution_options(**write) as holder,
        sqlite.engine.connect().execution_options(**write) as other,
    ):
        holder.execute(text("SELECT 1"))
        with pytest.raises(OperationalError) as locked:
            other.execute(text("SELECT 1"))
        with pytest.raises(OperationalError) as mistaken:
            holder.execute(text("SELECT * FROM no_such_table"))
    assert (is_locked(locked.value), is_locked(mistaken.value)) == (True, False)


@pytest.mark.parametrize(
    ("code", "locked"),
    [
        (sqlite3.SQLITE_BUSY, True),
        (sqlite3.SQLITE_LOCKED, True),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, True),
        (sqlite3.SQLITE_BUSY_RECOVERY, True),
        (sqlite3.SQLITE_FULL, False),
        (sqlite3.SQLITE_READONLY, False),
        (None, False),
    ],
)
def test_a_busy_code_with_its_cause_is_a_lock_too(code: int | None, locked: bool) -> None:
    cause = sqlite3.OperationalError("trouble")
    if code is not None:
        cause.sqlite_errorcode = code
    assert is_locked(DatabaseError("SELECT 1", {}, cause)) is locked


def test_what_somebody_typed_is_in_no_error_of_the_database(
    database: Database, riverside: int, ana: int
) -> None:
    """PostgreSQL repeats the whole row that it refuses."""
    typed = win(riverside, ana, note="the note", practice="the practice", status="shared")
    with pytest.raises(IntegrityError) as caught:
        database.run(wins.add, typed)
    told = "".join(traceback.format_exception(caught.value))
    assert "ck_win_shared_has_its_moment" in told
    assert "the note" not in told
    assert "the practice" not in told
