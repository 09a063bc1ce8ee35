"""Reads numbers as people write them, and refuses the ones that could mean two things."""

import re
from decimal import Decimal
from typing import Final

from content import Metric, MetricKind

LARGEST: Final = Decimal(10) ** 12
SMALLEST: Final = Decimal("0.000001")
MOST_DIGITS: Final = 28
"""Decimal's arithmetic rounds what is longer, so that a check would see another number than the one typed."""

_PLAIN: Final = re.compile(r"\d+(\.\d+)?|\.\d+", re.ASCII)
_GROUPED: Final = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_DOTTED: Final = re.compile(r"[1-9]\d{0,2}(\.\d{3})+", re.ASCII)
_DECIMAL_COMMA: Final = re.compile(r"\d+,\d{1,2}", re.ASCII)
_SIZES: Final = {"": Decimal(1), "k": Decimal(1_000), "m": Decimal(1_000_000)}
_SHAPE: Final = re.compile(
    r"(?P<sign>[+-]?)(?P<money>\$?)(?P<number>[\d.,]+)(?P<size>[km]?)(?P<percent>%?)", re.ASCII
)
_APART: Final = re.compile(r"[\d.,] [\d.,]", re.ASCII)
_SPACED: Final = re.compile(r"\D*[1-9]\d{0,2}( \d{3})+(\.\d+)?\D*", re.ASCII)
_UNIT: Final = re.compile(r"(?<=[\d%])(?P<size> ?[km](?= ))? ?(?P<word>[a-z][a-z /-]*)$", re.ASCII)


class UnreadableNumberError(ValueError):
    """The message is a sentence for the person who typed it."""


def read_number(text: str, metric: Metric) -> Decimal:
    """The number somebody typed for a metric: "1,250,000", "46%", "$1.4M", "-12", "150 referrals".

    Raises UnreadableNumberError when it is no number, could mean two, does not go with the metric's unit
    or cannot be true of it."""
    squeezed = re.sub(r"\s+", " ", text.replace("\N{MINUS SIGN}", "-").strip().lower())
    bare = _without_unit(squeezed, metric)
    if _APART.search(bare) and not _SPACED.fullmatch(bare):
        raise UnreadableNumberError("That looks like more than one number. Write the one you mean.")
    match = _SHAPE.fullmatch(bare.replace(" ", ""))
    if match is None:
        raise UnreadableNumberError("Write a number, like 120 or 3.5.")
    _refuse_other_units(match, metric)
    value = _digits(match["number"]) * _SIZES[match["size"]]
    value = -value if match["sign"] == "-" else value
    _refuse_impossible(value, metric)
    return value


def _without_unit(text: str, metric: Metric) -> str:
    found = _UNIT.search(text)
    if found is None:
        return text
    if _stem(found["word"]) != _stem(metric.unit.lower()):
        return text
    return text[: found.start()] + (found["size"] or "")


def _stem(word: str) -> str:
    """One word for one and many: "referral" and "referrals", "touch" and "touches"."""
    return word.removesuffix("s").removesuffix("e")


def _refuse_other_units(match: re.Match[str], metric: Metric) -> None:
    if match["percent"] and metric.kind is not MetricKind.PERCENTAGE:
        raise UnreadableNumberError(f"This one is measured in {metric.unit}, so leave out the % sign.")
    if match["money"] and metric.kind is not MetricKind.CURRENCY:
        raise UnreadableNumberError(f"This one is measured in {metric.unit}, so leave out the $ sign.")


def _digits(text: str) -> Decimal:
    if len(text) > MOST_DIGITS:
        raise UnreadableNumberError("Those are more digits than I can keep. Is it a typing slip?")
    if _DOTTED.fullmatch(text):
        whole = text.replace(".", "")
        if text.count(".") > 1:
            raise UnreadableNumberError(f"Use commas between thousands: {int(whole):,}.")
        raise UnreadableNumberError(
            f"That could be {Decimal(text).normalize():f} or {int(whole):,}. Write the one you mean."
        )
    if _DECIMAL_COMMA.fullmatch(text):
        raise UnreadableNumberError(
            f"That could be {text.replace(',', '.')} or {text.replace(',', '')}. Write the one you mean."
        )
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", ""))
    raise UnreadableNumberError("Write a number, like 120, 3.5 or 1,250.")


def _refuse_impossible(value: Decimal, metric: Metric) -> None:
    if abs(value) > LARGEST:
        raise UnreadableNumberError("That is more than I can keep. Is it a typing slip?")
    if metric.whole and value != value.to_integral_value():
        raise UnreadableNumberError(f"Count whole {metric.unit}, without a fraction.")
    if value != value.quantize(SMALLEST):
        raise UnreadableNumberError("Six decimals are the most I can keep.")
    if not metric.allows(value):
        raise UnreadableNumberError(_bounds(metric))


def _bounds(metric: Metric) -> str:
    if metric.minimum is not None and metric.maximum is not None:
        return f"{metric.label} goes from {metric.minimum:f} to {metric.maximum:f}."
    if metric.minimum is not None:
        return f"{metric.label} cannot be below {metric.minimum:f}."
    return f"{metric.label} cannot be above {metric.maximum:f}."
