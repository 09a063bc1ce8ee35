"""Erases a member: every row of theirs goes, and rows of others name them no more.

What is to become of a column that names a member follows from the column: a row that belongs to them goes, a
reference that may be empty is emptied. Whatever needs more than that stands here by name."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, String, Table, cast, delete, exists, literal, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.sql import ColumnElement
from sqlmodel import Session, SQLModel, col

from storage import audit, deliveries
from storage.models import AuditEvent, Installation, Member, Target, Win, WinRevision, Workspace

OWNER: Final = "member_id"
"""The column, in every table, that says whose a row is."""
GONE: Final = "gone"
"""What the audit trail says instead of a row that was theirs: its number may be another's one day."""
ERASED: Final = "member.erased"
_LEFT: Final[dict[tuple[str, str], str]] = {
    ("win", "decided_by"): "decider_left",
    ("criteria_set", "by_id"): "author_left",
    ("audit_event", "actor_id"): "actor_left",
}
"""Where an empty reference would mean something else, the column that says that somebody was there."""
_IN_HISTORY: Final = ("delegate_id", "decided_by")
"""Members that the versions of a win name inside of their JSON."""


def ask(session: Session, member: Member, at: datetime) -> None:
    """From now on they hear nothing; at that moment everything goes. Asking again changes nothing."""
    assert member.id is not None, "a stored row has an id"
    member.erase_at, member.next_nudge_at = member.erase_at or at, None
    deliveries.withdraw(session, member.id)


def due(session: Session, now: datetime, limit: int) -> Sequence[Member]:
    """Whose time has come. Another worker has its own."""
    theirs = select(Member).where(col(Member.erase_at) <= now).order_by(col(Member.erase_at)).limit(limit)
    return session.execute(theirs.with_for_update(skip_locked=True)).scalars().all()


def gone_since(session: Session, months: int, before: datetime, limit: int) -> Sequence[Member]:
    """Whom Slack no longer reaches and who has not used the app since a moment, where a workspace keeps them so long."""
    seen = or_(
        col(Member.profile_read_at) < before,
        col(Member.profile_read_at).is_(None) & (col(Member.created_at) < before),
    )
    statement = (
        select(Member)
        .join(Workspace, col(Workspace.id) == col(Member.workspace_id))
        .where(col(Workspace.leaver_months) == months, col(Member.unreachable).is_not(None), seen)
        .limit(limit)
        .with_for_update(of=Member, skip_locked=True)
    )
    return session.execute(statement).scalars().all()


def terms(session: Session) -> Sequence[int]:
    """After how many months workspaces erase who is gone: each number once."""
    asked = select(col(Workspace.leaver_months)).where(col(Workspace.leaver_months).is_not(None)).distinct()
    return session.execute(asked).scalars().all()


def erase(session: Session, member: Member, now: datetime) -> None:
    """Everything about them, in this transaction. The audit trail says that it happened, not to whom."""
    assert member.id is not None, "a stored row has an id"
    member_id, workspace_id, user_id = member.id, member.workspace_id, member.user_id
    session.flush()
    _close_open_proposals(session, member_id, now)
    _clear_the_trail(session, member_id)
    _clear_histories(session, member_id, workspace_id)
    # Their own rows first: without one side of it, an agreed target of theirs would be none.
    for column in reversed(list(references())):
        if column.name == OWNER or not column.nullable:
            session.execute(delete(column.table).where(column == member_id))
    for column in references():
        if column.name != OWNER and column.nullable:
            _empty(session, column, member_id)
    _clear_installer(session, workspace_id, user_id)
    session.execute(delete(Member).where(col(Member.id) == member_id), _AS_IT_IS)
    session.expunge(member)
    audit.record_of_nobody(session, workspace_id=workspace_id, action=ERASED, subject=GONE, now=now)


_AS_IT_IS: Final = {"synchronize_session": False}


