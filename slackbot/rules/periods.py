"""The stretches of time that figures cover: from when to when, what they are called, and how often they fit a year."""

from calendar import isleap, monthrange
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from content import Metric, Period

TO_DATE: Final = "to_date"
"""From January 1 to the day: the one stretch that is no `Period`, because nothing can be judged by it twice."""
PERIODS: Final = (*(period.value for period in Period), TO_DATE)
BEFORE: Final = "before"
LAST_YEAR: Final = "last_year"
COMPARISONS: Final = (BEFORE, LAST_YEAR)

_MONTHS: Final = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}
_IN_A_YEAR: Final = {
    Period.WEEK: 52,
    Period.MONTH: 12,
    Period.QUARTER: 4,
    Period.HALF_YEAR: 2,
    Period.YEAR: 1,
}
_NOUNS: Final = {Period.HALF_YEAR.value: "half-year", TO_DATE: "year to date"}
_FIGURES: Final[dict[str, str]] = {
    Period.WEEK: "weekly",
    Period.MONTH: "monthly",
    Period.QUARTER: "quarterly",
    Period.HALF_YEAR: "half-yearly",
    Period.YEAR: "yearly",
}


class PeriodMismatchError(ValueError):
    """Two figures that cover different lengths of time. The message is a sentence for the person who gave them."""


def span(period: str, day: date) -> tuple[date, date]:
    """The first and the last day of the calendar period that `day` is in; weeks go from Monday to Sunday.

    An event is its day alone. Raises ValueError for what is no period."""
    if period == TO_DATE:
        return date(day.year, 1, 1), day
    if period == Period.EVENT:
        return day, day
    if period == Period.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + min(timedelta(days=6), date.max - monday)
    months = _MONTHS[Period(period)]
    first = (day.month - 1) // months * months + 1
    last = first + months - 1
    return date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1])


def assumed(metric: Metric, *, beside_another: bool) -> Period | None:
    """How long a time a number covers whose owner did not say, in the calendar around its date: as long as the metric
    is usually looked at (`period` in content/outcomes.yaml), where it adds up and stands `beside_another` number.

    A number alone is taken as what came on that day, so that two agreements signed one by one are two; rates and levels
    compare without a length. None, too, for a metric that is looked at by the event: its day says all."""
    if not (metric.adds_up and beside_another) or metric.period is Period.EVENT:
        return None
    return metric.period


def noun(period: str | None) -> str:
    """A period in a sentence: "quarter", "half-year", "year to date"; "period" where none is known."""
    return "period" if period is None else _NOUNS.get(period, period)


def one(period: str | None) -> str:
    """The same with its article: "a quarter", "an event", "the year to date"."""
    if period == TO_DATE:
        return "the year to date"
    return f"an {noun(period)}" if period == Period.EVENT else f"a {noun(period)}"


def figures(period: str, *, many: bool) -> str | None:
    """What numbers over a period are called: "quarterly figures", "year to date"; None for an event's."""
    if period == TO_DATE:
        return "year to date"
    if period not in _FIGURES:
        return None
    return f"{_FIGURES[period]} {'figures' if many else 'figure'}"


def versus(compared_with: str, period: str | None) -> str:
    """What a result is held against: "vs the quarter before", "vs the same quarter last year".

    `period` is the length of what it is held against."""
    if compared_with == LAST_YEAR:
        if period == Period.YEAR:
            return "vs the year before"
        same = {None: "time", TO_DATE: "stretch"}.get(period, noun(period))
        return f"vs the same {same} last year"
    return "vs the stretch before" if period == TO_DATE else f"vs the {noun(period)} before"


def in_a_year(value: Decimal, period: str | None, day: date | None) -> Decimal:
    """What a figure over a period comes to in a year, if it goes on like that; not rounded.

    `day` is where a year to date ends. Raises PeriodMismatchError where no year can be made of it."""
    if period == Period.EVENT:
        raise PeriodMismatchError("An event has no length, so its numbers cannot be turned into yearly ones.")
    if period is None:
        raise PeriodMismatchError(
            "Say how long a time the numbers cover. Then I can make yearly ones of them."
        )
    if period == TO_DATE:
        if day is None:
            raise PeriodMismatchError(
                "Say which day the numbers go up to. Then I can make yearly ones of them."
            )
        return value * (366 if isleap(day.year) else 365) / day.timetuple().tm_yday
    return value * _IN_A_YEAR[Period(period)]
