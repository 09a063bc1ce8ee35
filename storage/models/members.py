"""People, and what they say about themselves."""

from datetime import date, datetime, time
from typing import Any, ClassVar, Final

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint, false, text
from sqlmodel import Field

from storage.models.base import Row
from storage.types import UTCDateTime

DEFAULT_WEEKDAY: Final = 0
DEFAULT_TIME: Final = time(9, 0)


class Member(Row, table=True):
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
    zone_fixed: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """They chose the zone themselves, and their Slack profile does not change it."""
    profile_read_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    nudge_weekday: int = DEFAULT_WEEKDAY
    nudge_time: time = DEFAULT_TIME
    next_nudge_at: datetime | None = Field(default=None, sa_type=UTCDateTime, index=True)
    """When the next weekly message is decided on: sent, or skipped with its reason."""
    next_nudge_slot: str | None = Field(default=None, max_length=32)
    """The local week that belongs to; None, for rows of earlier versions, is the week of that moment."""
    next_digest_at: datetime | None = Field(default=None, sa_type=UTCDateTime, index=True)
    """When their digest is to be looked at next; of a manager. A change sets it to now, and the claim works it out anew."""
    paused_until: date | None = None
    nudges_off: bool = False
    kinds_off: list[str] = Field(
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": text("'[]'")}
    )
    """Kinds of scheduled messages, beside the weekly one, that they do not want. Set it whole: changes inside go unseen."""
    unreachable: str | None = Field(default=None, max_length=64)
    dm_channel: str | None = Field(default=None, max_length=32)
    is_admin: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    named_admin: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """An admin of Slack named them: they may configure the app too."""
    welcomed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    rung: str | None = Field(default=None, max_length=64)
    target_rung: str | None = Field(default=None, max_length=64)
    education: str | None = Field(default=None, max_length=16)
    years_relevant: int | None = None
    years_liaison: int | None = None
    background: str | None = Field(default=None, max_length=64)
    background_reviewed: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    started_on: date | None = None
    # Sets name who wrote them, and members the set they work under: neither table could be first without `use_alter`.
    criteria_set_id: int | None = Field(
        default=None, sa_column_args=[ForeignKey("criteria_set.id", ondelete="SET NULL", use_alter=True)]
    )
    """What they work toward stays as it was when they began, until they take up a newer version."""
    queue_channel: str | None = Field(default=None, max_length=32)
    queue_ts: str | None = Field(default=None, max_length=32)
    """The one message that says which wins wait for this manager, and is rewritten as that changes."""
    created_at: datetime = Field(sa_type=UTCDateTime)


class MemberSkill(Row, table=True):
    """How well somebody says they master one of the twelve skills."""

    __tablename__ = "member_skill"
    __table_args__: ClassVar[Any] = (UniqueConstraint("member_id", "skill"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    member_id: int = Field(foreign_key="member.id")
    skill: str = Field(max_length=64)
    level: str = Field(max_length=16)
