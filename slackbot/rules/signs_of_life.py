"""From when on a worker that shows no sign of life is taken to have stopped."""

from datetime import datetime, timedelta
from typing import Final

QUIET: Final = timedelta(minutes=10)
"""Signs come with every tick, and within a long one; what is between two releases is shorter."""
TICKS: Final = 3
"""Where ticks are far apart, so many of them may be missed."""


def is_quiet(seen: datetime, now: datetime, tick_seconds: float) -> bool:
    """Whether a worker that was last `seen` then has stopped by `now`."""
    return now - seen > max(QUIET, TICKS * timedelta(seconds=tick_seconds))
