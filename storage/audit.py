"""The audit trail: who did what to which row, and when; never texts."""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from storage.models import AuditEvent


def record(
    session: Session, *, workspace_id: int, actor_id: int | None, action: str, subject: str, now: datetime
) -> None:
    """Adds a row to the trail, in the transaction of what it speaks of."""
    session.add(
        AuditEvent(workspace_id=workspace_id, actor_id=actor_id, action=action, subject=subject, at=now)
    )


def record_of_nobody(
    session: Session, *, workspace_id: int, action: str, subject: str, now: datetime
) -> None:
    """What somebody did who is named nowhere any more."""
    gone = AuditEvent(workspace_id=workspace_id, actor_left=True, action=action, subject=subject, at=now)
    session.add(gone)


def was_done_since(
    session: Session, *, workspace_id: int, action: str, subject: str, since: datetime
) -> bool:
    """Whether that was done to that at or after a moment."""
    statement = select(col(AuditEvent.id)).where(
        col(AuditEvent.workspace_id) == workspace_id,
        col(AuditEvent.at) >= since,
        col(AuditEvent.action) == action,
        col(AuditEvent.subject) == subject,
    )
    return session.execute(statement.limit(1)).first() is not None


def times(session: Session, *, workspace_id: int, action: str, subject: str) -> int:
    """How often that was done to that."""
    statement = select(func.count()).where(
        col(AuditEvent.workspace_id) == workspace_id,
        col(AuditEvent.action) == action,
        col(AuditEvent.subject) == subject,
    )
    count: int = session.execute(statement).scalar_one()
    return count
