"""Who reports to whom: set, asked for, accepted, ended; kept when it is over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, literal, select, update
from sqlmodel import Session, col

from storage.models import Member, Reporting, Workspace

# Written into the statement: neither database would use the index over such rows for a value it is only handed.
CURRENT: Final = col(Reporting.state) == literal("current", literal_execute=True)
ASKED: Final = col(Reporting.state) == literal("asked", literal_execute=True)
_HERE: Final = col(Reporting.workspace_id) == bindparam("workspace_id")
_TO_THEM: Final = col(Reporting.manager_id) == bindparam("manager_id")
_OF_THEM: Final = col(Reporting.member_id) == bindparam("member_id")

_MANAGER: Final = (
    select(Member)
    .join(Reporting, col(Reporting.manager_id) == col(Member.id))
    .where(_HERE, _OF_THEM, CURRENT)
)
_REPORTS: Final = (
    select(Member)
    .join(Reporting, col(Reporting.member_id) == col(Member.id))
    .where(_HERE, _TO_THEM, CURRENT)
    .order_by(func.lower(Member.name), col(Member.id))
)
_ANY: Final = select(col(Reporting.id)).where(_HERE, _TO_THEM, CURRENT).limit(1)
_LEADING: Final = (
    select(col(Reporting.manager_id), func.count())
    .where(
        _HERE,
        CURRENT,
        col(Reporting.manager_id).in_(select(col(Reporting.member_id)).where(_HERE, _TO_THEM, CURRENT)),
    )
    .group_by(col(Reporting.manager_id))
)
_CHAIN: Final = select(col(Reporting.member_id), col(Reporting.manager_id)).where(_HERE, CURRENT)
_ASKED_OF: Final = (
    select(Reporting, Member)
    .join(Member, col(Member.id) == col(Reporting.member_id))
    .where(_HERE, _TO_THEM, ASKED)
    .order_by(col(Reporting.asked_at), col(Reporting.id))
)
_ASKED_BY: Final = (
    select(Reporting, Member)
    .join(Member, col(Member.id) == col(Reporting.manager_id))
    .where(_HERE, _OF_THEM, ASKED)
)
# Read after waiting for one's turn, when what this session knew of the row may be over.
_OPEN_OF: Final = (
    select(Reporting).where(_HERE, _OF_THEM, CURRENT | ASKED).execution_options(populate_existing=True)
)
_ONE_ASK: Final = (
    select(Reporting)
    .where(_HERE, col(Reporting.id) == bindparam("reporting_id"), ASKED)
    .execution_options(populate_existing=True)
)
_TURN: Final = (
    update(Workspace)
    .where(col(Workspace.id) == bindparam("place"))
    .values(name=col(Workspace.name))
    .execution_options(synchronize_session=False)
)


def manager_of(session: Session, *, workspace_id: int, member_id: int) -> Member | None:
    """Who somebody reports to now."""
    found: Member | None = session.execute(
        _MANAGER, {"workspace_id": workspace_id, "member_id": member_id}
    ).scalar_one_or_none()
    return found


def reports_of(session: Session, *, workspace_id: int, manager_id: int) -> Sequence[Member]:
    """Who reports to somebody now, by name."""
    keys = {"workspace_id": workspace_id, "manager_id": manager_id}
    return session.execute(_REPORTS, keys).scalars().all()


def is_manager(session: Session, *, workspace_id: int, member_id: int) -> bool:
    """Whether anybody reports to them now."""
    keys = {"workspace_id": workspace_id, "manager_id": member_id}
    return session.execute(_ANY, keys).first() is not None


def leading(session: Session, *, workspace_id: int, manager_id: int) -> dict[int, int]:
    """How many people each of a manager's people leads directly; who leads nobody is not in it."""
    rows = session.execute(_LEADING, {"workspace_id": workspace_id, "manager_id": manager_id})
    return {row[0]: row[1] for row in rows}


def chain(session: Session, *, workspace_id: int) -> dict[int, int]:
    """Everybody's current manager, by the id of the member."""
    rows = session.execute(_CHAIN, {"workspace_id": workspace_id})
    return {row.member_id: row.manager_id for row in rows}


def take_turn(session: Session, *, workspace_id: int) -> None:
    """Whoever changes who reports to whom in a workspace waits here until the one before is done.

    Call it before `chain` when the answer decides what is written: two who each looked first could
    otherwise close a loop together."""
    # A row that is written as it was is a lock on either database.
    session.execute(_TURN, {"place": workspace_id})


def assign(
    session: Session, *, workspace_id: int, member_id: int, manager_id: int, set_by: int, now: datetime
) -> Reporting:
    """Somebody reports to this manager from now on; what was current or asked for is over.

    Raises LookupError when one of them is not of this workspace."""
    _check_both(session, workspace_id, member_id, manager_id)
    there = _open_of(session, workspace_id, member_id)
    current = there.get("current")
    same = current is not None and current.manager_id == manager_id
    _end_all(session, [row for row in there.values() if not (same and row is current)], now)
    if same and current is not None:
        return current
    new = Reporting(
        workspace_id=workspace_id,
        member_id=member_id,
        manager_id=manager_id,
        state="current",
        since=now,
        set_by=set_by,
    )
    _begin_digest(session, manager_id, now)
    return _kept(session, new)


