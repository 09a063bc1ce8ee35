"""Credentials: what a member plans, works on, or has earned."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from storage.inserting import insert_unless_there
from storage.models import MemberCredential

_OWN: Final = (
    col(MemberCredential.workspace_id) == bindparam("workspace_id"),
    col(MemberCredential.member_id) == bindparam("member_id"),
)
_MINE: Final = select(MemberCredential).where(*_OWN).order_by(col(MemberCredential.id))
_ONE: Final = select(MemberCredential).where(*_OWN, col(MemberCredential.id) == bindparam("credential_id"))
_SUBMITTED: Final = select(MemberCredential).where(
    *_OWN, col(MemberCredential.submission_key) == bindparam("submission_key")
)


def mine(session: Session, *, workspace_id: int, member_id: int) -> Sequence[MemberCredential]:
    """All that somebody tracks, in the order in which they began to."""
    return session.execute(_MINE, {"workspace_id": workspace_id, "member_id": member_id}).scalars().all()


def one(
    session: Session, credential_id: int, *, workspace_id: int, member_id: int
) -> MemberCredential | None:
    """One of somebody's own; None when it is not theirs, or gone."""
    keys = {"workspace_id": workspace_id, "member_id": member_id, "credential_id": credential_id}
    found: MemberCredential | None = session.execute(_ONE, keys).scalar_one_or_none()
    return found


def add(session: Session, tracked: MemberCredential) -> tuple[MemberCredential, bool]:
    """Keeps a credential, and says whether it is new: the same form sent twice makes one row."""
    values = tracked.model_dump(exclude={"id"})
    statement = insert_unless_there(session, MemberCredential).values(values)
    made = session.execute(statement.returning(col(MemberCredential.id))).scalar()
    keys = {"workspace_id": tracked.workspace_id, "member_id": tracked.member_id}
    found = session.execute(_SUBMITTED, {**keys, "submission_key": tracked.submission_key})
    kept: MemberCredential = found.scalar_one()
    return kept, made is not None


def remove(session: Session, tracked: MemberCredential) -> None:
    """Stops tracking one of somebody's own, found with `one`."""
    session.delete(tracked)
