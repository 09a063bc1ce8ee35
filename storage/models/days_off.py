"""Days on which nothing comes: a member's time off, and a workspace's own dates beside the public holidays."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from storage.models.base import Row


class TimeOff(Row, table=True):
    """A member is away from the first day to the last, both included."""

    __tablename__ = "time_off"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("last >= first", name="in_order"),
        UniqueConstraint("member_id", "first"),
        Index("ix_time_off_mine", "workspace_id", "member_id", "last"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    member_id: int = Field(foreign_key="member.id")
    first: date
    last: date


class Holiday(Row, table=True):
    """A date of the workspace's own: a founders' day, or the Friday after Thanksgiving."""

    __table_args__: ClassVar[Any] = (UniqueConstraint("workspace_id", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    day: date
    name: str = Field(max_length=100)
