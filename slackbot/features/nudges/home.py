"""Home's lines about the weekly message."""

from collections.abc import Sequence

from sqlmodel import Session

from slackbot.calendar import coming
from slackbot.features.nudges.words import moved, put_off, zone_note
from slackbot.home import Glance
from slackbot.ui.blocks import Block, runs, section
from slackbot.ui.text import escape, local, place


def home(session: Session, glance: Glance) -> Sequence[Block]:
    """When the next message comes."""
    due = coming(session, glance.member, glance.zone, glance.now)
    if due is None:
        text = "It is off."
    else:
        text = f"The next one: {local(due.at, glance.zone)}, {escape(place(glance.zone))}.{moved(due)}"
    if (again := put_off(session, glance)) is not None:
        text = f"What you put off comes once more: {again}.\n{text}"
    return [
        section(f"*Your weekly message*\n{text}", accessory=runs("Change", "nudges change")),
        *zone_note(glance),
    ]
