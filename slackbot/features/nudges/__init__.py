"""The weekly message, and `/prm nudges`: when it comes, what it is about, and how to change or pause it."""

from slackbot.calendar import NUDGE
from slackbot.feature import Feature, Form, ScheduledMessage, Subcommand
from slackbot.features.nudges import pausing
from slackbot.features.nudges.asking import asked_for
from slackbot.features.nudges.claiming import claim
from slackbot.features.nudges.form import CALLBACK, submitted
from slackbot.features.nudges.home import home
from slackbot.features.nudges.message import compose
from storage import deliveries

FEATURE = Feature(
    name="nudges",
    subcommands=(
        Subcommand(
            name="nudges",
            usage="[what]",
            summary="your weekly message: when it comes, how to change or pause it, and what came.",
            run=asked_for,
            group="Your weekly message",
            examples=("/prm nudges change", "/prm nudges next", "/prm nudges log"),
            aliases=("nudge", "settings", "pause", "reminders", "weekly"),
        ),
    ),
    forms=(Form(CALLBACK, submitted), Form(pausing.CALLBACK, pausing.submitted)),
    scheduled=(
        # It has a switch of its own (`member.nudges_off`).
        ScheduledMessage(
            NUDGE, claim, compose, label="Weekly message", next_due=deliveries.next_nudge, optional=False
        ),
    ),
    home=home,
)
