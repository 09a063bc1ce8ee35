"""Members: one person in one workspace, always found by both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, or_, select, update
from sqlmodel import Session, col

from storage.inserting import insert_unless_there
from storage.models import DEFAULT_TIME, DEFAULT_WEEKDAY, Member, Workspace

TEAM_WITHOUT_APP: Final = "team without the app"
"""Why nothing is sent to somebody whose part of the organization gave the app up."""

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
        new = _new(session, person, now)
        session.execute(insert_unless_there(session, Member).values(new.model_dump(exclude={"id"})))
        found = _find(session, person)
    assert found is not None, "the row was just inserted, or somebody else did it"
    if person.team_id is not None and found[0].team_id != person.team_id:
        # In an organization one person is in several teams: we know in which they were last.
        found[0].team_id = person.team_id
    return found


def _new(session: Session, person: Person, now: datetime) -> Member:
    """Their weekly message comes when the workspace has it come to newcomers."""
    workspace = session.get_one(Workspace, person.workspace_id)
    weekday, at = workspace.default_weekday, workspace.default_time
    return Member(
        workspace_id=person.workspace_id,
        user_id=person.user_id,
        team_id=person.team_id,
        name=person.name,
        nudge_weekday=DEFAULT_WEEKDAY if weekday is None else weekday,
        nudge_time=DEFAULT_TIME if at is None else at,
        created_at=now,
    )


def _find(session: Session, person: Person) -> tuple[Member, Workspace] | None:
    keys = {"workspace_id": person.workspace_id, "user_id": person.user_id}
    row = session.execute(_BY_USER, keys).one_or_none()
    return None if row is None else (row[0], row[1])


def talks_in(session: Session, person: Person, channel: str) -> None:
    """Keeps the person's conversation with the app, where none is known; nothing for somebody who never used it."""
    found = _find(session, person)
    if found is not None and found[0].dm_channel is None:
        found[0].dm_channel = channel


def with_workspace(session: Session, member_id: int) -> tuple[Member, Workspace]:
    """A member of whom a row of ours speaks (a delivery), with their workspace."""
    statement = (
        select(Member, Workspace)
        .join(Workspace, col(Workspace.id) == col(Member.workspace_id))
        .where(col(Member.id) == member_id)
    )
    member, workspace = session.execute(statement).one()
    return member, workspace


def scheduled(
    session: Session, workspace_id: int, after: int, limit: int
) -> Sequence[tuple[Member, Workspace]]:
    """Members whose weekly message has its moment, by id, beginning after one of them."""
    statement = (
        select(Member, Workspace)
        .join(Workspace, col(Workspace.id) == col(Member.workspace_id))
        .where(
            col(Member.workspace_id) == workspace_id,
            col(Member.id) > after,
            col(Member.next_nudge_at).is_not(None),
        )
        .order_by(col(Member.id))
        .limit(limit)
    )
    return [(member, workspace) for member, workspace in session.execute(statement)]


def lose_teams(session: Session, workspace_id: int, teams: Sequence[str]) -> None:
    """The app is gone from these teams of an organization: nothing is sent to whoever was last seen in one of them."""
    there = (
        col(Member.workspace_id) == workspace_id,
        col(Member.team_id).in_(teams),
        col(Member.unreachable).is_(None),
    )
    session.execute(update(Member).where(*there).values(unreachable=TEAM_WITHOUT_APP))


def regain_teams(session: Session, workspace_id: int, teams: Sequence[str]) -> Sequence[Member]:
    """The app is in these teams again; whoever lost it there."""
    lost = (
        col(Member.workspace_id) == workspace_id,
        col(Member.team_id).in_(teams),
        col(Member.unreachable) == TEAM_WITHOUT_APP,
    )
    back = session.execute(select(Member).where(*lost)).scalars().all()
    for member in back:
        member.unreachable = None
    return back


def is_leaving(session: Session, person: Person) -> bool:
    """Whether somebody asked to be erased, and has not changed their mind."""
    whose = (col(Member.workspace_id) == person.workspace_id, col(Member.user_id) == person.user_id)
    leaving = select(col(Member.id)).where(*whose, col(Member.erase_at).is_not(None))
    return session.execute(leaving).first() is not None


def administers(member: Member) -> bool:
    """Whether somebody looks after the app here: an admin of the Slack workspace, or named by one."""
    return member.is_admin or member.named_admin


def named_admins(session: Session, workspace_id: int) -> Sequence[Member]:
    """Whom the admins of Slack named to look after the app with them, by name."""
    statement = (
        select(Member)
        .where(col(Member.workspace_id) == workspace_id, col(Member.named_admin).is_(True))
        .order_by(col(Member.name), col(Member.id))
    )
    return session.execute(statement).scalars().all()


def welcome(session: Session, member: Member, now: datetime) -> bool:
    """Writes down that somebody was welcomed; False where that was done before, at another door at the same time too."""
    once = (
        update(Member)
        .where(col(Member.id) == member.id, col(Member.welcomed_at).is_(None))
        .values(welcomed_at=now)
        .returning(col(Member.id))
    )
    return session.execute(once).scalar_one_or_none() is not None


def not_welcomed(session: Session, person: Person) -> None:
    """Takes that back: Slack refused what was to be said."""
    whose = (col(Member.workspace_id) == person.workspace_id, col(Member.user_id) == person.user_id)
    session.execute(update(Member).where(*whose).values(welcomed_at=None))


def has_welcomed_admin(session: Session, workspace_id: int) -> bool:
    """Whether anybody who may configure the app there has met it."""
    statement = (
        select(col(Member.id))
        .where(
            col(Member.workspace_id) == workspace_id,
            col(Member.welcomed_at).is_not(None),
            or_(col(Member.is_admin).is_(True), col(Member.named_admin).is_(True)),
        )
        .limit(1)
    )
    return session.execute(statement).first() is not None
