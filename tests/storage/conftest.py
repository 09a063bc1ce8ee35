"""A database on each engine, and the people in it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, SQLModel

from storage import deliveries, members, workspaces
from storage.cipher import Cipher
from storage.database import Database
from storage.members import Person
from storage.models import Delivery, Member, Workspace
from tests.conftest import KEY
from tests.databases import Databases

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
Claim = Callable[..., str]


@pytest.fixture(scope="session")
def shared_postgresql(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One PostgreSQL for all of these tests: a fresh one for each would take most of their time."""
    opened = Database.at(databases.fresh("postgresql", tmp_path_factory.mktemp("unused")))
    yield opened
    opened.engine.dispose()


@pytest.fixture
def postgresql(shared_postgresql: Database) -> Iterator[Database]:
    """For what only happens where two can write at once."""
    yield shared_postgresql
    with shared_postgresql.engine.begin() as connection:
        for table in reversed(SQLModel.metadata.sorted_tables):
            connection.execute(table.delete())


@pytest.fixture
def sqlite(databases: Databases, tmp_path: Path) -> Iterator[Database]:
    """For what only happens where one lock is for the whole file."""
    opened = Database.at(databases.fresh("sqlite", tmp_path))
    yield opened
    opened.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated, empty database, on each engine in turn."""
    opened: Database = request.getfixturevalue(request.param)
    return opened


@pytest.fixture
def database_url(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


@pytest.fixture
def cipher() -> Cipher:
    return Cipher([KEY])


@pytest.fixture
def riverside(database: Database) -> int:
    """The id of a workspace."""
    return database.run(workspace, "T0RIVERSIDE")


@pytest.fixture
def lakeview(database: Database) -> int:
    """The id of another one."""
    return database.run(workspace, "T0LAKEVIEW")


@pytest.fixture
def ana(database: Database, riverside: int) -> int:
    """The id of a member."""
    return database.run(member, riverside, "U0ANA")


@pytest.fixture
def claim(database: Database, riverside: int, ana: int) -> Claim:
    """Claims a message for Ana, and gives its id."""

    def claim(**columns: Any) -> str:
        given = {
            "workspace_id": riverside,
            "member_id": ana,
            "kind": "nudge",
            "slot": "2026-W48",
            "due_at": NOW,
        }
        row = Delivery(**{**given, **columns})
        database.run(deliveries.claim, [row.model_dump()])
        return row.id

    return claim


def workspace(session: Session, key: str) -> int:
    made: Workspace = workspaces.ensure(
        session, key, enterprise_id=None, team_id=key, name=key.title(), now=NOW
    )
    assert made.id is not None
    return made.id


def member(session: Session, workspace_id: int, user_id: str, due: datetime | None = None) -> int:
    made: Member = members.meet(session, Person(workspace_id, user_id), NOW)[0]
    assert made.id is not None
    made.next_nudge_at = due
    return made.id
