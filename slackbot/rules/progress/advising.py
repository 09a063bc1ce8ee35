"""What is missing before an outcome test is met: one sentence about the nearest thing to do, and never a reproach."""

from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from content import Direction, Measure, Metric, MetricKind, Outcome
from slackbot.rules import periods
from slackbot.rules.progress.asking import Ask
from slackbot.rules.progress.entries import Entry
from slackbot.rules.progress.measuring import Point, Tally
from slackbot.rules.progress.telling import needed, or_more, shown, tidy
from slackbot.rules.readings import number, reading

_CENT: Final = Decimal("0.01")

CLAIMED: Final = "What is claimed is enough, once it is confirmed."
FROM_ZERO: Final = (
    "Nothing came before, and a percentage needs a baseline above zero: log the next period too."
)


def missing(ask: Ask, outcome: Outcome, verified: Tally, both: Tally, entries: Sequence[Entry]) -> str:
    """Empty where the test is met. What is claimed counts as if it were verified, so that nothing is asked for twice."""
    if verified.met:
        return ""
    if ask.impossible:
        return ask.impossible
    if both.met:
        return CLAIMED
    if not both.counted:
        return _nothing_yet(ask, outcome, both, entries)
    if ask.test.periods > 1:
        return _more_periods(ask, int(both.value or 0))
    if ask.is_amount:
        return _more_of_it(ask, verified, both)
    return _further(ask, both.chosen)


def _nothing_yet(ask: Ask, outcome: Outcome, both: Tally, entries: Sequence[Entry]) -> str:
    if both.unfinished:
        return f"{both.unfinished.name} is covered only in part so far: log the rest of it."
    if both.passed_over:
        return _uncounted(both)
    if any(ask.metric is None or entry.metric == ask.metric.id for entry in entries):
        return FROM_ZERO
    what = outcome.label if ask.metric is None else f"“{ask.metric.label}”"
    return f"Log a first win in {what}."


def _uncounted(both: Tally) -> str:
    count = len(both.passed_over)
    (why, times), *_ = Counter(why for _, why in both.passed_over).most_common(1)
    reason = f"{why[0].lower()}{why[1:]}"
    if count == 1:
        return f"The one win there does not count yet: {reason}"
    return f"None of the {count} wins there counts yet, {'mostly ' if times < count else ''}for one reason: {reason}"


def _more_periods(ask: Ask, run: int) -> str:
    left = ask.test.periods - run
    length = periods.noun(ask.length)
    nouns = length if left == 1 else f"{length}s"
    return f"It takes {left} {'more ' if run else ''}{nouns} in a row at {or_more(ask)}."


def _more_of_it(ask: Ask, verified: Tally, both: Tally) -> str:
    have = both.value or Decimal(0)
    left = ask.test.at_least - have
    if ask.metric is None or ask.counts_entries:
        what = f"{number(left)} more {'win' if left == 1 else 'wins'}"
    elif ask.metric.kind is MetricKind.CURRENCY:
        what = f"{reading(ask.metric, left)} more"
    else:
        what = f"{number(left)} more {ask.metric.unit_after(left)}"
    where = f" in one {periods.noun(ask.length)}" if ask.length else ""
    after = ", besides what is claimed" if have > (verified.value or 0) else ""
    return f"{what} to go{where}{after}."


def _stands_at(ask: Ask, value: Decimal) -> str:
    assert ask.metric is not None, "only a metric has a level"
    return f"It stands at {reading(ask.metric, shown(ask, value))}; the ask is {needed(ask)}."


def _further(ask: Ask, point: Point | None) -> str:
    """Where a change would have to lead, from where it began: "Referrals: from 120 to 138 referrals or more (+15%).".

    The metric is named, since a criterion may ask for one of several."""
    assert point is not None, "something counts"
    assert point.together is not None, "only wins that are counted come without figures"
    assert ask.metric is not None, "figures belong to a metric"
    before = point.together.baseline
    if before is None:
        return _stands_at(ask, point.value)
    goal = _goal(ask, ask.metric, before)
    start = reading(ask.metric, tidy(before)).removesuffix(f" {ask.metric.unit_after(tidy(before))}")
    if not ask.metric.allows(goal):
        return (
            f"{ask.metric.label}: {needed(ask)} from {start} would leave the scale. Agree on another measure."
        )
    beyond = "more" if ask.metric.direction is Direction.UP else "less"
    return f"{ask.metric.label}: from {start} to {reading(ask.metric, goal)} or {beyond} ({needed(ask)})."


def _goal(ask: Ask, metric: Metric, before: Decimal) -> Decimal:
    """The result that would be enough, rounded to the far side."""
    least = ask.test.at_least
    step = before * least / 100 if ask.test.by is Measure.PERCENT_CHANGE else least
    up = metric.direction is Direction.UP
    exact = before + step if up else before - step
    return exact.quantize(Decimal(1) if metric.whole else _CENT, ROUND_CEILING if up else ROUND_FLOOR)
