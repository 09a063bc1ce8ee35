"""The ledger while messages are on their way: what can go, what is being sent, and what became of it, in batches."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple, Self

from sqlalchemy import and_, bindparam, case, func, null, or_, select, text, update
from sqlmodel import Session, col

from storage.deliveries import OPEN
from storage.models import Delivery, Member, SendingLease, Workspace

TOO_LATE: Final = "not sent within 48 hours"
DIED: Final = "the worker stopped while sending"

_NOT_LATER: Final = or_(col(Delivery.retry_at).is_(None), col(Delivery.retry_at) <= bindparam("now"))
_OPEN_NOW: Final = and_(col(Delivery.state).in_(OPEN), _NOT_LATER)
# Rows that are asked for by their ids: with the bare columns SQLite goes through all that is open instead, and that takes
# the longer the more is due.
_STILL_OPEN: Final = and_(col(Delivery.state).concat("").in_(OPEN), _NOT_LATER)
_ALLOWED: Final = and_(
    col(Workspace.paused_reason).is_(None),
    col(SendingLease.worker) == bindparam("me"),
    col(SendingLease.lease_until) > bindparam("now"),
    or_(col(SendingLease.quiet_until).is_(None), col(SendingLease.quiet_until) <= bindparam("now")),
)
_RANK: Final = func.row_number().over(
    partition_by=col(Delivery.workspace_id),
    order_by=(col(Delivery.due_at), col(Delivery.member_id), col(Delivery.id)),
)
_READY: Final = (
    select(
        col(Delivery.id),
        col(Delivery.workspace_id),
        col(Delivery.member_id),
        col(Member.profile_read_at),
        _RANK.label("rank"),
    )
    .join(Member, col(Member.id) == col(Delivery.member_id))
    .join(Workspace, col(Workspace.id) == col(Delivery.workspace_id))
    .join(SendingLease, col(SendingLease.workspace_id) == col(Delivery.workspace_id))
    .where(col(Delivery.workspace_id).in_(bindparam("workspaces", expanding=True)), _OPEN_NOW, _ALLOWED)
    .subquery()
)
_FIRST_READY: Final = select(_READY).where(_READY.c.rank <= bindparam("limit")).order_by(_READY.c.rank)


class Undecided(NamedTuple):
    """A row of the ledger of which it is not settled what it says: what one has to know of it for that."""

    id: str
    workspace_id: int
    member_id: int
    kind: str
    subject: str
    slot: str
    due_at: datetime
    attempts: int
    moved: int
    said: dict[str, Any] | None
    sent_at: datetime | None

    @classmethod
    def of(cls, row: Delivery) -> Self:
        return cls(*(getattr(row, name) for name in cls._fields))


_TO_DECIDE: Final = (
    # Columns, not the class: of thousands of rows each is looked at once.
    select(*(col(getattr(Delivery, name)) for name in Undecided._fields), Member)
    .join(Member, col(Member.id) == col(Delivery.member_id))
    .join(Workspace, col(Workspace.id) == col(Delivery.workspace_id))
    .join(SendingLease, col(SendingLease.workspace_id) == col(Delivery.workspace_id))
    .where(col(Delivery.id).in_(bindparam("ids", expanding=True)), _STILL_OPEN, _ALLOWED)
)
_BEGIN: Final = (
    update(Delivery)
    .where(
        col(Delivery.id).in_(bindparam("ids", expanding=True)),
        _STILL_OPEN,
        (col(Delivery.workspace_id) + 0).in_(
            select(col(Workspace.id))
            .join(SendingLease, col(SendingLease.workspace_id) == col(Workspace.id))
            .where(_ALLOWED)
        ),
    )
    .values(
        state="sending",
        worker=bindparam("me"),
        lease_until=bindparam("until"),
        attempted_at=bindparam("now"),
        retry_at=None,
        attempts=Delivery.attempts + 1,
    )
    .returning(col(Delivery.id))
)
_SAID: Final = update(Delivery).where(col(Delivery.id) == bindparam("row")).values(said=bindparam("words"))
_SENT: Final = (
    update(Delivery)
    # Who came back too late to say so still knows best that it was posted.
    .where(
        col(Delivery.id) == bindparam("row"),
        # What is the same for every message stands in the statement, and is not bound anew for each.
        or_(col(Delivery.state) == text("'sending'"), col(Delivery.state) == text("'unknown'")),
    )
    .values(
        state=text("'sent'"),
        channel=bindparam("place"),
        ts=bindparam("name"),
        sent_at=bindparam("when"),
        reason=null(),
        retry_at=null(),
        worker=null(),
        lease_until=null(),
    )
)
_RECORD: Final = (
    update(Delivery)
    .where(
        col(Delivery.id) == bindparam("row"),
        # Not `in_`: a statement for many rows at once cannot have one.
        or_(*(col(Delivery.state) == state for state in (*OPEN, "sending"))),
    )
    .values(
        state=bindparam("ended"),
        reason=bindparam("why"),
        retry_at=bindparam("again"),
        worker=None,
        lease_until=None,
    )
)
_DM: Final = update(Member).where(col(Member.id) == bindparam("whose")).values(dm_channel=bindparam("place"))
_LOST: Final = (
    select(
        col(Delivery.id),
        col(Delivery.member_id),
        col(Delivery.due_at),
        col(Delivery.attempted_at),
        col(Member.dm_channel),
    )
    .join(Member, col(Member.id) == col(Delivery.member_id))
    .where(
        col(Delivery.workspace_id) == bindparam("workspace"),
        col(Delivery.state) == "unknown",
        col(Delivery.retry_at) <= bindparam("now"),
    )
    .order_by(col(Delivery.due_at), col(Delivery.id))
    .limit(bindparam("limit"))
)
_QUIET_OR_LATER: Final = case(
    (col(SendingLease.quiet_until).is_(None), col(Delivery.retry_at)),
    (col(Delivery.retry_at).is_(None), col(SendingLease.quiet_until)),
    (col(SendingLease.quiet_until) > col(Delivery.retry_at), col(SendingLease.quiet_until)),
    else_=col(Delivery.retry_at),
)
_NEXT: Final = (
    select(func.min(_QUIET_OR_LATER))
    .select_from(Delivery)
    .join(Workspace, col(Workspace.id) == col(Delivery.workspace_id))
    .join(SendingLease, col(SendingLease.workspace_id) == col(Delivery.workspace_id), isouter=True)
    .where(
        or_(
            col(Delivery.state).in_(OPEN),
            and_(col(Delivery.state) == "unknown", col(Delivery.retry_at).is_not(None)),
        ),
        col(Workspace.paused_reason).is_(None),
    )
)

_KNOWS_WHERE: Final = (
    select(col(Member.dm_channel))
    .where(col(Member.id) == col(Delivery.member_id))
    .scalar_subquery()
    .is_not(None)
)
_ANSWER_BY: Final = timedelta(hours=24)
"""How long after it is too late to send it Slack is still asked whether it arrived."""


@dataclass(frozen=True)
class Ready:
    """A row that can be sent now."""

    id: str
    workspace_id: int
    member_id: int
    profile_read_at: datetime | None


@dataclass(frozen=True)
class Lost:
    """A row of which nobody knows whether it arrived, and where to look for it."""

    id: str
    member_id: int
    due_at: datetime
    attempted_at: datetime | None
    dm_channel: str | None


@dataclass(frozen=True)
class Sent:
    """A row that Slack has posted, and where."""

    id: str
    channel: str
    ts: str
    at: datetime
    member_id: int | None = None
    """Whose direct conversation the channel is, where that was not known."""


@dataclass(frozen=True)
class Ending:
    """A row that ended otherwise, or waits to be tried or asked about again."""

    id: str
    state: str
    reason: str
    retry_at: datetime | None = None


def settle_abandoned(session: Session, now: datetime, fresh: timedelta) -> None:
    """Ends what nobody will: of a send whose worker died nobody knows, and what is too old to be of use expires.

    Where the conversation is known, Slack is asked next whether it arrived."""
    run, state = session.connection().execute, col(Delivery.state)
    columns: dict[Any, Any] = {
        "state": "unknown",
        "reason": DIED,
        "retry_at": case((_KNOWS_WHERE, now), else_=None),
    }
    run(update(Delivery).where(state == "sending", col(Delivery.lease_until) < now).values(columns))
    late = (state.in_(OPEN), col(Delivery.due_at) < now - fresh)
    run(update(Delivery).where(*late).values(state="expired", reason=TOO_LATE, retry_at=None))
    too_long = (col(Delivery.retry_at).is_not(None), col(Delivery.due_at) < now - fresh - _ANSWER_BY)
    run(update(Delivery).where(state == "unknown", *too_long).values(retry_at=None))


def ready(session: Session, worker: str, workspaces: Sequence[int], now: datetime, limit: int) -> list[Ready]:
    """What can go now in workspaces that this worker sends for: the longest due of each, so many at most."""
    given = {"workspaces": list(workspaces), "me": worker, "now": now, "limit": limit}
    return [Ready(*row[:4]) for row in session.execute(_FIRST_READY, given)]


def to_decide(
    session: Session, worker: str, ids: Sequence[str], now: datetime
) -> list[tuple[Undecided, Member, Workspace]]:
    """Those of the rows that can still go, with whom and where they are for."""
    given = {"ids": list(ids), "me": worker, "now": now}
    places: dict[int, Workspace] = {}
    rows = []
    for *columns, member in session.execute(_TO_DECIDE, given):
        row = Undecided._make(columns)
        # A dictionary, because the session's own memory is slow to ask.
        place = places.get(row.workspace_id) or session.get_one(Workspace, row.workspace_id)
        places[row.workspace_id] = place
        rows.append((row, member, place))
    return rows


def will_say(session: Session, saying: dict[str, dict[str, Any]]) -> None:
    """Writes down what rows are about, before anybody is told."""
    if saying:
        session.connection().execute(_SAID, [{"row": each, "words": words} for each, words in saying.items()])


def begin(session: Session, worker: str, ids: Sequence[str], *, now: datetime, until: datetime) -> set[str]:
    """Marks rows as being sent, before Slack is asked; gives those that may still go."""
    if not ids:
        return set()
    given = {"ids": list(ids), "me": worker, "now": now, "until": until}
    return set(session.connection().execute(_BEGIN, given).scalars())


def record(session: Session, ended: Sequence[Sent | Ending]) -> None:
    """What became of rows; one that has ended is not changed again."""
    connection = session.connection()
    sent = [row for row in ended if isinstance(row, Sent)]
    if sent:
        connection.execute(
            _SENT, [{"row": row.id, "place": row.channel, "name": row.ts, "when": row.at} for row in sent]
        )
    others = [row for row in ended if isinstance(row, Ending)]
    if others:
        connection.execute(_RECORD, [_columns(row) for row in others])
    reached = [{"whose": row.member_id, "place": row.channel} for row in sent if row.member_id is not None]
    if reached:
        connection.execute(_DM, reached)


def _columns(row: Ending) -> dict[str, Any]:
    return {"row": row.id, "ended": row.state, "why": row.reason[:200], "again": row.retry_at}


def with_lost(session: Session, workspaces: Collection[int], now: datetime) -> set[int]:
    """Those of the workspaces in which Slack is to be asked about something now."""
    asked_about = (col(Delivery.state) == "unknown", col(Delivery.retry_at) <= now)
    statement = select(col(Delivery.workspace_id)).where(*asked_about)
    statement = statement.where(col(Delivery.workspace_id).in_(workspaces))
    return set(session.execute(statement).scalars())


def lost(session: Session, workspace_id: int, now: datetime, limit: int) -> list[Lost]:
    """The rows of which Slack is to be asked now whether they arrived."""
    given = {"workspace": workspace_id, "now": now, "limit": limit}
    return [Lost(*row) for row in session.execute(_LOST, given)]


def ask_later(session: Session, ids: Collection[str], at: datetime | None) -> None:
    """Puts the question off; None: it is never asked again, and the rows stay unknown."""
    which = and_(col(Delivery.id).in_(ids), col(Delivery.state) == "unknown")
    session.connection().execute(update(Delivery).where(which).values(retry_at=at))


def answer(session: Session, /, delivery_id: str, state: str, **columns: object) -> None:
    """What asking Slack about an unknown row has shown."""
    which = and_(col(Delivery.id) == delivery_id, col(Delivery.state) == "unknown")
    session.connection().execute(update(Delivery).where(which).values(state=state, **columns))


def next_retry(session: Session) -> datetime | None:
    """The next moment at which a row that is claimed already is to be tried, tried again or asked about."""
    moment: datetime | None = session.execute(_NEXT).scalar()
    return moment
