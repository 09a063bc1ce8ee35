"""What comes by itself beside the weekly message: whose digest, which credentials, targets, wins and chosen days are due."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, Update, and_, bindparam, case, delete, exists, func, or_, select, update
from sqlmodel import Session, SQLModel, col

from storage.inserting import insert_unless_there
from storage.models import Delivery, Member, MemberCredential, Reminder, Reporting, Target, Win, Workspace
from storage.reporting import CURRENT
from storage.types import UTCDateTime


class Whom(NamedTuple):
    """Whoever would hear of it, and what decides whether and when."""

    workspace_id: int
    member_id: int
    zone: str | None
    """Theirs, or else their workspace's."""
    kinds_off: Sequence[str]
    paused_until: date | None
    there: bool
    """They have used the app, and Slack takes messages for them."""


class DueDigest(NamedTuple):
    whom: Whom
    since: datetime
    leads: bool


class DueCredential(NamedTuple):
    whom: Whom
    id: int
    since: datetime
    expires_on: date


class DueTarget(NamedTuple):
    whom: Whom
    id: int
    since: datetime
    starts: date
    due: date


class DueReminder(NamedTuple):
    whom: Whom
    id: int
    since: datetime
    subject: str
    day: date


class DueWin(NamedTuple):
    """A win that waits; `whom` is whoever may confirm it, None where there is nobody."""

    whom: Whom | None
    id: int


Moved = tuple[int, datetime | None]
"""The id of a row, and when it is to be looked at next."""

_WHOM: Final = (
    col(Member.workspace_id),
    col(Member.id),
    func.coalesce(Member.zone, Workspace.zone),
    col(Member.kinds_off),
    col(Member.paused_until),
    and_(
        col(Member.unreachable).is_(None),
        or_(col(Member.next_nudge_at).is_not(None), col(Member.nudges_off).is_(True)),
    ),
)
_WIDTH: Final = len(_WHOM)
_WORKSPACE: Final = (Workspace, col(Workspace.id) == col(Member.workspace_id))
_AWAKE: Final = col(Workspace.paused_reason).is_(None)


def _due_of(table: Any, *columns: Any, where: Sequence[Any] = ()) -> Select[*tuple[Any, ...]]:
    """Rows of a table whose moment has come, each with its owner, the longest due first.

    Several workers share them out between them; SQLite ignores that and locks the file instead."""
    return (
        select(*_WHOM, table.id, table.remind_at, *columns)
        .select_from(table)
        .join(Member, col(Member.id) == table.member_id)
        .join(*_WORKSPACE)
        .where(table.remind_at <= bindparam("now"), _AWAKE, *where)
        .order_by(table.remind_at)
        .limit(bindparam("limit"))
        .with_for_update(of=table, skip_locked=True)
    )


