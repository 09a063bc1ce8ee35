"""The arithmetic of a win: what changed, by how much, and whether that is better."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from content import Direction, Metric, MetricKind

_TENTH: Final = Decimal("0.1")
_MINUS: Final = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Change:
    """From a baseline to a result. What is undefined is None, never zero.

    `percent` is of the baseline, to one decimal; `better` is None without a baseline, or when nothing moved."""

    baseline: Decimal | None
    result: Decimal
    difference: Decimal | None
    percent: Decimal | None
    better: bool | None


def change(metric: Metric, baseline: Decimal | None, result: Decimal) -> Change:
    """What a win amounts to. A percent change needs a baseline above zero, and is never made of points (NPS)."""
    if baseline is None:
        return Change(None, result, None, None, None)
    difference = result - baseline
    percent = None
    if baseline > 0 and metric.kind is not MetricKind.POINTS:
        # Adding zero makes a plain zero of the "-0.0" that a very small decline rounds to.
        percent = (difference / baseline * 100).quantize(_TENTH, ROUND_HALF_UP) + 0
    better = None if difference == 0 else (difference > 0) is (metric.direction is Direction.UP)
    return Change(baseline, result, difference, percent, better)


def reading(metric: Metric, value: Decimal) -> str:
    """One number with its unit: "150 referrals", "71%", "$1,412,500.50", "3.5 days"."""
    digits = number(value)
    match metric.kind:
        case MetricKind.CURRENCY:
            money = f"${_with_cents(digits.removeprefix(_MINUS))}"
            return f"{_MINUS}{money}" if value < 0 else money
        case MetricKind.PERCENTAGE:
            return f"{digits}%"
        case MetricKind.POINTS | MetricKind.SCORE:
            return digits
        case _:
            return f"{digits} {metric.unit_after(value)}"


def number(value: Decimal) -> str:
    """Digits as people read them: no exponent, commas between thousands, no idle zeros, a real minus."""
    text = f"{abs(value):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{_MINUS}{text}" if value < 0 else text


def _with_cents(digits: str) -> str:
    whole, dot, cents = digits.partition(".")
    return f"{whole}{dot}{cents.ljust(2, '0')}" if dot else whole


def sentence(metric: Metric, result: Change) -> str:
    """The one way a win is put into words: "120 → 150 referrals (+25.0%)"."""
    if result.baseline is None:
        return f"{reading(metric, result.result)} (no baseline)"
    start = reading(metric, result.baseline).removesuffix(f" {metric.unit_after(result.baseline)}")
    return f"{start} → {reading(metric, result.result)} ({_verdict(metric, result)})"


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


def number_fixed(percent: Decimal) -> str:
    """A percentage with its one decimal kept, so that "+25.0%" says how exact it is."""
    text = f"{abs(percent):,.1f}"
    return f"{_MINUS}{text}" if percent < 0 else text


def _signed(text: str) -> str:
    return text if text.startswith(_MINUS) else f"+{text}"


def _plural(value: Decimal, word: str) -> str:
    return word if abs(value) == 1 else f"{word}s"
