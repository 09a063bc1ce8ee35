"""The weekly message, and `/prm nudges`: when it comes, what it is about, and how to change or pause it."""

from typing import Final

from slackbot.calendar import NUDGE
from slackbot.commands import split
from slackbot.deps import Deps
from slackbot.feature import Asked, Feature, Form, ScheduledMessage, Subcommand
from slackbot.features.nudges.claiming import claim
from slackbot.features.nudges.form import CALLBACK, change, submitted
from slackbot.features.nudges.home import home
from slackbot.features.nudges.message import compose
from slackbot.features.nudges.settings import ANSWERS, shown
from slackbot.ui.blocks import Message
from storage import deliveries

CHANGE: Final = frozenset({"change", "settings", "set", "edit", "pause", "off", "on"})


async def nudges(deps: Deps, asked: Asked) -> Message | None:
    """Shows when the weekly message comes, or what `log` and `next` ask for; `change` opens the form."""
    verb = split(asked.words)[0]
    if verb in CHANGE:
        await change(deps, asked)
        return None
    return await ANSWERS.get(verb, shown)(deps, asked)


FEATURE = Feature(
    name="nudges",
    subcommands=(
        Subcommand(
            name="nudges",
            usage="[what]",
            summary="your weekly message: when it comes, how to change or pause it, and what came.",
            run=nudges,
            group="Your weekly message",
            examples=("/prm nudges change", "/prm nudges next", "/prm nudges log"),
            aliases=("nudge", "settings", "pause", "reminders", "weekly"),
        ),
    ),
    forms=(Form(CALLBACK, submitted),),
    scheduled=(
        # It has a switch of its own (`member.nudges_off`).
        ScheduledMessage(
            NUDGE, claim, compose, label="Weekly message", next_due=deliveries.next_nudge, optional=False
        ),
    ),
    home=home,
)
