"""What a workspace asks for on each rung, version by version."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, Text, UniqueConstraint, false
from sqlmodel import Field

from storage.models.base import Row
from storage.types import UTCDateTime


class CriteriaSet(Row, table=True):
    """All criteria of one rung in one workspace. A change is a new version: the database refuses to update one.

    But for one thing: whoever wrote it may have themselves erased."""

    __tablename__ = "criteria_set"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("workspace_id", "rung", "version"),
        CheckConstraint("version >= 1", name="version"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    rung: str = Field(max_length=64)
    version: int
    items: list[dict[str, Any]] = Field(sa_type=JSON)
    by_id: int | None = Field(default=None, foreign_key="member.id")
    """Nobody: these are the house's own defaults, or whoever wrote them is gone."""
    author_left: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    at: datetime = Field(sa_type=UTCDateTime)
    why: str | None = Field(default=None, sa_type=Text)
