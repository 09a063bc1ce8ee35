"""Chooses what the weekly message is about, and says why; or finds that there is nothing to say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from content import Content, Nudge, NudgeState, Outcome
from storage.wins import Latest

STALE_DAYS: Final = 21
"""Days without a win after which an outcome wants attention. A house default."""
SLOW_STALE_DAYS: Final = {"contract_wins": 45, "provider_satisfaction": 45}
"""Agreements and surveys move more slowly. A house default too."""
REST: Final = 2
"""An outcome that was named rests for this many messages, if another one wants attention."""


@dataclass(frozen=True)
class Said:
    """What an earlier weekly message was about."""

    outcome: str
    nudge: str


@dataclass(frozen=True)
class Standing:
    """How one outcome stands today: `days` since the last win, None when there is none yet."""

    outcome: Outcome
    state: NudgeState
    days: int | None
    limit: int

    @property
    def overdue(self) -> int:
        return 0 if self.days is None else self.days - self.limit


@dataclass(frozen=True)
class Choice:
    """What to send: an outcome, the text for its state, and the arithmetic of why this one."""

    standing: Standing
    nudge: Nudge
    why: str


@dataclass(frozen=True)
class Silence:
    """Nothing to send, with the reason that goes into the ledger."""

    reason: str


def choose(
    content: Content, latest: Mapping[str, Latest], said: Sequence[Said], today: date
) -> Choice | Silence:
    """What this week's message is about. `said`: earlier messages, newest first; `today`: the member's own date.

    Outcomes whose last win is long ago come first, the longest overdue leading; then those without any win.
    Whatever was named in the last two messages rests, if there is something else to name."""
    standings = [_standing(outcome, latest.get(outcome.id), today) for outcome in content.outcomes]
    wanting = [standing for standing in standings if standing.state is not NudgeState.ON_PACE]
    if not wanting:
        return Silence("every outcome has a recent win")
    chosen = min(
        _rested(wanting, said), key=lambda standing: (-standing.overdue, standing.state != NudgeState.STALE)
    )
    return Choice(standing=chosen, nudge=_fresh_text(content, chosen, said), why=_why(chosen, len(latest)))


def _standing(outcome: Outcome, latest: Latest | None, today: date) -> Standing:
    limit = SLOW_STALE_DAYS.get(outcome.id, STALE_DAYS)
    if latest is None:
        return Standing(outcome, NudgeState.START, None, limit)
    days = max((today - latest.happened_on).days, 0)
    return Standing(outcome, NudgeState.STALE if days > limit else NudgeState.ON_PACE, days, limit)


def _rested(wanting: Sequence[Standing], said: Sequence[Said]) -> Sequence[Standing]:
    """Those not named lately; if that is nobody, those named longest ago."""
    for rest in range(REST, 0, -1):
        lately = {earlier.outcome for earlier in said[:rest]}
        rested = [standing for standing in wanting if standing.outcome.id not in lately]
        if rested:
            return rested
    return wanting


def _fresh_text(content: Content, standing: Standing, said: Sequence[Said]) -> Nudge:
    """The text for this state that was not used, or was used longest ago."""
    used = [earlier.nudge for earlier in said]
    texts = content.nudges_for(standing.outcome.id, standing.state)
    return max(texts, key=lambda text: used.index(text.id) if text.id in used else len(used))


def _why(standing: Standing, started: int) -> str:
    name = standing.outcome.label
    if standing.days is not None:
        return f"Why this one: your last win in {name} was {standing.days} days ago, longer than the usual {standing.limit}."
    if started == 0:
        return f"Why this one: you have no wins yet, and {name} is a good place to begin."
    return f"Why this one: {name} is still without a win, and other areas already have one."
