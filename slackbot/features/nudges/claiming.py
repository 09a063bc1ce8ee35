"""Takes the weekly messages that are due into the ledger, and moves each member on to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from slackbot.calendar import NO_DATES, NUDGE, holidays_of, horizon
from slackbot.deps import Deps
from slackbot.rules.schedule import FRESH, LATE, Away, Occurrence, Rhythm, occurrence_in, occurrences, slot_of
from storage import deliveries, holidays, time_off
from storage.deliveries import DueMember
from storage.holidays import Dates


@dataclass(frozen=True)
class DaysOff:
    """The days off of everybody in a batch."""

    away: Mapping[int, Sequence[tuple[date, date]]]
    dates: Mapping[int, Dates]
    now: datetime

    def rhythm(self, member: DueMember, default_zone: str) -> Rhythm:
        zone = ZoneInfo(member.zone or member.workspace_zone or default_zone)
        return Rhythm(
            member.nudge_weekday,
            member.nudge_time,
            zone,
            member.paused_until,
            tuple(Away(first, last) for first, last in self.away.get(member.id, ())),
            holidays_of(self.dates.get(member.workspace_id, NO_DATES), zone, self.now),
        )


def claim(deps: Deps, session: Session, limit: int) -> int:
    """Takes the weekly messages that are due, and moves each member on to the next one.

    Weeks that are skipped get their rows here too, at the moment their message would have come."""
    now = deps.now()
    due = deliveries.due_members(session, now, limit)
    days_off = _days_off(session, due, now)
    rows: list[dict[str, Any]] = []
    nexts: list[tuple[int, datetime, str]] = []
    # Half a team goes by one clock, and is due at the same moment.
    settled = cache(settle)
    for member in due:
        rhythm = days_off.rhythm(member, deps.settings.default_zone)
        passed, coming = settled(member.next_nudge_at, member.next_nudge_slot, rhythm, now)
        rows += [_row(member, occurrence, now) for occurrence in passed]
        nexts.append((member.id, coming.at, coming.slot))
    deliveries.claim(session, rows)
    deliveries.move_on(session, nexts)
    return len(due)


def _days_off(session: Session, due: Sequence[DueMember], now: datetime) -> DaysOff:
    since = horizon(now)
    return DaysOff(
        time_off.of_members(session, {member.id for member in due}, since),
        holidays.of_workspaces(session, {member.workspace_id for member in due}, since),
        now,
    )


def settle(
    at: datetime, slot: str | None, rhythm: Rhythm, now: datetime
) -> tuple[list[Occurrence], Occurrence]:
    """The weeks that are to get a row now, and the one that comes after them.

    A holiday that was entered since may have moved the week's message to a later day: then it is not time yet."""
    slot = slot or slot_of(at.astimezone(rhythm.zone).date())
    first = occurrence_in(rhythm, slot)
    if first.at > now and first.moved_from is not None:
        return [], first
    # Whoever has travelled east past it keeps the moment they had, which is later.
    passed = [Occurrence(at if first.at > now else max(at, first.at), slot, first.reason)]
    for due in occurrences(rhythm, at):
        if due.slot > slot:
            if due.at > now:
                return passed, due
            passed.append(due)
    raise AssertionError("weeks have no end")


def _row(member: DueMember, occurrence: Occurrence, now: datetime) -> dict[str, Any]:
    row = {
        "workspace_id": member.workspace_id,
        "member_id": member.id,
        "kind": NUDGE,
        "slot": occurrence.slot,
        "due_at": occurrence.at,
        "state": "claimed",
        "reason": None,
    }
    if occurrence.reason is not None:
        return {**row, "state": "skipped", "reason": occurrence.reason}
    if now - occurrence.at > FRESH:
        return {**row, "state": "expired", "reason": LATE}
    return row
