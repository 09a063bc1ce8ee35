"""Words about a target, in mrkdwn: what is aimed at, how far it has come, and who said what to it when."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from content import Content, Metric, UnknownEntryError
from slackbot.features.targets.looking import Held, Sides
from slackbot.rules import periods
from slackbot.rules.outcomes import number, reading
from slackbot.rules.pace import Aim, bar
from slackbot.rules.progress import counting
from slackbot.standing import Goal, goal_of
from slackbot.ui.text import day, escape
from storage.models import Member, Target
from storage.progress import Figures

_CENT: Final = Decimal("0.01")
_CLOSED: Final[Mapping[str, str]] = {
    "replaced": "replaced by a newer one",
    "withdrawn": "withdrawn",
    "refused": "answered with “not now”",
    "reached": "closed as reached",
    "ended": "ended",
}

Who = Callable[[int | None], str]
"""How to call a member by the id of their row: "you", or their mention."""


def mention(member: Member) -> str:
    """Slack puts the name of today in its place."""
    return f"<@{member.user_id}>"


def known_metric(content: Content, metric_id: str | None) -> Metric | None:
    """None also for a metric that the content no longer has."""
    try:
        return content.metric(metric_id or "")
    except UnknownEntryError:
        return None


def aim_of(content: Content, target: Target) -> Aim | None:
    metric = known_metric(content, target.metric)
    if metric is None:
        return None
    return Aim(metric, target.from_value, target.to_value, target.starts, target.due)


def named(content: Content, target: Target) -> str:
    """Two lines: "*Referrals from your panel*" and "120 → 150 referrals a quarter by Nov 23, 2027"."""
    metric = known_metric(content, target.metric)
    label = escape(metric.label if metric else target.metric)
    return f"*{label}*\n{in_figures(content, target)}"


def in_figures(content: Content, target: Target) -> str:
    """ "120 → 150 referrals a quarter by Nov 23, 2027", "12 events in all by Nov 23, 2027"."""
    aim, due = aim_of(content, target), f"by {day(target.due)}"
    if aim is None:
        start = "" if target.from_value is None else f"{number(target.from_value)} → "
        return f"{start}{number(target.to_value)} {due}"
    return f"{escape(_way(aim))} {due}"


def _way(aim: Aim) -> str:
    metric, goal = aim.metric, reading(aim.metric, aim.goal)
    if metric.adds_up and not aim.origin:
        return f"{goal} in all"
    each = f" {periods.one(metric.period)}" if metric.adds_up and metric.period != "event" else ""
    if aim.start is None:
        return f"{goal}{each}"
    start = reading(metric, aim.start).removesuffix(f" {metric.unit_after(aim.start)}")
    return f"{start} → {goal}{each}"


def progress(held: Held, content: Content, wins: Sequence[Figures]) -> str:
    """A bar and where one is against the straight line; what of it is confirmed stands apart.

    `wins` are those that the viewer may see."""
    goal = goal_of(held.target, counting(wins), content, held.sides.glance.today)
    if goal is None:
        return "This is no longer measured here, so I cannot say how far it is."
    said = goal.pace.sentence
    if not held.sides.is_owner:  # the sentence speaks to whoever has the target
        said = said.replace(" you would ", " they would ")
    return "\n".join([f"{bar(goal.pace.share)} {escape(said)}", *_confirmed(goal)])


def _confirmed(goal: Goal) -> list[str]:
    if goal.verified == goal.pace.actual:
        return []
    if goal.verified is None:
        return ["_None of it is confirmed yet._"]
    return [f"_Confirmed: {escape(reading(goal.metric, goal.verified.quantize(_CENT)))}._"]


def is_reached(held: Held, content: Content, wins: Sequence[Figures]) -> bool:
    """Whether confirmed wins alone come to the goal."""
    goal = goal_of(held.target, counting(wins), content, held.sides.glance.today)
    return goal is not None and goal.verified is not None and goal.aim.is_reached(goal.verified)


def status(held: Held, who: Who) -> str:
    """Where it stands, and with whom: "Agreed by you and @ben on Nov 24, 2026."."""
    target, sides = held.target, held.sides
    if target.state == "agreed":
        assert target.agreed_at is not None, "the database keeps when it was agreed"
        return f"Agreed by {who(target.proposed_by)} and {who(target.agreed_by)} on {_on(held, target.agreed_at)}."
    if target.state == "closed":
        return f"{_capital(_closed(held, who))}."
    if held.is_of_a_former_manager:
        return f"Not agreed: proposed by {who(target.proposed_by)}, the manager before."
    if not held.is_proposed_by_me:
        return f"Proposed by {who(target.proposed_by)} on {_on(held, target.proposed_at)}. It waits for you."
    if sides.other is None:
        return nobody_yet(sides)
    return f"Not agreed yet: it waits for {mention(sides.other)} since {_on(held, target.proposed_at)}."


def nobody_yet(sides: Sides) -> str:
    """Why nobody can agree to one's proposal yet, and when somebody can."""
    if sides.asked is not None:
        return f"Not agreed yet: {mention(sides.asked)} hears of it on accepting to be your manager."
    return "Not agreed yet: nobody can agree until you have a manager."


def story(held: Held, who: Who) -> str:
    """All that happened to it: "Proposed by you on Nov 23, 2026, agreed by @ben on Nov 24, 2026"."""
    target = held.target
    told = [f"proposed by {who(target.proposed_by)} on {_on(held, target.proposed_at)}"]
    if target.agreed_at is not None:
        told.append(f"agreed by {who(target.agreed_by)} on {_on(held, target.agreed_at)}")
    if target.closed_at is not None:
        told.append(_closed(held, who))
    return _capital(", ".join(told))


def _closed(held: Held, who: Who) -> str:
    target = held.target
    assert target.closed_at is not None, "the database keeps when it was closed"
    assert target.closing is not None, "and how"
    # What a newer one replaced, nobody closed for its own sake.
    said_by = target.closed_by if target.closing != "replaced" else None
    by = "" if said_by is None else f" by {who(said_by)}"
    return f"{_CLOSED[target.closing]}{by} on {_on(held, target.closed_at)}"


def why_not_now(held: Held, who: Who) -> str:
    """Why a press that came too late, or that is not theirs to make, changed nothing."""
    target, sides = held.target, held.sides
    if target.state == "closed":
        return f"That one is over: {_closed(held, who)}. Nothing was changed."
    if target.state == "agreed":
        return f"That one is agreed already, by {who(target.proposed_by)} and {who(target.agreed_by)}."
    if held.is_proposed_by_me and sides.other is None:
        return nobody_yet(sides)
    if held.is_proposed_by_me and sides.other is not None:
        return f"You proposed that one, so it is {mention(sides.other)} who has to agree."
    if held.is_of_a_former_manager:
        return f"{who(target.proposed_by)} proposed that before the manager changed. *Change…* makes it a new proposal."
    if target.due <= sides.glance.today:
        return f"Its date, {day(target.due)}, has come. *Change…* sets a new one."
    return "That cannot be done as long as it is not agreed."


def _capital(said: str) -> str:
    # Not `capitalize`, which would change the ids in mentions.
    return f"{said[:1].upper()}{said[1:]}"


def _on(held: Held, moment: datetime) -> str:
    return day(moment.astimezone(held.sides.glance.zone))
