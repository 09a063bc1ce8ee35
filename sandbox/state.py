"""Everything the fake Slack remembers, as dataclasses that go to JSON and back."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sandbox.words import Json, places, plain, words

Row = TypeVar("Row")


@dataclass
class Team:
    """A Slack workspace, by itself or in an organization."""

    id: str
    name: str
    domain: str
    enterprise: str | None = None


@dataclass
class Enterprise:
    """An organization of several workspaces."""

    id: str
    name: str


@dataclass
class User:
    """A member of a workspace, a bot included."""

    id: str
    team: str
    name: str
    real_name: str
    title: str = ""
    tz: str | None = None
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    """Somebody of another company, met in a channel that both share."""
    is_bot: bool = False
    deleted: bool = False
    teams: list[str] = field(default_factory=list)
    """In an organization, all workspaces they belong to; `team` is the one they are in just now."""
    enterprise: str | None = None

    def as_slack(self, now: datetime) -> Json:
        """The user object of `users.info`; `tz_offset` is that of `now`, as it changes with the clocks."""
        user: Json = {
            "id": self.id,
            "team_id": self.team,
            "name": self.name,
            "real_name": self.real_name,
            "deleted": self.deleted,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": 1_700_000_000,
            "profile": {
                "real_name": self.real_name,
                "display_name": self.name,
                "title": self.title,
                "team": self.team,
            },
        }
        if self.enterprise is not None:
            user["enterprise_user"] = {
                "id": self.id,
                "enterprise_id": self.enterprise,
                "teams": self.teams or [self.team],
            }
        if self.is_stranger:
            return user | {"is_stranger": True}
        if self.deleted:
            return user
        user |= {
            "is_admin": self.is_admin,
            "is_owner": self.is_owner,
            "is_primary_owner": self.is_owner,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
        }
        if self.tz:
            local = now.astimezone(ZoneInfo(self.tz))
            offset = local.utcoffset()
            user |= {
                "tz": self.tz,
                "tz_label": local.tzname() or self.tz,
                "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
            }
        return user


@dataclass
class Channel:
    """A channel, or (with `user`) the direct conversation between the app and one person."""

    id: str
    team: str
    name: str
    members: list[str] = field(default_factory=list)
    user: str | None = None
    is_private: bool = False
    is_archived: bool = False

    @property
    def is_im(self) -> bool:
        return self.user is not None


@dataclass
class Message:
    """What stands in a conversation; an ephemeral one is seen by `ephemeral_to` only and is in no history."""

    ts: str
    channel: str
    team: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    bot_id: str | None = None
    ephemeral_to: str | None = None
    thread_ts: str | None = None
    edited: bool = False
    files: list[str] = field(default_factory=list)

    @property
    def ephemeral(self) -> bool:
        return self.ephemeral_to is not None

    @property
    def words(self) -> str:
        """All that a person reads: the blocks' text, or where there are none the top-level text."""
        return words([self.blocks, self.attachments]) if self.blocks or self.attachments else self.text


@dataclass
class View:
    """An open modal or a published home, with what its person typed (`values`) and is told (`errors`)."""

    id: str
    team: str
    user: str
    payload: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    values: dict[str, dict[str, Json]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def type(self) -> str:
        return str(self.payload["type"])

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.payload["blocks"]
        return blocks

    @property
    def title(self) -> str:
        return plain(self.payload.get("title"))

    @property
    def submit(self) -> str | None:
        return plain(self.payload["submit"]) if self.payload.get("submit") else None

    @property
    def close(self) -> str | None:
        return plain(self.payload["close"]) if self.payload.get("close") else None

    @property
    def callback_id(self) -> str:
        return str(self.payload.get("callback_id") or "")

    @property
    def private_metadata(self) -> str:
        return str(self.payload.get("private_metadata") or "")

    @property
    def external_id(self) -> str:
        return str(self.payload.get("external_id") or "")

    @property
    def words(self) -> str:
        return words([self.payload.get("title"), self.blocks, self.payload.get("submit")])

    @property
    def fields(self) -> dict[str, str]:
        """Label (or block id) of every element that holds a value, to its block id."""
        return {
            place.label: place.block_id
            for place in places(self.blocks)
            if place.kind not in {"button", "overflow", "workflow_button"}
        }

    @property
    def state(self) -> Json:
        """What goes to the app as `view.state`."""
        return {"values": self.values}


@dataclass
class Installation:
    """A bot token, the workspace it belongs to and what it may do."""

    token: str
    team: str
    bot_id: str
    bot_user: str
    scopes: list[str]
    installed_by: str
    status: str = "live"
    """`live`, `revoked` (token_revoked) or `inactive` (the app was removed: account_inactive)."""
    refresh_token: str | None = None
    """Good for one new token; None once it was used, or where tokens last."""
    expires_at: float | None = None
    """By the product's clock, as seconds since 1970."""
    teams: list[str] = field(default_factory=list)
    """Of an organization's installation (whose `team` is the organization): the workspaces that were given the app."""


@dataclass
class File:
    """An uploaded file; `content` is base64."""

    id: str
    team: str
    name: str
    length: int
    title: str = ""
    user: str = ""
    content: str = ""
    channels: list[str] = field(default_factory=list)
    complete: bool = False


@dataclass
class State:
    """All that outlives a restart of the sandbox."""

    teams: dict[str, Team] = field(default_factory=dict)
    enterprises: dict[str, Enterprise] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    installations: dict[str, Installation] = field(default_factory=dict)
    """By token."""
    messages: list[Message] = field(default_factory=list)
    homes: dict[str, View] = field(default_factory=dict)
    """By user id."""
    files: dict[str, File] = field(default_factory=dict)
    counter: int = 0
    last_ts: int = 0
    """The newest message's time in microseconds: no two messages share one."""
    clock_offset: float = 0.0
    """Seconds that a running clock is ahead of real time."""

    def to_json(self) -> Json:
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, data: Json) -> State:
        """Raises KeyError, TypeError or AttributeError for what `to_json` did not make."""
        return cls(
            teams=_table(Team, data["teams"]),
            enterprises=_table(Enterprise, data.get("enterprises", {})),
            users=_table(User, data["users"]),
            channels=_table(Channel, data["channels"]),
            installations=_table(Installation, data["installations"]),
            messages=[Message(**message) for message in data["messages"]],
            homes=_table(View, data["homes"]),
            files=_table(File, data["files"]),
            counter=int(data["counter"]),
            last_ts=int(data["last_ts"]),
            clock_offset=float(data["clock_offset"]),
        )


def _table(kind: type[Row], rows: dict[str, dict[str, Any]]) -> dict[str, Row]:
    return {key: kind(**row) for key, row in rows.items()}
