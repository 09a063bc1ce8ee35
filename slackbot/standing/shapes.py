"""What a standing is made of: a target with its pace, an outcome by itself, and the one thing to do next."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final

from content import Criterion, Metric, Outcome
from slackbot.rules.pace import Aim, Pace, State, bar, reached
from slackbot.rules.progress import Entry, Judged
from storage.models import Target

LATE: Final = frozenset({State.BEHIND, State.OVERDUE})


@dataclass(frozen=True, eq=False)
class Goal:
    """A target that is open, and how far along it is by all wins that the viewer may see.

    `entries` are those of its metric."""

    target: Target
    metric: Metric
    aim: Aim
    pace: Pace
    entries: tuple[Entry, ...]
    today: date

    @property
    def agreed(self) -> bool:
        return self.target.state == "agreed"

    @cached_property
    def verified(self) -> Decimal | None:
        """What the confirmed ones alone come to."""
        return reached(self.aim, [entry for entry in self.entries if entry.verified], self.today)[0]


@dataclass(frozen=True)
class OutcomeRow:
    """One outcome: its goal (an agreed one before a proposed one), what the rung asks of it, and the wins there."""

    outcome: Outcome
    metric: Metric
    goal: Goal | None
    standings: tuple[tuple[Criterion, Judged], ...]
    last_win: date | None
    verified: int
    claimed: int

    @property
    def leading(self) -> Judged | None:
        """The first criterion here that is not met yet, gates before the others; where all are met, the first."""
        judgments = [judgment for _, judgment in self.standings]
        return next((each for each in judgments if not each.met), judgments[0] if judgments else None)

    @property
    def share(self) -> Decimal | None:
        """How far along, from 0 to 1; None where neither a target nor a criterion asks for anything."""
        if self.goal is not None:
            return self.goal.pace.share
        return self.leading.share if self.leading else None

    @property
    def bar(self) -> str | None:
        return None if self.share is None else bar(self.share)


@dataclass(frozen=True)
class NextAction:
    """One thing to do, in plain text, and the button that does it."""

    text: str
    label: str
    words: str
