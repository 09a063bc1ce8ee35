"""Progress in words, in mrkdwn: an outcome in two lines, and every number of a chart."""

from decimal import Decimal
from typing import Final

from content import Metric
from slackbot.rules import periods
from slackbot.rules.lines import Line, Point
from slackbot.rules.outcomes import reading
from slackbot.rules.pace import State, bar
from slackbot.standing import Goal, OutcomeRow, Standing
from slackbot.ui.text import cut, day, escape, joined, plural

LONGEST: Final = 160
FEW: Final = 5
"""Points that get a line each; more of them flow, so that they fit a phone."""
_UNITS: Final = {"%": "Percent", "$": "Dollars"}
NOTHING: Final = "Nothing asked for and nothing logged yet."


def outcome(row: OutcomeRow) -> str:
    """ "*Referral growth*: behind" and, under it, the bar with the arithmetic."""
    name = f"*{escape(row.outcome.label)}*"
    if row.goal is not None:
        return f"{name}: {pace(row.goal)}\n{row.bar} {escape(_sentence(row.goal, mine=True))}"
    if row.leading is not None:
        met = ": what the role asks for is met" if row.leading.met else ""
        return f"{name}{met}\n{row.bar} {escape(cut(row.leading.sentence, LONGEST))}."
    if row.last_win is None:
        return f"{name}\n{NOTHING}"
    total = row.verified + row.claimed
    return f"{name}\n{plural(total, 'win')}, {row.verified} confirmed. Last win {day(row.last_win)}."


def pace(goal: Goal) -> str:
    if not goal.agreed:
        return "target not agreed yet"
    return "too early to say" if goal.pace.state is State.TOO_EARLY else goal.pace.state.value


def summary(metric: Metric, goal: Goal | None, standing: Standing) -> str:
    """The metric, with its target and how that keeps pace, or with what the role asks for."""
    name = f"*{escape(metric.label)}*"
    if goal is not None:
        told = _sentence(goal, mine=standing.own is not None)
        return f"{name}: {pace(goal)}\n{bar(goal.pace.share)} {escape(told)}{_leads(goal)}"
    row = next(each for each in standing.outcomes if each.outcome.id == metric.outcome)
    if row.goal is None and row.leading is not None:
        return f"{name}\n{row.bar} {escape(cut(row.leading.sentence, LONGEST))}."
    return f"{name}\nThere is no target for it."


def _sentence(goal: Goal, *, mine: bool) -> str:
    """It speaks to whoever has the target."""
    said = goal.pace.sentence
    return said if mine else said.replace(" you would ", " they would ")


def _leads(goal: Goal) -> str:
    if goal.pace.projection is None:
        return ""
    leads = reading(goal.metric, goal.pace.projection)
    return f" At this pace it comes to {escape(leads)} by {day(goal.target.due)}."


def figures(line: Line) -> str:
    """All that a chart shows, oldest first; empty where there is nothing to show."""
    if not line.points:
        return _left_out(line)
    between = "\n" if len(line.points) <= FEW else "; "
    said = between.join(_point(line, point) for point in line.points)
    return "\n".join(filter(None, (f"_{escape(_heading(line))}_", said, _left_out(line))))


def _heading(line: Line) -> str:
    metric = line.metric
    if line.adds_up:
        return f"{unit(metric)}, all so far"
    return f"{unit(metric)} by {periods.noun(metric.period)}"


def unit(metric: Metric) -> str:
    """What the numbers count, for above them and beside a chart."""
    return _UNITS.get(metric.unit, metric.unit.capitalize())


def _point(line: Line, point: Point) -> str:
    said = f"{point.label}: *{_bare(line, point.figure)}*"
    straight = [] if point.on_line is None else [f"line {_bare(line, point.on_line)}"]
    sure = [] if point.is_start else [_confirmed(line, point)]
    beside = [] if point.is_start else straight
    return ", ".join([said, *sure, *beside])


def _confirmed(line: Line, point: Point) -> str:
    if point.verified is None:
        return "not confirmed" if point.figure else "nothing yet"
    return "confirmed" if point.verified == point.figure else f"confirmed {_bare(line, point.verified)}"


def _bare(line: Line, value: Decimal) -> str:
    """Without its unit, which stands above."""
    return escape(reading(line.metric, value).removesuffix(f" {line.metric.unit_after(value)}"))


def _left_out(line: Line) -> str:
    said = []
    if line.in_part:
        told = "is told of" if len(line.in_part) == 1 else "are told of"
        said.append(f"{joined(list(line.in_part[-3:]))} {told} only in part so far, and so left out.")
    if line.earlier:
        said.append(f"{plural(line.earlier, 'earlier one')} left out.")
    return f"_{' '.join(said)}_" if said else ""


def too_little(line: Line) -> str:
    """Why there is no chart."""
    if line.results == 0:
        return "A chart needs two results or more, and there is none to show yet. Each win you log is one."
    if line.results > 1:
        return "All of it lies in one stretch of time so far; a chart needs two."
    return (
        "A chart needs two results or more, and there is one so far: a line through it would only be a guess."
    )
