"""A target against the straight line to it: where one would be today, where one is, and where this leads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from content import Direction, Metric, MetricKind
from slackbot.rules.progress import Entry, combined
from slackbot.rules.progress.combining import pooled
from slackbot.rules.progress.overlaps import without_overlaps
from slackbot.rules.progress.stretches import Stretch, by_end
from slackbot.rules.readings import number, reading

EARLY: Final = Decimal("0.2")
"""Before this share of the time nothing is said of pace. A house default."""
FEWEST: Final = 2
"""Nor with fewer results than this. A house default."""
BAND: Final = Decimal("0.05")
"""Up to this share of the whole way off the line is still on pace. A house default."""

_TENTH: Final = Decimal("0.1")
_CENT: Final = Decimal("0.01")


class State(StrEnum):
    TOO_EARLY = "too early"
    AHEAD = "ahead"
    ON_PACE = "on pace"
    BEHIND = "behind"
    REACHED = "reached"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Aim:
    """A target: from where (None: not known), to where, and from when to when. `due` is later than `starts`."""

    metric: Metric
    start: Decimal | None
    goal: Decimal
    starts: date
    due: date

    @property
    def origin(self) -> Decimal | None:
        """Where the line begins: what adds up begins with nothing; a rate has to be known."""
        return Decimal(0) if self.start is None and self.metric.adds_up else self.start

    @property
    def is_lower(self) -> bool:
        """Whether the goal lies below; where there is no way to go, the metric says which side is good."""
        if self.origin is None or self.origin == self.goal:
            return self.metric.direction is Direction.DOWN
        return self.goal < self.origin

    def is_reached(self, actual: Decimal) -> bool:
        return actual <= self.goal if self.is_lower else actual >= self.goal

    def way(self, actual: Decimal) -> Decimal:
        """The share of the way that is done: below 0 behind the start, above 1 past the goal."""
        if self.origin is None or self.origin == self.goal:
            return Decimal(self.is_reached(actual))
        return (actual - self.origin) / (self.goal - self.origin)


@dataclass(frozen=True)
class Pace:
    """`share` is of the way, `elapsed` of the time, both from 0 to 1; `projection` is where the present pace would
    lead by the due date, None where it is too early. Without a known start there is no line, and no `expected`."""

    state: State
    expected: Decimal | None
    actual: Decimal | None
    elapsed: Decimal
    share: Decimal
    projection: Decimal | None
    sentence: str


def bar(share: Decimal, width: int = 10) -> str:
    """A text bar: "▰▰▰▱▱▱▱▱▱▱". It is full only where all of it is done."""
    full = int(_within(share) * width)
    return "▰" * full + "▱" * (width - full)


def elapsed(starts: date, due: date, today: date) -> Decimal:
    """The share of the time that has gone, from 0 to 1."""
    return _within(Decimal((today - starts).days) / (due - starts).days)


def expected(start: Decimal, goal: Decimal, starts: date, due: date, today: date) -> Decimal:
    """Where a straight line would be on that day: at the start before it begins, at the goal after it ends."""
    days = min(max((today - starts).days, 0), (due - starts).days)
    return start + (goal - start) * days / (due - starts).days


def line(aim: Aim, days: Sequence[date]) -> list[Decimal]:
    """The straight line on these days, as a chart shows it; none where the start is not known."""
    if aim.origin is None:
        return []
    return [expected(aim.origin, aim.goal, aim.starts, aim.due, day) for day in days]


def reached(aim: Aim, entries: Iterable[Entry], today: date) -> tuple[Decimal | None, int]:
    """What the wins since the target began come to, and how many they are: the `actual` and `entries` for `pace`.

    What adds up and began with nothing is added up. Anything else, a number of referrals per quarter too, stands
    where the newest of the metric's own periods stands; of what adds up, the newest that is told of in full."""
    last = min(today, aim.due)
    since = [
        each for each in entries if each.metric == aim.metric.id and aim.starts <= each.happened_on <= last
    ]
    if aim.metric.adds_up and not aim.origin:
        total = combined(aim.metric, since)
        return total.value, len(total.counted)
    kept, _ = without_overlaps(since)
    for stretch, held in reversed(by_end(aim.metric.period, kept).drawers):
        if stretch is None or is_whole(aim.metric, stretch, held):
            return pooled(aim.metric, held).result, len(kept)
    return None, len(kept)


def is_whole(metric: Metric, stretch: Stretch, held: Sequence[Entry]) -> bool:
    """Whether results tell of a stretch in full, as what adds up has to. A figure that does not say what it covers is taken at its word."""
    return not metric.adds_up or stretch.is_covered(held) or any(each.period is None for each in held)


