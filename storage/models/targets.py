"""What a liaison and their manager agreed to reach, and by when."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from storage.models.base import Row, index_where, one_of
from storage.types import Scaled, UTCDateTime

TARGET_STATES: Final = ("proposed", "agreed", "closed")
CLOSINGS: Final = {
    "withdrawn": "proposed",
    "refused": "proposed",
    "reached": "agreed",
    "ended": "agreed",
}
"""How somebody closes a target, and the state it has to be in for that."""
TARGET_CLOSINGS: Final = ("replaced", *CLOSINGS)
"""`replaced` comes by itself, when another one takes its place."""


class Target(Row, table=True):
    """One metric, from here to there, by a day. Its figures never change: another one takes its place."""

    __table_args__: ClassVar[Any] = (
        one_of("state", TARGET_STATES),
        one_of("closing", TARGET_CLOSINGS),
        CheckConstraint("due > starts", name="due_after_it_starts"),
        CheckConstraint("(agreed_by IS NULL) = (agreed_at IS NULL)", name="agreed_has_its_moment"),
        CheckConstraint(
            "agreed_by IS NULL OR (agreed_by <> proposed_by AND member_id IN (agreed_by, proposed_by))",
            name="agreed_by_both",
        ),
        CheckConstraint(
            "(state <> 'proposed' OR agreed_by IS NULL) AND (state <> 'agreed' OR agreed_by IS NOT NULL)",
            name="agreed_is_agreed",
        ),
        CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL) AND (state = 'closed') = (closing IS NOT NULL)"
            " AND (state = 'closed' OR closed_by IS NULL)",
            name="closed_has_its_moment",
        ),
        CheckConstraint(
            "closing IS NULL OR closing = 'replaced'"
            " OR (closing IN ('reached', 'ended')) = (agreed_by IS NOT NULL)",
            name="closed_as_it_was",
        ),
        index_where("uq_target_proposed", "member_id", "metric", where="state = 'proposed'", unique=True),
        index_where("uq_target_agreed", "member_id", "metric", where="state = 'agreed'", unique=True),
        index_where("ix_target_remind_at", "remind_at", where="remind_at IS NOT NULL"),
        Index("ix_target_mine", "workspace_id", "member_id", "proposed_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    member_id: int = Field(foreign_key="member.id")
    outcome: str = Field(max_length=64)
    metric: str = Field(max_length=64)
    from_value: Decimal | None = Field(default=None, sa_type=Scaled)
    to_value: Decimal = Field(sa_type=Scaled)
    starts: date
    due: date
    state: str = Field(default="proposed", max_length=16)
    proposed_by: int = Field(foreign_key="member.id")
    proposed_at: datetime = Field(sa_type=UTCDateTime)
    agreed_by: int | None = Field(default=None, foreign_key="member.id")
    agreed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    closing: str | None = Field(default=None, max_length=16)
    closed_by: int | None = Field(default=None, foreign_key="member.id")
    """Nobody, when its time was simply over."""
    closed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    remind_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When it is to be looked at next for a reminder of its date; None when there is none to come."""
