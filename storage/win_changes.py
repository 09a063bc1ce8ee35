"""Changes of a win: each one guarded by the version that was seen, and each one kept."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.engine import CursorResult
from sqlmodel import Session, col

from storage.models import DECIDED, WAITING, Member, Win, WinRevision

REMIND_AFTER: Final = timedelta(days=7)
"""How long a win waits before whoever may confirm it is reminded. A house default."""
_NOT_OF_THE_WIN: Final = frozenset({"copy_channel", "copy_ts", "remind_at"})
"""Where the message about it is, and when somebody is reminded of it, says nothing about the win itself."""
_TOUCHING_NOTHING: Final = frozenset({"confirmed", "declined", "deleted", "restored"})
"""After these, what somebody decided about is still what is there."""

_HISTORY: Final = (
    select(WinRevision, col(Member.name), col(Member.user_id))
    .join(Member, col(Member.id) == col(WinRevision.by_id))
    .where(
        col(WinRevision.workspace_id) == bindparam("workspace_id"),
        col(WinRevision.win_id) == bindparam("win_id"),
    )
    .order_by(col(WinRevision.number))
)


class Past(NamedTuple):
    """One version of a win, with the name and the Slack user id of who made it."""

    revision: WinRevision
    name: str
    user_id: str


def change(
    session: Session,
    /,
    win: Win,
    *,
    by: int,
    now: datetime,
    deed: str,
    said: str | None = None,
    **values: Any,
) -> Win | None:
    """Changes a win as it was seen, and writes the new version down; None when somebody was quicker.

    What status and deed bring with them (since when it waits, who decided it and when, no delegate once
    nothing waits, when it was deleted) is worked out, unless it is given too. The row returned is the session's own:
    a `win` of the same session has changed with it. Raises IntegrityError for what must never be, such as
    an edit that leaves a win verified."""
    number = win.revision + 1
    columns = {**_brought_along(win, deed, by, now, values.get("status", win.status)), **values}
    deleted = col(Win.deleted_at).is_(None) if win.deleted_at is None else col(Win.deleted_at).is_not(None)
    as_seen = (
        col(Win.id) == win.id,
        col(Win.workspace_id) == win.workspace_id,
        col(Win.revision) == win.revision,
        deleted,
    )
    statement = update(Win).where(*as_seen).values(**columns, revision=number).returning(Win)
    fresh: Win | None = session.execute(
        statement, execution_options={"populate_existing": True, "synchronize_session": False}
    ).scalar_one_or_none()
    if fresh is not None:
        write_down(session, fresh, by=by, at=now, deed=deed, said=said)
    return fresh


def _brought_along(win: Win, deed: str, by: int, now: datetime, status: str) -> dict[str, object]:
    columns: dict[str, object] = {}
    if deed in {"deleted", "restored"}:
        columns["deleted_at"] = now if deed == "deleted" else None
    if status in WAITING:
        # An answer goes back to where the question came from in the queue, not to its end.
        if win.status not in WAITING:
            columns |= {"shared_at": now, "remind_at": now + REMIND_AFTER}
    else:
        columns |= {"delegate_id": None, "remind_at": None}
    if status not in (*WAITING, *DECIDED):
        columns["shared_at"] = None
    return columns | _decision(win, deed, by, now, status)


def _decision(win: Win, deed: str, by: int, now: datetime, status: str) -> dict[str, object]:
    if status not in DECIDED:
        return {"decided_by": None, "decided_at": None, "decided_revision": None}
    made = {"decided_by": by, "decided_at": now} if status != win.status else {}
    return {**made, "decided_revision": win.revision + 1} if deed in _TOUCHING_NOTHING else {**made}


def write_down(
    session: Session, win: Win, *, by: int, at: datetime, deed: str, said: str | None = None
) -> None:
    """Keeps the version that a win is in now; in the transaction that brought it there."""
    assert win.id is not None, "a stored row has an id"
    session.add(
        WinRevision(
            workspace_id=win.workspace_id,
            win_id=win.id,
            number=win.revision,
            by_id=by,
            at=at,
            deed=deed,
            said=said,
            row=as_row(win),
        )
    )
    session.flush()


def as_row(win: Win) -> dict[str, Any]:
    """The whole win as JSON can keep it: decimals as text with all their digits, days and moments as ISO 8601."""
    return {name: _written(value) for name, value in win.model_dump(exclude=set(_NOT_OF_THE_WIN)).items()}


def _written(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def history(session: Session, win: Win) -> Sequence[Past]:
    """Every version of a win, oldest first."""
    rows = session.execute(_HISTORY, {"workspace_id": win.workspace_id, "win_id": win.id})
    return [Past(*row) for row in rows]


def purge(session: Session, before: datetime) -> int:
    """Takes wins that were deleted before a moment away for good, with all their versions. How many it were."""
    # One statement, the versions go with it: whoever takes a win back meanwhile keeps its history too.
    gone = session.execute(
        delete(Win).where(col(Win.deleted_at) < before), execution_options={"synchronize_session": False}
    )
    assert isinstance(gone, CursorResult), "a DELETE gives a cursor's result"
    return gone.rowcount


def remember_copy(session: Session, win_id: int, workspace_id: int, channel: str, ts: str) -> None:
    """Where the owner's message about a win is; no new version, since the win is the same."""
    mine = (col(Win.id) == win_id, col(Win.workspace_id) == workspace_id)
    session.execute(update(Win).where(*mine).values(copy_channel=channel, copy_ts=ts))
