"""Wins: what a liaison achieved, as they logged it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from storage.inserting import insert_unless_there
from storage.models import Win

_OWN: Final = (
    col(Win.workspace_id) == bindparam("workspace_id"),
    col(Win.member_id) == bindparam("member_id"),
)
_NEWEST: Final = (
    select(Win)
    .where(*_OWN, col(Win.status) != "withdrawn")
    .order_by(col(Win.happened_on).desc(), col(Win.id).desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_COUNT: Final = select(func.count()).select_from(Win).where(*_OWN, col(Win.status) != "withdrawn")
_LATEST: Final = (
    select(col(Win.outcome), func.max(Win.happened_on), func.count())
    .where(*_OWN, col(Win.status).not_in(("withdrawn", "declined")))
    .group_by(col(Win.outcome))
)
_VERIFIED: Final = select(func.count()).select_from(Win).where(*_OWN, col(Win.status) == "verified")
_BY_SUBMISSION: Final = select(Win).where(*_OWN, col(Win.submission_key) == bindparam("submission_key"))


@dataclass(frozen=True)
class Latest:
    """When somebody last had a win in an outcome, and how many there are."""

    outcome: str
    happened_on: date
    count: int


def add(session: Session, win: Win) -> tuple[Win, bool]:
    """Keeps a win, and says whether it is new: the same form sent twice makes one row."""
    values = win.model_dump(exclude={"id"})
    made = session.execute(insert_unless_there(session, Win).values(values).returning(col(Win.id))).scalar()
    keys = {"workspace_id": win.workspace_id, "member_id": win.member_id}
    kept: Win = session.execute(_BY_SUBMISSION, {**keys, "submission_key": win.submission_key}).scalar_one()
    return kept, made is not None


def newest(
    session: Session, *, workspace_id: int, member_id: int, limit: int, offset: int = 0
) -> Sequence[Win]:
    """Somebody's own wins by the day they happened, newest first."""
    keys = {"workspace_id": workspace_id, "member_id": member_id, "limit": limit, "offset": offset}
    return session.execute(_NEWEST, keys).scalars().all()


def count(session: Session, *, workspace_id: int, member_id: int) -> int:
    total: int = session.execute(_COUNT, {"workspace_id": workspace_id, "member_id": member_id}).scalar_one()
    return total


def count_verified(session: Session, *, workspace_id: int, member_id: int) -> int:
    total: int = session.execute(
        _VERIFIED, {"workspace_id": workspace_id, "member_id": member_id}
    ).scalar_one()
    return total


def latest_by_outcome(session: Session, *, workspace_id: int, member_id: int) -> dict[str, Latest]:
    """For each outcome with a win that counts: the newest day and the number of wins."""
    rows = session.execute(_LATEST, {"workspace_id": workspace_id, "member_id": member_id})
    return {outcome: Latest(outcome, day, total) for outcome, day, total in rows}
