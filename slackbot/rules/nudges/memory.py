"""What earlier weekly messages were about, and which outcomes and texts rest because of that."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from content import Nudge

REST_WEEKS: Final = 8
"""No text comes twice within so many weeks."""
UNWANTED_WEEKS: Final = 26
"""A text that somebody did not find useful rests for half a year. A house default."""
ENOUGH: Final = 2
"""So does one that came so often in half a year: a third time it would only be in the way. A house default too."""
NOT_USEFUL: Final = "not_useful"


@dataclass(frozen=True)
class Said:
    """An earlier weekly message: the Monday of its week, when it went out, what about, and the answer, if any."""

    week: date
    at: datetime
    outcome: str
    nudge: str
    answer: str | None = None

    @property
    def not_useful(self) -> bool:
        return self.answer == NOT_USEFUL


def weeks_between(earlier: date, later: date) -> int:
    """Both are Mondays."""
    return (later - earlier).days // 7


def rests(outcome: str, said: Sequence[Said], week: date) -> bool:
    """Whether an outcome was named in both of the two weeks before: never three weeks running."""
    named = {weeks_between(each.week, week) for each in said if each.outcome == outcome}
    return {1, 2} <= named


def fresh_text(texts: Sequence[Nudge], said: Sequence[Said], week: date) -> Nudge | None:
    """A text that may come again, one never used before the others, else the one used longest ago; None where all rest."""
    last: dict[str, int] = {}
    heard = Counter(each.nudge for each in said if weeks_between(each.week, week) < UNWANTED_WEEKS)
    for each in said:
        ago = weeks_between(each.week, week)
        rest = UNWANTED_WEEKS if each.not_useful or heard[each.nudge] >= ENOUGH else REST_WEEKS
        if ago < rest:
            last[each.nudge] = 0
        else:
            last.setdefault(each.nudge, ago)
    free = [text for text in texts if last.get(text.id) != 0]
    return max(free, key=lambda text: last.get(text.id, 1_000_000), default=None)
