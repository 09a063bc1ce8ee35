"""Opens the database: SQLite by default, PostgreSQL when a team has outgrown it."""

import sqlite3
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

BUSY_MS: Final = 50
"""How long SQLite itself waits for a lock (milliseconds): on the event loop nobody may wait longer."""

LOCK_MS: Final = 1900
"""How long PostgreSQL waits for a lock (milliseconds): what outlasted Slack's patience would still be done, with nobody
left to tell anybody of it."""
LOCK_NOT_AVAILABLE: Final = "55P03"
"""PostgreSQL's name for a lock that did not come in time."""


def database_url(text: str) -> URL:
    """The SQLAlchemy URL; `postgres://` and `postgresql://` mean psycopg 3.

    Raises ValueError with a sentence when it is neither SQLite nor PostgreSQL."""
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise ValueError("it is not a database address; write sqlite:///prm.db or postgresql://…") from error
    if url.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername in {"sqlite", "sqlite+pysqlite"}:
        return url.set(drivername="sqlite")
    raise ValueError(f"{url.drivername} is not supported; use SQLite or PostgreSQL")


def is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def is_locked(error: DatabaseError) -> bool:
    """Whether somebody else has the lock, on either database, and nothing was done."""
    if getattr(error.orig, "sqlstate", None) == LOCK_NOT_AVAILABLE:
        return True
    # SQLite's busy codes carry their cause in the upper bits.
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def open_engine(url: URL) -> Engine:
    """An engine for either database; it connects when it is first used."""
    if url.drivername != "sqlite":
        engine = create_engine(
            url, hide_parameters=True, pool_pre_ping=True, pool_size=10, max_overflow=10, pool_timeout=2
        )
        event.listen(engine, "handle_error", _quote_no_row)
        event.listen(engine, "connect", _prepare_postgresql)
        return engine
    # Parameters stay out of exceptions: they are what people typed.
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": BUSY_MS / 1000, "check_same_thread": False}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _quote_no_row(context: ExceptionContext) -> None:
    refused = context.sqlalchemy_exception
    if refused is None or isinstance(refused, OperationalError):
        return
    # Below its first line PostgreSQL repeats the row that it refused, with all that somebody typed.
    for error in (refused, context.original_exception):
        error.args = tuple(str(said).partition("\n")[0] for said in error.args)


def _prepare_postgresql(connection: Any, _record: object) -> None:
    connection.execute(f"SET lock_timeout = {LOCK_MS:d}")
    connection.commit()


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own transaction control begins too late for BEGIN IMMEDIATE; ours is in _begin_sqlite.
    connection.isolation_level = None
    run: Callable[[str], Any] = connection.execute
    run("PRAGMA foreign_keys = ON")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        run("PRAGMA journal_mode = WAL")
    run("PRAGMA synchronous = NORMAL")


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
