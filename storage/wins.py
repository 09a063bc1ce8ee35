"""Wins: what a liaison achieved, as they logged it, and the lists they see of it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlmodel import Session, col

from storage.inserting import insert_unless_there
from storage.models import Row, Win
from storage.several import Whose, of_these, these
from storage.win_changes import REMIND_AFTER, write_down

_OWN: Final = (
    col(Win.workspace_id) == bindparam("workspace_id"),
    col(Win.member_id) == bindparam("member_id"),
)
_THERE: Final = col(Win.deleted_at).is_(None)
_BY_SUBMISSION: Final = select(Win).where(*_OWN, col(Win.submission_key) == bindparam("submission_key"))
# Somebody may have changed it since this session first saw it.
_ONE: Final = (
    select(Win).where(*_OWN, col(Win.id) == bindparam("win_id")).execution_options(populate_existing=True)
)
_ONE_THERE: Final = _ONE.where(_THERE)
_ONE_DELETED: Final = _ONE.where(~_THERE)
_LAST_USED: Final = (
    select(Win).where(*_OWN, _THERE).order_by(col(Win.created_at).desc(), col(Win.id).desc()).limit(1)
)
# The table, not the class: every weekly message asks this.
_ROW: Final = Row.metadata.tables["win"].c
_LATEST: Final = (
    select(_ROW.member_id, _ROW.outcome, func.max(_ROW.happened_on), func.count(), func.max(_ROW.created_at))
    .where(
        *of_these(_ROW),
        _ROW.deleted_at.is_(None),
        _ROW.status != "withdrawn",
        _ROW.status != "declined",
    )
    .group_by(_ROW.member_id, _ROW.outcome)
)


@dataclass(frozen=True)
class Sieve:
    """Which of somebody's wins are meant. Withdrawn ones only when they are asked for by status."""

    outcome: str | None = None
    since: date | None = None
    status: str | None = None

    def keys(self) -> dict[str, object]:
        """What to bind: only what is asked for."""
        asked = {"outcome": self.outcome, "since": self.since, "status": self.status}
        return {name: value for name, value in asked.items() if value is not None}


ALL: Final = Sieve()
_CONDITIONS: Final[dict[str, ColumnElement[bool]]] = {
    "outcome": col(Win.outcome) == bindparam("outcome"),
    "since": col(Win.happened_on) >= bindparam("since"),
    "status": col(Win.status) == bindparam("status"),
}


@dataclass(frozen=True)
class Latest:
    """When somebody last had a win in an outcome, how many there are, and when they last logged one."""

    outcome: str
    happened_on: date
    count: int
    logged_at: datetime


def add(session: Session, win: Win) -> tuple[Win, bool]:
    """Keeps a win with its first version, and says whether it is new: the same form sent twice makes one row."""
    values = win.model_dump(exclude={"id"})
    if win.status == "shared" and win.shared_at is not None:
        values["remind_at"] = win.shared_at + REMIND_AFTER
    made = session.execute(insert_unless_there(session, Win).values(values).returning(col(Win.id))).scalar()
    keys = {"workspace_id": win.workspace_id, "member_id": win.member_id}
    kept: Win = session.execute(_BY_SUBMISSION, {**keys, "submission_key": win.submission_key}).scalar_one()
    if made is not None:
        write_down(session, kept, by=kept.member_id, at=kept.created_at, deed="logged")
    return kept, made is not None


def own(
    session: Session, *, workspace_id: int, member_id: int, win_id: int, deleted: bool = False
) -> Win | None:
    """One of somebody's own; a deleted one only when that is what is looked for, to take it back."""
    keys = {"workspace_id": workspace_id, "member_id": member_id, "win_id": win_id}
    statement = _ONE_DELETED if deleted else _ONE_THERE
    found: Win | None = session.execute(statement, keys).scalar_one_or_none()
    return found


def listed(
    session: Session, *, workspace_id: int, member_id: int, sieve: Sieve = ALL, limit: int, offset: int = 0
) -> Sequence[Win]:
    """Somebody's own wins by the day they happened, newest first."""
    asked = sieve.keys()
    keys = {"workspace_id": workspace_id, "member_id": member_id, "limit": limit, "offset": offset}
    return session.execute(_page(frozenset(asked)), keys | asked).scalars().all()


def newest(
    session: Session, *, workspace_id: int, member_id: int, limit: int, offset: int = 0
) -> Sequence[Win]:
    """All of somebody's own wins by the day they happened, newest first."""
    return listed(session, workspace_id=workspace_id, member_id=member_id, limit=limit, offset=offset)


def count(session: Session, *, workspace_id: int, member_id: int, sieve: Sieve = ALL) -> int:
    asked = sieve.keys()
    keys = {"workspace_id": workspace_id, "member_id": member_id}
    total: int = session.execute(_total(frozenset(asked)), keys | asked).scalar_one()
    return total


def count_verified(session: Session, *, workspace_id: int, member_id: int) -> int:
    return count(session, workspace_id=workspace_id, member_id=member_id, sieve=Sieve(status="verified"))


def last_used(session: Session, *, workspace_id: int, member_id: int) -> Win | None:
    """The win somebody logged last, whenever it happened: the next one is likely to be like it."""
    keys = {"workspace_id": workspace_id, "member_id": member_id}
    found: Win | None = session.execute(_LAST_USED, keys).scalar_one_or_none()
    return found


def latest_by_outcome(session: Session, people: Collection[Whose]) -> defaultdict[int, dict[str, Latest]]:
    """For each outcome in which somebody has a win that counts: the newest day, the number of wins, and when one was
    logged last. By member, and nothing for who has none."""
    found: defaultdict[int, dict[str, Latest]] = defaultdict(dict)
    for member_id, *latest in session.execute(_LATEST, these(people)):
        found[member_id][latest[0]] = Latest(*latest)
    return found


@cache
def _page(asked: frozenset[str]) -> Select[Any]:
    return (
        select(Win)
        .where(*_sifted(asked))
        .order_by(col(Win.happened_on).desc(), col(Win.id).desc())
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
    )


@cache
def _total(asked: frozenset[str]) -> Select[Any]:
    return select(func.count()).select_from(Win).where(*_sifted(asked))


def _sifted(asked: frozenset[str]) -> list[ColumnElement[bool]]:
    """Built once for each way of asking, so that no list costs building its statement."""
    conditions = [*_OWN, _THERE, *(_CONDITIONS[name] for name in sorted(asked))]
    return conditions if "status" in asked else [*conditions, col(Win.status) != "withdrawn"]
