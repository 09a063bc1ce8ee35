"""The buttons on the app's Home: the three things people come for, and who sees what."""

from collections.abc import Sequence

from sqlmodel import Session

from slackbot.feature import Feature
from slackbot.home import Glance
from slackbot.ui.blocks import Block, actions, context, runs

PRIVATE = (
    "What you log is yours: your manager sees only what you share. Please keep patient details out of it."
)


def home(_session: Session, _glance: Glance) -> Sequence[Block]:
    return [
        actions(
            runs("Log a win", "log") | {"style": "primary"},
            runs("See the road", "roadmap"),
            runs("All I can do", "help"),
        ),
        context(PRIVATE),
    ]


FEATURE = Feature(name="welcome", home=home)
