"""Makes everybody's weekly message due at once, on the real clock."""

from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlmodel import Session

from slackbot.deps import real_now
from storage.models import Member, Workspace

ZONE: Final = ZoneInfo("America/New_York")
"""In which everybody is whom the sandbox hires."""


def make_messages_due(session: Session) -> None:
    """Their day and time are those of a minute ago, and no holiday of today's moves them."""
    now = real_now()
    wanted = (now - timedelta(minutes=1)).astimezone(ZONE)
    session.execute(update(Workspace).values(country=""))
    session.execute(
        update(Member).values(
            nudge_weekday=wanted.weekday(),
            nudge_time=wanted.time().replace(second=0, microsecond=0),
            next_nudge_at=now - timedelta(seconds=1),
            next_nudge_slot=None,
        )
    )
