"""What was asked and not answered."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.models.base import Row
from storage.types import UTCDateTime


class UnansweredQuestion(Row, table=True):
    """What was asked and not answered: how often, never by whom."""

    __tablename__ = "unanswered_question"
    __table_args__: ClassVar[Any] = (UniqueConstraint("workspace_id", "words"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    words: str = Field(max_length=200)
    times: int = 1
    last_at: datetime = Field(sa_type=UTCDateTime)
