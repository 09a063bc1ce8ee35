"""Members' time off: stretches of days on which nothing comes."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session, col

from storage.models import TimeOff

_OF: Final = (
    select(col(TimeOff.member_id), col(TimeOff.first), col(TimeOff.last))
    .where(
        col(TimeOff.member_id).in_(bindparam("member_ids", expanding=True)),
        col(TimeOff.last) >= bindparam("since"),
    )
    .order_by(col(TimeOff.first))
)


def of_members(
    session: Session, member_ids: Collection[int], since: date
) -> Mapping[int, Sequence[tuple[date, date]]]:
    """First and last day of each stretch that is not over on that day, by member; one statement for all of them."""
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for member_id, first, last in session.execute(_OF, {"member_ids": list(member_ids), "since": since}):
        found[member_id].append((first, last))
    return found


def mine(session: Session, *, workspace_id: int, member_id: int, since: date) -> Sequence[TimeOff]:
    """Somebody's stretches that are not over, the earliest first."""
    statement = (
        select(TimeOff)
        .where(
            col(TimeOff.workspace_id) == workspace_id,
            col(TimeOff.member_id) == member_id,
            col(TimeOff.last) >= since,
        )
        .order_by(col(TimeOff.first))
    )
    return session.execute(statement).scalars().all()


def add(session: Session, *, workspace_id: int, member_id: int, first: date, last: date) -> None:
    """Adds a stretch; those of theirs that it overlaps become one with it."""
    overlapping = [
        each
        for each in mine(session, workspace_id=workspace_id, member_id=member_id, since=first)
        if each.first <= last
    ]
    for each in overlapping:
        first, last = min(first, each.first), max(last, each.last)
        session.delete(each)
    session.flush()
    session.add(TimeOff(workspace_id=workspace_id, member_id=member_id, first=first, last=last))
    session.flush()


def remove(session: Session, *, workspace_id: int, member_id: int, ids: Collection[int]) -> None:
    """Takes stretches of somebody's away; anybody else's stay."""
    whose = (col(TimeOff.workspace_id) == workspace_id, col(TimeOff.member_id) == member_id)
    session.execute(delete(TimeOff).where(*whose, col(TimeOff.id).in_(ids)))
