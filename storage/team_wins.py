"""Wins of those who report to somebody now, as that manager may see them: in full, for one person or for a stretch of time."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from storage.models import Member, Reporting, Win
from storage.reporting import CURRENT
from storage.teams import SEEN

_LED: Final = select(col(Reporting.member_id)).where(
    col(Reporting.workspace_id) == bindparam("workspace_id"),
    col(Reporting.manager_id) == bindparam("manager_id"),
    CURRENT,
)
_SHARED: Final = (
    col(Win.workspace_id) == bindparam("workspace_id"),
    col(Win.member_id).in_(_LED),
    col(Win.status).in_(SEEN),
    col(Win.deleted_at).is_(None),
)
_DURING: Final = (
    select(Win)
    .join(Member, col(Member.id) == col(Win.member_id))
    .where(*_SHARED, col(Win.happened_on).between(bindparam("first"), bindparam("last")))
    .order_by(func.lower(Member.name), col(Member.id), col(Win.happened_on).desc(), col(Win.id).desc())
)
_NEWEST: Final = (
    select(Win)
    .where(*_SHARED, col(Win.member_id) == bindparam("member_id"))
    .order_by(col(Win.happened_on).desc(), col(Win.id).desc())
    .limit(bindparam("limit"))
)


def during(session: Session, *, workspace_id: int, manager_id: int, first: date, last: date) -> Sequence[Win]:
    """Shared and confirmed wins that happened from `first` to `last`, by name, then the newest first."""
    keys = {"workspace_id": workspace_id, "manager_id": manager_id, "first": first, "last": last}
    return session.execute(_DURING, keys).scalars().all()


def newest(
    session: Session, *, workspace_id: int, manager_id: int, member_id: int, limit: int
) -> Sequence[Win]:
    """The same of one person, whenever they happened; none of somebody who does not report to this manager."""
    keys = {"workspace_id": workspace_id, "manager_id": manager_id, "member_id": member_id, "limit": limit}
    return session.execute(_NEWEST, keys).scalars().all()
