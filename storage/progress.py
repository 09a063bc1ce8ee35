"""The figures of wins that progress is computed from: many at once, and only the columns it takes."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from storage.models import Reporting, Row
from storage.reporting import CURRENT
from storage.several import Whose, of_these, these


class Figures(NamedTuple):
    """A win that counts, as far as progress needs it. Only a `verified` one is more than claimed."""

    id: int
    member_id: int
    metric: str
    outcome: str
    baseline: Decimal | None
    result: Decimal
    sample: int | None
    part: int | None
    period: str | None
    period_start: date | None
    period_end: date | None
    baseline_period: str | None
    annualized: bool
    happened_on: date
    practice: str | None
    status: str

    @property
    def deleted_at(self) -> None:
        """Deleted wins are never read here."""


# The table, not the class, of which the ORM would look at each of hundreds of rows.
_WIN: Final = Row.metadata.tables["win"].c
_SEEN_BY_MANAGERS: Final = ("verified", "shared", "needs_info")
_HERE: Final = _WIN.workspace_id == bindparam("workspace_id")
_SEEN: Final = _WIN.status.in_(_SEEN_BY_MANAGERS)
_SEEN_BY_OWNER: Final = _WIN.status.in_((*_SEEN_BY_MANAGERS, "private"))
_FIGURES: Final = select(*(_WIN[name] for name in Figures._fields)).where(_WIN.deleted_at.is_(None))
_OWN: Final = _FIGURES.where(_HERE, _WIN.member_id == bindparam("member_id")).order_by(
    _WIN.happened_on, _WIN.id
)
_OWN_SEEN: Final = _OWN.where(_SEEN)
_OWN_ALL: Final = _OWN.where(_SEEN_BY_OWNER)
_OF_THESE: Final = (
    _FIGURES.where(*of_these(_WIN), _SEEN_BY_OWNER, _WIN.metric.in_(bindparam("metrics", expanding=True)))
).order_by(_WIN.member_id, _WIN.happened_on, _WIN.id)
_MY_REPORTS: Final = select(col(Reporting.member_id)).where(
    col(Reporting.workspace_id) == bindparam("workspace_id"),
    col(Reporting.manager_id) == bindparam("manager_id"),
    CURRENT,
)
_OF_TEAM: Final = _FIGURES.where(_HERE, _WIN.member_id.in_(_MY_REPORTS), _SEEN).order_by(
    _WIN.member_id, _WIN.happened_on, _WIN.id
)


def counting(session: Session, *, workspace_id: int, member_id: int, private: bool) -> Sequence[Figures]:
    """Somebody's wins that count, by the day they happened; private ones only for the owner's own eyes."""
    keys = {"workspace_id": workspace_id, "member_id": member_id}
    rows = session.execute(_OWN_ALL if private else _OWN_SEEN, keys)
    return [Figures._make(row) for row in rows]


def counting_of_several(
    session: Session, people: Collection[Whose], metrics: Collection[str]
) -> Sequence[Figures]:
    """The wins in some metrics of several people, each for the owner's own eyes, in one reading, by member."""
    rows = session.execute(_OF_THESE, {**these(people), "metrics": sorted(metrics)})
    return [Figures._make(row) for row in rows]


def counting_of_team(session: Session, *, workspace_id: int, manager_id: int) -> Sequence[Figures]:
    """The same of everybody who reports to a manager now, in one reading, by member; never private ones."""
    rows = session.execute(_OF_TEAM, {"workspace_id": workspace_id, "manager_id": manager_id})
    return [Figures._make(row) for row in rows]
