"""Holds entries against an outcome test: a value for every stretch of time, and the one that speaks for them all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from content import Measure, Metric
from slackbot.rules.progress.asking import Ask
from slackbot.rules.progress.combining import Pooled, pooled
from slackbot.rules.progress.entries import Entry, PassedOver
from slackbot.rules.progress.fitting import fitting
from slackbot.rules.progress.stretches import Stretch


@dataclass(frozen=True)
class Point:
    """What a stretch comes to. A gain counts upward; a level or a total is as it was measured."""

    value: Decimal
    stretch: Stretch | None
    counted: tuple[int, ...]
    together: Pooled | None = None  # None where wins are only counted


@dataclass(frozen=True)
class Tally:
    """One ask over one set of entries. With several periods asked for, `value` is how many in a row reach it."""

    value: Decimal | None
    met: bool
    share: Decimal
    chosen: Point | None
    newest: Point | None
    unfinished: Stretch | None  # the newest one that results that add up do not cover in full
    counted: tuple[int, ...]
    passed_over: tuple[PassedOver, ...]


def tallied(ask: Ask, entries: Sequence[Entry]) -> Tally:
    """The best stretch speaks for a change, an amount or a number of wins, the newest for a level."""
    filed = fitting(ask, entries)
    points: list[Point] = []
    unfinished = None
    for stretch, held in filed.drawers:
        if stretch and ask.is_change and ask.adds_up and not stretch.is_covered(held):
            unfinished = stretch
        elif point := _point(ask, stretch, held):
            points.append(point)
    value, met, share, chosen = _row(ask, points) if ask.test.periods > 1 else _single(ask, points)
    passed = [each for point in points if point.together for each in point.together.passed_over]
    return Tally(
        value=value,
        met=met,
        share=share,
        chosen=chosen,
        newest=points[-1] if points else None,
        unfinished=unfinished,
        counted=tuple(sorted(each for point in points for each in point.counted)),
        passed_over=tuple(sorted([*filed.passed_over, *passed])),
    )


def _point(ask: Ask, stretch: Stretch | None, held: Sequence[Entry]) -> Point | None:
    if ask.metric is None or ask.counts_entries:
        return Point(Decimal(len(held)), stretch, tuple(entry.id for entry in held))
    together = pooled(ask.metric, held, baselines=ask.is_change)
    value = _value(ask, ask.metric, together)
    return None if value is None else Point(value, stretch, together.counted, together)


def _value(ask: Ask, metric: Metric, together: Pooled) -> Decimal | None:
    """None where the measure does not suit the metric, or where a percentage would be one of zero."""
    if ask.impossible:
        return None
    match ask.test.by:
        case Measure.CHANGE:
            return together.gain(metric)
        case Measure.PERCENT_CHANGE:
            # Multiplied first: 18 of 120 is then exactly 15, whatever a third would do.
            return together.gain(metric) * 100 / together.baseline if together.baseline else None
        case _:
            return together.result


_Outcome = tuple[Decimal | None, bool, Decimal, Point | None]


def _single(ask: Ask, points: Sequence[Point]) -> _Outcome:
    if not points:
        return Decimal(0) if ask.is_amount and not ask.impossible else None, False, Decimal(0), None
    newest_first = list(reversed(points))
    level = ask.test.by is Measure.LEVEL
    chosen = newest_first[0] if level else max(newest_first, key=lambda point: ask.rank(point.value))
    return chosen.value, ask.reaches(chosen.value), ask.share(chosen.value), chosen


def _row(ask: Ask, points: Sequence[Point]) -> _Outcome:
    """The longest row of consecutive stretches that each reach what is asked."""
    longest = max(_rows(ask, points), key=len, default=[])
    share = max(_shares(ask, points), default=Decimal(0))
    met = len(longest) >= ask.test.periods
    return Decimal(len(longest)), met, share, longest[-1] if longest else None


def _rows(ask: Ask, points: Sequence[Point]) -> Iterator[list[Point]]:
    """For every stretch, the row that ends with it."""
    row: list[Point] = []
    for point in points:
        row = [*_before(row, point), point] if ask.reaches(point.value) else []
        yield row


def _shares(ask: Ask, points: Sequence[Point]) -> Iterator[Decimal]:
    """For every stretch, how far the row that ends with it has come, also where a part of it falls short."""
    row: list[Point] = []
    for point in points:
        row = [*_before(row, point), point][-ask.test.periods :]
        yield sum((ask.share(each.value) for each in row), Decimal(0)) / ask.test.periods


def _before(row: list[Point], point: Point) -> list[Point]:
    """The row so far, if the next stretch follows on it."""
    last = row[-1].stretch if row else None
    return row if last is None or point.stretch is None or last.precedes(point.stretch) else []
