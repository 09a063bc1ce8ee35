"""Takes the digests that are due into the ledger, and moves each manager on to the next."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.rules.reminding import DIGEST_TIME, digests
from slackbot.rules.schedule import Rhythm
from slackbot.scheduled import DIGEST, days_off, row, wants
from storage import deliveries, reminding
from storage.reminding import DueDigest, Moved


def claim(deps: Deps, session: Session, limit: int) -> int:
    """Whoever leads nobody any more, or wants none, is moved on without a row."""
    now = deps.now()
    due = reminding.due_digests(session, now, limit)
    off = days_off(session, deps, (each.whom for each in due))
    rows: list[dict[str, Any]] = []
    nexts: list[Moved] = []
    for each in due:
        made, after = _looked_at(each, off.rhythm(each.whom, DIGEST_TIME), now)
        rows += made
        nexts.append((each.whom.member_id, after))
    deliveries.claim(session, rows)
    reminding.digests_move_on(session, nexts)
    return len(due)


def _looked_at(
    each: DueDigest, rhythm: Rhythm, now: datetime
) -> tuple[list[dict[str, Any]], datetime | None]:
    if not each.leads:
        return [], None
    occurrences, after = digests(each.since, now, rhythm)
    wanted = occurrences if wants(each.whom, DIGEST) else []
    return [row(each.whom, DIGEST, occurrence, now) for occurrence in wanted], after
