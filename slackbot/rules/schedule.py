"""When the weekly message is due: the same wall-clock time every local week, through clock changes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

WEEK: Final = timedelta(days=7)
FRESH: Final = timedelta(hours=48)
"""A message that could not go out is still worth sending this long after it was due."""


@dataclass(frozen=True)
class Rhythm:
    """A member's choice: Monday is 0; `time` is on their own clock; paused up to but not on `paused_until`."""

    weekday: int
    time: time
    zone: ZoneInfo
    paused_until: date | None = None


@dataclass(frozen=True)
class Occurrence:
    """One due weekly message: the moment in UTC, and the local ISO week it belongs to ("2026-W48")."""

    at: datetime
    slot: str


def slot_of(day: date) -> str:
    """The local ISO week of a date. At a year's end it is the week's year that counts, not the date's."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def next_occurrence(rhythm: Rhythm, after: datetime, taken: Collection[str] = ()) -> Occurrence:
    """The first occurrence later than `after` that is not paused and whose slot is not taken already."""
    # From the day before: a time that falls into a gap across midnight comes on the day after its own.
    eve = after.astimezone(rhythm.zone).date() - timedelta(days=1)
    start = max(eve, rhythm.paused_until) if rhythm.paused_until else eve
    day = start + timedelta(days=(rhythm.weekday - start.weekday()) % 7)
    while True:
        due = Occurrence(at=_moment(day, rhythm), slot=slot_of(day))
        if due.at > after and due.slot not in taken:
            return due
        day += WEEK


def occurrence_in(rhythm: Rhythm, slot: str) -> Occurrence:
    """When the message of a given slot is due by today's rhythm: a member may have travelled since."""
    year, week = slot.split("-W")
    day = date.fromisocalendar(int(year), int(week), rhythm.weekday + 1)
    return Occurrence(at=_moment(day, rhythm), slot=slot)


def _moment(day: date, rhythm: Rhythm) -> datetime:
    # fold=0 takes the first of two equal wall-clock times, and moves one that does not exist forward by the gap.
    return datetime.combine(day, rhythm.time.replace(fold=0), tzinfo=rhythm.zone).astimezone(UTC)


def missed(rhythm: Rhythm, since: datetime, until: datetime) -> list[Occurrence]:
    """The occurrences after `since` and up to `until`: what fell due while nobody was there to send it."""
    found: list[Occurrence] = []
    due = next_occurrence(rhythm, since)
    while due.at <= until:
        found.append(due)
        due = next_occurrence(rhythm, due.at)
    return found
