"""What the weekly messages to somebody were about, what they answered, and a message that they put off."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlmodel import Session, col

from storage.models import Delivery, Row
from storage.several import Whose, by_member, of_these, these

KIND: Final = "nudge"
REACHED: Final = ("sent", "unknown")
"""What may have arrived; whoever presses a button in it proves that it did."""


class Spoken(NamedTuple):
    """A weekly message that went out: whose, its slot, when, what it was about (ids only), and the answer to it."""

    member_id: int
    id: str
    slot: str
    sent_at: datetime | None
    due_at: datetime
    said: dict[str, Any] | None
    answer: str | None


_OWN: Final = (
    col(Delivery.workspace_id) == bindparam("workspace_id"),
    col(Delivery.member_id) == bindparam("member_id"),
    col(Delivery.kind) == KIND,
)
# The table, not the class: of thousands of messages each looks back once.
_ROW: Final = Row.metadata.tables["delivery"].c
_RANKED: Final = (
    select(
        *(_ROW[name] for name in Spoken._fields),
        func.row_number().over(partition_by=_ROW.member_id, order_by=_ROW.slot.desc()).label("rank"),
    )
    .where(
        *of_these(_ROW),
        _ROW.kind == KIND,
        # One that was put off was read once already, whatever becomes of it.
        or_(*(_ROW.state == state for state in REACHED), _ROW.moved > 0),
    )
    .subquery()
)
_SPOKEN: Final = (
    select(*(_RANKED.c[name] for name in Spoken._fields))
    .where(_RANKED.c.rank <= bindparam("limit"))
    .order_by(_RANKED.c.member_id, _RANKED.c.rank)
)
_ONE: Final = (
    select(Delivery)
    .where(*_OWN, col(Delivery.id) == bindparam("delivery_id"))
    .execution_options(populate_existing=True)
)
_PUT_OFF_UNTIL: Final = select(_ROW.retry_at).where(
    _ROW.workspace_id == bindparam("workspace_id"),
    _ROW.member_id == bindparam("member_id"),
    _ROW.kind == KIND,
    _ROW.state == "retry",
    _ROW.moved > 0,
)
# Named otherwise than the columns, which an UPDATE keeps for itself.
_AS_PRESSED: Final = (
    col(Delivery.id) == bindparam("which"),
    col(Delivery.workspace_id) == bindparam("place"),
    col(Delivery.member_id) == bindparam("whose"),
    col(Delivery.kind) == KIND,
    col(Delivery.state).in_(REACHED),
    col(Delivery.answer).is_(None),
    col(Delivery.moved) == bindparam("posting"),
)
_ANSWER: Final = (
    update(Delivery)
    .where(*_AS_PRESSED)
    .values(answer=bindparam("said_so"))
    .execution_options(synchronize_session=False)
)
_PUT_OFF: Final = (
    update(Delivery)
    .where(*_AS_PRESSED)
    .values(
        state="retry",
        retry_at=bindparam("later"),
        due_at=bindparam("later"),
        reason=None,
        lease_until=None,
        moved=col(Delivery.moved) + 1,
    )
    .execution_options(synchronize_session=False)
)


class Pressed(NamedTuple):
    """Which posting of which message a button belongs to: `posting` counts how often it was put off before."""

    delivery_id: str
    posting: int


def spoken(session: Session, people: Collection[Whose], limit: int) -> defaultdict[int, list[Spoken]]:
    """The newest weekly messages that reached each of these people, by member, newest first, so many at most."""
    rows = session.execute(_SPOKEN, {**these(people), "limit": limit})
    return by_member(Spoken._make(row) for row in rows)


def one(session: Session, *, workspace_id: int, member_id: int, delivery_id: str) -> Delivery | None:
    """One of somebody's own weekly messages, as it is now."""
    keys = {"workspace_id": workspace_id, "member_id": member_id, "delivery_id": delivery_id}
    found: Delivery | None = session.execute(_ONE, keys).scalar_one_or_none()
    return found


def put_off_until(session: Session, *, workspace_id: int, member_id: int) -> datetime | None:
    """When a message comes once more that somebody put off; None where they put off none."""
    moments = session.execute(
        _PUT_OFF_UNTIL, {"workspace_id": workspace_id, "member_id": member_id}
    ).scalars()
    return min((moment for moment in moments if moment is not None), default=None)


def answer(session: Session, pressed: Pressed, said_so: str, *, workspace_id: int, member_id: int) -> bool:
    """Keeps an answer. False where there is one already, or the message was put off and posted anew."""
    keys = _keys(pressed, workspace_id, member_id) | {"said_so": said_so}
    return _changed(session.execute(_ANSWER, keys))


def put_off(
    session: Session, pressed: Pressed, later: datetime, *, workspace_id: int, member_id: int
) -> bool:
    """Sends the same row once more at a later time, in its own slot. False as for `answer`.

    It is the one way back from an ended row, and only its owner's press takes it."""
    keys = _keys(pressed, workspace_id, member_id) | {"later": later}
    return _changed(session.execute(_PUT_OFF, keys))


def _keys(pressed: Pressed, workspace_id: int, member_id: int) -> dict[str, Any]:
    return {
        "which": pressed.delivery_id,
        "posting": pressed.posting,
        "place": workspace_id,
        "whose": member_id,
    }


def _changed(result: Any) -> bool:
    assert isinstance(result, CursorResult), "an UPDATE gives a cursor's result"
    return result.rowcount == 1
