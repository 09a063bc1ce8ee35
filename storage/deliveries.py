"""The ledger of scheduled messages: what is due is claimed, and what was said is remembered; `storage.sending` does the rest."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple

from sqlalchemy import and_, bindparam, delete, select, update
from sqlmodel import Session, col

from storage.inserting import insert_unless_there
from storage.models import Delivery, Member, Workspace

OPEN: Final = ("claimed", "retry")
LEAVING: Final = "asked to be erased"

_DUE: Final[Any] = (
    select(
        col(Member.id),
        col(Member.workspace_id),
        col(Member.zone),
        col(Workspace.zone).label("workspace_zone"),
        col(Member.nudge_weekday),
        col(Member.nudge_time),
        col(Member.paused_until),
        col(Member.next_nudge_at),
        col(Member.next_nudge_slot),
    )
    .join(Workspace, col(Workspace.id) == col(Member.workspace_id))
    .where(
        col(Member.next_nudge_at) <= bindparam("now"),
        col(Member.nudges_off).is_(False),
        col(Member.unreachable).is_(None),
        col(Workspace.paused_reason).is_(None),
    )
    .order_by(col(Member.next_nudge_at))
    .limit(bindparam("limit"))
    # Several workers share the due members out between them; SQLite ignores this and locks the file instead.
    .with_for_update(of=Member, skip_locked=True)
)
_SLOTS: Final = (
    select(col(Delivery.slot))
    .where(col(Delivery.member_id) == bindparam("member_id"), col(Delivery.kind) == bindparam("kind"))
    .order_by(col(Delivery.due_at).desc())
    .limit(4)
)

_MOVE_ON: Final = (
    update(Member)
    .where(col(Member.id).in_(bindparam("ids", expanding=True)))
    .values(next_nudge_at=bindparam("at"), next_nudge_slot=bindparam("slot"))
)


class DueMember(NamedTuple):
    """What is needed to claim somebody's weekly message and to work out the one after it."""

    id: int
    workspace_id: int
    zone: str | None
    workspace_zone: str | None
    nudge_weekday: int
    nudge_time: time
    paused_until: date | None
    next_nudge_at: datetime
    next_nudge_slot: str | None


def lock_for_claiming(session: Session) -> None:
    """Takes SQLite's write lock at the start, so that what was read is still true when it is written."""
    session.connection(execution_options={"immediate": True})


def due_members(session: Session, now: datetime, limit: int) -> list[DueMember]:
    """Members whose weekly message is due, the longest waiting first; locked until the transaction ends."""
    rows = session.execute(_DUE, {"now": now, "limit": limit})
    return [DueMember._make(row) for row in rows]


def claim(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Writes ledger rows; one that exists already (same member, kind, subject and slot) stays as it is."""
    if rows:
        # Plain rows, not models: building and checking one of those costs more than writing the row.
        alike = [{"subject": "", "state": "claimed", "reason": None, **row} for row in rows]
        session.connection().execute(insert_unless_there(session, Delivery), alike)


def move_on(session: Session, nexts: Iterable[tuple[int, datetime, str]]) -> None:
    """Sets when each member's next weekly message is decided on, and of which slot it is.

    Half a team goes by one clock: whoever comes to the same moment is written down in one statement."""
    together: defaultdict[tuple[datetime, str], list[int]] = defaultdict(list)
    for member_id, at, slot in nexts:
        together[at, slot].append(member_id)
    for (at, slot), ids in together.items():
        session.connection().execute(_MOVE_ON, {"ids": ids, "at": at, "slot": slot})


def recent_slots(session: Session, member_id: int, kind: str) -> list[str]:
    """The newest slots of which the ledger has a row, whatever became of it."""
    return list(session.execute(_SLOTS, {"member_id": member_id, "kind": kind}).scalars())


def take_back(session: Session, member_id: int, kind: str, *, reason: str, since: str) -> list[str]:
    """Removes rows that were skipped for this reason, from that slot on: it no longer holds. The slots they had."""
    statement = (
        delete(Delivery)
        .where(
            col(Delivery.member_id) == member_id,
            col(Delivery.kind) == kind,
            col(Delivery.state) == "skipped",
            col(Delivery.reason) == reason,
            col(Delivery.slot) >= since,
        )
        .returning(col(Delivery.slot))
    )
    return list(session.execute(statement).scalars())


def of_member(
    session: Session, *, workspace_id: int, member_id: int, limit: int, offset: int
) -> Sequence[Delivery]:
    """Everything scheduled for somebody, whatever became of it, the newest first."""
    statement = (
        select(Delivery)
        .where(col(Delivery.workspace_id) == workspace_id, col(Delivery.member_id) == member_id)
        .order_by(col(Delivery.due_at).desc(), col(Delivery.id))
        .limit(limit)
        .offset(offset)
    )
    return session.execute(statement).scalars().all()


def said_before(session: Session, member_id: int, kind: str, limit: int) -> list[dict[str, Any]]:
    """What the newest messages of this kind were about, newest first."""
    statement = (
        select(col(Delivery.said))
        .where(
            col(Delivery.member_id) == member_id,
            col(Delivery.kind) == kind,
            col(Delivery.state).in_(("sent", "unknown")),
        )
        .order_by(col(Delivery.due_at).desc())
        .limit(limit)
    )
    return [said for said in session.execute(statement).scalars() if said]


def withdraw(session: Session, member_id: int) -> None:
    """Whatever waits to be sent to somebody who asked to be erased stays unsent."""
    theirs = and_(col(Delivery.member_id) == member_id, col(Delivery.state).in_(OPEN))
    session.execute(update(Delivery).where(theirs).values(state="skipped", reason=LEAVING, retry_at=None))


def hold(session: Session, delivery_id: str, until: datetime) -> None:
    """Keeps a claimed row for later in its slot: the member's clock turned out to be behind."""
    open_row = (col(Delivery.id) == delivery_id, col(Delivery.state).in_(OPEN))
    # Past the session: the row may be one of its objects, whose reader goes by what it read.
    session.connection().execute(update(Delivery).where(*open_row).values(retry_at=until, due_at=until))


def next_nudge(session: Session) -> datetime | None:
    """The next moment at which somebody's weekly message is due."""
    due = select(col(Member.next_nudge_at)).join(Workspace, col(Workspace.id) == col(Member.workspace_id))
    due = due.where(
        col(Member.next_nudge_at).is_not(None),
        col(Member.nudges_off).is_(False),
        col(Member.unreachable).is_(None),
        col(Workspace.paused_reason).is_(None),
    ).order_by(col(Member.next_nudge_at))
    return session.execute(due.limit(1)).scalar()
