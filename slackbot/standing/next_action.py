"""The one thing to do next: what somebody waits for comes first, then the road, then the widest open criterion."""

from collections.abc import Sequence
from typing import Final

from content import GatesMet
from slackbot.rules import pace, roadmap
from slackbot.rules.progress import Readiness
from slackbot.rules.roadmap import Record, State
from slackbot.standing.shapes import Goal, NextAction
from slackbot.ui.text import plural
from storage.models import Target

PROFILE: Final = ("My profile", "profile")


def next_action(
    record: Record,
    steps: Sequence[roadmap.Standing],
    readiness: Readiness | None,
    goals: Sequence[Goal],
    offered: Sequence[Target],
    questions: int,
) -> NextAction:
    """`offered` are the targets that a manager proposed and that wait for the member's word."""
    if questions:
        return NextAction(
            f"Your manager asked about {'one' if questions == 1 else questions} of your wins. Once you answer, "
            f"{'it' if questions == 1 else 'they'} can be confirmed.",
            "Read the question" if questions == 1 else "Read the questions",
            "wins question",
        )
    if offered:
        return NextAction(
            f"Your manager proposed {plural(len(offered), 'target')} to you. Agree, or propose another.",
            "My targets",
            "target",
        )
    if record == Record():
        return NextAction("Fill in your profile, and your five steps start from where you are.", *PROFILE)
    return _late(goals) or _on_the_way(steps, readiness)


def _late(goals: Sequence[Goal]) -> NextAction | None:
    """The agreed target that is furthest from its line."""
    late = [goal for goal in goals if goal.agreed and goal.pace.state is pace.State.BEHIND]
    if not late:
        return None
    widest = max(late, key=lambda goal: goal.pace.elapsed - goal.pace.share)
    outcome = widest.metric.outcome
    return NextAction(f"{widest.metric.label}: {widest.pace.sentence}", "Log a win", f"log {outcome}")


def _on_the_way(steps: Sequence[roadmap.Standing], readiness: Readiness | None) -> NextAction:
    lead = roadmap.next_action(steps)
    asks_for_gates = any(
        isinstance(sign.test, GatesMet) and sign.do == lead.do for sign in lead.step.completes
    )
    if not (asks_for_gates or lead.state is State.DONE):
        return NextAction(lead.do, "Open the step", f"roadmap {lead.step.number}")
    if readiness is None:
        return NextAction(
            "Choose the role you want next, and what it asks for becomes your checklist.", *PROFILE
        )
    return NextAction(readiness.missing or lead.do, "My criteria", "criteria")
