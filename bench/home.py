"""Home for somebody with very many wins, and for a manager of very many people: how long one takes to build."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alembic import command
from sqlmodel import Session

import content
from slackbot.app import HOME
from slackbot.home import home_view
from slackbot.ui.blocks import View
from storage.database import Database, alembic_config
from storage.members import with_workspace
from storage.models import Member
from tests.features.crowds import Crowd, crowd

RUNS: Final = 25
WINS: Final = 500
REPORTS: Final = 60
WINS_EACH: Final = 24
KNOWN: Final = content.load()
SECTIONS: Final = [feature.home for feature in HOME if feature.home is not None]


def measure() -> None:
    """Medians on SQLite: the transaction, all statements, and the view; without the sending."""
    with _filled() as (database, people):
        print(f"Home on SQLite, medians of {RUNS}")
        for name, member in (
            (f"a liaison with {WINS} wins", people.liaison),
            (f"a manager of {REPORTS}, {WINS_EACH} wins each", people.manager),
        ):
            taken = _taken(database, people, member)
            print(f"{name:40}{statistics.median(taken):8.1f} ms{max(taken):8.1f} ms at most")


def build(session: Session, people: Crowd, member: Member) -> View:
    """Their Home as the app builds it: the row is read anew each time."""
    assert member.id is not None, "a stored row has an id"
    row, _ = with_workspace(session, member.id)
    return home_view(session, people.glance(row, KNOWN), SECTIONS)


def _taken(database: Database, people: Crowd, member: Member) -> list[float]:
    database.run(build, people, member)
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        database.run(build, people, member)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


@contextmanager
def _filled() -> Iterator[tuple[Database, Crowd]]:
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'prm.db'}"
        command.upgrade(alembic_config(address), "head")
        database = Database.at(address)
        people = database.run(crowd, KNOWN, wins=WINS, reports=REPORTS, wins_each=WINS_EACH)
        try:
            yield database, people
        finally:
            database.engine.dispose()


if __name__ == "__main__":
    measure()
