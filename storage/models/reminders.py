"""What people asked to be reminded of."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.models.base import Row
from storage.types import UTCDateTime


class Reminder(Row, table=True):
    """Something to come back to on a day of one's choice; gone once it is in the ledger."""

    __table_args__: ClassVar[Any] = (
        UniqueConstraint("member_id", "submission_key"),
        Index("ix_reminder_mine", "workspace_id", "member_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    member_id: int = Field(foreign_key="member.id")
    submission_key: str = Field(max_length=64)
    subject: str = Field(max_length=64)
    """A step or a credential of theirs: "step:2", "credential:12"."""
    day: date
    """On their own calendar."""
    remind_at: datetime = Field(sa_type=UTCDateTime, index=True)
    """When that is to be looked at next."""
    created_at: datetime = Field(sa_type=UTCDateTime)
