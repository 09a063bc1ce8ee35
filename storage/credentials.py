"""Credentials: what a member plans, works on, or has earned."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session, col

from storage.models import MemberCredential

_OWN: Final = (
    col(MemberCredential.workspace_id) == bindparam("workspace_id"),
    col(MemberCredential.member_id) == bindparam("member_id"),
)
_MINE: Final = select(MemberCredential).where(*_OWN).order_by(col(MemberCredential.id))
_ONE: Final = select(MemberCredential).where(*_OWN, col(MemberCredential.id) == bindparam("credential_id"))
_SUBMITTED: Final = select(col(MemberCredential.id)).where(
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


def was_submitted(session: Session, key: str, *, workspace_id: int, member_id: int) -> bool:
    """Whether this very form was taken already: a double tap sends it twice."""
    keys = {"workspace_id": workspace_id, "member_id": member_id, "submission_key": key}
    return session.execute(_SUBMITTED, keys).first() is not None


def remove(session: Session, credential_id: int, *, workspace_id: int, member_id: int) -> None:
    """Stops tracking one of somebody's own."""
    session.execute(
        delete(MemberCredential).where(
            col(MemberCredential.id) == credential_id,
            col(MemberCredential.workspace_id) == workspace_id,
            col(MemberCredential.member_id) == member_id,
        )
    )
