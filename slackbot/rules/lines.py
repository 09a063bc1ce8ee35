"""A metric's figures over time, as a line shows them: claims with the confirmed ones, those alone, and the straight line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from content import Metric, Period
from slackbot.rules import pace
from slackbot.rules.pace import Aim
from slackbot.rules.progress import Entry, combined
from slackbot.rules.progress.combining import pooled
from slackbot.rules.progress.overlaps import without_overlaps
from slackbot.rules.progress.stretches import Stretch, by_end

MOST: Final = 8
"""Points of one line: two years of quarters, and what a phone shows with its numbers in words below."""
FEWEST: Final = 2
"""Results that make a line; fewer are told in words."""
START, BEFORE = "Start", "Before"
_CENT: Final = Decimal("0.01")
_GROWING: Final = (Period.WEEK, Period.MONTH, Period.QUARTER, Period.HALF_YEAR, Period.YEAR)


@dataclass(frozen=True)
class Point:
    """What stood at the end of a stretch. `figure` rests on all wins, `verified` on confirmed ones alone (None: on
    none of that stretch); `confirmed` is the newest confirmed figure up to there; `on_line` is the straight line's."""

    label: str
    figure: Decimal
    verified: Decimal | None
    confirmed: Decimal | None = None
    on_line: Decimal | None = None
    is_start: bool = False


@dataclass(frozen=True)
class Line:
    """The points, oldest first. `results` is how many results it rests on; `in_part` names stretches that are told of
    only in part and so left out, `earlier` is how many points before the first one are."""

    metric: Metric
    points: tuple[Point, ...]
    results: int
    adds_up: bool = False
    in_part: tuple[str, ...] = ()
    earlier: int = 0

    @property
    def is_enough(self) -> bool:
        return self.results >= FEWEST and len(self.points) >= FEWEST


def line_of(metric: Metric, entries: Iterable[Entry], today: date, aim: Aim | None = None) -> Line:
    """The line of one metric; with an aim, as `pace.reached` counts toward it, from its start on.

    What begins with nothing and adds up grows from stretch to stretch. Anything else is one figure for each of the
    metric's own periods."""
    last = today if aim is None else min(today, aim.due)
    first = date.min if aim is None else aim.starts
    held = [each for each in entries if each.metric == metric.id and first <= each.happened_on <= last]
    if _grows(metric, aim):
        return _growing(metric, held, aim, last)
    return _by_period(metric, held, aim, last)


def label(stretch: Stretch) -> str:
    """Short enough to stand under a chart: "Q3 2026", "Sep 2026", "Sep 21, 2026", "H1 2026"."""
    start = stretch.start
    match stretch.period:
        case Period.WEEK | Period.EVENT:
            return f"{start:%b} {start.day}, {start.year}"
        case Period.MONTH:
            return f"{start:%b} {start.year}"
        case Period.HALF_YEAR:
            return f"H{1 if start.month == 1 else 2} {start.year}"
        case _:
            return stretch.name


def _grows(metric: Metric, aim: Aim | None) -> bool:
    """Without an aim, only what has no length of its own: a number of events."""
    if aim is None:
        return metric.adds_up and metric.period is Period.EVENT
    return metric.adds_up and not aim.origin


def _growing(metric: Metric, held: Sequence[Entry], aim: Aim | None, last: date) -> Line:
    if not held:
        return Line(metric, (), 0, adds_up=True)
    first = aim.starts if aim else min(each.happened_on for each in held)
    stretches = _stretches(first, last)
    points = [
        replace(_total(metric, held, label(each), min(each.end, last)), on_line=_on_line(aim, each, last))
        for each in stretches
    ]
    return _cut(Line(metric, tuple(points), len(combined(metric, held).counted), adds_up=True))


def _stretches(first: date, last: date) -> list[Stretch]:
    """The shortest calendar stretches of which no more than fit a line cover the time."""
    for period in _GROWING:
        found = [Stretch.around(period, first)]
        while found[-1].end < last and (len(found) < MOST or period is _GROWING[-1]):
            found.append(Stretch.around(period, found[-1].end + timedelta(days=1)))
        if found[-1].end >= last:
            break
    return found


def _total(metric: Metric, held: Sequence[Entry], name: str, day: date) -> Point:
    until = [each for each in held if each.happened_on <= day]
    sure = combined(metric, [each for each in until if each.verified]).value
    return Point(name, combined(metric, until).value or Decimal(0), sure, confirmed=sure or Decimal(0))


def _by_period(metric: Metric, held: Sequence[Entry], aim: Aim | None, last: date) -> Line:
    kept, _ = without_overlaps(held)
    sure, _ = without_overlaps(each for each in held if each.verified)
    verified = {stretch: value for stretch, value in _figures(metric, sure) if value is not None}
    drawers = list(_figures(metric, kept))
    points = [
        Point(label(stretch), value, verified.get(stretch), on_line=_on_line(aim, stretch, last))
        for stretch, value in drawers
        if value is not None
    ]
    in_part = tuple(label(stretch) for stretch, value in drawers if value is None)
    start = _start(metric, kept, aim) if points else None
    found = Line(metric, (*([start] if start else []), *points), len(points), in_part=in_part)
    return _cut(_carried(found))


def _figures(metric: Metric, entries: Sequence[Entry]) -> Iterable[tuple[Stretch, Decimal | None]]:
    """One for each period; None where what adds up does not tell of all of it."""
    for stretch, held in by_end(metric.period, entries).drawers:
        assert stretch is not None, "a metric's period has its days"
        yield stretch, pooled(metric, held).result if pace.is_whole(metric, stretch, held) else None


def _start(metric: Metric, kept: Sequence[Entry], aim: Aim | None) -> Point | None:
    """Where the straight line begins; without one, what the first figure is held against."""
    if aim is not None:
        return None if aim.origin is None else _beginning(START, aim.origin, aim.origin)
    _, held = by_end(metric.period, kept).drawers[0]
    if any(each.comparable(metric) is None for each in held):
        return None
    baseline = pooled(metric, held, baselines=True).baseline
    return None if baseline is None else _beginning(BEFORE, baseline, None)


def _beginning(name: str, value: Decimal, on_line: Decimal | None) -> Point:
    return Point(name, value, None, confirmed=value, on_line=on_line, is_start=True)


def _on_line(aim: Aim | None, stretch: Stretch, last: date) -> Decimal | None:
    found = pace.line(aim, [min(stretch.end, last)]) if aim is not None else []
    return found[0] if found else None


def _carried(line: Line) -> Line:
    """What was confirmed last stands until something newer is."""
    confirmed, points = None, []
    for point in line.points:
        confirmed = point.confirmed if point.is_start else _or(point.verified, confirmed)
        points.append(replace(point, confirmed=confirmed))
    return replace(line, points=tuple(points))


def _or(value: Decimal | None, other: Decimal | None) -> Decimal | None:
    return other if value is None else value


def _cut(line: Line) -> Line:
    """The newest ones, with numbers as people read them."""
    earlier = max(len(line.points) - MOST, 0)
    points = tuple(_rounded(line.metric, each) for each in line.points[earlier:])
    return replace(line, points=points, earlier=earlier)


def _rounded(metric: Metric, point: Point) -> Point:
    def to_cent(value: Decimal | None) -> Decimal | None:
        return None if value is None else value.quantize(_CENT)

    return replace(
        point,
        figure=point.figure.quantize(_CENT),
        verified=to_cent(point.verified),
        confirmed=to_cent(point.confirmed),
        on_line=None if point.on_line is None else pace.rounded(metric, point.on_line),
    )
