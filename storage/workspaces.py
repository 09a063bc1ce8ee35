"""Workspaces: where an installation lives."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, col

from storage.inserting import insert_unless_there
from storage.models import Workspace


class WorkspaceErasedError(Exception):
    """A workspace was erased just before it would have been in use again; trying once more makes it anew."""


_BY_KEY: Final = select(Workspace).where(col(Workspace.key) == bindparam("key"))


def workspace_key(*, enterprise_id: str | None, team_id: str | None, org_wide: bool) -> str:
    """What a workspace is known by: the enterprise when the app is installed org-wide, else the team.

    Raises ValueError when the id it needs is missing."""
    key = enterprise_id if org_wide else team_id
    if not key:
        raise ValueError("Slack named neither a team nor an enterprise")
    return key


def by_key(session: Session, key: str) -> Workspace | None:
    workspace: Workspace | None = session.execute(_BY_KEY, {"key": key}).scalar_one_or_none()
    return workspace


def ensure(
    session: Session, key: str, *, enterprise_id: str | None, team_id: str | None, name: str, now: datetime
) -> Workspace:
    """The workspace with this key, made if it is new, with the name it has now."""
    row = {"key": key, "enterprise_id": enterprise_id, "team_id": team_id, "name": name, "created_at": now}
    session.execute(insert_unless_there(session, Workspace).values(row))
    workspace: Workspace = session.execute(_BY_KEY, {"key": key}).scalar_one()
    workspace.name = name or workspace.name
    return workspace


def pause(session: Session, workspace_id: int, reason: str) -> None:
    """Nothing scheduled goes to this workspace until it is resumed."""
    session.execute(update(Workspace).where(col(Workspace.id) == workspace_id).values(paused_reason=reason))


def resume(session: Session, workspace_id: int) -> None:
    """What is scheduled goes there again, and nothing kept there will be erased.

    Raises WorkspaceErasedError when it was erased at this very moment."""
    here = update(Workspace).where(col(Workspace.id) == workspace_id)
    back = session.execute(here.values(paused_reason=None, removed_at=None).returning(col(Workspace.id)))
    if back.scalar_one_or_none() is None:
        raise WorkspaceErasedError


def resume_after(session: Session, workspace_id: int, reason: str) -> None:
    """Ends a pause whose reason begins like this, and no other."""
    begins = col(Workspace.paused_reason).startswith(reason, autoescape=True)
    paused = (col(Workspace.id) == workspace_id, begins)
    session.execute(update(Workspace).where(*paused).values(paused_reason=None))
