"""The audit trail."""

from datetime import datetime

from sqlmodel import Field

from storage.models.base import Row
from storage.types import UTCDateTime


class AuditEvent(Row, table=True):
    """Who did what to which row, and when; never texts."""

    __tablename__ = "audit_event"

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id", index=True)
    actor_id: int | None = Field(default=None, foreign_key="member.id")
    action: str = Field(max_length=64)
    subject: str = Field(default="", max_length=64)
    at: datetime = Field(sa_type=UTCDateTime)
