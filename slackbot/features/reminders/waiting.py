"""Reminds whoever may confirm wins of those that have waited for a week: one message for all, one a week at most."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.feature import Silence, Spoken
from slackbot.home import Glance
from slackbot.rules.reminding import REMIND_TIME, at_midnight, next_morning
from slackbot.rules.schedule import WEEK, Occurrence
from slackbot.scheduled import DIGEST, WAITING, days_off, row, silence, stop, wants
from slackbot.ui.blocks import Message, actions, bullets, message, runs, section
from slackbot.ui.text import age, plural
from slackbot.win_news import moved
from storage import deliveries, digests, reminding, verification
from storage.deliveries import OPEN
from storage.models import Win
from storage.reminding import DueWin, Moved, Whom
from storage.sending import Undecided
from storage.verification import Waiting
from storage.win_changes import REMIND_AFTER

NAMED: Final = 5
MOST: Final = 50
"""Of those that wait, as many as are looked at; whoever has more has the count of them in their queue."""


def claim(deps: Deps, session: Session, limit: int) -> int:
    """Puts one row into the ledger for each person's week, held until the next working morning.

    A win that comes due in a week that has had its message is looked at again in the next."""
    now = deps.now()
    due = reminding.due_wins(session, now, limit)
    people = _people(due)
    off = days_off(session, deps, people)
    mornings = {whom.member_id: next_morning(now, off.rhythm(whom, REMIND_TIME)) for whom in people}
    known = reminding.states_in(session, WAITING, mornings, (each.slot for each in mornings.values()))
    taken = {member_id for (member_id, slot), state in known.items() if mornings[member_id].slot == slot}
    over = {each for each in taken if known[each, mornings[each].slot] not in OPEN}
    rows = [_row(whom, mornings[whom.member_id], now) for whom in people if whom.member_id not in taken]
    deliveries.claim(session, rows)
    reminding.move_on(session, Win, (_next(each, over, mornings, now) for each in due))
    return len(due)


def _people(due: Sequence[DueWin]) -> list[Whom]:
    found = {each.whom.member_id: each.whom for each in due if each.whom and wants(each.whom, WAITING)}
    return list(found.values())


def _row(whom: Whom, morning: Occurrence, now: datetime) -> dict[str, Any]:
    return row(whom, WAITING, morning, now, retry_at=morning.at)


def _next(each: DueWin, over: set[int], mornings: dict[int, Occurrence], now: datetime) -> Moved:
    if each.whom is None:
        # Whoever becomes their manager may let it wait as well.
        return each.id, now + REMIND_AFTER
    if each.whom.member_id in over:
        return each.id, mornings[each.whom.member_id].at + WEEK
    return each.id, None


def compose(session: Session, glance: Glance, _delivery: Undecided) -> Spoken | Silence:
    """What has waited for a week by now; silence where nothing does, or where today's digest says it."""
    silent = silence(session, glance, WAITING)
    if silent is not None:
        return silent
    whose = {"workspace_id": glance.workspace_id, "manager_id": glance.member_id}
    long_before = glance.now - REMIND_AFTER
    waiting = [
        each
        for each in verification.queue(session, **whose, limit=MOST)
        if each.win.shared_at is not None and each.win.shared_at <= long_before
    ]
    if not waiting:
        return Silence("nothing has waited for a week any more")
    today = at_midnight(glance.today, glance.zone)
    if digests.came_since(session, member_id=glance.member_id, kind=DIGEST, since=today):
        return Silence("today's digest says it")
    return Spoken(waiting_message(glance, waiting), {"waiting": len(waiting)})


def waiting_message(glance: Glance, waiting: Sequence[Waiting]) -> Message:
    """The longest waiting first, each with its age."""
    count = len(waiting)
    has = "*One win has waited for you for a week.*" if count == 1 else ""
    many = f"{count}{'+' if count == MOST else ''} wins"
    lines = [
        f"<@{each.owner.user_id}>: {moved(glance.content, each.win)} ({age(each.win.shared_at, glance.now)})"
        for each in waiting[:NAMED]
        if each.win.shared_at is not None
    ]
    rest = [f"And {plural(count - NAMED, 'more')}".removesuffix("s") + "."] if count > NAMED else []
    return message(
        section(has or f"*{many} have waited for you for a week or more.*"),
        section("\n".join([bullets(lines), *rest])),
        actions(runs("Open the queue", "verify", style="primary"), stop(WAITING)),
    )
