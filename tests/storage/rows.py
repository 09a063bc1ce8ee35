"""Wins and people for tests of what is kept about them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from storage import reporting, win_changes, wins
from storage.database import Database
from storage.models import Win
from tests.storage.conftest import NOW, member, workspace

DAY = date(2026, 11, 20)
MINUTE = timedelta(minutes=1)
Log = Callable[..., tuple[Win, bool]]
Keys = dict[str, Any]


def win(workspace_id: int, member_id: int, **columns: Any) -> Win:
    given = {
        "outcome": "referral_growth",
        "metric": "referrals",
        "baseline": Decimal(120),
        "happened_on": DAY,
    }
    given |= {"submission_key": "V1", "result": Decimal(150), "created_at": NOW}
    return Win(workspace_id=workspace_id, member_id=member_id, **{**given, **columns})


def in_status(status: str, decider: int) -> dict[str, Any]:
    """All that a win has to have to be in this status."""
    columns: dict[str, Any] = {"status": status}
    if status not in {"private", "withdrawn"}:
        columns["shared_at"] = NOW
    if status in {"verified", "declined"}:
        columns |= {"decided_by": decider, "decided_at": NOW, "decided_revision": 1}
    return columns


@dataclass(frozen=True)
class Team:
    """Ana and Eli report to Ben; Gus is a manager of nobody yet. Cy is elsewhere, and reports to Lou."""

    database: Database
    place: int
    ana: int
    eli: int
    ben: int
    gus: int
    elsewhere: int
    cy: int
    lou: int

    @classmethod
    def made(cls, database: Database) -> "Team":
        here, there = database.run(workspace, "T0RIVERSIDE"), database.run(workspace, "T0LAKEVIEW")
        ana, eli, ben, gus = (
            database.run(member, here, user) for user in ("U0ANA", "U0ELI", "U0BEN", "U0GUS")
        )
        cy, lou = (database.run(member, there, user) for user in ("U0CY", "U0LOU"))
        team = cls(database, here, ana, eli, ben, gus, there, cy, lou)
        for person in (ana, eli):
            team.reports(person, to=ben)
        database.run(reporting.assign, workspace_id=there, member_id=cy, manager_id=lou, set_by=lou, now=NOW)
        return team

    def reports(self, person: int, *, to: int, now: datetime = NOW) -> None:
        self.database.run(
            reporting.assign, workspace_id=self.place, member_id=person, manager_id=to, set_by=to, now=now
        )

    def logs(self, person: int, key: str = "V1", *, status: str = "private", **columns: Any) -> Win:
        decider = self.lou if person == self.cy else self.ben
        place = self.elsewhere if person in {self.cy, self.lou} else self.place
        made = win(place, person, submission_key=key, **{**in_status(status, decider), **columns})
        return self.database.run(wins.add, made)[0]

    def changes(self, seen: Win, by: int, deed: str, *, now: datetime = NOW, **values: Any) -> Win | None:
        return self.database.run(win_changes.change, seen, by=by, now=now, deed=deed, **values)

    def must_change(self, seen: Win, by: int, deed: str, *, now: datetime = NOW, **values: Any) -> Win:
        fresh = self.changes(seen, by, deed, now=now, **values)
        assert fresh is not None, "nobody else was there"
        return fresh

    def now_is(self, seen: Win) -> Win:
        """The row as it is now, deleted or not."""

        def read(session: Session) -> Win:
            return session.get_one(Win, seen.id)

        return self.database.run(read)
