"""Targets: proposed by either side, agreed by both, and kept when they are over."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple

from sqlalchemy import Update, bindparam, select, update
from sqlalchemy.engine import CursorResult
from sqlmodel import Session, col

from storage.models import CLOSINGS, Member, Reporting, Target
from storage.reporting import CURRENT
from storage.several import Whose, of_these, these

_HERE: Final = col(Target.workspace_id) == bindparam("workspace_id")
_OWN: Final = (_HERE, col(Target.member_id) == bindparam("member_id"))
_OPEN: Final = col(Target.state).in_(("proposed", "agreed"))
_OLDEST_FIRST: Final = (col(Target.proposed_at), col(Target.id))
_MY_REPORTS: Final = select(col(Reporting.member_id)).where(
    col(Reporting.workspace_id) == bindparam("workspace_id"),
    col(Reporting.manager_id) == bindparam("manager_id"),
    CURRENT,
)
_OF_MY_REPORTS: Final = (_HERE, col(Target.member_id).in_(_MY_REPORTS))

_OPEN_OF: Final = select(Target).where(*_OWN, _OPEN).order_by(*_OLDEST_FIRST)
_OPEN_OF_THESE: Final = (
    select(Target).where(*of_these(Target), _OPEN).order_by(col(Target.member_id), *_OLDEST_FIRST)
)
_HISTORY: Final = select(Target).where(*_OWN).order_by(*_OLDEST_FIRST)
_OF_TEAM: Final = select(Target).where(*_OF_MY_REPORTS, _OPEN).order_by(col(Target.member_id), *_OLDEST_FIRST)
_PROPOSALS: Final = (
    select(Target, Member)
    .join(Member, col(Member.id) == col(Target.member_id))
    .where(
        *_OF_MY_REPORTS,
        col(Target.state) == "proposed",
        col(Target.proposed_by) == col(Target.member_id),
    )
    .order_by(*_OLDEST_FIRST)
)
# Somebody may have changed it since this session first saw it.
_ONE: Final = (
    select(Target)
    .where(_HERE, col(Target.id) == bindparam("target_id"))
    .execution_options(populate_existing=True)
)
_OF_METRIC: Final = (
    select(Target)
    .where(*_OWN, col(Target.metric) == bindparam("metric"), _OPEN)
    .execution_options(populate_existing=True)
)
# A row that is written as it was is a lock on either database.
_TURN: Final = (
    update(Member)
    .where(col(Member.workspace_id) == bindparam("place"))
    .values(name=col(Member.name))
    .execution_options(synchronize_session=False)
)
_TURN_OF_MEMBER: Final = _TURN.where(col(Member.id) == bindparam("whose"))
_TURN_OF_TARGET: Final = _TURN.where(
    col(Member.id).in_(
        select(col(Target.member_id)).where(
            col(Target.id) == bindparam("target"), col(Target.workspace_id) == bindparam("place")
        )
    )
)
_IS_HERE: Final = select(col(Member.id)).where(
    col(Member.workspace_id) == bindparam("workspace_id"), col(Member.id) == bindparam("member_id")
)


class Proposal(NamedTuple):
    """A target that a report proposed, and whose it is."""

    target: Target
    owner: Member


def open_of(session: Session, *, workspace_id: int, member_id: int) -> Sequence[Target]:
    """Somebody's targets that are proposed or agreed, the oldest proposal first."""
    keys = {"workspace_id": workspace_id, "member_id": member_id}
    return session.execute(_OPEN_OF, keys).scalars().all()


def open_of_several(session: Session, people: Collection[Whose]) -> Sequence[Target]:
    """The same of several people in one reading, by member."""
    return session.execute(_OPEN_OF_THESE, these(people)).scalars().all()


def open_of_team(session: Session, *, workspace_id: int, manager_id: int) -> Sequence[Target]:
    """The same of everybody who reports to a manager now, in one reading, by member."""
    keys = {"workspace_id": workspace_id, "manager_id": manager_id}
    return session.execute(_OF_TEAM, keys).scalars().all()


def history(session: Session, *, workspace_id: int, member_id: int) -> Sequence[Target]:
    """Every target somebody has had, open ones too, in the order they were proposed."""
    keys = {"workspace_id": workspace_id, "member_id": member_id}
    return session.execute(_HISTORY, keys).scalars().all()


