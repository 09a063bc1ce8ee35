"""Which entries an outcome test can look at, and why it passes over the others."""

from collections.abc import Sequence
from typing import Final

from content import Measure, Metric
from content.models import Combine
from slackbot.rules.progress.asking import Ask
from slackbot.rules.progress.entries import Entry, PassedOver
from slackbot.rules.progress.overlaps import without_overlaps
from slackbot.rules.progress.stretches import Filed, by_end, inside, whole

NO_BASELINE: Final = "It has no baseline, so there is no change to count."
NOT_COMPARABLE: Final = "Its baseline covers another length of time than its result."
BELOW_ZERO: Final = "Its baseline is below zero, and no percentage can be made of that."


def fitting(ask: Ask, entries: Sequence[Entry]) -> Filed:
    """The entries that count, each in its stretch.

    Wins that are only counted may tell of the same time: two projects led in one year are two wins. Figures may not."""
    own = [entry for entry in entries if ask.metric is None or entry.metric == ask.metric.id]
    kept, passed = _split(own, [_too_small(ask, entry) for entry in own])
    if not ask.counts_entries:
        clear, overlapping = without_overlaps(kept)
        kept, unfit = _split(clear, [_not_a_change(ask, entry) for entry in clear])
        passed = (*passed, *overlapping, *unfit)
    filed = _filed(ask, sorted(kept, key=lambda entry: entry.id))
    return Filed(filed.drawers, (*passed, *filed.passed_over))


def _split(
    entries: Sequence[Entry], reasons: Sequence[str]
) -> tuple[Sequence[Entry], tuple[PassedOver, ...]]:
    pairs = list(zip(entries, reasons, strict=True))
    return [entry for entry, why in pairs if not why], tuple((entry.id, why) for entry, why in pairs if why)


def _too_small(ask: Ask, entry: Entry) -> str:
    least = ask.test.sample
    if least is None or (entry.sample is not None and entry.sample >= least):
        return ""
    if entry.sample is None:
        return f"It does not say how many it rests on, and at least {least:,} are asked for."
    return f"It rests on {_size(ask.metric, entry.sample)}, and at least {least:,} are asked for."


def _size(metric: Metric | None, count: int) -> str:
    word = "" if metric is None or metric.sample.value == "none" else metric.sample.after(count)
    return f"{count:,} {word}".rstrip()


def _not_a_change(ask: Ask, entry: Entry) -> str:
    if ask.metric is None or not ask.is_change:
        return ""
    if entry.baseline is None:
        return NO_BASELINE
    baseline = entry.comparable(ask.metric)
    if baseline is None:
        return NOT_COMPARABLE
    return BELOW_ZERO if ask.test.by is Measure.PERCENT_CHANGE and baseline < 0 else ""


def _filed(ask: Ask, entries: Sequence[Entry]) -> Filed:
    """Where no length is asked for, a level and a mean keep to the metric's own: averaged over all the years,
    an early small step would be held against a later large one."""
    if ask.length is not None:
        return inside(ask.length, entries, lengths=ask.is_change and ask.adds_up)
    metric = ask.metric
    if metric is None or ask.test.by in (Measure.ENTRIES, Measure.TOTAL):
        return whole(entries)
    if ask.test.by is Measure.LEVEL or metric.combine is Combine.MEAN:
        return by_end(metric.period, entries)
    return whole(entries)
