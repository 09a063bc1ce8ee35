"""The audit trail."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index, false
from sqlmodel import Field

from storage.models.base import Row
from storage.types import UTCDateTime


class AuditEvent(Row, table=True):
    """Who did what to which row, and when; never texts."""

    __tablename__ = "audit_event"
    __table_args__: ClassVar[Any] = (Index("ix_audit_event_age", "workspace_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id", index=True)
    actor_id: int | None = Field(default=None, foreign_key="member.id")
    actor_left: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whoever did it has had everything about them erased; without this and an actor, it came by itself."""
    action: str = Field(max_length=64)
    subject: str = Field(default="", max_length=64)
    at: datetime = Field(sa_type=UTCDateTime)
