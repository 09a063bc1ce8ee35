"""A workspace with a year behind it: somebody with very many wins, and a manager whom very many people report to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import Session

from content import Content, Metric, MetricKind
from slackbot.criteria import items_of
from slackbot.home import Glance
from slackbot.standing import Standing, standing_of, team_standings
from storage import criteria_sets, members, reporting, targets
from storage.database import Database
from storage.members import Person
from storage.models import Member, MemberCredential, Win, Workspace, opaque_id

NOW: Final = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
RUNG: Final = "manager"
PRACTICES: Final = (
    "Oak Street",
    "Elm Clinic",
    "Harbor Health",
    "Lakeside",
    "Birch & Sons",
    "North Pier",
    None,
)
STATUSES: Final = ("verified", "verified", "shared", "private", "verified", "needs_info")
LONG: Final = "A name that is as long as names of people and of practices get when nobody stops them & < > "


@dataclass(frozen=True)
class Crowd:
    """Who is there; `liaison` has the many wins, and `reports` report to `manager`."""

    workspace: Workspace
    manager: Member
    liaison: Member
    reports: tuple[Member, ...]

    def glance(self, member: Member, content: Content) -> Glance:
        return Glance(member, self.workspace, ZoneInfo("America/New_York"), NOW, content)


def crowd(
    session: Session, content: Content, *, wins: int, reports: int, wins_each: int, key: str = "T1"
) -> Crowd:
    """Everybody works toward the same rung under the same criteria, with two targets each."""
    workspace = Workspace(key=key, name="Riverside", created_at=NOW)
    session.add(workspace)
    session.flush()
    assert workspace.id is not None
    manager = _member(session, workspace.id, 0)
    liaison = _member(session, workspace.id, 1)
    team = [_member(session, workspace.id, 2 + number) for number in range(reports)]
    asked = criteria_sets.ensure(
        session,
        workspace_id=workspace.id,
        rung=RUNG,
        items=items_of(content.criteria_for(RUNG)),
        now=NOW,
    )
    for member, count in [(liaison, wins), *((each, wins_each) for each in team)]:
        criteria_sets.take_up(session, member, asked)
        session.add_all(_wins(member, manager, content, count))
        _agrees_on_targets(session, member, manager, content)
    for member in team:
        reporting.assign(
            session,
            workspace_id=workspace.id,
            member_id=_id(member),
            manager_id=_id(manager),
            set_by=_id(manager),
            now=NOW,
        )
    session.add_all(_credentials(liaison))
    session.flush()
    return Crowd(workspace, manager, liaison, tuple(team))


def _member(session: Session, workspace_id: int, number: int) -> Member:
    name = f"{LONG}{number}"
    member, _ = members.meet(session, Person(workspace_id, f"U{number:08}", "T1", name), NOW)
    member.next_nudge_at = NOW + timedelta(days=7)
    if number:
        member.rung, member.target_rung = "liaison", RUNG
        member.education, member.years_relevant, member.years_liaison = "bachelor", 6, 3
    session.add(member)
    session.flush()
    return member


def _wins(member: Member, manager: Member, content: Content, count: int) -> Iterator[Win]:
    """Figures for a month each, newest first, over all metrics and some practices, in all states that count."""
    metrics = content.metrics
    for number in range(count):
        metric = metrics[number % len(metrics)]
        practice = PRACTICES[number // len(metrics) % len(PRACTICES)]
        back = number // (len(metrics) * len(PRACTICES)) + number % 12
        yield _win(member, manager, metric, practice, back, number)


def _win(
    member: Member, manager: Member, metric: Metric, practice: str | None, back: int, number: int
) -> Win:
    start = _months_before(date(2026, 11, 1), back)
    end = _months_before(date(2026, 11, 1), back - 1) - timedelta(days=1)
    status = STATUSES[number % len(STATUSES)]
    decided = status == "verified"
    baseline, result = _figures(metric, number)
    return Win(
        workspace_id=member.workspace_id,
        member_id=_id(member),
        submission_key=f"{member.id}-{number}",
        title=LONG if number % 3 == 0 else None,
        outcome=metric.outcome,
        metric=metric.id,
        baseline=baseline,
        result=result,
        sample=25,
        happened_on=min(end, NOW.date()),
        period="month",
        period_start=start,
        period_end=end,
        practice=practice,
        note=LONG,
        status=status,
        shared_at=None if status == "private" else NOW - timedelta(days=3),
        decided_by=manager.id if decided else None,
        decided_at=NOW if decided else None,
        decided_revision=1 if decided else None,
        created_at=NOW,
    )


def _figures(metric: Metric, number: int) -> tuple[Decimal, Decimal]:
    if metric.kind in (MetricKind.COUNT, MetricKind.CURRENCY):
        return Decimal(20 + number % 7), Decimal(24 + number % 9)
    low = metric.minimum or Decimal(0)
    return low + 1, low + 2


def _months_before(first: date, months: int) -> date:
    return date(first.year + (first.month - 1 - months) // 12, (first.month - 1 - months) % 12 + 1, 1)


def _agrees_on_targets(session: Session, member: Member, manager: Member, content: Content) -> None:
    for metric_id, start, goal in (("referrals", 20, 400), ("campaigns", None, 12)):
        proposal = targets.propose(
            session,
            workspace_id=member.workspace_id,
            member_id=_id(member),
            outcome=content.metric(metric_id).outcome,
            metric=metric_id,
            from_value=None if start is None else Decimal(start),
            to_value=Decimal(goal),
            starts=date(2026, 1, 1),
            due=date(2026, 12, 31),
            by=_id(member),
            now=NOW,
        )
        assert proposal.id is not None
        targets.agree(
            session, workspace_id=member.workspace_id, target_id=proposal.id, by=_id(manager), now=NOW
        )


def _credentials(member: Member) -> Iterator[MemberCredential]:
    for number in range(12):
        yield MemberCredential(
            workspace_id=member.workspace_id,
            member_id=_id(member),
            submission_key=f"credential-{number}",
            name=LONG,
            state="earned",
            earned_on=date(2025, 1, 15),
            expires_on=date(2026, 12, 1 + number),
            created_at=NOW,
        )


def _id(member: Member) -> int:
    assert member.id is not None
    return member.id


def row_of(session: Session, member: Member) -> Member:
    """The member as this session knows them."""
    return members.with_workspace(session, _id(member))[0]


@dataclass(frozen=True)
class Stage:
    """A crowd in its database: its liaison wins something, and somebody looks where they stand."""

    database: Database
    people: Crowd
    content: Content

    def wins(self, metric: str, result: str, status: str = "verified", **columns: object) -> Win:
        """The liaison has a win of today with these figures."""
        decided = status in ("verified", "declined")
        liaison = self.people.liaison
        win = Win(
            workspace_id=liaison.workspace_id,
            member_id=_id(liaison),
            submission_key=opaque_id(),
            outcome=self.content.metric(metric).outcome,
            metric=metric,
            result=Decimal(result),
            happened_on=NOW.date(),
            status=status,
            shared_at=None if status in ("private", "withdrawn") else NOW,
            decided_by=self.people.manager.id if decided else None,
            decided_at=NOW if decided else None,
            decided_revision=1 if decided else None,
            created_at=NOW,
        )
        for name, value in columns.items():
            setattr(win, name, value)
        self.database.run(Session.add, win)
        return win

    def own(self) -> Standing:
        """Where the liaison stands, in their own eyes."""
        return self.database.run(self._look, self.people.liaison, self.people.liaison)

    def seen(self, whose: Member | None = None) -> Standing:
        """Where the liaison or somebody else stands, in the eyes of the manager."""
        return self.database.run(self._look, self.people.manager, whose or self.people.liaison)

    def team(self, of: Member | None = None) -> tuple[Standing, ...]:
        """The team of the manager, or of somebody else."""

        def work(session: Session) -> tuple[Standing, ...]:
            leader = row_of(session, of or self.people.manager)
            return team_standings(session, self.people.glance(leader, self.content), leader)

        return self.database.run(work)

    def _look(self, session: Session, viewer: Member, whose: Member) -> Standing:
        glance = self.people.glance(row_of(session, viewer), self.content)
        return standing_of(session, glance, row_of(session, whose), private=viewer is whose)


@contextmanager
def stage(address: str, content: Content, *, wins: int, reports: int, wins_each: int) -> Iterator[Stage]:
    """A crowd of these sizes in an empty database."""
    database = Database.at(address)
    try:
        people = database.run(crowd, content, wins=wins, reports=reports, wins_each=wins_each)
        yield Stage(database, people, content)
    finally:
        database.engine.dispose()
