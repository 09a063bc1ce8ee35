"""Which worker sends for which workspace: a row with an end, so that one that dies frees what it had.

A row and no PostgreSQL advisory lock: it outlives a pooled connection, and it is the same on both databases."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, or_, select, update
from sqlmodel import Session, col

from storage.deliveries import OPEN
from storage.inserting import insert_unless_there
from storage.models import Delivery, SendingLease, Workspace

_HAS_WORK: Final = (
    select(col(Delivery.workspace_id))
    .join(Workspace, col(Workspace.id) == col(Delivery.workspace_id))
    .join(SendingLease, col(SendingLease.workspace_id) == col(Delivery.workspace_id), isouter=True)
    .where(
        or_(
            col(Delivery.state).in_(OPEN)
            & or_(col(Delivery.retry_at).is_(None), col(Delivery.retry_at) <= bindparam("now")),
            (col(Delivery.state) == "unknown") & (col(Delivery.retry_at) <= bindparam("now")),
        ),
        col(Workspace.paused_reason).is_(None),
        or_(col(SendingLease.workspace_id).is_(None), col(SendingLease.lease_until) <= bindparam("now")),
        or_(col(SendingLease.quiet_until).is_(None), col(SendingLease.quiet_until) <= bindparam("now")),
        col(Delivery.workspace_id).not_in(bindparam("besides", expanding=True)),
    )
    .distinct()
    .limit(bindparam("limit"))
)
_FREE: Final[Any] = (
    select(
        col(SendingLease.workspace_id),
        col(SendingLease.worker),
        col(SendingLease.lease_until),
    )
    .where(
        col(SendingLease.workspace_id).in_(bindparam("workspaces", expanding=True)),
        col(SendingLease.lease_until) <= bindparam("now"),
    )
    .with_for_update(skip_locked=True)
)
_EVER: Final = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def take(
    session: Session, worker: str, *, now: datetime, until: datetime, limit: int, besides: Collection[int]
) -> dict[int, timedelta | None]:
    """Takes workspaces that have something to send and that nobody sends for, but for some.

    Gives for each how long ago another worker sent for it; None when none did, or this one."""
    given = {"now": now, "limit": limit, "besides": list(besides)}
    waiting = list(session.execute(_HAS_WORK, given).scalars())
    if not waiting:
        return {}
    rows = [{"workspace_id": each, "worker": worker, "lease_until": _EVER} for each in sorted(waiting)]
    session.execute(insert_unless_there(session, SendingLease), rows)
    free = session.execute(_FREE, {"workspaces": waiting, "now": now}).all()
    _set(session, [row.workspace_id for row in free], worker=worker, lease_until=until)
    return {row.workspace_id: None if row.worker == worker else now - row.lease_until for row in free}


def renew(session: Session, worker: str, workspaces: Collection[int], until: datetime) -> None:
    """Keeps what this worker has a while longer. What it has lost meanwhile stays lost."""
    statement = (
        update(SendingLease)
        .where(col(SendingLease.worker) == worker, col(SendingLease.workspace_id).in_(workspaces))
        .values(lease_until=until)
    )
    session.connection().execute(statement)


def release(session: Session, worker: str, workspaces: Collection[int], now: datetime) -> None:
    """Lets others send for these workspaces from now on."""
    mine = col(SendingLease.worker) == worker
    statement = update(SendingLease).where(mine, col(SendingLease.workspace_id).in_(workspaces))
    session.connection().execute(statement.values(lease_until=now))


def keep_quiet(session: Session, workspace_id: int, until: datetime) -> None:
    """Slack asked us to wait: nothing scheduled goes to this workspace before."""
    later = or_(col(SendingLease.quiet_until).is_(None), col(SendingLease.quiet_until) < until)
    statement = update(SendingLease).where(col(SendingLease.workspace_id) == workspace_id, later)
    session.connection().execute(statement.values(quiet_until=until))


def forget_all(session: Session) -> None:
    """Frees every workspace: for the only worker there can be, which knows that those before it are gone."""
    session.execute(update(SendingLease).values(lease_until=_EVER))


def _set(session: Session, workspaces: Collection[int], **columns: object) -> None:
    statement = update(SendingLease).where(col(SendingLease.workspace_id).in_(workspaces))
    session.connection().execute(statement.values(**columns))
