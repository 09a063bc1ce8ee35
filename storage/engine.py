"""Opens the database: SQLite by default, PostgreSQL when a team has outgrown it."""

import re
import sqlite3
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

BUSY_MS: Final = 50
"""How long SQLite itself waits for a lock (milliseconds): on the event loop nobody may wait longer."""

PATIENT_MS: Final = 120_000
"""How long an operator's command waits for SQLite's lock (milliseconds)."""

LOCK_MS: Final = 1900
"""How long PostgreSQL waits for a lock (milliseconds): what outlasted Slack's patience would still be done, with nobody
left to tell anybody of it."""
STATEMENT_MS: Final = 2300
"""How long one statement may take on PostgreSQL (milliseconds): after that there is nobody left to be told."""
POOL_SIZE: Final = 10
"""Connections that one process holds on PostgreSQL, at most."""
POOL_SECONDS: Final = 2
"""How long a unit of work waits for a free one of them."""
LOCK_NOT_AVAILABLE: Final = "55P03"
"""PostgreSQL's name for a lock that did not come in time."""
QUERY_CANCELED: Final = "57014"
"""PostgreSQL's name for a statement that took too long."""
DEADLOCK: Final = "40P01"
"""PostgreSQL's name for two that waited for each other, of which it ended one."""
_AWAY: Final = re.compile("08...|57P0[1-5]|53300")
"""PostgreSQL's names for a connection that broke, a server that stops or starts, and one with no connection left."""
_REACHING: Final[dict[str, Any]] = {
    "connect_timeout": 2,
    # A server that is gone without a word is noticed before Slack gives up, not after the system's quarter of an hour.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 5000,
}


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
    if getattr(error.orig, "sqlstate", None) in {LOCK_NOT_AVAILABLE, QUERY_CANCELED, DEADLOCK}:
        return True
    # SQLite's busy codes carry their cause in the upper bits.
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def is_away(error: DatabaseError) -> bool:
    """Whether PostgreSQL could not be reached, or went away meanwhile; what was being written may be there or not."""
    if not isinstance(error, OperationalError) or isinstance(error.orig, sqlite3.Error):
        return False
    state = getattr(error.orig, "sqlstate", None)
    # Who never got a connection, or lost it without a word, has no name for it.
    return error.connection_invalidated or state is None or _AWAY.fullmatch(state) is not None


def open_engine(url: URL, *, pool_size: int = POOL_SIZE, patient: bool = False) -> Engine:
    """An engine for either database; it connects when it is first used.

    A `patient` one waits for locks and takes its time: for an operator's work, with nobody at the other end."""
    if url.drivername != "sqlite":
        return _postgresql(url, pool_size, patient=patient)
    busy = PATIENT_MS if patient else BUSY_MS
    # Parameters stay out of exceptions: they are what people typed.
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": busy / 1000, "check_same_thread": False}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgresql(url: URL, pool_size: int, *, patient: bool) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        connect_args=_REACHING,
        # A connection that the server's restart has broken is noticed before it is used, and made anew.
        pool_pre_ping=True,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
    )
    event.listen(engine, "handle_error", _quote_no_row)
    if not patient:
        event.listen(engine, "connect", _prepare_postgresql)
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
    connection.execute(f"SET statement_timeout = {STATEMENT_MS:d}")
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
