"""The app is gone from a workspace: its tokens at once, and what it kept there a month later."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlmodel import Session, SQLModel, col

from storage.models import Delivery, Installation, Workspace

KEPT_AFTER_UNINSTALL: Final = timedelta(days=30)
"""How long a workspace's data waits for the app to be added again, before the worker erases it."""
WHY: Final = "the app was removed"
"""What the ledger and the workspace's pause say."""


def end(session: Session, workspace_id: int, state: str, now: datetime) -> bool:
    """Stops everything that is sent there, and wipes both tokens. False when there was nothing left to end.

    `state`: "revoked" or "uninstalled". In whatever order and however often Slack says so, it comes to the same: the
    month begins with the first time, and who uninstalled the app did not only revoke its token."""
    newest = select(col(Installation.id)).where(col(Installation.workspace_id) == workspace_id)
    newest = newest.order_by(col(Installation.id).desc()).limit(1)
    if state == "uninstalled":
        was_revoked = (
            col(Installation.id) == newest.scalar_subquery(),
            col(Installation.ended_at).is_not(None),
        )
        session.execute(update(Installation).where(*was_revoked).values(state=state))
    gone = {"state": state, "token": "", "refresh_token": None, "expires_at": None, "ended_at": now}
    live = (col(Installation.workspace_id) == workspace_id, col(Installation.state) == "live")
    session.execute(update(Installation).where(*live).values(gone))
    here = (col(Workspace.id) == workspace_id, col(Workspace.removed_at).is_(None))
    begun = session.execute(
        update(Workspace).where(*here).values(removed_at=now, paused_reason=WHY).returning(col(Workspace.id))
    )
    waiting = (col(Delivery.workspace_id) == workspace_id, col(Delivery.state).in_(("claimed", "retry")))
    session.execute(update(Delivery).where(*waiting).values(state="skipped", reason=WHY, retry_at=None))
    return begun.scalar_one_or_none() is not None


def erased_on(workspace: Workspace) -> datetime | None:
    """When the worker will erase what is kept of a workspace; None while the app is there."""
    return None if workspace.removed_at is None else workspace.removed_at + KEPT_AFTER_UNINSTALL


def erase_removed(session: Session, now: datetime) -> int:
    """Erases the workspace that has been without the app the longest, if that is a month; says how many it was.

    One at a time, so that on SQLite nobody waits for many."""
    due = (
        select(col(Workspace.id))
        .where(col(Workspace.removed_at) <= now - KEPT_AFTER_UNINSTALL)
        .order_by(col(Workspace.removed_at))
        .limit(1)
    )
    workspace_id = session.execute(due).scalar_one_or_none()
    if workspace_id is None:
        return 0
    # Its row is locked first: whoever adds the app again just now comes before, and it stays, or afterwards, to nothing.
    still = (col(Workspace.id) == workspace_id, col(Workspace.removed_at) <= now - KEPT_AFTER_UNINSTALL)
    locked = session.execute(
        update(Workspace).where(*still).values(paused_reason=WHY).returning(col(Workspace.id))
    )
    if locked.scalar_one_or_none() is None:
        return 0
    erase(session, workspace_id)
    return 1


def erase(session: Session, workspace_id: int) -> None:
    """Every row of a workspace in every table, whichever tables there will be, and at last its own."""
    for table in reversed(SQLModel.metadata.sorted_tables):
        if "workspace_id" in table.columns:
            whose: Any = table.columns["workspace_id"] == workspace_id
            session.execute(delete(table).where(whose))
    session.execute(delete(Workspace).where(col(Workspace.id) == workspace_id))