def pace(aim: Aim, actual: Decimal | None, entries: int, today: date) -> Pace:
    """Ahead, behind, or neither; and "too early" rather than a guess.

    Too early is before a fifth of the time, with fewer than two results, or with no known start."""
    gone = elapsed(aim.starts, aim.due, today)
    state = _state(aim, actual, entries, gone, today)
    told = state in (State.AHEAD, State.ON_PACE, State.BEHIND)
    on_line = line(aim, [today])
    return Pace(
        state=state,
        expected=on_line[0] if on_line else None,
        actual=actual,
        elapsed=gone,
        share=Decimal(0) if actual is None else _within(aim.way(actual)),
        projection=_projection(aim, actual, gone) if told and actual is not None else None,
        sentence=_sentence(aim, state, actual, gone, on_line),
    )


def _state(aim: Aim, actual: Decimal | None, entries: int, gone: Decimal, today: date) -> State:
    if actual is not None and aim.is_reached(actual):
        return State.REACHED
    if today > aim.due:
        return State.OVERDUE
    if actual is None or aim.origin is None or entries < FEWEST or gone < EARLY:
        return State.TOO_EARLY
    lead = aim.way(actual) - gone
    if abs(lead) <= BAND:
        return State.ON_PACE
    return State.AHEAD if lead > 0 else State.BEHIND


def _projection(aim: Aim, actual: Decimal, gone: Decimal) -> Decimal:
    """As far again in the same time, within what the metric can be."""
    assert aim.origin is not None, "without a start there is no pace"
    there = aim.origin + (actual - aim.origin) / gone
    if aim.metric.minimum is not None:
        there = max(there, aim.metric.minimum)
    if aim.metric.maximum is not None:
        there = min(there, aim.metric.maximum)
    return there.quantize(Decimal(1), ROUND_HALF_UP) + 0 if aim.metric.whole else rounded(aim.metric, there)


def rounded(metric: Metric, value: Decimal) -> Decimal:
    """As exact as a sentence about pace is."""
    fine = metric.kind in (MetricKind.SCORE, MetricKind.CURRENCY)
    return value.quantize(_CENT if fine else _TENTH, ROUND_HALF_UP) + 0


def _sentence(
    aim: Aim, state: State, actual: Decimal | None, gone: Decimal, on_line: Sequence[Decimal]
) -> str:
    where, goal = _where(aim, actual), reading(aim.metric, aim.goal)
    time = _time(aim, gone)
    match state:
        case State.REACHED:
            assert actual is not None, "nothing is reached by nothing"
            there = reading(aim.metric, rounded(aim.metric, actual))
            return (
                f"Reached: the goal of {goal}."
                if there == goal
                else f"Reached: {there}; the goal was {goal}."
            )
        case State.OVERDUE:
            due = f"{aim.due:%B} {aim.due.day}, {aim.due.year}"
            return f"{where}; the date for it was {due}, and a new one can be agreed."
        case State.TOO_EARLY if aim.origin is None:
            return f"{where}; without a known start there is no line to hold it against."
        case State.TOO_EARLY:
            return f"{where} {time}; too early to say where this leads."
        case _:
            line_says = reading(aim.metric, rounded(aim.metric, on_line[0]))
            return f"{where} {time}; on a straight line you would be at {line_says}."


def _time(aim: Aim, gone: Decimal) -> str:
    """How much of it is over, rounded down: "with 40% of the year gone"."""
    if gone == 0:
        return f"with the {_span(aim)} still ahead"
    percent = (gone * 100).quantize(Decimal(1), ROUND_DOWN)
    return (
        f"with {number(percent)}% of the {_span(aim)} gone"
        if percent
        else f"with the {_span(aim)} just begun"
    )


def _where(aim: Aim, actual: Decimal | None) -> str:
    """Of a way from nothing, how much; of any other, where between the two ends."""
    goal = reading(aim.metric, aim.goal)
    if actual is None:
        return f"Nothing logged yet toward {goal}"
    value = rounded(aim.metric, actual)
    now = reading(aim.metric, value)
    if aim.origin == 0:
        return f"At {now.removesuffix(f' {aim.metric.unit_after(value)}')} of {goal}"
    if aim.origin is None:
        return f"At {now} on the way to {goal}"
    start = reading(aim.metric, aim.origin).removesuffix(f" {aim.metric.unit_after(aim.origin)}")
    return f"At {now} on the way from {start} to {goal}"


def _span(aim: Aim) -> str:
    return "year" if (aim.due - aim.starts).days in (364, 365, 366) else "time"


def _within(share: Decimal) -> Decimal:
    return min(max(share, Decimal(0)), Decimal(1))
