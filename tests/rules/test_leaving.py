"""Seven days to change one's mind, and months counted as people count them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackbot.rules.leaving import erase_at, months_before

EARLY, LATE = datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2100-01-01")
CASES = [
    ("2026-11-23T15:00", 6, "2026-05-23T15:00"),
    ("2026-03-31T15:00", 1, "2026-02-28T15:00"),
    ("2028-03-31T15:00", 1, "2028-02-29T15:00"),
    ("2026-01-15T00:30", 1, "2025-12-15T00:30"),
    ("2026-12-31T23:59", 24, "2024-12-31T23:59"),
    ("2026-05-31T08:00", 3, "2026-02-28T08:00"),
    ("2026-12-01T08:00", 12, "2025-12-01T08:00"),
]


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("now", "months", "before"), CASES)
def test_months_are_counted_on_the_calendar(now: str, months: int, before: str) -> None:
    assert months_before(_at(now), months) == _at(before)


@given(st.datetimes(EARLY, LATE, timezones=st.just(UTC)), st.integers(1, 120))
def test_the_day_is_the_same_or_the_last_of_a_shorter_month(now: datetime, months: int) -> None:
    before = months_before(now, months)
    assert (now.year - before.year) * 12 + now.month - before.month == months
    assert before.day == now.day or (before + timedelta(days=1)).month != before.month
    assert before.timetz() == now.timetz()


def test_it_is_seven_days_to_the_minute() -> None:
    assert erase_at(_at("2026-11-23T15:07")) == _at("2026-11-30T15:07")
