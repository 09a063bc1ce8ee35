"""The tables. Rows are inert: no relationships, so that touching one never runs SQL."""

import secrets
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, ClassVar, Final

from sqlalchemy import JSON, CheckConstraint, Index, MetaData, Text, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

from storage.types import Scaled, UTCDateTime

# Constraints carry names, so that a migration can find them again on either database.
SQLModel.metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

INSTALLATION_STATES: Final = ("live", "revoked", "uninstalled")
WIN_STATUSES: Final = ("private", "shared", "needs_info", "verified", "declined", "withdrawn")
CREDENTIAL_STATES: Final = ("planned", "under_way", "earned")
"""A credential lapses by its date, so that no row has to change on that day."""
DELIVERY_STATES: Final = ("claimed", "sending", "sent", "retry", "failed", "unknown", "skipped", "expired")
DEFAULT_WEEKDAY: Final = 0
DEFAULT_TIME: Final = time(9, 0)


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=column)


def opaque_id() -> str:
    """An id that tells nothing: it travels in Slack's message metadata, which anybody there can read."""
    return secrets.token_hex(16)


class Workspace(SQLModel, table=True):
    """One installation's place: an enterprise when it is org-wide, else a team."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=32)
    enterprise_id: str | None = Field(default=None, max_length=32)
    team_id: str | None = Field(default=None, max_length=32)
    name: str = Field(default="", max_length=255)
    zone: str | None = Field(default=None, max_length=64)
    paused_reason: str | None = Field(default=None, max_length=64)
    created_at: datetime = Field(sa_type=UTCDateTime)


class Installation(SQLModel, table=True):
    """What Slack gave us when the app was added; the token is encrypted."""

    __table_args__: ClassVar[Any] = (
        _one_of("state", INSTALLATION_STATES),
        Index(
            "uq_installation_live",
            "workspace_id",
            unique=True,
            sqlite_where=text("state = 'live'"),
            postgresql_where=text("state = 'live'"),
        ),
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


class OAuthState(SQLModel, table=True):
    """A one-use ticket that ties the end of an installation to the browser that began it."""

    __tablename__ = "oauth_state"

    state: str = Field(primary_key=True, max_length=64)
    expires_at: datetime = Field(sa_type=UTCDateTime, index=True)


class Member(SQLModel, table=True):
    """One person in one workspace, with when and where their weekly message comes."""

    __table_args__: ClassVar[Any] = (
        UniqueConstraint("workspace_id", "user_id"),
        CheckConstraint("nudge_weekday BETWEEN 0 AND 6", name="nudge_weekday"),
        CheckConstraint("years_relevant BETWEEN 0 AND 70", name="years_relevant"),
        CheckConstraint("years_liaison BETWEEN 0 AND 70", name="years_liaison"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    user_id: str = Field(max_length=32)
    team_id: str | None = Field(default=None, max_length=32)
    name: str = Field(default="", max_length=255)
    zone: str | None = Field(default=None, max_length=64)
    profile_read_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    nudge_weekday: int = DEFAULT_WEEKDAY
    nudge_time: time = DEFAULT_TIME
    next_nudge_at: datetime | None = Field(default=None, sa_type=UTCDateTime, index=True)
    paused_until: date | None = None
    nudges_off: bool = False
    unreachable: str | None = Field(default=None, max_length=64)
    dm_channel: str | None = Field(default=None, max_length=32)
    is_admin: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    rung: str | None = Field(default=None, max_length=64)
    target_rung: str | None = Field(default=None, max_length=64)
    education: str | None = Field(default=None, max_length=16)
    years_relevant: int | None = None
    years_liaison: int | None = None
    background: str | None = Field(default=None, max_length=64)
    background_reviewed: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    started_on: date | None = None
    created_at: datetime = Field(sa_type=UTCDateTime)


class MemberSkill(SQLModel, table=True):
    """How well somebody says they master one of the twelve skills."""

    __tablename__ = "member_skill"
    __table_args__: ClassVar[Any] = (UniqueConstraint("member_id", "skill"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    member_id: int = Field(foreign_key="member.id")
    skill: str = Field(max_length=64)
    level: str = Field(max_length=16)


class MemberCredential(SQLModel, table=True):
    """A certification, course or membership that somebody works on or holds."""

    __tablename__ = "credential"
    __table_args__: ClassVar[Any] = (
        _one_of("state", CREDENTIAL_STATES),
        CheckConstraint("state <> 'earned' OR earned_on IS NOT NULL", name="earned_has_its_day"),
        UniqueConstraint("member_id", "submission_key"),
        Index("ix_credential_mine", "workspace_id", "member_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    member_id: int = Field(foreign_key="member.id")
    submission_key: str = Field(max_length=64)
    content_id: str | None = Field(default=None, max_length=64)
    name: str = Field(max_length=255)
    state: str = Field(default="planned", max_length=16)
    earned_on: date | None = None
    expires_on: date | None = None
    number: str | None = Field(default=None, max_length=64)
    hours: Decimal = Field(default=Decimal(0), sa_type=Scaled)
    created_at: datetime = Field(sa_type=UTCDateTime)


class UnansweredQuestion(SQLModel, table=True):
    """What was asked and not answered: how often, never by whom."""

    __tablename__ = "unanswered_question"
    __table_args__: ClassVar[Any] = (UniqueConstraint("workspace_id", "words"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    words: str = Field(max_length=200)
    times: int = 1
    last_at: datetime = Field(sa_type=UTCDateTime)


class Win(SQLModel, table=True):
    """A measurable result somebody logged. Growth is computed from it, never stored."""

    __table_args__: ClassVar[Any] = (
        UniqueConstraint("member_id", "submission_key"),
        _one_of("status", WIN_STATUSES),
        CheckConstraint("revision >= 1", name="revision"),
        Index("ix_win_mine", "workspace_id", "member_id", "happened_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    member_id: int = Field(foreign_key="member.id", index=True)
    submission_key: str = Field(max_length=64)
    outcome: str = Field(max_length=64)
    metric: str = Field(max_length=64)
    baseline: Decimal | None = Field(default=None, sa_type=Scaled)
    result: Decimal = Field(sa_type=Scaled)
    happened_on: date
    practice: str | None = Field(default=None, max_length=200)
    source: str | None = Field(default=None, max_length=32)
    note: str | None = Field(default=None, sa_type=Text)
    status: str = Field(default="private", max_length=16)
    revision: int = 1
    created_at: datetime = Field(sa_type=UTCDateTime)


class Delivery(SQLModel, table=True):
    """The ledger of scheduled messages: one row per member, kind, subject and slot, whatever became of it."""

    __table_args__: ClassVar[Any] = (
        UniqueConstraint("member_id", "kind", "subject", "slot"),
        _one_of("state", DELIVERY_STATES),
        Index("ix_delivery_open", "state", "retry_at"),
    )

    id: str = Field(default_factory=opaque_id, primary_key=True, max_length=32)
    workspace_id: int = Field(foreign_key="workspace.id", index=True)
    member_id: int = Field(foreign_key="member.id")
    kind: str = Field(max_length=32)
    subject: str = Field(default="", max_length=64)
    slot: str = Field(max_length=32)
    state: str = Field(default="claimed", max_length=16)
    worker: str | None = Field(default=None, max_length=64)
    lease_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    retry_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    reason: str | None = Field(default=None, max_length=200)
    due_at: datetime = Field(sa_type=UTCDateTime)
    attempts: int = 0
    said: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    channel: str | None = Field(default=None, max_length=32)
    ts: str | None = Field(default=None, max_length=32)
    sent_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class AuditEvent(SQLModel, table=True):
    """Who did what to which row, and when; never texts."""

    __tablename__ = "audit_event"

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id", index=True)
    actor_id: int | None = Field(default=None, foreign_key="member.id")
    action: str = Field(max_length=64)
    subject: str = Field(default="", max_length=64)
    at: datetime = Field(sa_type=UTCDateTime)
