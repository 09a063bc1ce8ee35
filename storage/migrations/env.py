"""Runs the migrations on the database that Alembic's configuration names."""

import sqlite3
from typing import Final

from alembic import context
from sqlalchemy import Connection, Engine, event, text
from sqlmodel import SQLModel

import storage.models  # noqa: F401  (fills the metadata that is compared)
from storage.engine import database_url, is_sqlite, open_engine

LOCK: Final = 0x70726D
"""The number of PostgreSQL's advisory lock for migrations: "prm"."""


def run() -> None:
    engine = _migrating(context.config.attributes["address"])
    try:
        # SQLite's write lock is taken at the start, so that of several that start at once only one migrates.
        with engine.connect().execution_options(immediate=True) as connection:
            _migrate(connection)
    finally:
        engine.dispose()


def _migrate(connection: Connection) -> None:
    sqlite = is_sqlite(connection.engine)
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        # SQLite cannot alter most of a table in place; batch mode copies it.
        render_as_batch=sqlite,
        compare_type=True,
        # A migration is done or not done, on SQLite too: there Alembic would otherwise commit each statement.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        # Whoever comes second waits here, and then finds nothing left to do.
        if not sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        context.run_migrations()
        if sqlite:
            _check_references(connection)


def _migrating(address: str) -> Engine:
    engine = open_engine(database_url(address), patient=True)
    if is_sqlite(engine):
        # A copied table's original is dropped, which with foreign keys on would refuse, or drop the rows that refer to it.
        event.listen(engine, "connect", _ignore_references)
    return engine


def _ignore_references(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"rows refer to what is not there: {[tuple(row)[:3] for row in broken]}")


run()
