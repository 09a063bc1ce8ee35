"""The arithmetic of a win: what changed, by how much, and whether that is better."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from content import Direction, Metric, MetricKind, Period
from slackbot.rules import periods
from slackbot.rules.periods import PeriodMismatchError

_TENTH: Final = Decimal("0.1")
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True)
class Change:
    """From a baseline to a result. What is undefined is None, never zero.

    `percent` is of the baseline, to one decimal; `better` is None without a baseline, or when nothing moved."""

    baseline: Decimal | None
    result: Decimal
    difference: Decimal | None
    percent: Decimal | None
    better: bool | None


def change(
    metric: Metric,
    baseline: Decimal | None,
    result: Decimal,
    *,
    period: str | None = None,
    baseline_period: str | None = None,
    annualized: bool = False,
    until: date | None = None,
) -> Change:
    """What a win amounts to. A percent change needs a baseline above zero, and is never made of points (NPS).

    Numbers that add up are only compared over the same length of time, or, when `annualized` is asked for,
    as what they come to in a year, rounded. Rates and levels are compared as they are.
    Raises PeriodMismatchError with a sentence for the person."""
    earlier = baseline_period or period
    if metric.adds_up and annualized:
        result = _yearly(metric, result, period, until)
        baseline = None if baseline is None else _yearly(metric, baseline, earlier, until)
    elif metric.adds_up and baseline is not None and earlier != period:
        raise _mismatch(period, earlier)
    return _moved(metric, baseline, result)


def _mismatch(period: str | None, earlier: str | None) -> PeriodMismatchError:
    if period is None:
        return PeriodMismatchError(
            f"The baseline covers {periods.one(earlier)}. Say what the result covers, too."
        )
    way_out = "" if Period.EVENT in (period, earlier) else ", or let me turn both into yearly figures"
    return PeriodMismatchError(
        f"The result covers {periods.one(period)} and the baseline {periods.one(earlier)}. "
        f"Use the same length for both{way_out}."
    )


def _moved(metric: Metric, baseline: Decimal | None, result: Decimal) -> Change:
    if baseline is None:
        return Change(None, result, None, None, None)
    difference = result - baseline
    percent = None
    if baseline > 0 and metric.kind is not MetricKind.POINTS:
        # Adding zero makes a plain zero of the "-0.0" that a very small decline rounds to.
        percent = (difference / baseline * 100).quantize(_TENTH, ROUND_HALF_UP) + 0
    better = None if difference == 0 else (difference > 0) is (metric.direction is Direction.UP)
    return Change(baseline, result, difference, percent, better)


def _yearly(metric: Metric, value: Decimal, period: str | None, until: date | None) -> Decimal:
    """Rounded before anything is made of it, so that a reader who does the sum again gets the same change."""
    exact = periods.in_a_year(value, period, until)
    if metric.whole:
        return exact.quantize(Decimal(1), ROUND_HALF_UP) + 0
    return exact.quantize(_CENT if metric.kind is MetricKind.CURRENCY else _TENTH, ROUND_HALF_UP) + 0


def ratio(part: int, whole: int) -> Decimal:
    """The share of a whole in percent, to one decimal: 23 of 50 is 46.0. Above 100 where the part is larger."""
    return (Decimal(part) / whole * 100).quantize(_TENTH, ROUND_HALF_UP)


def above_whole(metric: Metric, value: Decimal, part: int | None = None, sample: int | None = None) -> bool:
    """Whether more is claimed than there was, where that can happen (walk-ins): to be asked about, not refused.

    Where it cannot happen, the metric has a maximum, and the number is refused when it is read."""
    if metric.kind is not MetricKind.PERCENTAGE or (metric.maximum is not None and metric.maximum <= 100):
        return False
    return value > 100 or (part is not None and sample is not None and part > sample)


def at_odds(value: Decimal, part: int, sample: int) -> bool:
    """Whether a percentage contradicts the two counts it is made of; it may be rounded as far as it was written."""
    shown = value.normalize()
    step = Decimal(1).scaleb(min(0, int(shown.as_tuple().exponent)))
    return abs(Decimal(part) / sample * 100 - value) > step / 2
