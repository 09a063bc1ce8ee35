"""A stretch of the calendar has a name people use, and one before it that early numbers may be of."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import Period
from slackbot.rules.progress.stretches import Stretch, named

LENGTHS = [Period.WEEK, Period.MONTH, Period.QUARTER, Period.HALF_YEAR, Period.YEAR]


@pytest.mark.parametrize(
    ("period", "day", "name"),
    [
        ("week", "2026-11-25", "the week of November 23, 2026"),
        ("month", "2026-10-05", "October 2026"),
        ("quarter", "2026-10-03", "Q4 2026"),
        ("half_year", "2026-10-03", "the second half of 2026"),
        ("year", "2026-06-12", "the year 2026"),
        ("event", "2026-06-12", None),
        ("to_date", "2026-06-12", None),
        (None, "2026-06-12", None),
        ("quarter", None, None),
    ],
)
def test_a_stretch_is_named_within_a_sentence(period: str | None, day: str | None, name: str | None) -> None:
    assert named(period, date.fromisoformat(day) if day else None) == name


@pytest.mark.parametrize(
    ("period", "last_young", "before"),
    [
        (Period.MONTH, "2026-10-06", "September 2026"),  # 6 of 31 days
        (Period.QUARTER, "2026-10-18", "Q3 2026"),  # 18 of 92
        (Period.HALF_YEAR, "2026-08-05", "First half of 2026"),  # 36 of 184
        (Period.YEAR, "2026-03-14", "2025"),  # 73 of 365
        (Period.WEEK, "2026-11-23", "Week of November 16, 2026"),  # 1 of 7
    ],
)
def test_up_to_a_fifth_of_it_is_young(period: Period, last_young: str, before: str) -> None:
    day = date.fromisoformat(last_young)
    stretch = Stretch.around(period, day)

    assert stretch.is_young(stretch.start)
    assert stretch.is_young(day)
    assert not stretch.is_young(day + timedelta(days=1))
    assert stretch.before.name == before


@given(period=st.sampled_from(LENGTHS), day=st.dates(min_value=date(2000, 1, 1)))
def test_the_one_before_is_the_very_next_to_it(period: Period, day: date) -> None:
    stretch = Stretch.around(period, day)

    assert stretch.before.precedes(stretch)
    assert stretch.before.period is period
