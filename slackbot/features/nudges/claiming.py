"""Takes the weekly messages that are due into the ledger, and moves each member on to the next."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from slackbot.calendar import NUDGE
from slackbot.deps import Deps
from slackbot.rules.schedule import FRESH, Occurrence, Rhythm, missed, next_occurrence, slot_of
from storage import deliveries
from storage.deliveries import DueMember


def claim(deps: Deps, session: Session, limit: int) -> int:
    """Takes the weekly messages that are due, and moves each member on to the next one."""
    now = deps.now()
    due = deliveries.due_members(session, now, limit)
    rows: list[dict[str, Any]] = []
    nexts: list[tuple[int, datetime]] = []
    for member in due:
        rhythm = _rhythm(member, deps.settings.default_zone)
        first = Occurrence(member.next_nudge_at, slot_of(member.next_nudge_at.astimezone(rhythm.zone).date()))
        slots = [first, *missed(rhythm, member.next_nudge_at, now)]
        rows += [_row(member, occurrence, now) for occurrence in slots]
        nexts.append((member.id, next_occurrence(rhythm, now, {occurrence.slot for occurrence in slots}).at))
    deliveries.claim(session, rows)
    deliveries.move_on(session, nexts)
    return len(due)


def _rhythm(member: DueMember, default_zone: str) -> Rhythm:
    zone = ZoneInfo(member.zone or member.workspace_zone or default_zone)
    return Rhythm(member.nudge_weekday, member.nudge_time, zone, member.paused_until)


def _row(member: DueMember, occurrence: Occurrence, now: datetime) -> dict[str, Any]:
    row = {
        "workspace_id": member.workspace_id,
        "member_id": member.id,
        "kind": NUDGE,
        "slot": occurrence.slot,
        "due_at": occurrence.at,
    }
    if now - occurrence.at > FRESH:
        return {**row, "state": "expired", "reason": "not sent within 48 hours"}
    return row
