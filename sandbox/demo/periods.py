"""The calendar periods that the demo's numbers cover."""

from __future__ import annotations

from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "half_year": 6}


def first_day(period: str, day: date) -> date:
    """Of the period that a day is in; of an event it is that day, of the year to date January 1."""
    if period == "week":
        return day - timedelta(days=day.weekday())
    if period in MONTHS:
        return date(day.year, (day.month - 1) // MONTHS[period] * MONTHS[period] + 1, 1)
    return date(day.year, 1, 1) if period == "to_date" else day


def last_full(period: str, today: date) -> date:
    """The last day of the latest period that is over."""
    return first_day(period, today) - timedelta(days=1)


def is_next(period: str, earlier: date, later: date) -> bool:
    """Whether the period that `later` is in follows right upon that of `earlier`."""
    before = first_day(period, later) - timedelta(days=1)
    return first_day(period, before) == first_day(period, earlier)
