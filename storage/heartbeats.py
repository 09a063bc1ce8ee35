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
    session.execute(delete(WorkerHeartbeat).where(col(WorkerHeartbeat.seen_at) < now - KEPT))


def latest(session: Session) -> datetime | None:
    """When any worker was last at work; None where none ever was."""
    return session.execute(select(func.max(col(WorkerHeartbeat.seen_at)))).scalar()
