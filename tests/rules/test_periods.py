"""A period is the calendar's: where it begins and ends, what it is called, and what a figure over it makes in a year."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import Content, Period
from slackbot.rules.periods import (
    BEFORE,
    COMPARISONS,
    LAST_YEAR,
    PERIODS,
    TO_DATE,
    PeriodMismatchError,
    assumed,
    figures,
    in_a_year,
    noun,
    one,
    span,
    versus,
)


@pytest.mark.parametrize(
    ("period", "day", "first", "last"),
    [
        ("week", "2026-11-23", "2026-11-23", "2026-11-29"),  # a Monday
        ("week", "2026-11-29", "2026-11-23", "2026-11-29"),  # a Sunday
        ("week", "2027-01-01", "2026-12-28", "2027-01-03"),  # over the turn of the year
        ("month", "2026-02-10", "2026-02-01", "2026-02-28"),
        ("month", "2028-02-10", "2028-02-01", "2028-02-29"),
        ("month", "2026-12-31", "2026-12-01", "2026-12-31"),
        ("quarter", "2026-01-01", "2026-01-01", "2026-03-31"),
        ("quarter", "2026-06-30", "2026-04-01", "2026-06-30"),
        ("quarter", "2026-09-30", "2026-07-01", "2026-09-30"),
        ("quarter", "2026-10-01", "2026-10-01", "2026-12-31"),
        ("half_year", "2026-06-30", "2026-01-01", "2026-06-30"),
        ("half_year", "2026-07-01", "2026-07-01", "2026-12-31"),
        ("year", "2026-07-01", "2026-01-01", "2026-12-31"),
        ("event", "2026-04-22", "2026-04-22", "2026-04-22"),
        ("to_date", "2026-09-30", "2026-01-01", "2026-09-30"),
        ("to_date", "2026-01-01", "2026-01-01", "2026-01-01"),
        ("week", "9999-12-31", "9999-12-27", "9999-12-31"),  # there is no day after
    ],
)
def test_a_period_runs_as_the_calendar_has_it(period: str, day: str, first: str, last: str) -> None:
    assert span(period, date.fromisoformat(day)) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("metric", "beside_another", "period"),
    [
        ("referrals", True, "quarter"),
        ("campaigns", True, "quarter"),
        ("provider_introductions", True, "month"),
        ("agreements_signed", True, "year"),
        ("downstream_revenue", True, "quarter"),
        # alone, it is what came on the day: two agreements signed one by one are two
        ("referrals", False, None),
        ("agreements_signed", False, None),
        # a rate, a level and the best of a period compare without a length
        ("satisfaction_score", True, None),
        ("leakage", True, None),
        ("visits_per_week", True, None),
        ("teams_using", True, None),
        ("event_attendance", True, None),
    ],
)
def test_figures_beside_each_other_cover_what_their_metric_is_looked_at_by(
    metric: str, beside_another: bool, period: str | None, content: Content
) -> None:
    assert assumed(content.metric(metric), beside_another=beside_another) == period


@given(period=st.sampled_from(PERIODS), day=st.dates())
def test_every_day_lies_in_its_own_period(period: str, day: date) -> None:
    first, last = span(period, day)
    assert first <= day <= last
    if period != TO_DATE:
        assert span(period, first) == span(period, last) == (first, last)
    if Period.EVENT != period != TO_DATE and first > date.min:
        assert span(period, first - timedelta(days=1))[1] == first - timedelta(days=1)


def test_what_is_no_period_is_refused() -> None:
    with pytest.raises(ValueError, match="fortnight"):
        span("fortnight", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("period", "before", "last_year"),
    [
        ("week", "vs the week before", "vs the same week last year"),
        ("month", "vs the month before", "vs the same month last year"),
        ("quarter", "vs the quarter before", "vs the same quarter last year"),
        ("half_year", "vs the half-year before", "vs the same half-year last year"),
        ("year", "vs the year before", "vs the year before"),
        ("event", "vs the event before", "vs the same event last year"),
        ("to_date", "vs the stretch before", "vs the same stretch last year"),
        (None, "vs the period before", "vs the same time last year"),
    ],
)
def test_what_a_result_is_held_against_is_said(period: str | None, before: str, last_year: str) -> None:
    assert (versus(BEFORE, period), versus(LAST_YEAR, period)) == (before, last_year)


def test_every_period_has_words_fit_for_a_person() -> None:
    words = [say(period) for say in (noun, one) for period in PERIODS]
    words += [versus(compared, period) for compared in COMPARISONS for period in PERIODS]
    words += [figures(period, many=many) or "" for period in PERIODS for many in (True, False)]
    assert not any("_" in said or "None" in said for said in words)
    assert one("event") == "an event"
    assert [figures("quarter", many=many) for many in (False, True)] == [
        "quarterly figure",
        "quarterly figures",
    ]
    assert figures("event", many=True) is None


@pytest.mark.parametrize(
    ("period", "until", "value", "yearly"),
    [
        ("week", None, "11", "572"),
        ("month", None, "12", "144"),
        ("quarter", None, "120", "480"),
        ("half_year", None, "40", "80"),
        ("year", None, "7", "7"),
        ("to_date", "2026-12-31", "365", "365"),
        ("to_date", "2028-12-31", "366", "366"),
        ("to_date", "2026-03-14", "73", "365"),  # day 73
        ("to_date", "2026-01-01", "2", "730"),
        ("month", None, "0", "0"),
        ("month", None, "-5", "-60"),
    ],
)
def test_a_figure_is_brought_to_a_year(period: str, until: str | None, value: str, yearly: str) -> None:
    assert in_a_year(Decimal(value), period, date.fromisoformat(until) if until else None) == Decimal(yearly)


@pytest.mark.parametrize(
    ("period", "told"),
    [("event", "An event has no length"), (None, "how long a time"), ("to_date", "which day")],
)
def test_no_year_is_made_of_what_has_no_known_length(period: str | None, told: str) -> None:
    with pytest.raises(PeriodMismatchError, match=told) as refused:
        in_a_year(Decimal(5), period, None)
    assert str(refused.value).endswith(".")
