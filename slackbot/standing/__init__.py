"""Where a member stands: criteria, targets and outcomes, read once and shown alike wherever they are shown."""

from slackbot.standing.goals import goal_of
from slackbot.standing.reading import own_criteria, own_goals, standing_of, team_standings
from slackbot.standing.shapes import LATE, Goal, NextAction, OutcomeRow
from slackbot.standing.whole import Standing

__all__ = [
    "LATE",
    "Goal",
    "NextAction",
    "OutcomeRow",
    "Standing",
    "goal_of",
    "own_criteria",
    "own_goals",
    "standing_of",
    "team_standings",
]
