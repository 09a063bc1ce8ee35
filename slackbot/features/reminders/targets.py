"""Reminds people of a target before its date, while there is still something to do about it."""

from typing import Any

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.feature import Silence, Spoken
from slackbot.home import Glance
from slackbot.rules.pace import State, bar
from slackbot.rules.progress import Entry
from slackbot.rules.reminding import before_the_end, due_and_next, target_days
from slackbot.scheduled import TARGET, row, silence, stop, wants, zone_of
from slackbot.standing import Goal, goal_of
from slackbot.ui.blocks import Message, actions, message, runs, section
from slackbot.ui.text import day, escape, plural
from storage import deliveries, progress, reminding, targets
from storage.models import Target
from storage.reminding import Moved
from storage.sending import Undecided


def claim(deps: Deps, session: Session, limit: int) -> int:
    """Takes what is due into the ledger, and moves each target on to its next reminder."""
    now = deps.now()
    due = reminding.due_targets(session, now, limit)
    rows: list[dict[str, Any]] = []
    nexts: list[Moved] = []
    for each in due:
        zone = zone_of(each.whom, deps.settings.default_zone)
        every = before_the_end(each.due, target_days(each.starts, each.due), zone)
        occurrences, after = due_and_next(every, each.since, now)
        wanted = occurrences if wants(each.whom, TARGET) else []
        subject = f"target:{each.id}"
        rows += [row(each.whom, TARGET, occurrence, now, subject=subject) for occurrence in wanted]
        nexts.append((each.id, after))
    deliveries.claim(session, rows)
    reminding.move_on(session, Target, nexts)
    return len(due)


def compose(session: Session, glance: Glance, delivery: Undecided) -> Spoken | Silence:
    """How far it is; silence where it is closed, reached, or over."""
    silent = silence(session, glance, TARGET)
    if silent is not None:
        return silent
    number = int(delivery.subject.partition(":")[2])
    target = targets.get(session, workspace_id=glance.workspace_id, target_id=number)
    if target is None or target.member_id != glance.member_id or target.state != "agreed":
        return Silence("closed since")
    mine = progress.counting(
        session, workspace_id=glance.workspace_id, member_id=glance.member_id, private=True
    )
    goal = goal_of(target, [Entry.of(each) for each in mine], glance.content, glance.today)
    if goal is None:
        return Silence("its metric is gone")
    if goal.pace.state in {State.REACHED, State.OVERDUE}:
        return Silence(f"the target is {goal.pace.state.value}")
    return Spoken(date_message(glance, goal), {"target": target.id})


def date_message(glance: Glance, goal: Goal) -> Message:
    """The date, the arithmetic, and the form on that outcome."""
    left = (goal.target.due - glance.today).days
    when = f"in {plural(left, 'day')}" if left else "today"
    title = f"*{escape(goal.metric.label)}: your target is due {when}*, on {day(goal.target.due)}."
    return message(
        section(f"{title}\n{bar(goal.pace.share)} {escape(goal.pace.sentence)}"),
        section("If you have results that are not in here yet, this is a good week to log them."),
        actions(
            runs("Log a win", f"log {goal.metric.id}", style="primary"),
            runs("Open the target", f"target show {goal.target.id}"),
            stop(TARGET),
        ),
    )
