"""Where somebody stands, at the top of their Home; and below it, for who leads others, their team."""

from typing import Final

from slackbot.feature import Feature
from slackbot.features.standing import mine, team

FEATURE: Final = Feature(name="standing", home=mine.home)
TEAM: Final = Feature(name="team on Home", home=team.home)
