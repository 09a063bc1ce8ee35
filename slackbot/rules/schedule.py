"""When the weekly message is due: the same wall-clock time every local week, through clock changes and days off."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import Final
from zoneinfo import ZoneInfo

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
FRESH: Final = timedelta(hours=48)
"""A message that could not go out is still worth sending this long after it was due."""
SATURDAY: Final = 5
PAUSED: Final = "paused"
AWAY: Final = "time off"
HOLIDAY: Final = "a holiday, and no working day left that week"
CHANGED: Final = "the day or time was changed, and that week's had passed"
LATE: Final = "not sent within 48 hours"


@dataclass(frozen=True)
class Away:
    """A stretch of days on which nothing comes, from the first to the last, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Rhythm:
    """What decides when somebody's message comes: Monday is 0; `time` is on their own clock; paused up to but not on
    `paused_until`; nothing comes while they are away, nor on the workspace's holidays."""

    weekday: int
    time: time
    zone: ZoneInfo
    paused_until: date | None = None
    away: tuple[Away, ...] = ()
    holidays: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Occurrence:
    """A week's message: the moment in UTC, and the local ISO week it belongs to ("2026-W48").

    With a reason it is skipped, and `at` is when that is certain. `moved_from` is the day it would have come on."""

    at: datetime
    slot: str
    reason: str | None = None
    moved_from: date | None = None


def slot_of(day: date) -> str:
    """The local ISO week of a date. At a year's end it is the week's year that counts, not the date's."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def monday_of(slot: str) -> date:
    """The first day of a slot."""
    year, week = slot.split("-W")
    return date.fromisocalendar(int(year), int(week), 1)


def occurrence_in(rhythm: Rhythm, slot: str) -> Occurrence:
    """When the message of a given slot is due by today's rhythm: somebody may have travelled since, or be away now."""
    monday = monday_of(slot)
    day = monday + timedelta(days=rhythm.weekday)
    if rhythm.paused_until is not None and day < rhythm.paused_until:
        return Occurrence(_moment(day, rhythm), slot, reason=PAUSED)
    why_not = _why_not(day, rhythm)
    if why_not is None:
        return Occurrence(_moment(day, rhythm), slot)
    later = (monday + timedelta(days=number) for number in range(rhythm.weekday + 1, SATURDAY))
    moved = next((each for each in later if _why_not(each, rhythm) is None), None)
    if moved is None:
        return Occurrence(_moment(day, rhythm), slot, reason=why_not)
    return Occurrence(_moment(moved, rhythm), slot, moved_from=day)


def is_working(day: date, rhythm: Rhythm) -> bool:
    """Whether a day is one from Monday to Friday, and neither a holiday nor time off."""
    return day.weekday() < SATURDAY and _why_not(day, rhythm) is None


def _why_not(day: date, rhythm: Rhythm) -> str | None:
    if any(day in away for away in rhythm.away):
        return AWAY
    return HOLIDAY if day in rhythm.holidays else None


def _moment(day: date, rhythm: Rhythm) -> datetime:
    # fold=0 takes the first of two equal wall-clock times, and moves one that does not exist forward by the gap.
    return datetime.combine(day, rhythm.time.replace(fold=0), tzinfo=rhythm.zone).astimezone(UTC)


def occurrences(rhythm: Rhythm, after: datetime) -> Iterator[Occurrence]:
    """Every week's message or reason later than `after`, in order and without end."""
    # From the day before: a time that falls into a gap across midnight comes on the day after its own.
    eve = after.astimezone(rhythm.zone).date() - DAY
    monday = eve - timedelta(days=eve.weekday())
    while True:
        due = occurrence_in(rhythm, slot_of(monday))
        if due.at > after:
            yield due
        monday += WEEK


def next_decision(rhythm: Rhythm, after: datetime, taken: Collection[str] = ()) -> Occurrence:
    """The next week that has no row yet, whether its message comes or is skipped."""
    return next(due for due in occurrences(rhythm, after) if due.slot not in taken)


def next_occurrence(rhythm: Rhythm, after: datetime, taken: Collection[str] = ()) -> Occurrence:
    """The first message later than `after` that is not skipped and whose slot is not taken already."""
    return next(due for due in occurrences(rhythm, after) if due.reason is None and due.slot not in taken)


def decided(rhythm: Rhythm, since: datetime, until: datetime) -> list[Occurrence]:
    """What fell due after `since` and up to `until`, while nobody was there: messages, and weeks that are skipped."""
    return list(takewhile(lambda due: due.at <= until, occurrences(rhythm, since)))


def slots_between(first: str, end: str) -> list[str]:
    """The slots from the first up to, but not including, the end."""
    monday, last = monday_of(first), monday_of(end)
    return [slot_of(monday + number * WEEK) for number in range((last - monday).days // 7)]
