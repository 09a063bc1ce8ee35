"""What `/prm progress` shows to whom: one's own, or that of somebody who reports to one, as far as they shared it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from content import Content, Metric, find
from slackbot.deps import Deps
from slackbot.errors import UserError
from slackbot.features.progress import words
from slackbot.features.progress.drawing import chart
from slackbot.home import Glance
from slackbot.rules.lines import line_of
from slackbot.standing import Goal, Standing, standing_of
from slackbot.ui.blocks import Block, Message, actions, chooses, context, header, message, runs, section
from slackbot.ui.pages import leaf
from slackbot.ui.text import escape
from storage import audit, reporting
from storage.members import Person
from storage.models import Member

NOT_YOURS: Final = (
    "You can look at your own progress, and at that of people who report to you. They don't, or no longer do."
)
NO_SUCH_OUTCOME: Final = "I don't know an outcome by that name, so here are all."
NO_PROMISE: Final = "_Confirmed_ counts as proof; what is only claimed may still change. The bar is of both."
MOST_CHOICES: Final = 100
"""Slack's limit for a menu."""


@dataclass(frozen=True)
class Shown:
    """The answer in words; and the same as a chart, where there is enough to draw."""

    said: Message
    drawing: Message | None = None


def show(session: Session, deps: Deps, person: Person, user_id: str | None, asked: str, page: int) -> Shown:
    """Raises UserError for somebody whose progress is not theirs to see."""
    glance = deps.meet(session, person)
    member = _whose(session, glance, user_id)
    mine = member is glance.member
    if not mine:
        _was_read(session, glance, member)
    standing = standing_of(session, glance, member, private=mine)
    metric = _meant(asked, standing, glance.content) if asked else None
    if metric is None:
        return Shown(_overview(standing, page, unknown=bool(asked)))
    return _one(standing, metric)


def _whose(session: Session, glance: Glance, user_id: str | None) -> Member:
    if user_id in (None, glance.member.user_id):
        return glance.member
    team = reporting.reports_of(session, workspace_id=glance.workspace_id, manager_id=glance.member_id)
    for member in team:
        if member.user_id == user_id:
            return member
    raise UserError(NOT_YOURS)


def _was_read(session: Session, glance: Glance, member: Member) -> None:
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action="progress.read",
        subject=f"member:{member.id}",
        now=glance.now,
    )


def _meant(asked: str, standing: Standing, content: Content) -> Metric | None:
    """A metric by its own name; of an outcome, that of its target, else the one with most wins, else the usual one."""
    metrics, outcomes = find(asked, content.metrics), find(asked, content.outcomes)
    if not outcomes or (metrics and asked not in {outcomes[0].id, outcomes[0].label}):
        return metrics[0] if metrics else None
    row = next(each for each in standing.outcomes if each.outcome is outcomes[0])
    won = Counter(each.metric for each in standing.entries if each.outcome == outcomes[0].id)
    if row.goal is not None or not won:
        return row.metric
    (most, _), *_ = won.most_common(1)
    return next((each for each in row.outcome.metrics if each.id == most), row.metric)


def _overview(standing: Standing, page: int, *, unknown: bool) -> Message:
    mine = standing.own is not None
    top = [header("Your progress")] if mine else [section(f"*The progress of {_mention(standing)}*")]
    if unknown:
        top.append(section(NO_SUCH_OUTCOME))
    rows = [section(words.outcome(row)) for row in standing.outcomes]
    outcomes = [(row.outcome.label, _words(standing, row.outcome.id)) for row in standing.outcomes]
    ways = [chooses("Show one in full", outcomes[:MOST_CHOICES])]
    if mine:
        ways.append(runs("My targets", "target"))
    return leaf(_words(standing), page, rows, top=top, foot=[context(NO_PROMISE)], ways=ways)


def _one(standing: Standing, metric: Metric) -> Shown:
    goal = next((each for each in standing.goals if each.metric.id == metric.id), None)
    line = line_of(metric, standing.entries, standing.today, goal.aim if goal else None)
    told = [section(words.summary(metric, goal, standing)), *_rows(words.figures(line))]
    ways = actions(*_ways(standing, metric, goal))
    title = [] if standing.own else [section(f"*{_mention(standing)}*")]
    if not line.is_enough:
        return Shown(message(*title, *told, context(words.too_little(line)), ways))
    return Shown(message(*title, *told, ways), message(*title, chart(line), *told, ways))


def _rows(said: str) -> list[Block]:
    return [section(said)] if said else []


def _ways(standing: Standing, metric: Metric, goal: Goal | None) -> Sequence[Block]:
    mine = standing.own is not None
    known = {each.metric for each in standing.entries} | {each.metric.id for each in standing.goals}
    others = [
        (other.label, _words(standing, other.id))
        for row in standing.outcomes
        for other in row.outcome.metrics
        if other.id in known and other.id != metric.id
    ]
    ways = [chooses("Another number", others[:MOST_CHOICES])] if others else []
    if mine and goal is None:
        ways.append(runs("Set a target", f"target new {metric.id}"))
    return [*ways, runs("All outcomes", _words(standing))]


def _words(standing: Standing, what: str = "") -> str:
    whose = "" if standing.own is not None else f"of {_mention(standing)}"
    return " ".join(filter(None, ("progress", whose, what)))


def _mention(standing: Standing) -> str:
    """Slack puts the name of today in its place."""
    return f"<@{escape(standing.member.user_id)}>"
