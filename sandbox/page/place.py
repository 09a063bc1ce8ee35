"""Who a tab of the page is and which conversation it shows, as its address says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.people import Person

if TYPE_CHECKING:
    from sandbox.server import Sandbox

APP = "app"
"""Stands in the address for the person's conversation with the app."""
APP_NAME = "PRM Coach"
AT_FIRST = 40
"""How many messages a tab shows until its reader scrolls up for more."""
AT_MOST = 5000


@dataclass(frozen=True)
class Place:
    """A person's conversation."""

    person: Person
    key: str
    channel: str
    label: str
    newest: int = AT_FIRST
    """How many of its messages are wanted."""

    @property
    def is_app(self) -> bool:
        return self.key == APP


def place_of(sandbox: Sandbox, address: Mapping[str, Any]) -> Place | None:
    """What `as` and `in` of an address (or of a request's body) mean; None for nobody or nowhere."""
    person = next((one for one in sandbox.people if one.name == address.get("as")), None)
    if person is None:
        return None
    key = str(address.get("in"))
    if key == APP:
        return Place(person, APP, person.app_dm, APP_NAME, _wanted(address.get("newest")))
    channel = sandbox.state.channels.get(key)
    if channel is None or channel.is_im or person.id not in channel.members:
        return None
    return Place(person, key, channel.id, f"#{channel.name}", _wanted(address.get("newest")))


def _wanted(newest: object) -> int:
    try:
        return min(max(int(str(newest)), AT_FIRST), AT_MOST)
    except ValueError:
        return AT_FIRST
