"""Keeps `member.next_nudge_at` true: the schedule is data, worked out from a member's choices and the days off."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import Session

from slackbot import public_holidays
from slackbot.rules.reminding import at_time
from slackbot.rules.schedule import (
    CHANGED,
    WEEK,
    Away,
    Occurrence,
    Rhythm,
    monday_of,
    next_decision,
    occurrences,
    slot_of,
    slots_between,
)
from storage import deliveries, holidays, members, reminding, time_off
from storage.holidays import Dates
from storage.models import Member

NUDGE = "nudge"
BEHIND: Final = timedelta(days=28)
"""How long ago a day off may have been and still matter: what is claimed late is judged by it."""
NO_DATES: Final = Dates(None, None, frozenset())


def rhythm_of(member: Member, zone: ZoneInfo) -> Rhythm:
    """A member's own choice, without any day off."""
    return Rhythm(
        weekday=member.nudge_weekday, time=member.nudge_time, zone=zone, paused_until=member.paused_until
    )


def with_days_off(session: Session, rhythm: Rhythm, member: Member, now: datetime) -> Rhythm:
    """The same with the member's time off and their workspace's holidays."""
    assert member.id is not None, "a stored row has an id"
    since = horizon(now)
    away = time_off.of_members(session, [member.id], since).get(member.id, ())
    dates = holidays.of_workspaces(session, [member.workspace_id], since).get(member.workspace_id, NO_DATES)
    return replace(
        rhythm,
        away=tuple(Away(first, last) for first, last in away),
        holidays=holidays_of(dates, rhythm.zone, now),
    )


def horizon(now: datetime) -> date:
    """The day from which days off are read."""
    return (now - BEHIND).date()


def holidays_of(dates: Dates, zone: ZoneInfo, now: datetime) -> frozenset[date]:
    """A workspace's holidays for somebody in a zone, from a year ago to two years ahead: no pause is longer."""
    country = public_holidays.country_in_force(dates.country, zone.key)
    public = public_holidays.days(country, dates.subdivision, now.year - 1, now.year + 2)
    return public | dates.own if dates.own else public


def wants_nudges(member: Member) -> bool:
    return not member.nudges_off and member.unreachable is None and member.erase_at is None


def begun(member: Member) -> bool:
    """Whether they have used the app themselves and are still there; colleagues may have named somebody who has not."""
    is_there = member.unreachable is None and member.erase_at is None
    return is_there and (member.next_nudge_at is not None or member.nudges_off)


def ahead(session: Session, member: Member, zone: ZoneInfo, now: datetime) -> Iterator[Occurrence]:
    """The weeks to come that have no row yet: each with its moment, or why nothing comes. Without end."""
    assert member.id is not None, "a stored row has an id"
    taken = deliveries.recent_slots(session, member.id, NUDGE)
    rhythm = with_days_off(session, rhythm_of(member, zone), member, now)
    return (due for due in occurrences(rhythm, now) if due.slot not in taken)


def coming(session: Session, member: Member, zone: ZoneInfo, now: datetime) -> Occurrence | None:
    """The next weekly message that will come, if the member wants any."""
    if not wants_nudges(member) or member.next_nudge_at is None:
        return None
    return next(due for due in ahead(session, member, zone, now) if due.reason is None)


def plan(session: Session, member: Member, zone: ZoneInfo, now: datetime, weeks: int) -> list[Occurrence]:
    """The next weeks, in order; none for somebody who wants no message."""
    if not wants_nudges(member):
        return []
    return list(islice(ahead(session, member, zone, now), weeks))


def reschedule(
    session: Session, member: Member, zone: ZoneInfo, now: datetime, *, travelled: bool = False
) -> None:
    """Works the next weekly message out anew, after anything it depends on has changed.

    One that is due and only waits to be claimed stays: it gets its row in the ledger, whatever becomes of it. A week
    whose time is past by a new day or time gets a row that says so, and loses it again when that is changed back;
    whoever has `travelled` past it keeps the moment they had."""
    assert member.id is not None, "a stored row has an id"
    reminding.look_again(session, member.id, now, _week(zone, now))
    if not wants_nudges(member):
        member.next_nudge_at = member.next_nudge_slot = None
        return
    pending = member.next_nudge_at
    if pending is not None and pending <= now:
        return
    this_week = slot_of(now.astimezone(zone).date())
    dropped = deliveries.take_back(session, member.id, NUDGE, reason=CHANGED, since=this_week)
    taken = deliveries.recent_slots(session, member.id, NUDGE)
    due = next_decision(with_days_off(session, rhythm_of(member, zone), member, now), now, taken)
    if pending is not None:
        slot = member.next_nudge_slot or slot_of(pending.astimezone(zone).date())
        if travelled and slot < due.slot and slot not in taken:
            due = Occurrence(pending, slot)
        dropped += slots_between(slot, due.slot)
    _drop(session, member, sorted({slot for slot in dropped if slot < due.slot and slot not in taken}), now)
    member.next_nudge_at, member.next_nudge_slot = due.at, due.slot


def reschedule_some(
    session: Session, workspace_id: int, after: int, limit: int, default_zone: str, now: datetime
) -> int | None:
    """Works out anew, for some of a workspace's members, when their message comes: its holidays have changed.

    Begins after the member with the id `after`; gives the last one's id, or None when there are no more."""
    found = members.scheduled(session, workspace_id, after, limit)
    for member, workspace in found:
        reschedule(session, member, ZoneInfo(member.zone or workspace.zone or default_zone), now)
    return found[-1][0].id if len(found) == limit else None


def _drop(session: Session, member: Member, slots: Sequence[str], now: datetime) -> None:
    deliveries.claim(
        session,
        [
            {
                "workspace_id": member.workspace_id,
                "member_id": member.id,
                "kind": NUDGE,
                "slot": slot,
                "due_at": now,
                "state": "skipped",
                "reason": CHANGED,
            }
            for slot in slots
        ],
    )


def moved(session: Session, member: Member, before: ZoneInfo, after: ZoneInfo, now: datetime) -> None:
    """Looks at all that was worked out by the zone before anew; what would have come by now in this one still does."""
    assert member.id is not None, "a stored row has an id"
    offsets = [now.astimezone(zone).utcoffset() or timedelta() for zone in (before, after)]
    since = now - max(offsets[1] - offsets[0], timedelta())
    reminding.look_again(session, member.id, since, _week(after, now))


def _week(zone: ZoneInfo, now: datetime) -> tuple[datetime, datetime]:
    """When the local week began, and when the next one does."""
    monday = monday_of(slot_of(now.astimezone(zone).date()))
    return at_time(monday, time.min, zone), at_time(monday + WEEK, time.min, zone)