def proposals_for(session: Session, *, workspace_id: int, manager_id: int) -> Sequence[Proposal]:
    """What people who report to a manager now have proposed themselves, the longest waiting first."""
    rows = session.execute(_PROPOSALS, {"workspace_id": workspace_id, "manager_id": manager_id})
    return [Proposal(*row) for row in rows]


def get(session: Session, *, workspace_id: int, target_id: int) -> Target | None:
    """One target as it is now, whatever its state."""
    keys = {"workspace_id": workspace_id, "target_id": target_id}
    found: Target | None = session.execute(_ONE, keys).scalar_one_or_none()
    return found


def propose(
    session: Session,
    *,
    workspace_id: int,
    member_id: int,
    outcome: str,
    metric: str,
    from_value: Decimal | None,
    to_value: Decimal,
    starts: date,
    due: date,
    by: int,
    now: datetime,
) -> Target:
    """Either side proposes a target; an open proposal for the same metric is closed as replaced.

    Raises LookupError when one of them is not of this workspace, IntegrityError when `due` is not after `starts`."""
    there = _took_turn(session, _TURN_OF_MEMBER, {"place": workspace_id, "whose": member_id})
    if not (there and _is_here(session, workspace_id, by)):
        raise LookupError("both have to be members of this workspace")
    _replace(session, workspace_id, member_id, metric, "proposed", by, now)
    new = Target(
        workspace_id=workspace_id,
        member_id=member_id,
        outcome=outcome,
        metric=metric,
        from_value=from_value,
        to_value=to_value,
        starts=starts,
        due=due,
        proposed_by=by,
        proposed_at=now,
    )
    return _kept(session, new)


def agree(session: Session, *, workspace_id: int, target_id: int, by: int, now: datetime) -> Target | None:
    """The other side agrees; what was agreed for the same metric before is closed as replaced.

    None when it is not proposed any more, or not theirs to agree: one proposes, the other agrees, and one of the
    two is the member. Whether the other is their manager, the rules say."""
    target = _locked(session, workspace_id, target_id)
    if target is None or target.state != "proposed" or not _is_here(session, workspace_id, by):
        return None
    if by == target.proposed_by or target.member_id not in {by, target.proposed_by}:
        return None
    # First, because nobody has two agreed ones even for a moment.
    _replace(session, workspace_id, target.member_id, target.metric, "agreed", by, now)
    target.state, target.agreed_by, target.agreed_at = "agreed", by, now
    target.remind_at = now
    return _kept(session, target)


def close(
    session: Session, *, workspace_id: int, target_id: int, closing: str, by: int | None, now: datetime
) -> Target | None:
    """A proposal is withdrawn or refused; an agreed target is reached or ended, `by` nobody when time did it.

    None when it is not in the state for that any more. Raises KeyError for another `closing`."""
    needed = CLOSINGS[closing]
    target = _locked(session, workspace_id, target_id)
    if target is None or target.state != needed:
        return None
    _end(target, closing, by, now)
    return _kept(session, target)


def _took_turn(session: Session, turn: Update, keys: dict[str, int]) -> bool:
    """Whoever changes a member's targets waits here until the one before is done; False: there is no such row."""
    locked = session.execute(turn, keys)
    assert isinstance(locked, CursorResult), "an UPDATE gives a cursor's result"
    return locked.rowcount == 1


def _locked(session: Session, workspace_id: int, target_id: int) -> Target | None:
    # The lock comes before the reading, which on SQLite could not become a writing any more.
    found = _took_turn(session, _TURN_OF_TARGET, {"place": workspace_id, "target": target_id})
    return get(session, workspace_id=workspace_id, target_id=target_id) if found else None


def _is_here(session: Session, workspace_id: int, member_id: int) -> bool:
    keys = {"workspace_id": workspace_id, "member_id": member_id}
    return session.execute(_IS_HERE, keys).first() is not None


def _replace(
    session: Session, workspace_id: int, member_id: int, metric: str, state: str, by: int, now: datetime
) -> None:
    keys = {"workspace_id": workspace_id, "member_id": member_id, "metric": metric}
    for target in session.execute(_OF_METRIC, keys).scalars().all():
        if target.state == state:
            _end(target, "replaced", by, now)
    session.flush()


def _end(target: Target, closing: str, by: int | None, now: datetime) -> None:
    target.state, target.closing, target.closed_by, target.closed_at = "closed", closing, by, now
    target.remind_at = None


def _kept(session: Session, target: Target) -> Target:
    session.add(target)
    session.flush()
    return target
