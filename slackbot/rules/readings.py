"""Numbers as people read them: a reading with its unit, digits with commas, a percentage with its one decimal."""

from decimal import Decimal
from typing import Final

from content import Metric, MetricKind

MINUS: Final = "\N{MINUS SIGN}"


def reading(metric: Metric, value: Decimal) -> str:
    """One number with its unit: "150 referrals", "71%", "$1,412,500.50", "3.5 days"."""
    digits = number(value)
    match metric.kind:
        case MetricKind.CURRENCY:
            money = f"${_with_cents(digits.removeprefix(MINUS))}"
            return f"{MINUS}{money}" if value < 0 else money
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
    return f"{MINUS}{text}" if value < 0 else text


def _with_cents(digits: str) -> str:
    whole, dot, cents = digits.partition(".")
    return f"{whole}{dot}{cents.ljust(2, '0')}" if dot else whole


def number_fixed(percent: Decimal) -> str:
    """A percentage with its one decimal kept, so that "+25.0%" says how exact it is."""
    text = f"{abs(percent):,.1f}"
    return f"{MINUS}{text}" if percent < 0 else text
