"""When a worker is taken to have stopped."""

from datetime import UTC, datetime, timedelta

import pytest

from slackbot.rules.signs_of_life import is_quiet

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "tick_seconds", "quiet"),
    [
        (timedelta(0), 30, False),
        (timedelta(minutes=10), 30, False),
        (timedelta(minutes=10, seconds=1), 30, True),
        (timedelta(minutes=60), 3600, False),
        (timedelta(hours=3), 3600, False),
        (timedelta(hours=3, seconds=1), 3600, True),
        (timedelta(seconds=-5), 30, False),
    ],
)
def test_ten_minutes_or_three_ticks(ago: timedelta, tick_seconds: float, quiet: bool) -> None:
    assert is_quiet(NOW - ago, NOW, tick_seconds) is quiet
