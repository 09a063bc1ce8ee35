"""Reads the audit trail for those who look after a workspace; what people keep to themselves is not theirs to read."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import Integer, Select, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.models import AuditEvent, CriteriaSet, Member, MemberCredential, Reporting, Target, Win

OF_OTHERS: Final = ("win.read", "win.confirmed", "win.asked", "win.declined", "win.delegated")
"""What only others do to a win, and so only to one that was shared."""
_ID: Final = cast(func.substr(col(AuditEvent.subject), len("win:") + 1), Integer)
_WIN_ID: Final = case((col(AuditEvent.subject).like("win:%"), _ID), else_=None)
_WAS_SHARED: Final = exists().where(
    col(Win.id) == _WIN_ID,
    col(Win.workspace_id) == col(AuditEvent.workspace_id),
    col(Win.shared_at).is_not(None),
)
_FOR_ADMINS: Final = and_(
    col(AuditEvent.action).not_like("credential.%"),
    col(AuditEvent.action).not_like("skills.%"),
    or_(
        col(AuditEvent.subject).not_like("win:%"),
        col(AuditEvent.action).in_(OF_OTHERS),
        _WAS_SHARED,
    ),
)
"""Not what somebody does with wins that only they see, their credentials and how they rate themselves."""
_Manager: Final = aliased(Member)
S = TypeVar("S", bound=Select[*tuple[Any, ...]])


class Row(NamedTuple):
    """Who did what to what; the Slack id of `who` is None where it came by itself, or where `left`: they were erased."""

    id: int
    action: str
    subject: str
    at: datetime
    who: str | None
    left: bool


class Subject(NamedTuple):
    """What a row is about: whose it is and whom else it names, by their Slack ids, or a role with a version."""

    owner: str | None = None
    other: str | None = None
    rung: str | None = None
    version: int | None = None


def newest(
    session: Session,
    *,
    workspace_id: int,
    limit: int,
    offset: int = 0,
    latest: int | None = None,
    by_itself: bool = False,
) -> Sequence[Row]:
    """The newest first, from the row with the id `latest` on, so that pages stay as they were when one began to read.

    With `by_itself` also what nobody did: lists shown on somebody's Home, messages about them."""
    columns = (
        col(AuditEvent.id),
        col(AuditEvent.action),
        col(AuditEvent.subject),
        col(AuditEvent.at),
        col(Member.user_id),
        col(AuditEvent.actor_left),
    )
    statement = (
        select(*columns)
        .outerjoin(Member, col(Member.id) == col(AuditEvent.actor_id))
        .where(col(AuditEvent.workspace_id) == workspace_id, _FOR_ADMINS)
        .order_by(col(AuditEvent.id).desc())
        .limit(limit)
        .offset(offset)
    )
    if latest is not None:
        statement = statement.where(col(AuditEvent.id) <= latest)
    if not by_itself:
        statement = statement.where(
            or_(col(AuditEvent.actor_id).is_not(None), col(AuditEvent.actor_left).is_(True))
        )
    return [Row._make(row) for row in session.execute(statement)]


def subjects(session: Session, names: Collection[str], *, workspace_id: int) -> Mapping[str, Subject]:
    """What these subjects of rows are, as far as they are still there; one statement for each kind."""
    ids: dict[str, list[int]] = {}
    for name in names:
        kind, _, digits = name.partition(":")
        if digits.isdigit():
            ids.setdefault(kind, []).append(int(digits))
    found: dict[str, Subject] = {}
    for kind, numbers in ids.items():
        if kind in _READ:
            for number, subject in _READ[kind](session, workspace_id, numbers):
                found[f"{kind}:{number}"] = subject
    return found


Found = list[tuple[int, Subject]]


def _members(session: Session, workspace_id: int, ids: Sequence[int]) -> Found:
    rows = session.execute(_here(select(col(Member.id), col(Member.user_id)), Member, workspace_id, ids))
    return [(number, Subject(owner)) for number, owner in rows]


def _owned(table: type[Win] | type[Target] | type[MemberCredential]) -> Callable[..., Found]:
    def read(session: Session, workspace_id: int, ids: Sequence[int]) -> Found:
        joined = select(col(table.id), col(Member.user_id)).join(
            Member, col(Member.id) == col(table.member_id)
        )
        rows = session.execute(_here(joined, table, workspace_id, ids))
        return [(number, Subject(owner)) for number, owner in rows]

    return read


def _reporting(session: Session, workspace_id: int, ids: Sequence[int]) -> Found:
    joined = (
        select(col(Reporting.id), col(Member.user_id), col(_Manager.user_id))
        .join(Member, col(Member.id) == col(Reporting.member_id))
        .join(_Manager, col(_Manager.id) == col(Reporting.manager_id))
    )
    rows = session.execute(_here(joined, Reporting, workspace_id, ids))
    return [(number, Subject(owner, other)) for number, owner, other in rows]


def _sets(session: Session, workspace_id: int, ids: Sequence[int]) -> Found:
    columns = select(col(CriteriaSet.id), col(CriteriaSet.rung), col(CriteriaSet.version))
    rows = session.execute(_here(columns, CriteriaSet, workspace_id, ids))
    return [(number, Subject(rung=rung, version=version)) for number, rung, version in rows]


def _here(statement: S, table: Any, workspace_id: int, ids: Sequence[int]) -> S:
    return statement.where(table.workspace_id == workspace_id, table.id.in_(ids))


_READ: Final[Mapping[str, Callable[..., Found]]] = {
    "member": _members,
    "win": _owned(Win),
    "target": _owned(Target),
    "credential": _owned(MemberCredential),
    "reporting": _reporting,
    "criteria_set": _sets,
}
