"""All that is kept about a member, as rows with their columns by name; other people only by what they are called."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Column, Table, or_, select
from sqlmodel import Session, SQLModel, col

from storage.forgetting import OWNER, owned, subjects_of
from storage.models import AuditEvent, CriteriaSet, Member, Reporting, Win, WinRevision

Kept = Mapping[str, Any]
YOU: Final = "you"
FORMER: Final = "a former member"
_OURS: Final = frozenset(
    {"workspace_id", OWNER, "submission_key", "worker", "lease_until", "criteria_set_id"}
)
"""What only the app's own working needs, and numbers of rows that are not in here."""
_NAMED_INSIDE: Final = ("delegate_id", "decided_by")


def of_member(session: Session, member: Member) -> Mapping[str, Sequence[Kept]]:
    """Every row there is of theirs, by what it is, the oldest first; what is empty is left out."""
    assert member.id is not None, "a stored row has an id"
    names = _Names(session, member.id)
    found = {"profile": names.rows("member", col(Member.id) == member.id)}
    for table in owned():
        found[table.name] = names.rows(table.name, table.c[OWNER] == member.id)
    theirs = select(col(Win.id)).where(col(Win.member_id) == member.id)
    mine, by_me = col(WinRevision.win_id).in_(theirs), col(WinRevision.by_id) == member.id
    found["win_revision"] = [names.version(row) for row in names.rows("win_revision", mine)]
    found["said_about_others_wins"] = [
        {name: row[name] for name in ("at", "deed", "said") if row.get(name)}
        for row in names.rows("win_revision", by_me & col(WinRevision.win_id).not_in(theirs))
    ]
    found["reports"] = names.rows("reporting", col(Reporting.manager_id) == member.id, owner="who")
    found["criteria_written"] = names.rows("criteria_set", col(CriteriaSet.by_id) == member.id)
    seen = or_(col(AuditEvent.actor_id) == member.id, subjects_of(member.id))
    found["audit_event"] = names.rows("audit_event", seen)
    return {name: rows for name, rows in found.items() if rows}


class _Names:
    """Reads rows, and says who a column means: "you", a colleague's name, or somebody who is gone."""

    def __init__(self, session: Session, member_id: int) -> None:
        self._session = session
        self._known: dict[int, str] = {member_id: YOU}

    def rows(self, name: str, where: Any, owner: str | None = None) -> list[dict[str, Any]]:
        """Rows of a table, without what only we need; with `owner` also whose each one is, under that name."""
        table = SQLModel.metadata.tables[name]
        found = self._session.execute(select(table).where(where).order_by(*table.primary_key)).mappings()
        return [self._kept(table, row, owner) for row in found.all()]

    def _kept(self, table: Table, row: Mapping[Any, Any], owner: str | None) -> dict[str, Any]:
        kept = {
            column.name: self._called(row[column.name]) if _names_somebody(column) else row[column.name]
            for column in table.columns
            if column.name not in _OURS and row[column.name] is not None
        }
        return kept if owner is None else {owner: self._called(row[OWNER]), **kept}

    def version(self, row: dict[str, Any]) -> dict[str, Any]:
        """A version of a win, with names for numbers inside of it too."""
        inside = {
            name: self._called(value) if name in _NAMED_INSIDE else value
            for name, value in row["row"].items()
            if value is not None and name not in _OURS
        }
        return {"by_id": FORMER, **row, "row": inside}

    def _called(self, member_id: int) -> str:
        if member_id not in self._known:
            found = self._session.get(Member, member_id)
            self._known[member_id] = FORMER if found is None else found.name or found.user_id
        return self._known[member_id]


def _names_somebody(column: Column[Any]) -> bool:
    return any(key.column.table.name == "member" for key in column.foreign_keys)
