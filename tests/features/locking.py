"""Somebody else holds what a person's press has to write: any write on SQLite, the one row on PostgreSQL."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest
from sqlalchemy import Connection, select, text
from sqlmodel import SQLModel, col

from slackbot.app import App
from storage.database import Database
from storage.models import Member, Win

WITHIN = 10
"""Seconds until a test gives up."""
_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@contextmanager
def held(app: App, row: Win | Member) -> Iterator[Connection]:
    """Until it is rolled back, or at the end. A new win needs its owner's row, a change of a win that win's."""
    database = app.deps.database
    with database.engine.connect().execution_options(immediate=True) as holder:
        if database.inline:
            holder.execute(text("SELECT 1"))
        else:
            table: type[SQLModel] = type(row)
            holder.execute(select(table).where(col(type(row).id) == row.id).with_for_update())
        yield holder


class Waiting:
    """Tells when something began to wait for a lock, without asking the clock."""

    def __init__(self, app: App, monkeypatch: pytest.MonkeyPatch) -> None:
        self._database = app.deps.database
        self._begun = Event()
        real = Database._insist

        def insist(*args: object, **kwargs: object) -> object:
            self._begun.set()
            return real(*args, **kwargs)  # type: ignore[arg-type] # passed on as they came

        monkeypatch.setattr(Database, "_insist", insist)

    async def begins(self) -> None:
        async with asyncio.timeout(WITHIN):
            while not self._waits():  # noqa: ASYNC110 # what PostgreSQL holds up tells nobody
                await asyncio.sleep(0)
        self._begun.clear()

    def _waits(self) -> bool:
        if self._database.inline:
            return self._begun.is_set()
        with self._database.engine.connect() as connection:
            return bool(connection.execute(_WAITING).scalar_one())
