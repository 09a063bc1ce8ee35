"""The arithmetic of a choice in plain words: one sentence for the message, and a line for every outcome."""

from datetime import date
from typing import Final

from content import NudgeState
from slackbot.rules.nudges.areas import Area, Goal
from slackbot.rules.nudges.weighing import Weighed
from slackbot.rules.pace import State
from slackbot.rules.readings import MINUS, reading

_KEEPS: Final = {
    State.AHEAD: "; that is ahead of its line",
    State.ON_PACE: "; that keeps pace",
}


def why(found: Weighed, today: date, started: int) -> str:
    """One sentence with the figures that decided. `started` is the number of outcomes with a win.

    "Referral growth is at 6% of 15% with 40% of the year gone; your last win there was 31 days ago." """
    area = found.area
    if area.goal is not None:
        return f"{_progress(area, area.goal)}{_ending(found, area.goal, today)}."
    name, days = area.outcome.label, area.days(today)
    if days is None and started == 0:
        place = "is asked for by the role you work toward" if area.gate else "is a good place to begin"
        return f"You have no wins yet. {name} {place}."
    if days is None:
        return f"In {name} you have no win yet; {_areas(started)}."
    if found.state is NudgeState.NO_TARGET:
        return f"You have {_wins(area.wins)} in {name}, and no target yet to hold {_it(area.wins)} against."
    if found.state is NudgeState.STALE:
        return f"Your last win in {name} was {ago(days)}, longer than the usual {area.limit} days."
    return f"You have {_wins(area.wins)} in {name}, the last one {ago(days)}."


def values(area: Area, today: date) -> dict[str, str]:
    """What may be filled into a text; for an outcome without a win or a target, what it lacks is left out."""
    known: dict[str, str] = {}
    days = area.days(today)
    if days is not None:
        known |= {"last_win_days": f"{days}", "wins": f"{area.wins}"}
    if area.goal is not None:
        aim = area.goal.aim
        known |= {"goal": reading(aim.metric, aim.goal), "due": f"{aim.due:%B} {aim.due.day}, {aim.due.year}"}
    return known


def arithmetic(found: Weighed, today: date) -> tuple[str, str]:
    """How an outcome stands, and how its points add up: "34 off its line + 10 quiet = 44 points"."""
    area = found.area
    if area.goal is not None:
        stands = area.goal.pace.sentence
        if (days := area.days(today)) is not None:
            stands += f" Last win {ago(days)}."
    elif (days := area.days(today)) is not None:
        stands = f"{_wins(area.wins)}, the last one {ago(days)}; no target."
    else:
        stands = "No win yet, no target."
    return stands, _sum(found)


def ago(days: int) -> str:
    """ "today", "yesterday", "31 days ago"."""
    return {0: "today", 1: "yesterday"}.get(days, f"{days:,} days ago")


def _sum(found: Weighed) -> str:
    if not found.parts:
        return "0 points"
    first, *others = found.parts
    total = f"{MINUS if found.points < 0 else ''}{abs(found.points)} {'point' if abs(found.points) == 1 else 'points'}"
    if not others:
        return f"{total}: {first.reason}"
    said = f"{MINUS if first.points < 0 else ''}{abs(first.points)} {first.reason}"
    for part in others:
        said += f" {'+' if part.points > 0 else MINUS} {abs(part.points)} {part.reason}"
    return f"{said} = {total}"


def _progress(area: Area, goal: Goal) -> str:
    """The part of the pace's own sentence that tells where one is: "Referral growth is at 6% of 15% with …"."""
    whole = goal.pace.sentence.rstrip(".")
    said, name = whole.split(";")[0], area.outcome.label
    if said.startswith("At "):
        return f"{name} is at {said.removeprefix('At ')}"
    if goal.pace.state is State.REACHED:
        return f"{name} has reached {whole.removeprefix('Reached: ')}"
    return f"{name}: {said[:1].lower()}{said[1:]}"


def _ending(found: Weighed, goal: Goal, today: date) -> str:
    days = found.area.days(today)
    if goal.pace.state is State.OVERDUE:
        due = goal.aim.due
        return f"; its date was {due:%B} {due.day}, and a new one can be agreed"
    if found.state is NudgeState.ON_PACE:
        return _KEEPS.get(goal.pace.state, "; too early to say where it leads")
    if found.state is NudgeState.DONE or days is None:
        return ""
    return f"; your last win there was {ago(days)}"


def _wins(count: int) -> str:
    return f"{count:,} {'win' if count == 1 else 'wins'}"


def _it(count: int) -> str:
    return "it" if count == 1 else "them"


def _areas(count: int) -> str:
    return "another area has one" if count == 1 else f"{count} other areas have one"
