"""The lines a person's deeds travel on: the world, and the ways from it to the app and back."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.outbound import Outbound
from sandbox.response_urls import ResponseUrls
from sandbox.triggers import Triggers
from sandbox.world import World


@dataclass(frozen=True)
class Lines:
    """What every `Person` holds."""

    world: World
    triggers: Triggers
    response_urls: ResponseUrls
    outbound: Outbound
