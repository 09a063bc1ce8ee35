"""What an outcome test came to, in words: the arithmetic, and what is asked for."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from content import Direction, Measure, Metric, MetricKind
from slackbot.rules import periods
from slackbot.rules.progress.asking import Ask
from slackbot.rules.progress.measuring import Point, Tally
from slackbot.rules.readings import MINUS, number, number_fixed, reading

_PLACES: Final = tuple(Decimal(1).scaleb(-places) for places in range(1, 7))


def sentence(ask: Ask, verified: Tally, both: Tally, today: date) -> str:
    """Without a full stop: "2 of 4 events confirmed, 1 more claimed"; both tallies are of the same entries or more."""
    if ask.test.periods > 1:
        return _in_a_row(ask, verified, both, today)
    if ask.is_amount:
        return _amount(ask, verified, both)
    asked = f"{needed(ask)} needed"
    now = _point(ask, verified.chosen) if verified.chosen else ""
    then = _point(ask, both.chosen) if both.chosen else ""
    nothing = f"No confirmed {'change' if ask.is_change else 'level'} yet"
    said = f"{now} confirmed, {asked}" if now else f"{nothing}, {asked}"
    if then and then != now:
        said = f"{said}; {then} with what is claimed"
    return said + _newest(ask, verified, today)


def needed(ask: Ask) -> str:
    """The number that is asked for, as it stands in a sentence: "+15%", "at least 80%", "2 agreements"."""
    least = ask.test.at_least
    if ask.metric is None or ask.is_amount:
        return _count(ask, least)
    if ask.is_change:
        return _gain(ask, ask.metric, least, tenths=False)
    bound = "at most" if ask.has_ceiling else "at least"
    return f"{bound} {reading(ask.metric, least)}"


def _wins(count: Decimal) -> str:
    return "win" if count == 1 else "wins"


def shown(ask: Ask, value: Decimal) -> Decimal:
    """Rounded as people read it, or finer where that would make it look like enough when it is not."""
    for place in _PLACES if ask.test.by is Measure.PERCENT_CHANGE else _PLACES[1:]:
        rounded = value.quantize(place, ROUND_HALF_UP) + 0
        if ask.reaches(rounded) == ask.reaches(value):
            return rounded
    return value


def tidy(value: Decimal) -> Decimal:
    """A mean as people read it: two decimals at most."""
    return value if value == value.quantize(_PLACES[1]) else value.quantize(_PLACES[1], ROUND_HALF_UP)


def _amount(ask: Ask, verified: Tally, both: Tally) -> str:
    now, then = verified.value or Decimal(0), both.value or Decimal(0)
    least = ask.test.at_least
    where = _where(verified.chosen or both.chosen)
    if now <= least:
        said = f"{_count(ask, now, unit=False)} of {_count(ask, least)} confirmed"
    else:
        said = f"{_count(ask, now)} confirmed, {_count(ask, least, unit=False)} needed"
    extra = then - now
    if not extra:
        return f"{where}{said}"
    return f"{where}{said}, {_count(ask, abs(extra), unit=False)} {'more' if extra > 0 else 'less with what is'} claimed"


def _count(ask: Ask, value: Decimal, *, unit: bool = True) -> str:
    if ask.metric is None or ask.counts_entries:
        return f"{number(value)} {_wins(value)}" if unit else number(value)
    said = reading(ask.metric, value)
    return said if unit else said.removesuffix(f" {ask.metric.unit_after(value)}")


def _in_a_row(ask: Ask, verified: Tally, both: Tally, today: date) -> str:
    now, then = verified.value or Decimal(0), both.value or Decimal(0)
    length = periods.noun(ask.length)
    if now <= ask.test.periods:
        said = f"{number(now)} of {ask.test.periods} {length}s in a row confirmed at {or_more(ask)}"
    else:
        said = f"{number(now)} {length}s in a row confirmed at {or_more(ask)}, {ask.test.periods} needed"
    if then != now:
        said = f"{said}; {number(then)} with what is claimed"
    return said + _newest(ask, verified, today, always=True)


def or_more(ask: Ask) -> str:
    """What every period must reach: "+15% or more", "3 events or more", "5 days or less", "20% lower or better"."""
    asked = needed(ask).removeprefix("at least ").removeprefix("at most ")
    if ask.has_ceiling:
        return f"{asked} or less"
    return f"{asked} or {'better' if asked.endswith('lower') else 'more'}"


def _where(point: Point | None) -> str:
    return f"{point.stretch.name}: " if point and point.stretch else ""


def _point(ask: Ask, point: Point) -> str:
    return f"{_where(point)}{_figures(ask, point)}"


def _figures(ask: Ask, point: Point) -> str:
    """The figures behind a value, so that a reader can do the sum again: "120 → 141 referrals (+17.5%)"."""
    if ask.metric is None or point.together is None:
        return f"{number(point.value)} {_wins(point.value)}"
    result = point.together.result
    if not ask.is_change or point.together.baseline is None:
        return reading(ask.metric, shown(ask, result))
    after = reading(ask.metric, tidy(result))
    return f"{_from(ask.metric, point.together.baseline)} → {after} ({_gain(ask, ask.metric, point.value)})"


def _from(metric: Metric, baseline: Decimal) -> str:
    baseline = tidy(baseline)
    return reading(metric, baseline).removesuffix(f" {metric.unit_after(baseline)}")


def _gain(ask: Ask, metric: Metric, value: Decimal, *, tenths: bool = True) -> str:
    """A gain with its sign; where lower is better, in words: "+15.0%", "+0.3", "20.0% lower"."""
    amount = _size(ask, metric, abs(shown(ask, value)), tenths=tenths)
    if metric.direction is Direction.UP:
        return f"{MINUS if value < 0 else '+'}{amount}"
    return f"{amount} {'higher' if value < 0 else 'lower'}"


def _size(ask: Ask, metric: Metric, value: Decimal, *, tenths: bool) -> str:
    if ask.test.by is Measure.PERCENT_CHANGE:
        coarse = value == value.quantize(_PLACES[0])
        return f"{number_fixed(value) if tenths and coarse else number(value)}%"
    match metric.kind:
        case MetricKind.PERCENTAGE:
            return f"{number(value)} percentage {'point' if value == 1 else 'points'}"
        case MetricKind.POINTS:
            return f"{number(value)} {'point' if value == 1 else 'points'}"
        case _:
            return reading(metric, value)


def _newest(ask: Ask, verified: Tally, today: date, *, always: bool = False) -> str:
    """The newest stretch, where another one speaks for the test."""
    point = verified.newest
    if point is None or point.stretch is None or (point == verified.chosen and not always):
        return ""
    so_far = " so far" if point.stretch.end >= today else ""
    return f"; newest, {point.stretch.name}: {_figures(ask, point)}{so_far}"
