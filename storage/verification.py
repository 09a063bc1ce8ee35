"""Verification: which wins wait for whom, and who stands how to a win."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import bindparam, func, select, union_all, update
from sqlmodel import Session, col

from storage import win_changes
from storage.models import Member, Reporting, Win
from storage.reporting import CURRENT


class Relation(StrEnum):
    """How somebody stands to a win of their workspace."""

    OWNER = "owner"
    MANAGER = "manager"
    DELEGATE = "delegate"
    NONE = "none"


@dataclass(frozen=True)
class Waiting:
    """A win that waits for somebody's word, and whose it is."""

    win: Win
    owner: Member


_WAITS: Final = (
    col(Win.workspace_id) == bindparam("workspace_id"),
    col(Win.status) == bindparam("status"),
    col(Win.deleted_at).is_(None),
)
_MY_REPORTS: Final = select(col(Reporting.member_id)).where(
    col(Reporting.workspace_id) == bindparam("workspace_id"),
    col(Reporting.manager_id) == bindparam("manager_id"),
    CURRENT,
)
# Not a join: SQLite would go through all wins of the workspace and ask of each who its owner reports to.
_OF_MY_REPORTS: Final = select(col(Win.id)).where(
    *_WAITS, col(Win.member_id).in_(_MY_REPORTS), col(Win.delegate_id).is_(None)
)
_GIVEN_TO_ME: Final = select(col(Win.id)).where(*_WAITS, col(Win.delegate_id) == bindparam("manager_id"))
# Two ways to wait for somebody, each with its index; joined by OR, neither would be used.
_MINE: Final = col(Win.id).in_(union_all(_OF_MY_REPORTS, _GIVEN_TO_ME))
_QUEUE: Final = (
    select(Win, Member)
    .join(Member, col(Member.id) == col(Win.member_id))
    .where(_MINE)
    .order_by(col(Win.shared_at), col(Win.id))
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
    .execution_options(populate_existing=True)
)
_COUNT: Final = select(func.count()).select_from(Win).where(_MINE)
_OLDEST: Final = select(func.min(Win.shared_at)).where(_MINE)
_GIVEN_AWAY: Final = select(Win).where(
    col(Win.workspace_id) == bindparam("workspace_id"),
    col(Win.member_id) == bindparam("member_id"),
    col(Win.delegate_id).is_not(None),
    col(Win.deleted_at).is_(None),
)
_VISIBLE: Final = (
    select(Win, Member, col(Reporting.manager_id))
    .join(Member, col(Member.id) == col(Win.member_id))
    .outerjoin(
        Reporting,
        (col(Reporting.member_id) == col(Win.member_id))
        & (col(Reporting.workspace_id) == col(Win.workspace_id))
        & CURRENT,
    )
    .where(
        col(Win.workspace_id) == bindparam("workspace_id"),
        col(Win.id) == bindparam("win_id"),
        col(Win.deleted_at).is_(None),
    )
    .execution_options(populate_existing=True)
)


def queue(
    session: Session, *, workspace_id: int, manager_id: int, limit: int, offset: int = 0
) -> Sequence[Waiting]:
    """What waits for somebody to confirm, the longest waiting first: wins of those who report to them
    now, unless given to another, and wins given to them."""
    keys = _keys(workspace_id, manager_id, "shared") | {"limit": limit, "offset": offset}
    return [Waiting(win, owner) for win, owner in session.execute(_QUEUE, keys)]


def count(session: Session, *, workspace_id: int, manager_id: int) -> int:
    """How many wins are in somebody's queue."""
    total: int = session.execute(_COUNT, _keys(workspace_id, manager_id, "shared")).scalar_one()
    return total


def oldest(session: Session, *, workspace_id: int, manager_id: int) -> datetime | None:
    """Since when the first in somebody's queue waits."""
    moment: datetime | None = session.execute(
        _OLDEST, _keys(workspace_id, manager_id, "shared")
    ).scalar_one_or_none()
    return moment


def asked_count(session: Session, *, workspace_id: int, manager_id: int) -> int:
    """How many wins would be in somebody's queue, but wait for an answer of their owner."""
    total: int = session.execute(_COUNT, _keys(workspace_id, manager_id, "needs_info")).scalar_one()
    return total


def visible(
    session: Session, *, workspace_id: int, viewer_id: int, win_id: int
) -> tuple[Win, Member, Relation] | None:
    """A win of the workspace, its owner, and how the viewer stands to it; whether they may see it, the rules say.

    None when there is none, or it is deleted."""
    row = session.execute(_VISIBLE, {"workspace_id": workspace_id, "win_id": win_id}).one_or_none()
    if row is None:
        return None
    win, owner, manager_id = row
    return win, owner, _relation(win, manager_id, viewer_id)


def _relation(win: Win, manager_id: int | None, viewer_id: int) -> Relation:
    # A manager may do all that a delegate may, so that who is both is the manager.
    standing = {
        win.delegate_id: Relation.DELEGATE,
        manager_id: Relation.MANAGER,
        win.member_id: Relation.OWNER,
    }
    return standing.get(viewer_id, Relation.NONE)


def take_back(session: Session, *, workspace_id: int, member_id: int, by: int, now: datetime) -> set[int]:
    """What waits of somebody's and was given to a delegate goes back to their manager's queue. The delegates' ids."""
    keys = {"workspace_id": workspace_id, "member_id": member_id}
    given = {
        win.delegate_id: win_changes.change(session, win, by=by, now=now, deed="delegated", delegate_id=None)
        for win in session.execute(_GIVEN_AWAY, keys).scalars().all()
    }
    return {each for each in given if each is not None}


def keep_queue_message(
    session: Session, *, workspace_id: int, member_id: int, channel: str | None, ts: str | None
) -> None:
    """Where the one message about somebody's queue is; None when there is none any more."""
    them = (col(Member.id) == member_id, col(Member.workspace_id) == workspace_id)
    session.execute(update(Member).where(*them).values(queue_channel=channel, queue_ts=ts))


def _keys(workspace_id: int, manager_id: int, status: str) -> dict[str, object]:
    return {"workspace_id": workspace_id, "manager_id": manager_id, "status": status}
