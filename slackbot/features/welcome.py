"""The top of the app's Home: what this is, and the three things people come for."""

from collections.abc import Sequence

from sqlmodel import Session

from slackbot.feature import Feature
from slackbot.home import Glance
from slackbot.ui.blocks import Block, actions, context, header, runs, section

WELCOME = "Ask about the road to Physician Relations Manager (PRM), log your wins as they happen, and hear from me once a week."
PRIVATE = "What you log is yours: your manager sees only what you share. Please keep patient details out of it."


def home(_session: Session, _glance: Glance) -> Sequence[Block]:
    return [
        header("PRM Coach"),
        section(WELCOME),
        actions(
            runs("Log a win", "log") | {"style": "primary"},
            runs("See the road", "roadmap"),
            runs("All I can do", "help"),
        ),
        context(PRIVATE),
    ]


FEATURE = Feature(name="welcome", home=home)
