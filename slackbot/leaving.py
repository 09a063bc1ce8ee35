"""What somebody hears who asked to be erased, wherever they turn: until when they can change their mind, and a button."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from slackbot.errors import UserError
from slackbot.ui.blocks import View, actions, header, runs, section
from slackbot.ui.text import local, place

WAYS: Final = (("Keep my data", "privacy keep"), ("Export everything", "privacy export"))
UNTIL_THEN: Final = (
    "*You asked me to erase everything about you.* That happens on {when}, {place}. Until then I keep it, write you "
    "nothing, and nothing can be added. To stay after all, press *Keep my data* or type `/prm privacy keep`."
)


class LeavingError(UserError):
    """Somebody asked to be erased, and nothing else is done for them until they change their mind."""

    ways = WAYS

    def __init__(self, erase_at: datetime, zone: ZoneInfo) -> None:
        super().__init__(until_then(erase_at, zone))


def until_then(erase_at: datetime, zone: ZoneInfo) -> str:
    """The date, and the way back."""
    return UNTIL_THEN.format(when=local(erase_at, zone), place=place(zone))


def leaving_home(erase_at: datetime, zone: ZoneInfo) -> View:
    """Their Home meanwhile."""
    ways = actions(*(runs(label, words) for label, words in WAYS))
    return {"type": "home", "blocks": [header("PRM Coach"), section(until_then(erase_at, zone)), ways]}
