"""Who sends: the workers that are alive, and which of them sends for which workspace."""

from datetime import datetime
from typing import ClassVar

from sqlmodel import Field

from storage.models.base import Row
from storage.types import UTCDateTime


class WorkerHeartbeat(Row, table=True):
    """When each worker was last seen at work."""

    __tablename__: ClassVar[str] = "worker_heartbeat"

    worker: str = Field(primary_key=True, max_length=64)
    seen_at: datetime = Field(sa_type=UTCDateTime, index=True)


class SendingLease(Row, table=True):
    """Which worker sends for a workspace, and until when nobody else may: so its pace holds however many there are."""

    __tablename__: ClassVar[str] = "sending_lease"

    workspace_id: int = Field(
        primary_key=True, foreign_key="workspace.id", sa_column_kwargs={"autoincrement": False}
    )
    worker: str = Field(max_length=64)
    lease_until: datetime = Field(sa_type=UTCDateTime)
    quiet_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """Until when Slack asked us to leave this workspace alone (its `Retry-After`)."""
