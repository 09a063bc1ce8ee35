"""Keeps one person from asking for more of what is expensive than the others can wait for; in each process by itself."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from slackbot.errors import UserError
from slackbot.rules.allowance import Allowance, Bucket, is_full, take
from slackbot.ui.text import plural
from storage.members import Person

FILES: Final = Allowance(burst=20, every=timedelta(minutes=1))
"""For a file: reading everything and packing it takes up to a second."""
CHARTS: Final = Allowance(burst=20, every=timedelta(seconds=5))
QUESTIONS: Final = Allowance(burst=60, every=timedelta(seconds=2))
"""For a question in one's own words: searching takes some milliseconds."""
TOO_MUCH: Final = "That is a lot at once. Please try it again in {wait}; everything else works meanwhile."
MOST: Final = 10_000
"""Buckets that a process remembers before it lets go of those that are full again."""


@dataclass(frozen=True)
class Allowances:
    """Who asked for what how often lately."""

    _buckets: dict[tuple[int, str, Allowance], Bucket] = field(default_factory=dict)

    def take(self, person: Person, allowance: Allowance, now: datetime) -> None:
        """Raises UserError, saying when to try again, for who asks too often."""
        key = (person.workspace_id, person.user_id, allowance)
        self._buckets[key], wait = take(self._buckets.get(key), allowance, now)
        if len(self._buckets) > MOST:
            self._let_go(now)
        if wait:
            raise UserError(TOO_MUCH.format(wait=_words(wait)))

    def _let_go(self, now: datetime) -> None:
        for key in [key for key, bucket in self._buckets.items() if is_full(bucket, key[2], now)]:
            del self._buckets[key]


def _words(wait: timedelta) -> str:
    seconds = max(ceil(wait.total_seconds()), 1)
    return plural(seconds, "second") if seconds < 60 else plural(ceil(seconds / 60), "minute")
