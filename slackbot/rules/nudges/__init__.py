"""What the weekly message is about and why; or that there is nothing to say."""

from slackbot.rules.nudges.areas import Area, Goal, state_of
from slackbot.rules.nudges.choosing import (
    Choice,
    Kind,
    Silence,
    Week,
    choose,
    weighed_areas,
)
from slackbot.rules.nudges.memory import Said
from slackbot.rules.nudges.telling import arithmetic, values, why
from slackbot.rules.nudges.weighing import Weighed

__all__ = [
    "Area",
    "Choice",
    "Goal",
    "Kind",
    "Said",
    "Silence",
    "Week",
    "Weighed",
    "arithmetic",
    "choose",
    "state_of",
    "values",
    "weighed_areas",
    "why",
]
