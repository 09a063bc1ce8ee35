"""Home's lines about the weekly message."""

from collections.abc import Sequence

from sqlmodel import Session

from slackbot.features.nudges.words import zone_note
from slackbot.home import Glance
from slackbot.ui.blocks import Block, runs, section
from slackbot.ui.text import escape, local, place


def home(_session: Session, glance: Glance) -> Sequence[Block]:
    """When the next message comes."""
    if glance.member.nudges_off or glance.member.next_nudge_at is None:
        text = "It is off."
    else:
        text = (
            f"The next one: {local(glance.member.next_nudge_at, glance.zone)}, {escape(place(glance.zone))}."
        )
    return [
        section(f"*Your weekly message*\n{text}", accessory=runs("Change", "nudges change")),
        *zone_note(glance),
    ]
