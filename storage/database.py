"""Runs a unit of work: one function, one session, one transaction."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import Session

from storage.engine import POOL_SIZE, database_url, is_away, is_locked, is_sqlite, open_engine

P = ParamSpec("P")
T = TypeVar("T")
Work = Callable[Concatenate[Session, P], T]

PATIENCE: Final = 1.9
"""Seconds a write keeps trying for a lock: Slack gives up on us after three."""
UNHURRIED_MS: Final = 60_000
FIRST_PAUSE: Final = 0.02
MIGRATIONS: Final = Path(__file__).parent / "migrations"


class DatabaseBusyError(Exception):
    """Somebody else held the lock all the time we could wait; nothing was written."""


class DatabaseAwayError(DatabaseBusyError):
    """It is not the lock: the server cannot be reached, or went away meanwhile: what was being written may be there or not."""


class DatabaseNotReadyError(Exception):
    """The database cannot be used as it is; the message says what to do."""


@dataclass(frozen=True)
class Database:
    """A database and the way to work with it from the event loop."""

    engine: Engine
    inline: bool = field(default=False)

    @classmethod
    def at(cls, address: str, pool_size: int = POOL_SIZE) -> "Database":
        """Opens the database at a URL; see `storage.engine.database_url` for what is accepted."""
        engine = open_engine(database_url(address), pool_size=pool_size)
        return cls(engine=engine, inline=is_sqlite(engine))

    async def transact(self, work: Work[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """`work(session, …)` in one transaction, committed when it returns.

        On SQLite it runs inline, since a read takes microseconds, and waits for a lock off the loop;
        on PostgreSQL it runs in a thread. Raises DatabaseBusyError when the lock never came, and DatabaseAwayError
        when the server could not be reached; the next unit of work finds it again by itself."""
        if not self.inline:
            return await asyncio.to_thread(self._wait, work, *args, **kwargs)
        try:
            return self.run(work, *args, **kwargs)
        except OperationalError as error:
            if not is_locked(error):
                raise
        return await asyncio.to_thread(self._insist, work, *args, **kwargs)

    def run(self, work: Work[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The same, at once and in this thread."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            return work(session, *args, **kwargs)

    def _wait(self, work: Work[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        # PostgreSQL itself gives up, see LOCK_MS and STATEMENT_MS.
        try:
            return self.run(work, *args, **kwargs)
        except PoolTimeoutError as error:
            raise DatabaseBusyError from error
        except OperationalError as error:
            if is_locked(error):
                raise DatabaseBusyError from error
            if is_away(error):
                raise DatabaseAwayError from error
            raise

    def _insist(self, work: Work[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        # Real time on purpose: the wait is Slack's three seconds, whatever the product calls now.
        give_up = time.perf_counter() + PATIENCE
        pause = FIRST_PAUSE
        while True:
            time.sleep(pause)
            try:
                return self.run(work, *args, **kwargs)
            except OperationalError as error:
                if not is_locked(error):
                    raise
                if time.perf_counter() + pause > give_up:
                    raise DatabaseBusyError from error
            pause = min(pause * 2, 0.2)

    def answers(self) -> bool:
        """Whether the database can be asked anything right now."""
        # An open SQLite connection answers even when its file is gone.
        if self.inline and not Path(self.engine.url.database or "").exists():
            return False
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    def check(self) -> None:
        """Raises DatabaseNotReadyError, in one sentence, when it is missing, locked or not migrated."""
        where = self.engine.url.render_as_string(hide_password=True)
        database = self.engine.url.database
        if self.inline and (not database or not Path(database).exists()):
            raise DatabaseNotReadyError(f"There is no database at {where} yet. Create it with: prm migrate")
        try:
            with self.engine.connect() as connection:
                revision = MigrationContext.configure(connection).get_current_revision()
        except DatabaseError as error:
            raise DatabaseNotReadyError(_why_unusable(where, error)) from error
        if revision != _head():
            raise DatabaseNotReadyError(
                f"The database at {where} is not up to date. Bring it up to date with: prm migrate"
            )


def take_time(session: Session) -> None:
    """Lets this transaction's statements take up to a minute: for housekeeping, at whose other end nobody waits."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SET LOCAL statement_timeout = {UNHURRIED_MS:d}"))


def alembic_config(address: str) -> Config:
    """Alembic's configuration for this database, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["address"] = address
    return config


@cache
def _head() -> str | None:
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def _why_unusable(where: str, error: DatabaseError) -> str:
    if is_locked(error):
        return f"The database at {where} is locked by another program. Stop that program, then start again."
    cause = str(error.orig).strip().splitlines()[0]
    return f"The database at {where} does not answer ({cause}). Check DATABASE_URL, and that the server is running."
