"""One of the six outcomes as the weekly message looks at it: its target, its wins, and the state that these make."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from content import Metric, NudgeState, Outcome
from slackbot.rules.pace import Aim, Pace, State

STALE_DAYS: Final = 21
"""Days without a win after which an outcome wants attention. A house default."""
SLOW_STALE_DAYS: Final = {"contract_wins": 45, "provider_satisfaction": 45}
"""Agreements and surveys move more slowly. A house default too."""
KEEPS_PACE: Final = frozenset({State.AHEAD, State.ON_PACE})
LATE: Final = frozenset({State.BEHIND, State.OVERDUE})
WANTING: Final = frozenset({NudgeState.BEHIND, NudgeState.STALE, NudgeState.START, NudgeState.NO_TARGET})
"""The states that ask for something; the others are good news."""


@dataclass(frozen=True)
class Goal:
    """A target, and how it goes."""

    aim: Aim
    pace: Pace
    agreed: bool


@dataclass(frozen=True)
class Area:
    """An outcome, for one person on one day. `metric` is what a win there is best logged on.

    `gate`: the rung they work toward asks for it, and it is not met yet."""

    outcome: Outcome
    metric: Metric
    goal: Goal | None
    wins: int
    last_win: date | None
    gate: bool = False

    def days(self, today: date) -> int | None:
        """Since the last win; None without one. A win dated ahead is one of today."""
        return None if self.last_win is None else max((today - self.last_win).days, 0)

    @property
    def limit(self) -> int:
        """Days without a win after which it counts as quiet: twice as many where its target keeps pace."""
        usual = SLOW_STALE_DAYS.get(self.outcome.id, STALE_DAYS)
        return usual * 2 if self.goal and self.goal.pace.state in KEEPS_PACE else usual


def state_of(area: Area, today: date, *, targets: bool) -> NudgeState:
    """What is to be said of an outcome. `targets`: whether the person has one anywhere.

    What is reached comes first, then what is off its line; without either, the last win decides."""
    if area.goal is not None and area.goal.pace.state is State.REACHED:
        return NudgeState.DONE
    if area.goal is not None and area.goal.pace.state in LATE:
        return NudgeState.BEHIND
    days = area.days(today)
    if days is None:
        return NudgeState.START
    if days > area.limit:
        return NudgeState.STALE
    return NudgeState.ON_PACE if targets else NudgeState.NO_TARGET


def has_targets(areas: Sequence[Area]) -> bool:
    return any(area.goal is not None for area in areas)