def ask(session: Session, *, workspace_id: int, member_id: int, manager_id: int, now: datetime) -> Reporting:
    """A member would like to report to somebody, who has to accept; an earlier ask of theirs is over.

    Raises LookupError when one of them is not of this workspace."""
    _check_both(session, workspace_id, member_id, manager_id)
    earlier = _open_of(session, workspace_id, member_id).get("asked")
    _end_all(session, [earlier] if earlier else [], now)
    new = Reporting(
        workspace_id=workspace_id, member_id=member_id, manager_id=manager_id, state="asked", asked_at=now
    )
    return _kept(session, new)


def accept(
    session: Session, *, workspace_id: int, reporting_id: int, manager_id: int, now: datetime
) -> Reporting | None:
    """The manager says yes. None: it was not they who were asked, or it is no longer open."""
    asked = _answered(session, workspace_id, reporting_id, manager_id)
    if asked is None:
        return None
    current = _open_of(session, workspace_id, asked.member_id).get("current")
    # First, because nobody has two current ones even for a moment.
    _end_all(session, [current] if current else [], now)
    asked.state, asked.since, asked.set_by = "current", now, manager_id
    _begin_digest(session, manager_id, now)
    return _kept(session, asked)


def refuse(
    session: Session, *, workspace_id: int, reporting_id: int, manager_id: int, now: datetime
) -> Reporting | None:
    """The manager says no. None: it was not they who were asked, or it is no longer open."""
    asked = _answered(session, workspace_id, reporting_id, manager_id)
    if asked is not None:
        _end_all(session, [asked], now)
    return asked


def end(session: Session, *, workspace_id: int, member_id: int, now: datetime) -> Reporting | None:
    """Somebody reports to nobody from now on; what they asked for stays open. Returns what is over."""
    take_turn(session, workspace_id=workspace_id)
    current = _open_of(session, workspace_id, member_id).get("current")
    _end_all(session, [current] if current else [], now)
    return current


def asked_of(session: Session, *, workspace_id: int, manager_id: int) -> Sequence[tuple[Reporting, Member]]:
    """Open asks that wait for this manager, oldest first, each with who asked."""
    rows = session.execute(_ASKED_OF, {"workspace_id": workspace_id, "manager_id": manager_id})
    return [(row[0], row[1]) for row in rows]


def asked_by(session: Session, *, workspace_id: int, member_id: int) -> tuple[Reporting, Member] | None:
    """The open ask of a member, with the manager who was asked."""
    row = session.execute(_ASKED_BY, {"workspace_id": workspace_id, "member_id": member_id}).one_or_none()
    return None if row is None else (row[0], row[1])


def find_ask(session: Session, *, workspace_id: int, reporting_id: int) -> Reporting | None:
    """An ask that is still open."""
    keys = {"workspace_id": workspace_id, "reporting_id": reporting_id}
    found: Reporting | None = session.execute(_ONE_ASK, keys).scalar_one_or_none()
    return found


def _check_both(session: Session, workspace_id: int, member_id: int, manager_id: int) -> None:
    take_turn(session, workspace_id=workspace_id)
    both = {member_id, manager_id}
    here = select(col(Member.id)).where(col(Member.workspace_id) == workspace_id, col(Member.id).in_(both))
    if set(session.execute(here).scalars()) != both:
        raise LookupError("both have to be members of this workspace")


def _answered(session: Session, workspace_id: int, reporting_id: int, manager_id: int) -> Reporting | None:
    take_turn(session, workspace_id=workspace_id)
    asked = find_ask(session, workspace_id=workspace_id, reporting_id=reporting_id)
    return asked if asked is not None and asked.manager_id == manager_id else None


def _open_of(session: Session, workspace_id: int, member_id: int) -> dict[str, Reporting]:
    rows = session.execute(_OPEN_OF, {"workspace_id": workspace_id, "member_id": member_id}).scalars()
    return {row.state: row for row in rows}


def _begin_digest(session: Session, manager_id: int, now: datetime) -> None:
    """Whoever leads somebody gets a digest: when the next is due is worked out when it is looked at."""
    nobody_yet = (col(Member.id) == manager_id, col(Member.next_digest_at).is_(None))
    session.execute(update(Member).where(*nobody_yet).values(next_digest_at=now))


def _end_all(session: Session, rows: Sequence[Reporting], now: datetime) -> None:
    for row in rows:
        row.state, row.until = "ended", now
    session.flush()


def _kept(session: Session, row: Reporting) -> Reporting:
    session.add(row)
    session.flush()
    return row
