"""Trigger ids: what lets the app open a modal, once, within three seconds of what a person did."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sandbox.refused import RefusedError
from sandbox.world import World

LIFE = 3.0
"""Seconds; real time, not the product's."""


@dataclass
class Trigger:
    """One thing a person did, good for one view."""

    team: str
    user: str
    issued: float
    looking_at: str | None = None
    """The conversation in which they did it."""
    used: bool = False


class Triggers:
    """Those given out so far."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._issued: dict[str, Trigger] = {}

    def issue(self, team: str, user: str, looking_at: str | None = None) -> str:
        world = self._world
        number = world.new_id("")
        digest = hashlib.sha256(f"{number}{user}".encode()).hexdigest()[:32]
        trigger_id = f"{int(number, 16)}.{len(self._issued) + 1}.{digest}"
        self._issued[trigger_id] = Trigger(team, user, world.seconds(), looking_at)
        return trigger_id

    def exchange(self, trigger_id: str, team: str) -> Trigger:
        """Use one up; raises RefusedError as Slack would."""
        trigger = self._issued.get(trigger_id)
        if trigger is None or not self._world.covers(team, trigger.team):
            raise RefusedError("invalid_trigger_id")
        if trigger.used:
            raise RefusedError("exchanged_trigger_id")
        if self._world.seconds() - trigger.issued > LIFE:
            raise RefusedError("expired_trigger_id")
        trigger.used = True
        return trigger
