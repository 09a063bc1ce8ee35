"""What several views of the weekly message say."""

from sqlmodel import Session

from slackbot.home import Glance
from slackbot.rules.schedule import Occurrence
from slackbot.ui.blocks import Block, context
from slackbot.ui.text import WEEKDAYS, escape, local, place
from storage import nudges


def moved(due: Occurrence) -> str:
    """Why a message comes on another day than usual; nothing where it does not."""
    return f" It moved there from {WEEKDAYS[due.moved_from.weekday()]}, a day off." if due.moved_from else ""


def put_off(session: Session, glance: Glance) -> str | None:
    """When a message comes once more that the person put off, on their own clock; None where nothing will."""
    at = nudges.put_off_until(session, workspace_id=glance.workspace_id, member_id=glance.member_id)
    if at is None or glance.member.nudges_off:
        return None
    day, pause = at.astimezone(glance.zone).date(), glance.member.paused_until
    return None if pause is not None and day < pause else local(at, glance.zone)


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
