"""The audit trail: who did what to which row, and when; never texts."""

from datetime import datetime

from sqlmodel import Session

from storage.models import AuditEvent


def record(
    session: Session, *, workspace_id: int, actor_id: int | None, action: str, subject: str, now: datetime
) -> None:
    """Adds a row to the trail, in the transaction of what it speaks of."""
    session.add(
        AuditEvent(workspace_id=workspace_id, actor_id=actor_id, action=action, subject=subject, at=now)
    )
