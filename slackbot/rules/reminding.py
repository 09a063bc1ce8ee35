"""When what comes beside the weekly message is due: digests, ends of credentials, dates of targets, days people chose."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from slackbot.rules.schedule import WEEK, Occurrence, slot_of

DIGEST_TIME: Final = time(8, 30)
"""On Mondays: before the week's first meeting, and before the weekly messages. A house default."""
REMIND_TIME: Final = time(9, 0)
CREDENTIAL_DAYS: Final = (180, 90, 30, 7)
"""Before the last day of a credential: the first leaves time to earn hours, the last to send a form. House defaults."""
TARGET_DAYS: Final = (30, 7)
"""Before the date of a target. House defaults."""

IsOff = Callable[[date], bool]
"""Whether nobody works on a day, weekends aside."""


def never_off(_day: date) -> bool:
    return False


def at_time(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A moment on somebody's own clock; one that does not exist moves forward, of two the first is meant."""
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def at_midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins there."""
    return at_time(day, time(0, 0), zone)


def before_the_end(last_day: date, days: Iterable[int], zone: ZoneInfo) -> list[Occurrence]:
    """A reminder so many days before, at nine. The day is in the slot: one that is renewed has its reminders anew."""
    return [
        Occurrence(at_time(last_day - timedelta(days=each), REMIND_TIME, zone), f"{last_day}/{each}")
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


def digests(
    since: datetime, until: datetime, zone: ZoneInfo, is_off: IsOff = never_off
) -> tuple[list[Occurrence], datetime]:
    """The digests that fell due from `since` up to `until`, and when the next one does.

    On Mondays, or the first working day of the week; in a week without any there is none."""
    here = since.astimezone(zone).date()
    monday = here - timedelta(days=here.weekday())
    found: list[Occurrence] = []
    while True:
        day = next((each for each in _weekdays(monday) if not is_off(each)), None)
        if day is not None:
            due = Occurrence(at_time(day, DIGEST_TIME, zone), slot_of(monday))
            if due.at > until:
                return found, due.at
            found += [due] if due.at >= since else []
        monday += WEEK


def next_morning(now: datetime, zone: ZoneInfo, is_off: IsOff = never_off) -> Occurrence:
    """The next nine o'clock of a working day, with its week as slot."""
    day = now.astimezone(zone).date()
    while day.weekday() > 4 or is_off(day) or at_time(day, REMIND_TIME, zone) < now:
        day += timedelta(days=1)
    return Occurrence(at_time(day, REMIND_TIME, zone), slot_of(day))


def _weekdays(monday: date) -> list[date]:
    return [monday + timedelta(days=each) for each in range(5)]
