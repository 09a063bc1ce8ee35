"""When what comes beside the weekly message is due: digests, ends of credentials, dates of targets, days people chose."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from slackbot.rules.schedule import DAY, SATURDAY, Occurrence, Rhythm, occurrences, slot_of

DIGEST_TIME: Final = time(8, 30)
"""On Mondays: before the week's first meeting, and before the weekly messages. A house default."""
REMIND_TIME: Final = time(9, 0)
INSTANT: Final = timedelta(microseconds=1)
"""The shortest time that moments are kept by."""
CREDENTIAL_DAYS: Final = (180, 90, 30, 7)
"""Before the last day of a credential: the first leaves time to earn hours, the last to send a form. House defaults."""
TARGET_DAYS: Final = (30, 7)
"""Before the date of a target. House defaults."""


def at_time(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A moment on somebody's own clock; one that does not exist moves forward, of two the first is meant."""
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def at_midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins there."""
    return at_time(day, time(0, 0), zone)


def before_the_end(last_day: date, days: Iterable[int], zone: ZoneInfo) -> list[Occurrence]:
    """A reminder so many days before, at nine. The day is in the slot: one that is renewed has its reminders anew."""
    return [
        Occurrence(at_time(last_day - each * DAY, REMIND_TIME, zone), f"{last_day}/{each}")
        for each in sorted(days, reverse=True)
    ]


def target_days(starts: date, due: date) -> list[int]:
    """Those that lie in the second half of a target's time: in the first, its date is far away."""
    return [each for each in TARGET_DAYS if each * 2 <= (due - starts).days]


def due_and_next(
    occurrences: Sequence[Occurrence], since: datetime, until: datetime
) -> tuple[list[Occurrence], datetime | None]:
    """What fell due from `since` up to `until`, and the first moment after that."""
    due = [each for each in occurrences if since <= each.at <= until]
    return due, min((each.at for each in occurrences if each.at > until), default=None)


def digests(since: datetime, until: datetime, rhythm: Rhythm) -> tuple[list[Occurrence], datetime]:
    """The digests that fell due from `since` up to `until`, those that are skipped too, and when the next one does."""
    found: list[Occurrence] = []
    for each in occurrences(rhythm, since - INSTANT):
        if each.at > until:
            return found, each.at
        found.append(each)
    raise AssertionError("weeks have no end")


def next_morning(now: datetime, rhythm: Rhythm) -> Occurrence:
    """The next time of that rhythm on a working day, with the day's week as slot; weekdays are all the same to it."""
    day = now.astimezone(rhythm.zone).date()
    while not _works_on(day, rhythm) or at_time(day, rhythm.time, rhythm.zone) < now:
        day += DAY
    return Occurrence(at_time(day, rhythm.time, rhythm.zone), slot_of(day))


def _works_on(day: date, rhythm: Rhythm) -> bool:
    paused = rhythm.paused_until is not None and day < rhythm.paused_until
    off = day in rhythm.holidays or any(day in away for away in rhythm.away)
    return day.weekday() < SATURDAY and not paused and not off


def first_day_there(day: date, rhythm: Rhythm) -> date:
    """The day itself, or the first one after it that is neither in a pause nor in time off."""
    day = max(day, rhythm.paused_until) if rhythm.paused_until else day
    # By their first days, so that one that begins where another ends is seen too.
    for away in sorted(rhythm.away, key=lambda each: each.first):
        day = away.last + DAY if day in away else day
    return day
