"""Criteria sets: written once and never changed, so that nobody's criteria move under them."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from storage.models import CriteriaSet, Member
from storage.reporting import take_turn

Items = list[dict[str, Any]]
"""Criteria as JSON can keep them."""

_HERE: Final = col(CriteriaSet.workspace_id) == bindparam("workspace_id")
_OF_RUNG: Final = (_HERE, col(CriteriaSet.rung) == bindparam("rung"))
_NEWEST: Final = select(CriteriaSet).where(*_OF_RUNG).order_by(col(CriteriaSet.version).desc()).limit(1)
_ONE: Final = select(CriteriaSet).where(_HERE, col(CriteriaSet.id) == bindparam("set_id"))
_HISTORY: Final = (
    select(CriteriaSet, col(Member.name), col(Member.user_id))
    .outerjoin(Member, col(Member.id) == col(CriteriaSet.by_id))
    .where(*_OF_RUNG)
    .order_by(col(CriteriaSet.version))
)


class Past(NamedTuple):
    """One version, with the name and the Slack user id of who wrote it; the house has neither, nor has who was erased."""

    criteria_set: CriteriaSet
    name: str | None
    user_id: str | None


def newest(session: Session, *, workspace_id: int, rung: str) -> CriteriaSet | None:
    """What the workspace asks for on a rung now."""
    keys = {"workspace_id": workspace_id, "rung": rung}
    found: CriteriaSet | None = session.execute(_NEWEST, keys).scalar_one_or_none()
    return found


def get(session: Session, *, workspace_id: int, set_id: int) -> CriteriaSet | None:
    """One version, such as the one a member works under."""
    keys = {"workspace_id": workspace_id, "set_id": set_id}
    found: CriteriaSet | None = session.execute(_ONE, keys).scalar_one_or_none()
    return found


def history(session: Session, *, workspace_id: int, rung: str) -> Sequence[Past]:
    """Every version that a rung has had, oldest first."""
    rows = session.execute(_HISTORY, {"workspace_id": workspace_id, "rung": rung})
    return [Past(*row) for row in rows]


def write(
    session: Session,
    *,
    workspace_id: int,
    rung: str,
    items: Items,
    by: int | None,
    now: datetime,
    why: str | None,
    after: int,
) -> CriteriaSet | None:
    """The next version of a rung's criteria; `by` None is the house. None when somebody was quicker.

    `after` is the version that the writer saw, 0 where there was none: what they changed is not what is there now."""
    last = _when_it_is_our_turn(session, workspace_id, rung)
    if after != (last.version if last else 0):
        return None
    new = CriteriaSet(
        workspace_id=workspace_id, rung=rung, version=after + 1, items=items, by_id=by, at=now, why=why
    )
    session.add(new)
    session.flush()
    return new


def ensure(session: Session, *, workspace_id: int, rung: str, items: Items, now: datetime) -> CriteriaSet:
    """What the workspace asks for now: the house's `items` until an admin writes their own.

    New house defaults become a new version, but never above one that somebody here wrote."""
    last = newest(session, workspace_id=workspace_id, rung=rung)
    if last is not None and _stands(last, items):
        return last
    last = _when_it_is_our_turn(session, workspace_id, rung)
    if last is not None and _stands(last, items):
        return last
    after = last.version if last else 0
    made = write(
        session, workspace_id=workspace_id, rung=rung, items=items, by=None, now=now, why=None, after=after
    )
    assert made is not None, "nobody writes between our turn and our version"
    return made


def take_up(session: Session, member: Member, criteria_set: CriteriaSet) -> None:
    """From now on the member works under this version. Raises LookupError for one of another workspace."""
    if member.workspace_id != criteria_set.workspace_id:
        raise LookupError("a member takes up criteria of their own workspace")
    member.criteria_set_id = criteria_set.id
    session.add(member)
    session.flush()


def _when_it_is_our_turn(session: Session, workspace_id: int, rung: str) -> CriteriaSet | None:
    take_turn(session, workspace_id=workspace_id)
    return newest(session, workspace_id=workspace_id, rung=rung)


def _stands(last: CriteriaSet, items: Items) -> bool:
    # As JSON would give them back: a tuple comes back as a list.
    return last.by_id is not None or last.author_left or last.items == json.loads(json.dumps(items))
