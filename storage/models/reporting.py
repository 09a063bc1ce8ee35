"""Who reports to whom."""

from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from storage.models.base import Row, index_where, one_of
from storage.types import UTCDateTime

REPORTING_STATES: Final = ("asked", "current", "ended")


class Reporting(Row, table=True):
    """One person reports to another: asked for, current, or over. Kept when it is over."""

    __table_args__: ClassVar[Any] = (
        one_of("state", REPORTING_STATES),
        CheckConstraint("member_id <> manager_id", name="not_to_oneself"),
        CheckConstraint("state <> 'asked' OR asked_at IS NOT NULL", name="asked_has_its_moment"),
        CheckConstraint("state <> 'current' OR since IS NOT NULL", name="current_has_its_moment"),
        CheckConstraint("(state = 'ended') = (until IS NOT NULL)", name="until_it_ended"),
        index_where("uq_reporting_current", "member_id", where="state = 'current'", unique=True),
        index_where("uq_reporting_asked", "member_id", where="state = 'asked'", unique=True),
        Index("ix_reporting_of", "workspace_id", "manager_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    member_id: int = Field(foreign_key="member.id")
    manager_id: int = Field(foreign_key="member.id")
    state: str = Field(default="asked", max_length=16)
    asked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    since: datetime | None = Field(default=None, sa_type=UTCDateTime)
    until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    set_by: int | None = Field(default=None, foreign_key="member.id")
