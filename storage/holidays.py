"""A workspace's own dates, on which nothing comes, beside the public holidays of its country."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session, col

from storage.inserting import insert_unless_there
from storage.models import Holiday, Workspace

_OF: Final[Any] = (
    select(
        col(Workspace.id),
        col(Workspace.country),
        col(Workspace.subdivision),
        col(Holiday.day),
    )
    .outerjoin(
        Holiday, (col(Holiday.workspace_id) == col(Workspace.id)) & (col(Holiday.day) >= bindparam("since"))
    )
    .where(col(Workspace.id).in_(bindparam("workspace_ids", expanding=True)))
)


@dataclass(frozen=True)
class Dates:
    """What decides a workspace's holidays."""

    country: str | None
    subdivision: str | None
    own: frozenset[date]


def of_workspaces(session: Session, workspace_ids: Collection[int], since: date) -> Mapping[int, Dates]:
    """What decides the holidays from that day on, by workspace; one statement for all of them."""
    given = {"workspace_ids": list(workspace_ids), "since": since}
    days: dict[int, set[date]] = defaultdict(set)
    chosen: dict[int, tuple[str | None, str | None]] = {}
    for key, country, subdivision, day in session.execute(_OF, given):
        chosen[key] = (country, subdivision)
        if day is not None:
            days[key].add(day)
    return {key: Dates(*where, frozenset(days[key])) for key, where in chosen.items()}


def own(session: Session, *, workspace_id: int, since: date) -> Sequence[Holiday]:
    """A workspace's own dates from that day on, the earliest first."""
    statement = select(Holiday).where(col(Holiday.workspace_id) == workspace_id, col(Holiday.day) >= since)
    return session.execute(statement.order_by(col(Holiday.day))).scalars().all()


def add(session: Session, *, workspace_id: int, day: date, name: str) -> bool:
    """Adds a date; False where the workspace has one on that day already."""
    row = {"workspace_id": workspace_id, "day": day, "name": name}
    statement = insert_unless_there(session, Holiday).values(row).returning(col(Holiday.id))
    return session.execute(statement).scalar_one_or_none() is not None


def remove(session: Session, *, workspace_id: int, day: date) -> bool:
    """Takes a date away; False where there was none."""
    statement = delete(Holiday).where(col(Holiday.workspace_id) == workspace_id, col(Holiday.day) == day)
    return session.execute(statement.returning(col(Holiday.id))).scalar_one_or_none() is not None
