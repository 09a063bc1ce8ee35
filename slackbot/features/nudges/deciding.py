"""Reads what the choice of a weekly message rests on: how each outcome stands, what was said lately, and the last win."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session

from content import Need, Outcome
from slackbot.home import Glance
from slackbot.rules import nudges as rules
from slackbot.rules.nudges.areas import LATE, Goal
from slackbot.rules.pace import State
from slackbot.standing import Goal as Standing
from slackbot.standing import OutcomeRow, own_outcomes
from storage import nudges, wins
from storage.nudges import Spoken

REMEMBERED: Final = 26
"""Weekly messages that are looked back on: as many as a text that was not useful rests for weeks."""
NEW: Final = timedelta(days=14)


def decide(session: Session, glance: Glance, slot: str, but: str = "") -> rules.Choice | rules.Silence:
    """What the message of a slot says now. `but` is the ledger's row that is being written, if it has one."""
    return rules.choose(
        glance.content, areas(session, glance), said(session, glance, but), week(session, glance, slot)
    )


def areas(session: Session, glance: Glance) -> list[rules.Area]:
    """Every outcome with its wins, its target, and whether it is a gate still to pass."""
    standing = own_outcomes(session, glance)
    return [_area(row, _foremost(row.outcome, standing.goals)) for row in standing.outcomes]


def said(session: Session, glance: Glance, but: str = "") -> list[rules.Said]:
    """What the weekly messages before were about, newest first."""
    whose = {"workspace_id": glance.workspace_id, "member_id": glance.member_id}
    rows = nudges.spoken(session, **whose, limit=REMEMBERED, but=but)
    return [_said(row) for row in rows if row.said]


def week(session: Session, glance: Glance, slot: str) -> rules.Week:
    """The week that is spoken for, and what happened before it."""
    whose = {"workspace_id": glance.workspace_id, "member_id": glance.member_id}
    came = glance.member.welcomed_at or glance.member.created_at
    return rules.Week(
        monday=monday_of(slot),
        today=glance.today,
        last_logged=wins.last_logged(session, **whose),
        new=glance.now - came <= NEW,
    )


def monday_of(slot: str) -> date:
    """The first day of a slot's week: "2026-W48" begins on November 23."""
    year, number = slot.split("-W")
    return date.fromisocalendar(int(year), int(number), 1)


def _said(row: Spoken) -> rules.Said:
    about = row.said or {}
    return rules.Said(
        monday_of(row.slot), row.sent_at or row.due_at, about["outcome"], about["nudge"], row.answer
    )


def _area(row: OutcomeRow, goal: Standing | None) -> rules.Area:
    gates = [judged for criterion, judged in row.standings if criterion.need is Need.GATE]
    return rules.Area(
        outcome=row.outcome,
        metric=goal.metric if goal else row.outcome.default_metric,
        goal=Goal(goal.aim, goal.pace, goal.agreed) if goal else None,
        wins=row.verified + row.claimed,
        last_win=row.last_win,
        gate=any(not judged.met for judged in gates),
    )


def _foremost(outcome: Outcome, goals: Sequence[Standing]) -> Standing | None:
    """Of several targets in an outcome the one to speak of: the furthest off its line, then the next to end, then
    what is reached."""
    own = [goal for goal in goals if goal.metric.outcome == outcome.id]
    return min(
        own,
        key=lambda goal: (
            goal.pace.state is State.REACHED,
            goal.pace.state not in LATE,
            goal.pace.share - goal.pace.elapsed if goal.pace.state in LATE else 0,
            goal.aim.due,
        ),
        default=None,
    )
