"""Five made-up people to rehearse the weekly message with: what they aim at, log and answer along a year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from sqlmodel import Session, col, select

from content import Content
from slackbot.simulating.living import Change
from slackbot.simulating.stage import Stage
from storage.models import Member, Target, Win, Workspace

AFTERNOON: Final = timedelta(days=1, hours=6)
"""What somebody does in a week comes on its second day."""


@dataclass(frozen=True)
class Aim:
    """A target: agreed in week `week`, due in week `due`."""

    metric: str
    start: str | None
    goal: str
    due: int = 52
    week: int = 0


@dataclass(frozen=True)
class Logs:
    """A win in each of these weeks, with these results; weeks before the first are below zero."""

    metric: str
    results: Mapping[int, str]
    sample: int | None = None


@dataclass(frozen=True)
class Persona:
    """`pauses`: from which week until which; `here`: days since they began to use the app."""

    name: str
    here: int = 400
    aims: Sequence[Aim] = ()
    wins: Sequence[Logs] = ()
    pauses: Sequence[tuple[int, int]] = ()
    answers: Mapping[int, str] = field(default_factory=dict)


def _each(weeks: Sequence[int], result: str = "1") -> dict[int, str]:
    return dict.fromkeys(weeks, result)


_STEADY_AIMS: Final = (
    Aim("campaigns", None, "8"),
    Aim("satisfaction_score", "3.6", "4"),
    Aim("new_referring_providers", None, "12"),
)
_STEADY_WINS: Final = (
    Logs("campaigns", _each((3, 8, 15, 22, 29, 35, 44, 50))),
    Logs("satisfaction_score", {5: "3.65", 12: "3.7", 25: "3.8", 38: "3.9", 49: "4"}, sample=24),
    Logs("new_referring_providers", _each((2, 6, 11, 16, 20, 24, 33, 36, 41, 45, 48, 51))),
    Logs("mentees", _each((-6, 18, 34))),
)

PERSONAS: Final = {
    persona.name: persona
    for persona in (
        Persona("steady", aims=_STEADY_AIMS, wins=_STEADY_WINS, answers={13: "not_useful", 27: "nothing"}),
        Persona("quiet", wins=(Logs("referrals", {30: "118"}),)),
        Persona(
            "new",
            here=3,
            aims=(Aim("campaigns", None, "6", week=6),),
            wins=(
                Logs("campaigns", _each((3, 10, 19, 27, 36, 47))),
                Logs("referrals", {14: "131", 27: "140", 40: "152"}),
                Logs("provider_introductions", _each((22, 33))),
            ),
            answers={1: "nothing", 5: "nothing", 9: "nothing", 17: "nothing"},
        ),
        Persona(
            "nearly-there",
            aims=(
                Aim("campaigns", None, "8", week=-40, due=12),
                Aim("agreements_signed", None, "2", week=-40, due=14),
                Aim("new_referring_providers", None, "12", week=-40, due=10),
                Aim("new_referring_providers", None, "14", week=18, due=60),
                Aim("campaigns", None, "9", week=20, due=60),
            ),
            wins=(
                Logs("campaigns", _each((-36, -30, -24, -18, -12, -6, -2, 6, 23, 28, 33, 40, 46))),
                Logs("agreements_signed", _each((-30, 9))),
                Logs(
                    "new_referring_providers", _each(range(-38, -4, 3)) | _each((3, 22, 27, 31, 38, 43, 50))
                ),
                Logs("mentees", _each((-20, -3, 16, 30))),
            ),
            answers={2: "nothing", 20: "nothing"},
        ),
        Persona(
            "on-leave", aims=_STEADY_AIMS, wins=_STEADY_WINS[:3], pauses=((20, 33),), answers={8: "nothing"}
        ),
    )
}
_AWAY: Final = range(20, 33)


def cast(session: Session, start: datetime) -> Stage:
    """A workspace with somebody and their manager, and nothing that happened yet."""
    workspace = Workspace(key="rehearsal", name="Rehearsal", created_at=start)
    session.add(workspace)
    session.flush()
    assert workspace.id is not None, "a stored row has an id"
    member, manager = (
        Member(
            workspace_id=workspace.id,
            user_id=user,
            target_rung="manager",
            zone="America/New_York",
            created_at=start,
        )
        for user in ("U0REHEARSAL", "U0MANAGER")
    )
    session.add_all((member, manager))
    session.flush()
    return Stage(session, workspace, member)


def prepared(stage: Stage, persona: Persona, content: Content, start: datetime) -> list[Change]:
    """Writes what was before the first week, and gives what happens in the weeks to come, in order."""
    stage.member.created_at = stage.member.welcomed_at = start - timedelta(days=persona.here)
    changes = [_aims_at(aim, content, start) for aim in persona.aims]
    changes += [
        _wins(each, week, result, content, start)
        for each in persona.wins
        for week, result in each.results.items()
        if not (persona.pauses and week in _AWAY)
    ]
    changes += [_pause(since, until, start) for since, until in persona.pauses]
    changes.sort(key=lambda change: change.at)
    for change in [each for each in changes if each.at < start]:
        change.do(stage, change.at)
    stage.session.flush()
    return [each for each in changes if each.at >= start]


def _moment(start: datetime, week: int) -> datetime:
    return start + timedelta(weeks=week) + AFTERNOON


def _aims_at(aim: Aim, content: Content, start: datetime) -> Change:
    metric = content.metric(aim.metric)
    since, due = ((start + timedelta(weeks=week)).date() for week in (aim.week, aim.due))

    def do(stage: Stage, now: datetime) -> None:
        _close(stage, aim.metric, now)
        manager = _manager(stage)
        stage.session.add(
            Target(
                workspace_id=stage.member.workspace_id,
                member_id=stage.member.id or 0,
                outcome=metric.outcome,
                metric=metric.id,
                from_value=None if aim.start is None else Decimal(aim.start),
                to_value=Decimal(aim.goal),
                starts=since,
                due=due,
                state="agreed",
                proposed_by=stage.member.id or 0,
                proposed_at=now,
                agreed_by=manager,
                agreed_at=now,
            )
        )

    at = start - timedelta(minutes=1) if aim.week == 0 else _moment(start, aim.week)
    return Change(at, f"agrees on a target: {metric.label}, {aim.goal} by {due:%B} {due.day}", do)


def _close(stage: Stage, metric: str, now: datetime) -> None:
    statement = select(Target).where(
        Target.member_id == stage.member.id, Target.metric == metric, Target.state == "agreed"
    )
    for target in stage.session.exec(statement).all():
        target.state, target.closing, target.closed_at = "closed", "replaced", now
        target.closed_by = stage.member.id
    stage.session.flush()


def _manager(stage: Stage) -> int:
    statement = select(Member.id).where(Member.user_id == "U0MANAGER")
    return stage.session.exec(statement.order_by(col(Member.id))).one() or 0


def _wins(logs: Logs, week: int, result: str, content: Content, start: datetime) -> Change:
    metric, at = content.metric(logs.metric), _moment(start, week)

    def do(stage: Stage, now: datetime) -> None:
        stage.session.add(
            Win(
                workspace_id=stage.member.workspace_id,
                member_id=stage.member.id or 0,
                submission_key=f"{metric.id}:{week}",
                outcome=metric.outcome,
                metric=metric.id,
                result=Decimal(result),
                sample=logs.sample,
                happened_on=now.date(),
                created_at=now,
                status="verified",
                shared_at=now,
                decided_by=_manager(stage),
                decided_at=now,
                decided_revision=1,
            )
        )

    return Change(at, f"logs a win: {metric.label}, {result} {metric.unit_after(Decimal(result))}", do)


def _pause(since: int, until: int, start: datetime) -> Change:
    back: date = (start + timedelta(weeks=until)).date()

    def do(stage: Stage, _now: datetime) -> None:
        stage.member.paused_until = back

    return Change(_moment(start, since - 1), f"pauses until {back:%B} {back.day}", do)
