"""Where the app is installed, and what Slack gave for it."""

from datetime import datetime, time
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from storage.models.base import Row, index_where, one_of
from storage.types import UTCDateTime

INSTALLATION_STATES: Final = ("live", "revoked", "uninstalled")


class Workspace(Row, table=True):
    """One installation's place: an enterprise when it is org-wide, else a team."""

    __table_args__: ClassVar[Any] = (
        CheckConstraint("default_weekday BETWEEN 0 AND 6", name="default_weekday"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=32)
    enterprise_id: str | None = Field(default=None, max_length=32)
    team_id: str | None = Field(default=None, max_length=32)
    name: str = Field(default="", max_length=255)
    zone: str | None = Field(default=None, max_length=64)
    country: str | None = Field(default=None, max_length=8)
    """Whose public holidays count, by ISO 3166. Empty: none do; None: nobody chose, so that it follows from the zone."""
    subdivision: str | None = Field(default=None, max_length=32)
    paused_reason: str | None = Field(default=None, max_length=64)
    default_weekday: int | None = None
    """When the weekly message comes to who is new, until they choose themselves; None is ours."""
    default_time: time | None = None
    removed_at: datetime | None = Field(default=None, sa_type=UTCDateTime, index=True)
    """Since when the app is gone from there: what is kept waits for it to be added again, and is then erased."""
    created_at: datetime = Field(sa_type=UTCDateTime)


class Installation(Row, table=True):
    """What Slack gave us when the app was added; both tokens are encrypted, and wiped when it ends."""

    __table_args__: ClassVar[Any] = (
        one_of("state", INSTALLATION_STATES),
        index_where("uq_installation_live", "workspace_id", where="state = 'live'", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id", index=True)
    state: str = Field(default="live", max_length=16)
    token: str = Field(sa_type=Text)
    scopes: str = Field(default="", sa_type=Text)
    app_id: str | None = Field(default=None, max_length=32)
    bot_id: str | None = Field(default=None, max_length=32)
    bot_user_id: str | None = Field(default=None, max_length=32)
    installed_by: str | None = Field(default=None, max_length=32)
    installed_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    refresh_token: str | None = Field(default=None, sa_type=Text)
    """What a new token is had for, once; only where the app's tokens are rotated."""
    expires_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    refreshing_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """Until then nobody else asks for a new token: a refresh token used twice ends the installation."""


class OAuthState(Row, table=True):
    """A one-use ticket that ties the end of an installation to the browser that began it."""

    __tablename__ = "oauth_state"

    state: str = Field(primary_key=True, max_length=64)
    expires_at: datetime = Field(sa_type=UTCDateTime, index=True)
