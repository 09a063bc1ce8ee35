"""Keeps `member.next_nudge_at` true: the schedule is data, worked out from the member's own choices."""

from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from slackbot.rules.schedule import Occurrence, Rhythm, next_occurrence
from storage import deliveries, reminding
from storage.models import Member

NUDGE = "nudge"


def rhythm_of(member: Member, zone: ZoneInfo) -> Rhythm:
    return Rhythm(
        weekday=member.nudge_weekday, time=member.nudge_time, zone=zone, paused_until=member.paused_until
    )


def wants_nudges(member: Member) -> bool:
    return not member.nudges_off and member.unreachable is None and member.erase_at is None


def begun(member: Member) -> bool:
    """Whether they have used the app themselves and are still there; colleagues may have named somebody who has not."""
    is_there = member.unreachable is None and member.erase_at is None
    return is_there and (member.next_nudge_at is not None or member.nudges_off)


def upcoming(member: Member, zone: ZoneInfo, now: datetime, taken: Collection[str]) -> Occurrence | None:
    """The next weekly message, if the member wants any; never a second one in a week that had its own."""
    return next_occurrence(rhythm_of(member, zone), now, taken) if wants_nudges(member) else None


def reschedule(session: Session, member: Member, zone: ZoneInfo, now: datetime) -> None:
    """Works the next weekly message out anew, after anything it depends on has changed.

    One that is due and only waits to be claimed stays: it gets its row in the ledger, whatever becomes of it."""
    assert member.id is not None, "a stored row has an id"
    reminding.look_again(session, member.id, now)
    if wants_nudges(member) and member.next_nudge_at is not None and member.next_nudge_at <= now:
        return
    due = upcoming(member, zone, now, deliveries.recent_slots(session, member.id, NUDGE))
    member.next_nudge_at = due.at if due else None


def moved(session: Session, member: Member, before: ZoneInfo, after: ZoneInfo, now: datetime) -> None:
    """Looks at all that was worked out by the zone before anew; what would have come by now in this one still does."""
    assert member.id is not None, "a stored row has an id"
    offsets = [now.astimezone(zone).utcoffset() or timedelta() for zone in (before, after)]
    reminding.look_again(session, member.id, now - max(offsets[1] - offsets[0], timedelta()))
