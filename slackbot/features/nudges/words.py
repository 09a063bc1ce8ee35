"""What several views of the weekly message say."""

from slackbot.home import Glance
from slackbot.rules.schedule import Occurrence
from slackbot.ui.blocks import Block, context
from slackbot.ui.text import WEEKDAYS, escape, place


def moved(due: Occurrence) -> str:
    """Why a message comes on another day than usual; nothing where it does not."""
    return f" It moved there from {WEEKDAYS[due.moved_from.weekday()]}, a day off." if due.moved_from else ""


def zone_note(glance: Glance) -> list[Block]:
    """Tells somebody whose Slack profile names no zone which one is used instead."""
    if glance.member.zone:
        return []
    if glance.member.profile_read_at is None:
        return [
            context(
                f"I have not been able to read your time zone from Slack yet, so I go by {escape(place(glance.zone))}."
            )
        ]
    return [
        context(
            f"Your Slack profile has no time zone, so I go by your workspace's: {escape(place(glance.zone))}. "
            "Set one in Slack under Preferences > Language & region, and I will follow it."
        )
    ]
