"""When a worker was last seen at work."""

from datetime import timedelta

from sqlmodel import select

from storage import heartbeats
from storage.database import Database
from storage.models import WorkerHeartbeat
from tests.storage.conftest import HOUR, NOW


def test_nobody_was_ever_at_work(database: Database) -> None:
    assert database.run(heartbeats.latest) is None


def test_the_worker_seen_last_counts(database: Database) -> None:
    for worker, at in (("w1", NOW), ("w2", NOW - HOUR), ("w1", NOW + HOUR)):
        database.run(heartbeats.beat, worker, at)
    assert database.run(heartbeats.latest) == NOW + HOUR


def test_who_is_gone_for_a_day_is_forgotten(database: Database) -> None:
    database.run(heartbeats.beat, "gone", NOW)
    database.run(heartbeats.beat, "here", NOW + timedelta(days=1, seconds=1))
    kept = database.run(lambda session: session.exec(select(WorkerHeartbeat)).all())
    assert [row.worker for row in kept] == ["here"]
