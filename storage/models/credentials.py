"""What members learn toward: certifications, courses, memberships."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from storage.models.base import Row, index_where, one_of
from storage.types import Scaled, UTCDateTime

CREDENTIAL_STATES: Final = ("planned", "under_way", "earned")
"""A credential lapses by its date, so that no row has to change on that day."""


class MemberCredential(Row, table=True):
    """A certification, course or membership that somebody works on or holds."""

    __tablename__ = "credential"
    __table_args__: ClassVar[Any] = (
        one_of("state", CREDENTIAL_STATES),
        CheckConstraint("state <> 'earned' OR earned_on IS NOT NULL", name="earned_has_its_day"),
        UniqueConstraint("member_id", "submission_key"),
        Index("ix_credential_mine", "workspace_id", "member_id"),
        index_where("ix_credential_remind_at", "remind_at", where="remind_at IS NOT NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    member_id: int = Field(foreign_key="member.id")
    submission_key: str = Field(max_length=64)
    content_id: str | None = Field(default=None, max_length=64)
    name: str = Field(max_length=255)
    state: str = Field(default="planned", max_length=16)
    earned_on: date | None = None
    expires_on: date | None = None
    number: str | None = Field(default=None, max_length=64)
    hours: Decimal = Field(default=Decimal(0), sa_type=Scaled)
    remind_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When it is to be looked at next for a reminder of its end; None when there is none to come."""
    created_at: datetime = Field(sa_type=UTCDateTime)
