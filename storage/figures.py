"""How the ledger stands, in figures for whoever watches over it: of all workspaces together, of nobody in particular."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from storage import heartbeats
from storage.deliveries import OPEN
from storage.models import Delivery, Workspace

WEEK: Final = timedelta(days=8)
HOUR: Final = timedelta(hours=1)
MOST: Final = 1000
"""Messages of the last hour that are looked at for how late they came."""
QUANTILES: Final = (("0.5", 0.5), ("0.95", 0.95), ("1", 1.0))


@dataclass(frozen=True)
class Figures:
    """At one moment. Durations are in seconds."""

    deliveries: Mapping[tuple[str, str], int]
    """Of the last eight days, by kind and state."""
    waiting: int
    """Messages that could go now."""
    oldest_seconds: float
    """How long the oldest of them waits."""
    lateness: Mapping[str, float]
    """Of the weekly messages of the last hour, by quantile; empty where none was sent."""
    worker_seen_seconds: float | None
    """Since any worker was last at work; None where none was within a day."""


def figures(session: Session, now: datetime) -> Figures:
    """All of them, in a handful of statements."""
    waiting, oldest = _waiting(session, now)
    seen = heartbeats.latest(session)
    return Figures(
        deliveries=_by_state(session, now),
        waiting=waiting,
        oldest_seconds=_seconds(now, oldest) or 0.0,
        lateness=_lateness(session, now),
        worker_seen_seconds=_seconds(now, seen),
    )


def _by_state(session: Session, now: datetime) -> dict[tuple[str, str], int]:
    kind, state = col(Delivery.kind), col(Delivery.state)
    recent = select(kind, state, func.count()).where(col(Delivery.due_at) > now - WEEK).group_by(kind, state)
    return {(row[0], row[1]): row[2] for row in session.execute(recent)}


def _waiting(session: Session, now: datetime) -> tuple[int, datetime | None]:
    due = (
        select(func.count(), func.min(col(Delivery.due_at)))
        .join(Workspace, col(Workspace.id) == col(Delivery.workspace_id))
        .where(
            col(Delivery.state).in_(OPEN),
            or_(col(Delivery.retry_at).is_(None), col(Delivery.retry_at) <= now),
            col(Workspace.paused_reason).is_(None),
        )
    )
    count, oldest = session.execute(due).one()
    return count, oldest


def _lateness(session: Session, now: datetime) -> dict[str, float]:
    newest = (
        select(col(Delivery.due_at), col(Delivery.sent_at))
        .where(col(Delivery.kind) == "nudge", col(Delivery.sent_at) > now - HOUR)
        .order_by(col(Delivery.sent_at).desc())
        .limit(MOST)
    )
    late = sorted((sent - due).total_seconds() for due, sent in session.execute(newest))
    return {name: _quantile(late, share) for name, share in QUANTILES} if late else {}


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that at least this share does not exceed."""
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def _seconds(now: datetime, then: datetime | None) -> float | None:
    return None if then is None else max(0.0, (now - then).total_seconds())
