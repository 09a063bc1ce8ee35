"""`/prm nudges log`: everything that was scheduled for somebody, and what became of it, in words."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.rules.schedule import monday_of
from slackbot.ui.blocks import Block, Message, actions, context, header, message, runs, section
from slackbot.ui.text import clock, escape
from storage import deliveries
from storage.members import Person
from storage.models import Delivery

SHOWN: Final = 8
NOTHING: Final = "Nothing has come by itself yet."
ONLY_YOU: Final = "Only you see this. Times are on your own clock."
WEEK: Final = re.compile(r"\d{4}-W\d{2}")
CODE: Final = re.compile(r"[a-z]+(?:_[a-z]+)+|[A-Z]\w+(?:Error|Disconnected)|HTTP \d+")
"""Slack's own word for what went wrong, or ours: nothing that anybody else understands."""
STATES: Final[Mapping[str, str]] = {
    "claimed": "on its way",
    "sending": "on its way",
    "sent": "sent",
    "retry": "waiting to be tried again",
    "failed": "could not be sent",
    "unknown": "may have arrived; Slack did not say, so it was not repeated",
    "skipped": "not sent",
    "expired": "not sent",
}
REASONS: Final[Mapping[str, str]] = {
    "paused": "you had paused it",
    "time off": "you had time off",
    "switched off": "you had switched it off",
    "user_disabled": "your Slack account was deactivated",
    "not sent within 48 hours": "it was more than 48 hours late",
    "the worker stopped while sending": "",
}


def page(session: Session, deps: Deps, person: Person, words: str) -> Message:
    """One page of it, newest first."""
    glance = deps.meet(session, person)
    number = int(words) if words.isdecimal() and len(words) < 4 and int(words) > 0 else 1
    found = deliveries.of_member(
        session,
        workspace_id=glance.workspace_id,
        member_id=glance.member_id,
        limit=SHOWN + 1,
        offset=(number - 1) * SHOWN,
    )
    labels = {kind.name: kind.label for kind in deps.kinds}
    lines = [line(row, labels.get(row.kind, row.kind), glance.zone) for row in found[:SHOWN]]
    return message(
        header("What came by itself"),
        section("\n".join(lines) or NOTHING),
        context(ONLY_YOU),
        actions(*_turns(number, len(found) > SHOWN), runs("My weekly message", "nudges")),
    )


def _turns(number: int, has_more: bool) -> list[Block]:
    turns = [runs("Older", f"nudges log {number + 1}")] if has_more else []
    return [*turns, runs("Newer", f"nudges log {number - 1}")] if number > 1 else turns


def line(row: Delivery, label: str, zone: ZoneInfo) -> str:
    """ "_Nov 30, 2026, 9:00 AM_ Weekly message, week of Nov 30: sent"."""
    at = row.sent_at or row.due_at
    which = f", week of {_short(row.slot)}" if WEEK.fullmatch(row.slot) else ""
    later = row.retry_at if row.state == "retry" and row.moved else None
    told = f"put off until {when(later, zone)}" if later else became(row)
    return f"_{when(at, zone)}_ {escape(label)}{which}: {told}"


def _short(slot: str) -> str:
    monday = monday_of(slot)
    return f"{monday:%b} {monday.day}"


def when(at: datetime, zone: ZoneInfo) -> str:
    """ "Nov 30, 2026, 9:00 AM"."""
    here = at.astimezone(zone)
    return f"{here:%b} {here.day}, {here.year}, {clock(here.time())}"


def became(row: Delivery) -> str:
    """What became of it, and why, in plain words."""
    state = STATES[row.state]
    why = REASONS.get(row.reason or "", row.reason or "")
    if not why or row.state in {"sent", "retry", "unknown", "claimed", "sending"}:
        return state
    if CODE.fullmatch(why):
        return f"{state} (Slack said `{escape(why)}`)" if row.state == "failed" else state
    return f"{state}, because {escape(why)}" if row.reason in REASONS else f"{state}: {escape(why)}"