_LEADS: Final = exists().where(
    col(Reporting.workspace_id) == col(Member.workspace_id),
    col(Reporting.manager_id) == col(Member.id),
    CURRENT,
)
_DIGESTS: Final = (
    select(*_WHOM, col(Member.next_digest_at), _LEADS)
    .join(*_WORKSPACE)
    .where(col(Member.next_digest_at) <= bindparam("now"), _AWAKE)
    .order_by(col(Member.next_digest_at))
    .limit(bindparam("limit"))
    .with_for_update(of=Member, skip_locked=True)
)
_HAS_AN_END: Final = (
    col(MemberCredential.state) == "earned",
    col(MemberCredential.expires_on).is_not(None),
)
_CREDENTIALS: Final = _due_of(MemberCredential, col(MemberCredential.expires_on), where=_HAS_AN_END)
_IS_AGREED: Final = (col(Target.state) == "agreed",)
_TARGETS: Final = _due_of(Target, col(Target.starts), col(Target.due), where=_IS_AGREED)
_REMINDERS: Final = _due_of(Reminder, col(Reminder.subject), col(Reminder.day))
_STILL_WAITS: Final = (col(Win.status) == "shared", col(Win.deleted_at).is_(None))
_ITS_REPORTING: Final = and_(
    col(Reporting.workspace_id) == col(Win.workspace_id),
    col(Reporting.member_id) == col(Win.member_id),
    CURRENT,
)
_WINS: Final = (
    select(*_WHOM, col(Win.id))
    .select_from(Win)
    .join(Workspace, col(Workspace.id) == col(Win.workspace_id))
    .outerjoin(Reporting, _ITS_REPORTING)
    .outerjoin(Member, col(Member.id) == func.coalesce(Win.delegate_id, Reporting.manager_id))
    .where(col(Win.remind_at) <= bindparam("now"), _AWAKE, *_STILL_WAITS)
    .order_by(col(Win.remind_at))
    .limit(bindparam("limit"))
    .with_for_update(of=Win, skip_locked=True)
)
_STATES: Final = select(col(Delivery.member_id), col(Delivery.slot), col(Delivery.state)).where(
    col(Delivery.kind) == bindparam("kind"),
    col(Delivery.member_id).in_(bindparam("ids", expanding=True)),
    col(Delivery.slot).in_(bindparam("slots", expanding=True)),
)
_REMIND_THEIR_OWNER: Final[tuple[Any, ...]] = (MemberCredential, Target, Reminder)
_OWN: Final = (
    col(Reminder.workspace_id) == bindparam("workspace_id"),
    col(Reminder.member_id) == bindparam("member_id"),
)
_MINE: Final = select(Reminder).where(*_OWN).order_by(col(Reminder.day), col(Reminder.id))


def _brought_forward(owner: Any, moment: Any, to: Any) -> Update:
    """Of somebody's rows those that are to be looked at later than a moment."""
    return (
        update(owner.class_)
        .where(owner == bindparam("whose"), moment > bindparam("since"))
        .values({moment: to})
        .execution_options(synchronize_session=False)
    )


_LOOK_AGAIN: Final = tuple(
    _brought_forward(each.member_id, each.remind_at, bindparam("since")) for each in _REMIND_THEIR_OWNER
)
_STILL_THIS_WEEK: Final = col(Member.next_digest_at) < bindparam("end")
_LOOK_FOR_DIGEST: Final = _brought_forward(
    Member.id,
    Member.next_digest_at,
    case(
        (_STILL_THIS_WEEK, bindparam("first", type_=UTCDateTime)), else_=bindparam("since", type_=UTCDateTime)
    ),
)
_SUBMITTED: Final = select(Reminder).where(*_OWN, col(Reminder.submission_key) == bindparam("submission_key"))


def due_digests(session: Session, now: datetime, limit: int) -> list[DueDigest]:
    """Managers whose digest is to be looked at; locked until the transaction ends, as all that is due here."""
    return [DueDigest(*_with_whom(row)) for row in _rows(session, _DIGESTS, now, limit)]


def due_credentials(session: Session, now: datetime, limit: int) -> list[DueCredential]:
    return [DueCredential(*_with_whom(row)) for row in _rows(session, _CREDENTIALS, now, limit)]


def due_targets(session: Session, now: datetime, limit: int) -> list[DueTarget]:
    return [DueTarget(*_with_whom(row)) for row in _rows(session, _TARGETS, now, limit)]


def due_reminders(session: Session, now: datetime, limit: int) -> list[DueReminder]:
    return [DueReminder(*_with_whom(row)) for row in _rows(session, _REMINDERS, now, limit)]


def due_wins(session: Session, now: datetime, limit: int) -> list[DueWin]:
    return [
        DueWin(None if row[1] is None else Whom(*row[:_WIDTH]), row[_WIDTH])
        for row in _rows(session, _WINS, now, limit)
    ]


def _rows(session: Session, due: Select[*tuple[Any, ...]], now: datetime, limit: int) -> Sequence[Any]:
    return session.execute(due, {"now": now, "limit": limit}).all()


def _with_whom(row: Any) -> tuple[Any, ...]:
    return Whom(*row[:_WIDTH]), *row[_WIDTH:]


def digests_move_on(session: Session, nexts: Iterable[Moved]) -> None:
    """When each manager's digest is to be looked at next; None for who leads nobody any more."""
    _move(session, Member, "next_digest_at", nexts)


