"""How much an outcome wants to be spoken of, in points that add up: a person may ask for the whole sum."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from content import NudgeState
from slackbot.rules.nudges.areas import SLOW_STALE_DAYS, Area, Goal, state_of
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
BEGINNING: Final = {NudgeState.START: "no win yet", NudgeState.NO_TARGET: "no target yet"}
AIMED: Final = 15
"""Points more where there is a target, and nothing toward it yet."""
LATELY: Final = {1: 25, 2: 15, 3: 10, 4: 5}
"""Points less for what was named so many weeks ago."""
SLOW: Final = dict.fromkeys((1, 2, 3, 4), 30)
"""The same for agreements and surveys, where little changes in a month."""
FRESH_DAYS: Final = 7
FRESH: Final = 15
"""Points less where there is a win of the last seven days."""
NOT_USEFUL: Final = 20
"""Points less for each time a message about it was answered with “not useful”, for as long as that is remembered."""
REMEMBERED_WEEKS: Final = 8


class Named(NamedTuple):
    """A message about an outcome: so many weeks ago, and whether the answer was “not useful”."""

    weeks: int
    not_useful: bool


class Part(NamedTuple):
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
        return sum([part.points for part in self.parts])


def weighed(area: Area, named: Sequence[Named], today: date, *, targets: bool) -> Weighed:
    """`named`: when and how it was spoken of before."""
    state, days, goal = state_of(area, today, targets=targets), area.days(today), area.goal
    every = (
        (_line(goal, state) if goal else 0, "off its line"),
        (_quiet(area, days) if days else 0, "quiet"),
        (_near(goal, today) if goal else 0, "its date is near"),
        (GATE if area.gate else 0, "a gate of your next role"),
        (BEGIN if state in BEGINNING else 0, BEGINNING.get(state, "")),
        (AIMED if state is NudgeState.START and goal else 0, "a target to begin on"),
        (-FRESH if days is not None and days < FRESH_DAYS else 0, "a win this week"),
        (-_named(area, named) if named else 0, "named lately"),
        (-_unwanted(named) if named else 0, "you said “not useful”"),
    )
    return Weighed(area, state, tuple([Part(*part) for part in every if part[0]]))


def named_before(said: Sequence[Said], week: date) -> defaultdict[str, list[Named]]:
    """By outcome. `week` is the Monday of the week that is spoken for, `said` what came before it."""
    found: defaultdict[str, list[Named]] = defaultdict(list)
    for each in said:
        found[each.outcome].append(Named(weeks_between(each.week, week), each.not_useful))
    return found


def _line(goal: Goal, state: NudgeState) -> int:
    """One point for each percentage point of the way that is missing on the straight line."""
    pace = goal.pace
    if state is NudgeState.BEHIND:
        missing = round((pace.elapsed - pace.share) * 100)
        return min(missing, LATE_AT_MOST) if pace.state is State.OVERDUE else missing
    # With nothing logged there is no pace; the time that went by is what is known.
    return round(pace.elapsed * 100) if state is NudgeState.START and pace.elapsed >= EARLY else 0


def _quiet(area: Area, days: int) -> int:
    most = MOST_QUIET if area.goal else MOST_QUIET // 2
    return min(max(days - area.limit, 0), most)


def _near(goal: Goal, today: date) -> int:
    if goal.pace.state is State.REACHED:
        return 0
    left = (goal.aim.due - today).days
    return (NEAR - left) // 3 if 0 <= left <= NEAR else 0


def _named(area: Area, named: Sequence[Named]) -> int:
    least = SLOW if area.outcome.id in SLOW_STALE_DAYS else LATELY
    return max(least.get(each.weeks, 0) for each in named)


def _unwanted(named: Sequence[Named]) -> int:
    return NOT_USEFUL * sum(each.not_useful and each.weeks <= REMEMBERED_WEEKS for each in named)
