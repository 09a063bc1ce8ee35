"""Wins, and every version they have had."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Final

from sqlalchemy import JSON, CheckConstraint, Index, Text, UniqueConstraint, false
from sqlmodel import Field

from storage.models.base import Row, index_where, one_of
from storage.types import Scaled, UTCDateTime

WIN_STATUSES: Final = ("private", "shared", "needs_info", "verified", "declined", "withdrawn")
WAITING: Final = ("shared", "needs_info")
DECIDED: Final = ("verified", "declined")
WIN_DEEDS: Final = (
    "logged",
    "edited",
    "shared",
    "asked",
    "answered",
    "confirmed",
    "declined",
    "delegated",
    "withdrawn",
    "returned",
    "deleted",
    "restored",
)


class Win(Row, table=True):
    """A measurable result somebody logged. Growth is computed from it, never stored.

    Its status alone says who may see it: a private one is its owner's only."""

    __table_args__: ClassVar[Any] = (
        UniqueConstraint("member_id", "submission_key"),
        one_of("status", WIN_STATUSES),
        CheckConstraint("revision >= 1", name="revision"),
        CheckConstraint("sample >= 1", name="sample"),
        # A comparison with nothing is neither true nor false, and a CHECK lets that pass: hence the IS NOT NULLs.
        CheckConstraint("part IS NULL OR (part >= 0 AND sample IS NOT NULL)", name="part_of_a_sample"),
        CheckConstraint("period_end >= period_start", name="period_in_order"),
        CheckConstraint(
            "status IN ('private', 'withdrawn') OR shared_at IS NOT NULL", name="shared_has_its_moment"
        ),
        CheckConstraint(
            "status NOT IN ('verified', 'declined') OR (decided_by IS NOT NULL AND decided_at IS NOT NULL"
            " AND decided_revision IS NOT NULL AND decided_by <> member_id AND decided_revision = revision)",
            name="decided_by_another_as_it_stands",
        ),
        CheckConstraint(
            "delegate_id IS NULL OR (delegate_id <> member_id AND status IN ('shared', 'needs_info'))",
            name="delegated_while_it_waits",
        ),
        Index("ix_win_mine", "workspace_id", "member_id", "happened_on"),
        Index("ix_win_last_used", "workspace_id", "member_id", "created_at"),
        Index("ix_win_queue", "workspace_id", "member_id", "status", "shared_at"),
        index_where(
            "ix_win_delegated", "workspace_id", "delegate_id", "status", where="delegate_id IS NOT NULL"
        ),
        index_where("ix_win_remind_at", "remind_at", where="remind_at IS NOT NULL"),
        index_where("ix_win_deleted", "deleted_at", where="deleted_at IS NOT NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    member_id: int = Field(foreign_key="member.id", index=True)
    submission_key: str = Field(max_length=64)
    title: str | None = Field(default=None, max_length=150)
    outcome: str = Field(max_length=64)
    metric: str = Field(max_length=64)
    baseline: Decimal | None = Field(default=None, sa_type=Scaled)
    result: Decimal = Field(sa_type=Scaled)
    sample: int | None = None
    part: int | None = None
    """How many of the sample: 46 attended of 60 invited."""
    happened_on: date
    period: str | None = Field(default=None, max_length=16)
    period_start: date | None = None
    period_end: date | None = None
    compared_with: str | None = Field(default=None, max_length=16)
    baseline_period: str | None = Field(default=None, max_length=16)
    """Only where the baseline was measured over another stretch than the result."""
    annualized: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    practice: str | None = Field(default=None, max_length=200)
    source: str | None = Field(default=None, max_length=32)
    note: str | None = Field(default=None, sa_type=Text)
    link: str | None = Field(default=None, max_length=500)
    wording_marked: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """It speaks of inducement, knowingly; exports leave it out."""
    identifier_cleared: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Its owner said that what looks like an identifier is not a patient's."""
    above_whole_ok: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    status: str = Field(default="private", max_length=16)
    revision: int = 1
    shared_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    remind_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """From when on whoever may confirm it is reminded, if it still waits; None once they were."""
    delegate_id: int | None = Field(default=None, foreign_key="member.id")
    decided_by: int | None = Field(default=None, foreign_key="member.id")
    decided_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    decided_revision: int | None = None
    deleted_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    copy_channel: str | None = Field(default=None, max_length=32)
    copy_ts: str | None = Field(default=None, max_length=32)
    created_at: datetime = Field(sa_type=UTCDateTime)


class WinRevision(Row, table=True):
    """A version of a win: who did what, when, what they said with it, and the whole row as it then was."""

    __tablename__ = "win_revision"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("win_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        one_of("deed", WIN_DEEDS),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    win_id: int = Field(foreign_key="win.id", ondelete="CASCADE")
    number: int
    by_id: int = Field(foreign_key="member.id")
    at: datetime = Field(sa_type=UTCDateTime)
    deed: str = Field(max_length=16)
    said: str | None = Field(default=None, sa_type=Text)
    row: dict[str, Any] = Field(sa_type=JSON)
