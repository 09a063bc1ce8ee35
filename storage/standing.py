"""What standings of several people need at once: the criteria sets they work under, and the credentials they hold."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.models import CriteriaSet, Member, MemberCredential, Reporting
from storage.reporting import CURRENT

_Other: Final = aliased(CriteriaSet)
_NEWEST: Final = (
    select(func.max(_Other.version))
    .where(
        col(_Other.workspace_id) == col(CriteriaSet.workspace_id), col(_Other.rung) == col(CriteriaSet.rung)
    )
    .correlate(CriteriaSet)
    .scalar_subquery()
)
_SETS: Final = (
    select(CriteriaSet)
    .where(
        col(CriteriaSet.workspace_id).in_(bindparam("workspaces", expanding=True)),
        or_(
            col(CriteriaSet.id).in_(bindparam("ids", expanding=True)),
            col(CriteriaSet.rung).in_(bindparam("rungs", expanding=True))
            & (col(CriteriaSet.version) == _NEWEST),
        ),
    )
    .order_by(col(CriteriaSet.rung), col(CriteriaSet.version))
)
_MY_REPORTS: Final = select(col(Reporting.member_id)).where(
    col(Reporting.workspace_id) == bindparam("workspace_id"),
    col(Reporting.manager_id) == bindparam("manager_id"),
    CURRENT,
)
_EARNED: Final = select(
    col(MemberCredential.member_id), col(MemberCredential.content_id), col(MemberCredential.expires_on)
).where(
    col(MemberCredential.workspace_id) == bindparam("workspace_id"),
    col(MemberCredential.state) == "earned",
)
_EARNED_BY_TEAM: Final = _EARNED.where(col(MemberCredential.member_id).in_(_MY_REPORTS))
_EARNED_BY_ONE: Final = _EARNED.where(col(MemberCredential.member_id) == bindparam("member_id"))


class Earned(NamedTuple):
    """A credential that somebody earned, as far as criteria ask for it; one without an id was named by themselves."""

    member_id: int
    content_id: str | None
    expires_on: date | None


def sets_at_work(session: Session, members: Collection[Member]) -> Sequence[CriteriaSet]:
    """The sets that these members took up, and the newest of every rung they work toward, in their workspaces, in one
    reading."""
    keys = {
        "workspaces": sorted({each.workspace_id for each in members}),
        "ids": sorted({each.criteria_set_id for each in members if each.criteria_set_id is not None}),
        "rungs": sorted({each.target_rung for each in members if each.target_rung is not None}),
    }
    if not keys["ids"] and not keys["rungs"]:
        return ()
    return session.execute(_SETS, keys).scalars().all()


def earned(session: Session, *, workspace_id: int, member_id: int) -> Sequence[Earned]:
    """What somebody earned, lapsed or not."""
    rows = session.execute(_EARNED_BY_ONE, {"workspace_id": workspace_id, "member_id": member_id})
    return [Earned._make(row) for row in rows]


def earned_by_team(session: Session, *, workspace_id: int, manager_id: int) -> Sequence[Earned]:
    """The same of everybody who reports to a manager now, in one reading."""
    rows = session.execute(_EARNED_BY_TEAM, {"workspace_id": workspace_id, "manager_id": manager_id})
    return [Earned._make(row) for row in rows]
