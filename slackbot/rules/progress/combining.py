"""What several results of one metric come to together: a sum, the latest, a weighted mean, or the best."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from content import Direction, Metric
from content.models import Combine
from slackbot.rules.progress.entries import Entry, PassedOver
from slackbot.rules.progress.overlaps import without_overlaps

NO_SAMPLE: Final = "It does not say how many it rests on, and others do, so it cannot be weighed."
NOT_LATEST: Final = "A newer result stands in its place."
NOT_BEST: Final = "Another result goes further."


@dataclass(frozen=True)
class Combined:
    """The value with the ids behind it, and the others with a sentence each; None where nothing counts."""

    value: Decimal | None
    counted: tuple[int, ...]
    passed_over: tuple[PassedOver, ...]


@dataclass(frozen=True)
class Pooled:
    """Several results as if they were one. `baseline` is None where results were pooled without their baselines."""

    baseline: Decimal | None
    result: Decimal
    sample: int | None
    counted: tuple[int, ...]
    passed_over: tuple[PassedOver, ...]

    def gain(self, metric: Metric) -> Decimal:
        """How far the result is better than the baseline, in the metric's unit: positive where it is."""
        assert self.baseline is not None, "a gain is only asked for where there are baselines"
        return forward(metric, self.result - self.baseline)


def forward(metric: Metric, value: Decimal) -> Decimal:
    """A value or a difference turned so that more is better."""
    return value if metric.direction is Direction.UP else -value


def combined(metric: Metric, entries: Iterable[Entry]) -> Combined:
    """What the entries of this metric come to, as its content declares; entries of other metrics are not looked at.

    Splitting a count over practices or periods changes nothing, nor does the order of the entries. Of means, those
    without a sample weigh alike if no entry has one, else they are passed over."""
    kept, passed = without_overlaps(entry for entry in entries if entry.metric == metric.id)
    if not kept:
        return Combined(None, (), passed)
    together = pooled(metric, kept)
    return Combined(together.result, together.counted, tuple(sorted(passed + together.passed_over)))


def pooled(metric: Metric, entries: Sequence[Entry], *, baselines: bool = False) -> Pooled:
    """At least one entry, none overlapping; with `baselines`, all have one that they can be held against."""
    match metric.combine:
        case Combine.SUM:
            return _sum(metric, entries, baselines)
        case Combine.MEAN:
            return _mean(metric, entries, baselines)
        case Combine.LATEST:
            chosen = max(entries, key=lambda entry: entry.newness)
            return _alone(metric, chosen, entries, NOT_LATEST, baselines)
        case Combine.BEST:
            chosen = max(entries, key=lambda entry: (_reach(metric, entry, baselines), entry.newness))
            return _alone(metric, chosen, entries, NOT_BEST, baselines)


def _baseline(metric: Metric, entry: Entry) -> Decimal:
    baseline = entry.comparable(metric)
    assert baseline is not None, "entries without a baseline are left out before they are pooled"
    return baseline


def _sum(metric: Metric, entries: Sequence[Entry], baselines: bool) -> Pooled:
    before = sum((_baseline(metric, entry) for entry in entries), Decimal(0)) if baselines else None
    after = sum((entry.result for entry in entries), Decimal(0))
    samples = [entry.sample for entry in entries if entry.sample is not None]
    return Pooled(before, after, sum(samples) if len(samples) == len(entries) else None, _ids(entries), ())


def _mean(metric: Metric, entries: Sequence[Entry], baselines: bool) -> Pooled:
    sized = [entry for entry in entries if entry.sample is not None]
    weighed = sized or entries
    passed = tuple((entry.id, NO_SAMPLE) for entry in entries if sized and entry.sample is None)
    size = sum(_weight(entry) for entry in weighed)
    before = None
    if baselines:
        before = sum((_weight(entry) * _baseline(metric, entry) for entry in weighed), Decimal(0)) / size
    after = sum((_weighty(metric, entry) for entry in weighed), Decimal(0)) / size
    return Pooled(before, after, size if sized else None, _ids(weighed), passed)


def _weight(entry: Entry) -> int:
    return entry.sample or 1


def _weighty(metric: Metric, entry: Entry) -> Decimal:
    """A share is weighed by what was counted, not by its rounded percentage: 1 of 3 stays 1 of 3."""
    if metric.part is not None and entry.part is not None and entry.sample is not None:
        return Decimal(100 * entry.part)
    return _weight(entry) * entry.result


def _reach(metric: Metric, entry: Entry, baselines: bool) -> Decimal:
    from_where = _baseline(metric, entry) if baselines else Decimal(0)
    return forward(metric, entry.result - from_where)


def _alone(metric: Metric, chosen: Entry, entries: Sequence[Entry], why: str, baselines: bool) -> Pooled:
    before = _baseline(metric, chosen) if baselines else None
    passed = tuple((entry.id, why) for entry in entries if entry is not chosen)
    return Pooled(before, chosen.result, chosen.sample, (chosen.id,), passed)


def _ids(entries: Sequence[Entry]) -> tuple[int, ...]:
    return tuple(sorted(entry.id for entry in entries))
