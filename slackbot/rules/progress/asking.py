"""An outcome test together with its metric: what it looks at, which way is better, and whether a value is enough."""

from dataclasses import dataclass
from decimal import Decimal

from content import Direction, Measure, Metric, MetricKind, OutcomeTest, Period
from content.models import Combine


def share_of(needed: Decimal, value: Decimal) -> Decimal:
    """How much of what is needed is there, from 0 to 1; `needed` is above zero."""
    return min(max(value / needed, Decimal(0)), Decimal(1))


@dataclass(frozen=True)
class Ask:
    """Without a metric, the number of wins on any metric is what counts."""

    test: OutcomeTest
    metric: Metric | None

    @property
    def is_change(self) -> bool:
        return self.test.by in (Measure.PERCENT_CHANGE, Measure.CHANGE)

    @property
    def counts_entries(self) -> bool:
        return self.test.by is Measure.ENTRIES or self.metric is None

    @property
    def is_amount(self) -> bool:
        """Whether it grows from nothing: a number of wins, or a total of what is better when there is more."""
        return self.counts_entries or (self.test.by is Measure.TOTAL and not self.has_ceiling)

    @property
    def has_ceiling(self) -> bool:
        """Whether the number is a most, not a least: a level or a total of what is better when it is lower."""
        lower = self.metric is not None and self.metric.direction is Direction.DOWN
        return lower and self.test.by in (Measure.LEVEL, Measure.TOTAL)

    @property
    def adds_up(self) -> bool:
        return self.metric is not None and self.metric.adds_up

    @property
    def length(self) -> Period | None:
        """The stretch that results must keep to; None where the test names none and wants no periods in a row."""
        if self.test.over is not None or self.test.periods == 1:
            return self.test.over
        return Period.QUARTER if self.metric is None else self.metric.period

    @property
    def impossible(self) -> str:
        """Why no win could ever meet this, where the measure does not suit the metric."""
        if self.counts_entries or self.metric is None:
            return ""
        if self.test.by is Measure.PERCENT_CHANGE and self.metric.kind is MetricKind.POINTS:
            return "No percentage can be made of points, so ask for a change in points."
        if self.test.by is Measure.TOTAL and self.metric.combine in (Combine.MEAN, Combine.LATEST):
            return "These results cannot be added up, so ask for a level or a change."
        return ""

    def reaches(self, value: Decimal) -> bool:
        return value <= self.test.at_least if self.has_ceiling else value >= self.test.at_least

    def share(self, value: Decimal) -> Decimal:
        """How much of what is asked for a value is, from 0 to 1: exactly 1 where it reaches it."""
        if self.reaches(value):
            return Decimal(1)
        return (
            share_of(value, self.test.at_least) if self.has_ceiling else share_of(self.test.at_least, value)
        )

    def rank(self, value: Decimal) -> Decimal:
        return -value if self.has_ceiling else value
