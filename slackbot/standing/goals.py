"""Targets against the line: how far along each one is, and how each outcome stands."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from content import Content, Criterion, OutcomeTest, UnknownEntryError
from content.predicates import leaves
from slackbot.rules.pace import Aim, pace, reached
from slackbot.rules.progress import Entry, Judged, Readiness
from slackbot.standing.shapes import Goal, OutcomeRow
from storage.models import Target


def goal_of(target: Target, entries: Sequence[Entry], content: Content, today: date) -> Goal | None:
    """The target with its pace; None where the organization has taken its metric away."""
    try:
        metric = content.metric(target.metric)
    except UnknownEntryError:
        return None
    aim = Aim(metric, target.from_value, target.to_value, target.starts, target.due)
    own = tuple(entry for entry in entries if entry.metric == metric.id)
    actual, count = reached(aim, own, today)
    return Goal(target, metric, aim, pace(aim, actual, count, today), own, today)


def goals_of(
    targets: Sequence[Target], entries: Sequence[Entry], content: Content, today: date
) -> tuple[Goal, ...]:
    """Every target with its pace: agreed ones first, each kind by its date."""
    if not targets:
        return ()
    found = (goal_of(target, entries, content, today) for target in targets)
    return tuple(
        sorted((goal for goal in found if goal), key=lambda goal: (not goal.agreed, goal.target.due))
    )


def outcome_rows(
    goals: Sequence[Goal], readiness: Readiness | None, entries: Sequence[Entry], content: Content
) -> tuple[OutcomeRow, ...]:
    """Every outcome, in the content's order."""
    wins: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        wins[entry.outcome].append(entry)
    asked = _by_outcome(readiness)
    rows = []
    for outcome in content.outcomes:
        own = wins.get(outcome.id, ())
        goal = next((each for each in goals if each.metric.outcome == outcome.id), None)
        verified = sum(entry.verified for entry in own)
        rows.append(
            OutcomeRow(
                outcome=outcome,
                metric=goal.metric if goal else outcome.default_metric,
                goal=goal,
                standings=tuple(asked.get(outcome.id, ())),
                last_win=max((entry.happened_on for entry in own), default=None),
                verified=verified,
                claimed=len(own) - verified,
            )
        )
    return tuple(rows)


def _by_outcome(readiness: Readiness | None) -> dict[str, list[tuple[Criterion, Judged]]]:
    """The criteria that ask for something of an outcome, gates first."""
    asked: dict[str, list[tuple[Criterion, Judged]]] = {}
    for criterion, judgment in readiness.standings if readiness else ():
        for outcome in {leaf.outcome for leaf in leaves(criterion.test) if isinstance(leaf, OutcomeTest)}:
            asked.setdefault(outcome, []).append((criterion, judgment))
    for each in asked.values():
        each.sort(key=lambda standing: standing[0].need)
    return asked
