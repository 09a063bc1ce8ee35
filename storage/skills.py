"""Skills: what a member says of their own twelve."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session, col

from storage.inserting import insert_unless_there
from storage.models import MemberSkill

_MINE: Final = select(col(MemberSkill.skill), col(MemberSkill.level)).where(
    col(MemberSkill.workspace_id) == bindparam("workspace_id"),
    col(MemberSkill.member_id) == bindparam("member_id"),
)


def levels(session: Session, *, workspace_id: int, member_id: int) -> dict[str, str]:
    """The level of each skill that was rated."""
    rows = session.execute(_MINE, {"workspace_id": workspace_id, "member_id": member_id})
    return {row.skill: row.level for row in rows}


def rate(session: Session, given: Mapping[str, str], *, workspace_id: int, member_id: int) -> None:
    """Puts the whole self-assessment in the place of the earlier one; what is not in `given` is not rated."""
    mine = (col(MemberSkill.workspace_id) == workspace_id, col(MemberSkill.member_id) == member_id)
    session.execute(delete(MemberSkill).where(*mine))
    rows = [
        {"workspace_id": workspace_id, "member_id": member_id, "skill": skill, "level": level}
        for skill, level in given.items()
    ]
    if rows:
        # The same form sent twice at once: the second waits here, and finds the rows of the first.
        session.execute(insert_unless_there(session, MemberSkill), rows)
