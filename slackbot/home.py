"""The app's Home: each feature offers a section, and this puts them together and publishes them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from content import Content
from slackbot.ui.blocks import Block, View, divider
from storage.models import Member, Workspace


@dataclass(frozen=True)
class Glance:
    """What a view of one member may look at; the time and the zone are handed in, never asked for."""

    member: Member
    workspace: Workspace
    zone: ZoneInfo
    now: datetime
    content: Content
    scopes: frozenset[str] = frozenset()
    """What Slack lets the app do in this workspace; only Home is told."""

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def member_id(self) -> int:
        assert self.member.id is not None, "a stored row has an id"
        return self.member.id

    @property
    def workspace_id(self) -> int:
        return self.member.workspace_id


HomeSection = Callable[[Session, Glance], Sequence[Block]]
"""Reads what it needs and gives its blocks; an empty list leaves the section out."""


def home_view(session: Session, glance: Glance, sections: Sequence[HomeSection]) -> View:
    """All sections in order, a line between them, within Slack's hundred blocks."""
    blocks: list[Block] = []
    for section in sections:
        part = section(session, glance)
        if part and blocks:
            blocks.append(divider())
        blocks.extend(part)
    return {"type": "home", "blocks": blocks[:100]}
