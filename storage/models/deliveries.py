"""The ledger of scheduled messages."""

from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.models.base import Row, one_of, opaque_id
from storage.types import UTCDateTime

DELIVERY_STATES: Final = ("claimed", "sending", "sent", "retry", "failed", "unknown", "skipped", "expired")


class Delivery(Row, table=True):
    """The ledger of scheduled messages: one row per member, kind, subject and slot, whatever became of it."""

    __table_args__: ClassVar[Any] = (
        UniqueConstraint("member_id", "kind", "subject", "slot"),
        one_of("state", DELIVERY_STATES),
        Index("ix_delivery_open", "state", "workspace_id", "due_at"),
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
    """When it is to be tried again; of an `unknown` one, when Slack is to be asked whether it arrived."""
    attempted_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When Slack was last asked to post it."""
    reason: str | None = Field(default=None, max_length=200)
    due_at: datetime = Field(sa_type=UTCDateTime)
    attempts: int = 0
    said: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    channel: str | None = Field(default=None, max_length=32)
    ts: str | None = Field(default=None, max_length=32)
    sent_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    answer: str | None = Field(default=None, max_length=16)
    """What the person pressed in it, once."""
    moved: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """How often they put it off to a later day of theirs; each time it is posted anew, still in its slot."""
