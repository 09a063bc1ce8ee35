"""A win in words: all that it says in numbers, and the one sentence made of it."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final, Protocol, Self

from content import Direction, Metric, MetricKind
from content.models import Sample
from slackbot.rules import periods
from slackbot.rules.changes import Change as Change
from slackbot.rules.changes import above_whole as above_whole
from slackbot.rules.changes import at_odds as at_odds
from slackbot.rules.changes import change as change
from slackbot.rules.changes import ratio as ratio
from slackbot.rules.periods import PeriodMismatchError
from slackbot.rules.readings import MINUS
from slackbot.rules.readings import number as number
from slackbot.rules.readings import number_fixed as number_fixed
from slackbot.rules.readings import reading as reading

SMALL_SAMPLE: Final = 10
"""Fewer than this and a sentence says how few."""


class Recorded(Protocol):
    """What a stored win says in numbers."""

    @property
    def baseline(self) -> Decimal | None: ...
    @property
    def result(self) -> Decimal: ...
    @property
    def sample(self) -> int | None: ...
    @property
    def part(self) -> int | None: ...
    @property
    def period(self) -> str | None: ...
    @property
    def baseline_period(self) -> str | None: ...
    @property
    def compared_with(self) -> str | None: ...
    @property
    def annualized(self) -> bool: ...
    @property
    def period_end(self) -> date | None: ...
    @property
    def happened_on(self) -> date: ...


@dataclass(frozen=True)
class Measured:
    """All that a win says in numbers. Periods are those of `periods.PERIODS`; `until` is where a year to date ends."""

    metric: Metric
    baseline: Decimal | None
    result: Decimal
    sample: int | None = None
    part: int | None = None  # of the sample: 23 attended of 50 invited
    period: str | None = None
    baseline_period: str | None = None  # None: the same as the result's
    compared_with: str | None = None
    annualized: bool = False
    until: date | None = None

    @classmethod
    def of(cls, metric: Metric, win: Recorded) -> Self:
        """What a stored win says, its metric looked up by the caller."""
        return cls(
            metric=metric,
            baseline=win.baseline,
            result=win.result,
            sample=win.sample,
            part=win.part,
            period=win.period,
            baseline_period=win.baseline_period,
            compared_with=win.compared_with,
            annualized=win.annualized,
            until=win.period_end or win.happened_on,
        )

    def change(self) -> Change:
        """Raises PeriodMismatchError where the two figures cannot be held against each other."""
        return change(
            self.metric,
            self.baseline,
            self.result,
            period=self.period,
            baseline_period=self.baseline_period,
            annualized=self.annualized,
            until=self.until,
        )

    def sentence(self) -> str:
        """The win in words, always: where its figures cannot be compared, it says that instead of a change."""
        try:
            worked_out = self.change()
        except PeriodMismatchError:
            return replace(self, annualized=False).sentence() if self.annualized else self._not_compared()
        return sentence(
            self.metric,
            worked_out,
            sample=self.sample,
            part=self.part,
            period=self.period,
            baseline_period=self.baseline_period,
            compared_with=self.compared_with,
            annualized=self.annualized,
        )

    def _not_compared(self) -> str:
        assert self.baseline is not None, "a result alone needs no comparing"
        end = reading(self.metric, self.result)
        lengths = f"{periods.one(self.period)} vs {periods.one(self.baseline_period)}"
        said = f"{_start(self.metric, self.baseline)} → {end} ({lengths}, so not compared)"
        return _listed(said, _counts(self.metric, self.sample, self.part))


def sentence(
    metric: Metric,
    result: Change,
    *,
    sample: int | None = None,
    part: int | None = None,
    period: str | None = None,
    baseline_period: str | None = None,
    compared_with: str | None = None,
    annualized: bool = False,
) -> str:
    """The one way a win is put into words: "120 → 150 referrals (+25.0%) vs the same quarter last year".

    Plain text, without markup. `result` comes from `change` with the same periods."""
    yearly = "as yearly figures" if annualized and metric.adds_up else None
    behind = _counts(metric, sample, part)
    end = reading(metric, result.result)
    if result.baseline is None:
        length = yearly or (periods.figures(period, many=False) if period else None)
        if part is not None and behind:
            return _listed(f"{end} ({behind})", "no baseline", length)
        return _listed(f"{end} (no baseline)", length, behind)
    said = f"{_start(metric, result.baseline)} → {end} ({_verdict(metric, result)})"
    if baseline_period not in (None, period):
        compared = (
            periods.versus(compared_with, baseline_period)
            if compared_with
            else f"vs {periods.one(baseline_period)}"
        )
        return _listed(said, f"{periods.one(period)} {compared}", yearly, behind)
    if compared_with:
        return _listed(f"{said} {periods.versus(compared_with, period)}", yearly, behind)
    return _listed(said, yearly or (periods.figures(period, many=True) if period else None), behind)


def _start(metric: Metric, baseline: Decimal) -> str:
    return reading(metric, baseline).removesuffix(f" {metric.unit_after(baseline)}")


def _listed(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _counts(metric: Metric, sample: int | None, part: int | None) -> str | None:
    """What a result rests on: "41 answers", "only 6 answers", "23 of 50 invited"."""
    if sample is None:
        return None
    few = sample < SMALL_SAMPLE
    if metric.sample is Sample.NONE:
        what = f"{part:,} of {sample:,}" if part is not None else f"{sample:,}"
        return f"{'small ' if few else ''}sample: {what}"
    counted = f"{sample:,} {metric.sample.after(sample)}"
    if part is not None:
        return f"{part:,} of {counted}{', a small sample' if few else ''}"
    return f"only {counted}" if few else counted


def _verdict(metric: Metric, result: Change) -> str:
    if not result.difference:
        return "held"
    amount = _amount(metric, result)
    if result.better is False:
        return f"{amount}, a decline"
    if metric.direction is Direction.DOWN and not amount.endswith("faster"):
        return f"{amount}, better"
    return amount


def _amount(metric: Metric, result: Change) -> str:
    assert result.difference is not None, "a verdict is only asked for where there is a baseline"
    signed = _signed(number(result.difference))
    match metric.kind:
        case MetricKind.PERCENTAGE:
            return f"{signed} percentage {_plural(result.difference, 'point')}"
        case MetricKind.POINTS:
            return f"{signed} {_plural(result.difference, 'point')}"
        case MetricKind.SCORE:
            return signed
        case MetricKind.DAYS if result.better and result.percent:
            return f"{abs(result.percent)}% faster"
    # A move too small for one decimal is told in its own unit: "+0.0%" would say that nothing moved.
    if result.percent:
        return f"{_signed(number_fixed(result.percent))}%"
    if metric.kind is MetricKind.CURRENCY:
        signed = _signed(reading(metric, result.difference))
    is_new = result.baseline == 0 and result.better and metric.direction is Direction.UP
    return f"{signed}, new" if is_new else signed


def _signed(text: str) -> str:
    return text if text.startswith(MINUS) else f"+{text}"


def _plural(value: Decimal, word: str) -> str:
    return word if abs(value) == 1 else f"{word}s"
