"""Signs of life of the workers."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from storage.inserting import insert_unless_there
from storage.models import WorkerHeartbeat

KEPT: Final = timedelta(days=1)
"""How long a worker that is gone stays in the table."""


def beat(session: Session, worker: str, now: datetime) -> None:
    """This worker is at work now."""
    session.execute(insert_unless_there(session, WorkerHeartbeat).values(worker=worker, seen_at=now))
    session.execute(update(WorkerHeartbeat).where(col(WorkerHeartbeat.worker) == worker).values(seen_at=now))
    # Not those that somebody else is just writing: two workers that wait for each other's row would wait for ever.
    gone = (
        select(col(WorkerHeartbeat.worker))
        .where(col(WorkerHeartbeat.seen_at) < now - KEPT)
        .with_for_update(skip_locked=True)
    )
    session.execute(delete(WorkerHeartbeat).where(col(WorkerHeartbeat.worker).in_(gone)))


def latest(session: Session) -> datetime | None:
    """When any worker was last at work; None where none ever was."""
    return session.execute(select(func.max(col(WorkerHeartbeat.seen_at)))).scalar()
