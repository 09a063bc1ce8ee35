"""Members: one person in one workspace, always found by both."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from storage.inserting import insert_unless_there
from storage.models import Member, Workspace

_BY_USER: Final = (
    select(Member, Workspace)
    .join(Workspace, col(Workspace.id) == col(Member.workspace_id))
    .where(
        col(Member.workspace_id) == bindparam("workspace_id"),
        col(Member.user_id) == bindparam("user_id"),
    )
)


@dataclass(frozen=True)
class Person:
    """Who asks, as Slack's signed request says."""

    workspace_id: int
    user_id: str
    team_id: str | None = None
    name: str = ""


def meet(session: Session, person: Person, now: datetime) -> tuple[Member, Workspace]:
    """The member and their workspace; the first time they use the app, the member is made."""
    found = _find(session, person)
    if found is None:
        new = Member(
            workspace_id=person.workspace_id,
            user_id=person.user_id,
            team_id=person.team_id,
            name=person.name,
            created_at=now,
        )
        session.execute(insert_unless_there(session, Member).values(new.model_dump(exclude={"id"})))
        found = _find(session, person)
    assert found is not None, "the row was just inserted, or somebody else did it"
    return found


def _find(session: Session, person: Person) -> tuple[Member, Workspace] | None:
    keys = {"workspace_id": person.workspace_id, "user_id": person.user_id}
    row = session.execute(_BY_USER, keys).one_or_none()
    return None if row is None else (row[0], row[1])


def with_workspace(session: Session, member_id: int) -> tuple[Member, Workspace]:
    """A member of whom a row of ours speaks (a delivery), with their workspace."""
    statement = (
        select(Member, Workspace)
        .join(Workspace, col(Workspace.id) == col(Member.workspace_id))
        .where(col(Member.id) == member_id)
    )
    member, workspace = session.execute(statement).one()
    return member, workspace
