"""Reads what the choice of a weekly message rests on: how each outcome stands, what was said lately, and the last win."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final, NamedTuple

from sqlmodel import Session

from content import Content, Criterion, Need, Nudge, Outcome, OutcomeTest
from content.predicates import leaves
from slackbot.home import Glance
from slackbot.rules import nudges as rules
from slackbot.rules.nudges.areas import LATE, Goal
from slackbot.rules.pace import State
from slackbot.standing import Goal as Held
from slackbot.standing import own_criteria, own_goals
from storage import nudges, wins
from storage.nudges import Spoken
from storage.several import Whose
from storage.wins import Latest

REMEMBERED: Final = 26
"""Weekly messages that are looked back on: as many as a text that was not useful rests for weeks."""
NEW: Final = timedelta(days=14)


class Asked(NamedTuple):
    """Whose message of which slot is asked about. `but` is its own row in the ledger, if it has one."""

    glance: Glance
    slot: str
    but: str = ""


@dataclass(frozen=True, eq=False)
class Facts:
    """All that was read for one person's message."""

    content: Content
    areas: Sequence[rules.Area]
    said: Sequence[rules.Said]
    week: rules.Week

    def choose(self) -> rules.Choice | rules.Silence:
        return rules.choose(self.content, self.areas, self.said, self.week)

    @cached_property
    def weighed(self) -> tuple[rules.Weighed, ...]:
        return rules.weighed_areas(self.areas, self.said, self.week)

    def about(self, text: Nudge) -> rules.Weighed | None:
        """The outcome that a text is about, if it is still in the state that the text is for."""
        named = (each for each in self.weighed if each.area.outcome.id == text.outcome)
        return next((each for each in named if each.state is text.state), None)


def facts(session: Session, asked: Sequence[Asked]) -> list[Facts]:
    """What there is to know now for each message that is asked about, in their order.

    For all of them it takes three statements, one more where somebody has targets, and one where somebody works toward
    a role and has an outcome without a win."""
    glances = [each.glance for each in asked]
    people = [Whose(glance.workspace_id, glance.member_id) for glance in glances]
    latest = wins.latest_by_outcome(session, people)
    spoken = nudges.spoken(session, people, limit=REMEMBERED + 1)
    goals = own_goals(session, glances)
    # A gate with wins behind it may be met or not, which its own criteria page says; one without any is not.
    # By name, not by number: an organization may have taken outcomes away that wins still speak of.
    unbegun = [
        glance
        for glance, (_, who) in zip(glances, people, strict=True)
        if any(outcome.id not in latest[who] for outcome in glance.content.outcomes)
    ]
    gates = _gates_of(own_criteria(session, unbegun))
    return [
        _known(
            each,
            latest[who],
            [row for row in spoken[who] if row.id != each.but][:REMEMBERED],
            goals.get(who, ()),
            gates.get(who, frozenset()),
        )
        for each, (_, who) in zip(asked, people, strict=True)
    ]


def _known(
    asked: Asked,
    latest: Mapping[str, Latest],
    spoken: Sequence[Spoken],
    goals: Sequence[Held],
    gates: frozenset[str],
) -> Facts:
    glance = asked.glance
    came = glance.member.welcomed_at or glance.member.created_at
    return Facts(
        content=glance.content,
        areas=[
            _area(outcome, latest.get(outcome.id), _foremost(outcome, goals) if goals else None, gates)
            for outcome in glance.content.outcomes
        ],
        said=[_said(row) for row in spoken if row.said],
        week=rules.Week(
            monday=monday_of(asked.slot),
            today=glance.today,
            last_logged=max((each.logged_at for each in latest.values()), default=None),
            new=glance.now - came <= NEW,
        ),
    )


def monday_of(slot: str) -> date:
    """The first day of a slot's week: "2026-W48" begins on November 23."""
    year, number = slot.split("-W")
    return date.fromisocalendar(int(year), int(number), 1)


def _gates_of(criteria: Mapping[int, Sequence[Criterion]]) -> dict[int, frozenset[str]]:
    """By member. Colleagues share the very same criteria, and each of these is gone through once."""
    gates = {id(each): _gates(each) for each in {id(each): each for each in criteria.values()}.values()}
    return {member_id: gates[id(each)] for member_id, each in criteria.items()}


def _gates(criteria: Sequence[Criterion]) -> frozenset[str]:
    """The outcomes that a role asks for as a gate."""
    return frozenset(
        leaf.outcome
        for criterion in criteria
        if criterion.need is Need.GATE
        for leaf in leaves(criterion.test)
        if isinstance(leaf, OutcomeTest)
    )


def _area(outcome: Outcome, latest: Latest | None, held: Held | None, gates: frozenset[str]) -> rules.Area:
    return rules.Area(
        outcome=outcome,
        metric=held.metric if held else outcome.default_metric,
        goal=Goal(held.aim, held.pace, held.agreed) if held else None,
        wins=latest.count if latest else 0,
        last_win=latest.happened_on if latest else None,
        gate=latest is None and outcome.id in gates,
    )


def _said(row: Spoken) -> rules.Said:
    about = row.said or {}
    at = row.sent_at or row.due_at
    return rules.Said(monday_of(row.slot), at, about["outcome"], about["nudge"], row.answer)


def _foremost(outcome: Outcome, goals: Sequence[Held]) -> Held | None:
    """Of several targets in an outcome the one to speak of: the furthest off its line, then the next to end, then
    what is reached."""
    own = [goal for goal in goals if goal.metric.outcome == outcome.id]
    return min(own, key=_foremost_first, default=None)


def _foremost_first(held: Held) -> tuple[bool, bool, float, date]:
    pace = held.pace
    late = pace.state in LATE
    return (
        pace.state is State.REACHED,
        not late,
        float(pace.share - pace.elapsed) if late else 0,
        held.aim.due,
    )
