"""How long somebody who asked to be erased can change their mind, and how long things are kept without being asked."""

from datetime import UTC, datetime, timedelta
from typing import Final

CHANGE_OF_MIND: Final = timedelta(days=7)
TRAIL_MONTHS: Final = 24
"""House default: two yearly reviews can look back on who saw and changed what."""


def erase_at(asked_at: datetime) -> datetime:
    """When everything about somebody goes who asked for it at this moment."""
    return asked_at + CHANGE_OF_MIND


def months_before(now: datetime, months: int) -> datetime:
    """The same day and time so many months ago, in UTC; the last day of a month that has no such day."""
    here = now.astimezone(UTC)
    count = here.year * 12 + here.month - 1 - months
    year, month = divmod(count, 12)
    first = here.replace(year=year, month=month + 1, day=1)
    return first + timedelta(days=min(here.day, _days(year, month + 1)) - 1)


def _days(year: int, month: int) -> int:
    following = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    return (following - timedelta(days=1)).day
