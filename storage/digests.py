"""What a manager's digest counts: wins that their people shared, and that were confirmed, in a stretch of time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import and_, bindparam, func, or_, select
from sqlmodel import Session, col

from storage.models import Delivery, Member, Reporting, Win
from storage.reporting import CURRENT
from storage.teams import SEEN

_LED: Final = select(col(Reporting.member_id)).where(
    col(Reporting.workspace_id) == bindparam("workspace_id"),
    col(Reporting.manager_id) == bindparam("manager_id"),
    CURRENT,
)
_WAS_SHARED: Final = and_(
    col(Win.shared_at) >= bindparam("since"),
    col(Win.shared_at) < bindparam("until"),
)
_WAS_CONFIRMED: Final = and_(
    col(Win.status) == "verified",
    col(Win.decided_at) >= bindparam("since"),
    col(Win.decided_at) < bindparam("until"),
)
_OF_A_WEEK: Final = (
    select(Win, Member, _WAS_SHARED, _WAS_CONFIRMED)
    .join(Member, col(Member.id) == col(Win.member_id))
    .where(
        col(Win.workspace_id) == bindparam("workspace_id"),
        col(Win.member_id).in_(_LED),
        col(Win.status).in_(SEEN),
        col(Win.deleted_at).is_(None),
        or_(_WAS_SHARED, _WAS_CONFIRMED),
    )
    .order_by(func.lower(Member.name), col(Member.id), col(Win.happened_on).desc(), col(Win.id).desc())
)
_CAME: Final = (
    select(col(Delivery.id))
    .where(
        col(Delivery.member_id) == bindparam("member_id"),
        col(Delivery.kind) == bindparam("kind"),
        col(Delivery.due_at) >= bindparam("since"),
        col(Delivery.state).in_(("claimed", "sending", "sent", "retry", "unknown")),
    )
    .limit(1)
)


class OfAWeek(NamedTuple):
    """A win that the manager may see, and what happened to it in that time."""

    win: Win
    owner: Member
    shared: bool
    confirmed: bool


def of_a_week(
    session: Session, *, workspace_id: int, manager_id: int, since: datetime, until: datetime
) -> Sequence[OfAWeek]:
    """What those who report to a manager now shared from `since` up to but not at `until`, and what was confirmed."""
    keys = {"workspace_id": workspace_id, "manager_id": manager_id, "since": since, "until": until}
    return [OfAWeek(*row) for row in session.execute(_OF_A_WEEK, keys)]


def came_since(session: Session, *, member_id: int, kind: str, since: datetime) -> bool:
    """Whether a message of that kind has gone out to them since then, or is about to."""
    keys = {"member_id": member_id, "kind": kind, "since": since}
    return session.execute(_CAME, keys).first() is not None
