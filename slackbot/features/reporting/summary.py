"""Where somebody of a team stands, in a word or two: the gates they met, and the target that needs a look first."""

from typing import Final

from slackbot.rules.pace import State
from slackbot.standing import Goal, Standing
from slackbot.ui.text import plural

NO_TARGET: Final = "no target yet"
NO_ROLE: Final = "no role chosen yet"
URGENCY: Final = (
    State.OVERDUE,
    State.BEHIND,
    State.ON_PACE,
    State.AHEAD,
    State.TOO_EARLY,
    State.REACHED,
)


def slowest(each: Standing) -> Goal | None:
    """The agreed target that is most behind."""
    agreed = [goal for goal in each.goals if goal.agreed]
    return min(agreed, key=_lead, default=None)


def _lead(goal: Goal) -> tuple[int, object]:
    return URGENCY.index(goal.pace.state), goal.pace.share - goal.pace.elapsed


def pace_in_a_word(each: Standing) -> str:
    """ "behind", "on pace", "no target yet"."""
    goal = slowest(each)
    return NO_TARGET if goal is None else goal.pace.state.value


def gates_in_a_word(each: Standing) -> str:
    """ "4 of 6 gates"; of a role without gates, how many of what it asks for."""
    found = each.readiness
    if found is None:
        return NO_ROLE
    if found.gates:
        return f"{found.gates_met} of {found.gates} gates"
    return f"{found.supporting_met} of {found.supporting} criteria"


def people(count: int) -> str:
    """ "1 person", "8 people"."""
    return "1 person" if count == 1 else f"{count:,} people"


def wins(count: int) -> str:
    """ "no wins", "1 win", "12 wins"."""
    return plural(count, "win") if count else "no wins"