def move_on(session: Session, table: type[SQLModel], nexts: Iterable[Moved]) -> None:
    """When each of these rows is to be looked at next."""
    _move(session, table, "remind_at", nexts)


def _move(session: Session, table: Any, column: str, nexts: Iterable[Moved]) -> None:
    rows = [{"row_id": row_id, "at": moment} for row_id, moment in nexts]
    if rows:
        moved = update(table).where(table.id == bindparam("row_id")).values({column: bindparam("at")})
        session.connection().execute(moved, rows)


def states_in(
    session: Session, kind: str, ids: Iterable[int], slots: Iterable[str]
) -> dict[tuple[int, str], str]:
    """What the ledger knows of these members' messages of a kind in these slots."""
    keys = {"kind": kind, "ids": sorted(set(ids)), "slots": sorted(set(slots))}
    return {(row.member_id, row.slot): row.state for row in session.execute(_STATES, keys)}


def next_digest(session: Session) -> datetime | None:
    """The next moment at which a digest is to be looked at."""
    return _next(session, Member, column="next_digest_at")


def next_credential(session: Session) -> datetime | None:
    return _next(session, MemberCredential, *_HAS_AN_END)


def next_target(session: Session) -> datetime | None:
    return _next(session, Target, *_IS_AGREED)


def next_reminder(session: Session) -> datetime | None:
    return _next(session, Reminder)


def next_win(session: Session) -> datetime | None:
    return _next(session, Win, *_STILL_WAITS)


def _next(session: Session, table: Any, *where: Any, column: str = "remind_at") -> datetime | None:
    moment = getattr(table, column)
    statement = select(moment).join(Workspace, col(Workspace.id) == table.workspace_id)
    first = statement.where(moment.is_not(None), _AWAKE, *where).order_by(moment).limit(1)
    found: datetime | None = session.execute(first).scalar()
    return found


def look_again(session: Session, member_id: int, since: datetime, week: tuple[datetime, datetime]) -> None:
    """After somebody's zone or days off changed: all that was worked out by the old ones is looked at anew, from
    `since` on.

    A digest that is still to come in this `week` (its first moment, and the next week's) is looked for in all of it:
    it may have been put off for a holiday that is none any more."""
    first, end = week
    keys = {"whose": member_id, "since": since}
    for later in _LOOK_AGAIN:
        session.execute(later, keys)
    session.execute(_LOOK_FOR_DIGEST, keys | {"first": min(first, since), "end": end})


def add(session: Session, reminder: Reminder) -> tuple[Reminder, bool]:
    """Keeps what somebody asked to be reminded of, and says whether it is new: the same form sent twice makes one row."""
    values = reminder.model_dump(exclude={"id"})
    insert = insert_unless_there(session, Reminder).values(values).returning(col(Reminder.id))
    is_new = session.execute(insert).first() is not None
    keys = {"workspace_id": reminder.workspace_id, "member_id": reminder.member_id}
    found = session.execute(_SUBMITTED, {**keys, "submission_key": reminder.submission_key})
    kept: Reminder = found.scalar_one()
    return kept, is_new


def of_member(session: Session, *, workspace_id: int, member_id: int) -> Sequence[Reminder]:
    """What somebody waits to be reminded of, the soonest first."""
    return session.execute(_MINE, {"workspace_id": workspace_id, "member_id": member_id}).scalars().all()


def cancel(session: Session, *, workspace_id: int, member_id: int, reminder_id: int) -> bool:
    """Takes one of somebody's own away; False when it is not theirs, or has come."""
    one = delete(Reminder).where(*_OWN, col(Reminder.id) == bindparam("reminder_id"))
    keys = {"workspace_id": workspace_id, "member_id": member_id, "reminder_id": reminder_id}
    return bool(session.execute(one.returning(col(Reminder.id)), keys).first())


def take(session: Session, ids: Sequence[int]) -> None:
    """These are in the ledger now."""
    session.execute(delete(Reminder).where(col(Reminder.id).in_(ids)))
