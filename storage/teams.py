"""A manager's people, and somebody's own manager: who it is, since when, and how many shared wins wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, bindparam, func, select
from sqlmodel import Session, col

from storage.models import Member, Reporting, Win
from storage.reporting import CURRENT

SEEN: Final = ("shared", "needs_info", "verified")
"""What a manager may read of a win that somebody shared; a declined one is its owner's again."""
_HERE: Final = col(Reporting.workspace_id) == bindparam("workspace_id")
_THEIRS: Final = (
    col(Win.workspace_id) == col(Reporting.workspace_id),
    col(Win.member_id) == col(Reporting.member_id),
    col(Win.deleted_at).is_(None),
)
_WAITING: Final = (
    select(func.count())
    .select_from(Win)
    .where(*_THEIRS, col(Win.status) == "shared", col(Win.delegate_id).is_(None))
    .correlate(Reporting)
    .scalar_subquery()
)
_LAST: Final = (
    select(func.max(Win.happened_on))
    .where(*_THEIRS, col(Win.status).in_(SEEN))
    .correlate(Reporting)
    .scalar_subquery()
)
_LED: Final[Select[Any]] = (
    select(Reporting, Member, _WAITING, _LAST)
    .join(Member, col(Member.id) == col(Reporting.member_id))
    .where(_HERE, col(Reporting.manager_id) == bindparam("manager_id"), CURRENT)
    .order_by(func.lower(Member.name), col(Member.id))
    # Read again under the lock of whoever changes it, when what the session knew may be over.
    .execution_options(populate_existing=True)
)
_ONE_LED: Final = _LED.where(col(Reporting.id) == bindparam("reporting_id"))
_ABOVE: Final = (
    select(Reporting, Member)
    .join(Member, col(Member.id) == col(Reporting.manager_id))
    .where(_HERE, col(Reporting.member_id) == bindparam("member_id"), CURRENT)
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True)
class Report:
    """Somebody who reports to a manager now."""

    reporting: Reporting
    member: Member
    waiting: int
    """Wins that wait for this manager's word."""
    last_win: date | None
    """The day of the newest win that the manager may see."""


def team(session: Session, *, workspace_id: int, manager_id: int) -> Sequence[Report]:
    """Everybody who reports to a manager now, by name."""
    keys = {"workspace_id": workspace_id, "manager_id": manager_id}
    return [Report(*row) for row in session.execute(_LED, keys)]


def report(session: Session, *, workspace_id: int, manager_id: int, reporting_id: int) -> Report | None:
    """One of a manager's people; None when they do not report to this manager, or no longer do."""
    keys = {"workspace_id": workspace_id, "manager_id": manager_id, "reporting_id": reporting_id}
    row = session.execute(_ONE_LED, keys).one_or_none()
    return None if row is None else Report(*row)


def above(session: Session, *, workspace_id: int, member_id: int) -> tuple[Reporting, Member] | None:
    """Whom somebody reports to now, with since when and who set it."""
    row = session.execute(_ABOVE, {"workspace_id": workspace_id, "member_id": member_id}).one_or_none()
    return None if row is None else (row[0], row[1])
