"""How much an outcome wants to be spoken of, in points that add up: a person may ask for the whole sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from content import NudgeState
from slackbot.rules.nudges.areas import SLOW_STALE_DAYS, Area, state_of
from slackbot.rules.nudges.memory import Said, weeks_between
from slackbot.rules.pace import EARLY, State

MOST_QUIET: Final = 30
"""Points: one for each day past the limit, and no more than these; half of them where there is no target."""
NEAR: Final = 60
"""Days before its date from which a target gains points, one for every third."""
LATE_AT_MOST: Final = 50
"""Points for the distance of a target whose date has gone by: a new date is a talk, not a race."""
GATE: Final = 10
BEGIN: Final = 15
"""Points for an outcome without a win, or for wins without any target."""
AIMED: Final = 15
"""Points more where there is a target, and nothing toward it yet."""
NAMED: Final = {1: 25, 2: 15, 3: 10, 4: 5}
"""Points less for what was named so many weeks ago."""
SLOW: Final = dict.fromkeys((1, 2, 3, 4), 30)
"""The same for agreements and surveys, where little changes in a month."""
FRESH_DAYS: Final = 7
FRESH: Final = 15
"""Points less where there is a win of the last seven days."""
NOT_USEFUL: Final = 20
"""Points less for each time a message about it was answered with “not useful”, for as long as that is remembered."""
REMEMBERED_WEEKS: Final = 8


@dataclass(frozen=True)
class Part:
    """Some points, and what they are for."""

    points: int
    reason: str


@dataclass(frozen=True)
class Weighed:
    """An outcome with its state and its points; `parts` are those that are not zero."""

    area: Area
    state: NudgeState
    parts: tuple[Part, ...]

    @property
    def points(self) -> int:
        return sum(part.points for part in self.parts)


def weighed(area: Area, said: Sequence[Said], week: date, today: date, *, targets: bool) -> Weighed:
    """`week` is the Monday of the week that is spoken for, `said` what came before it."""
    state = state_of(area, today, targets=targets)
    parts = (
        Part(_line(area, state, today), "off its line"),
        Part(_quiet(area, today), "quiet"),
        Part(_near(area, today), "its date is near"),
        Part(GATE if area.gate else 0, "a gate of your next role"),
        Part(BEGIN if state in (NudgeState.START, NudgeState.NO_TARGET) else 0, _beginning(state)),
        Part(AIMED if state is NudgeState.START and area.goal else 0, "a target to begin on"),
        Part(-_fresh(area, today), "a win this week"),
        Part(-_named(area, said, week), "named lately"),
        Part(-_unwanted(area, said, week), "you said “not useful”"),
    )
    return Weighed(area, state, tuple(part for part in parts if part.points))


def _line(area: Area, state: NudgeState, today: date) -> int:
    """One point for each percentage point of the way that is missing on the straight line."""
    if area.goal is None:
        return 0
    pace = area.goal.pace
    if state is NudgeState.BEHIND:
        missing = round((pace.elapsed - pace.share) * 100)
        return min(missing, LATE_AT_MOST) if pace.state is State.OVERDUE else missing
    # With nothing logged there is no pace; the time that went by is what is known.
    return round(pace.elapsed * 100) if state is NudgeState.START and pace.elapsed >= EARLY else 0


def _quiet(area: Area, today: date) -> int:
    days = area.days(today)
    most = MOST_QUIET if area.goal else MOST_QUIET // 2
    return 0 if days is None else min(max(days - area.limit, 0), most)


def _near(area: Area, today: date) -> int:
    if area.goal is None or area.goal.pace.state is State.REACHED:
        return 0
    left = (area.goal.aim.due - today).days
    return (NEAR - left) // 3 if 0 <= left <= NEAR else 0


def _beginning(state: NudgeState) -> str:
    return "no target yet" if state is NudgeState.NO_TARGET else "no win yet"


def _fresh(area: Area, today: date) -> int:
    days = area.days(today)
    return FRESH if days is not None and days < FRESH_DAYS else 0


def _named(area: Area, said: Sequence[Said], week: date) -> int:
    ago = [weeks_between(each.week, week) for each in said if each.outcome == area.outcome.id]
    least = SLOW if area.outcome.id in SLOW_STALE_DAYS else NAMED
    return max((least.get(weeks, 0) for weeks in ago), default=0)


def _unwanted(area: Area, said: Sequence[Said], week: date) -> int:
    return NOT_USEFUL * sum(
        each.outcome == area.outcome.id
        and each.not_useful
        and weeks_between(each.week, week) <= REMEMBERED_WEEKS
        for each in said
    )