def references() -> Iterator[Column[Any]]:
    """Every column that names a member, with tables that others refer to before those."""
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table.name == "member" for key in column.foreign_keys):
                yield column


def owned() -> Iterator[Table]:
    """Every table whose rows belong to members."""
    for column in references():
        if column.name == OWNER and isinstance(column.table, Table):
            yield column.table


def subjects_of(member_id: int) -> ColumnElement[bool]:
    """Rows of the audit trail that are about the member or anything of theirs."""
    subject = col(AuditEvent.subject)
    theirs = [
        subject.in_(
            select(literal(f"{table.name}:") + cast(table.c.id, String)).where(table.c[OWNER] == member_id)
        )
        for table in owned()
        if table.name != AuditEvent.__tablename__
    ]
    return or_(subject == f"member:{member_id}", *theirs)


def _clear_the_trail(session: Session, member_id: int) -> None:
    """What they did with what was theirs goes; what others did with that, and what they did with others', names them no more."""
    about, by = subjects_of(member_id), col(AuditEvent.actor_id) == member_id
    session.execute(delete(AuditEvent).where(by, about), execution_options=_AS_IT_IS)
    session.execute(update(AuditEvent).where(about).values(subject=GONE), execution_options=_AS_IT_IS)


def _close_open_proposals(session: Session, member_id: int, now: datetime) -> None:
    proposed = (col(Target.proposed_by) == member_id, col(Target.member_id) != member_id)
    closed = {"state": "closed", "closing": "withdrawn", "closed_at": now}
    session.execute(
        update(Target).where(*proposed, col(Target.state) == "proposed").values(closed),
        execution_options=_AS_IT_IS,
    )


def _clear_histories(session: Session, member_id: int, workspace_id: int) -> None:
    """The versions of others' wins: the numbers of members in them would one day be somebody else's."""
    named = or_(*(col(WinRevision.row)[name].as_integer() == member_id for name in _IN_HISTORY))
    of_others = ~exists().where(col(Win.id) == col(WinRevision.win_id), col(Win.member_id) == member_id)
    statement = select(WinRevision).where(col(WinRevision.workspace_id) == workspace_id, named, of_others)
    for version in session.execute(statement).scalars():
        version.row = {
            name: None if name in _IN_HISTORY and value == member_id else value
            for name, value in version.row.items()
        }
    session.flush()


def _empty(session: Session, column: Column[Any], member_id: int) -> None:
    values: dict[str, object] = {column.name: None}
    left = _LEFT.get((column.table.name, column.name))
    if left is not None:
        values[left] = True
    assert isinstance(column.table, Table), "a column of the metadata is a table's"
    session.execute(update(column.table).where(column == member_id).values(values))


def _clear_installer(session: Session, workspace_id: int, user_id: str) -> None:
    theirs = (col(Installation.workspace_id) == workspace_id, col(Installation.installed_by) == user_id)
    session.execute(
        update(Installation).where(*theirs).values(installed_by=None), execution_options=_AS_IT_IS
    )


def forget_trail(session: Session, months: int | None, before: datetime, limit: int) -> int:
    """Takes rows of the audit trail from before a moment away, where a workspace keeps them so long. How many it were."""
    term = col(Workspace.trail_months)
    old = (
        select(col(AuditEvent.id))
        .join(Workspace, col(Workspace.id) == col(AuditEvent.workspace_id))
        .where(term.is_(None) if months is None else term == months, col(AuditEvent.at) < before)
        .limit(limit)
    )
    gone = session.execute(delete(AuditEvent).where(col(AuditEvent.id).in_(old)), execution_options=_AS_IT_IS)
    assert isinstance(gone, CursorResult), "a DELETE gives a cursor's result"
    return gone.rowcount


def trail_terms(session: Session) -> Sequence[int | None]:
    """For how many months workspaces keep the audit trail: each number once, None for ours."""
    return session.execute(select(col(Workspace.trail_months)).distinct()).scalars().all()
