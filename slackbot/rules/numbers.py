"""Reads numbers as people write them, and refuses the ones that could mean two things."""

import re
from decimal import Decimal
from typing import Final

from content import Metric, MetricKind
from slackbot.rules.changes import ratio
from slackbot.rules.readings import number

LARGEST: Final = Decimal(10) ** 12
SMALLEST: Final = Decimal("0.000001")
MOST_DIGITS: Final = 28
"""Decimal's arithmetic rounds what is longer, so that a check would see another number than the one typed."""

MOST_PEOPLE: Final = 10**9
"""A count behind a result fits a plain integer column."""

_PLAIN: Final = re.compile(r"\d+(\.\d+)?|\.\d+", re.ASCII)
_GROUPED: Final = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_DOTTED: Final = re.compile(r"[1-9]\d{0,2}(\.\d{3})+", re.ASCII)
_DECIMAL_COMMA: Final = re.compile(r"\d+,\d{1,2}", re.ASCII)
_EUROPEAN: Final = re.compile(r"\d{1,3}(\.\d{3})+,\d{1,2}", re.ASCII)
_SIZES: Final = {"": 1, "k": 1_000, "m": 1_000_000, "b": 1_000_000_000}
_SHAPE: Final = re.compile(
    r"(?P<sign>[+-]?)(?P<money>\$?)(?P<number>[\d.,]+)(?P<size>[kmb]?)(?P<percent>%?)", re.ASCII
)
_SPELLED: Final = (
    (re.compile(r"(?<=[\d.]) ?thousand\b", re.ASCII), "k"),
    (re.compile(r"(?<=[\d.]) ?(million|mil|mm|mn)\b", re.ASCII), "m"),
    (re.compile(r"(?<=[\d.]) ?(billion|bn)\b", re.ASCII), "b"),
    (re.compile(r"(?<=\d) ?(percent|per cent|pct)$", re.ASCII), "%"),
    (re.compile(r"^([+-]? ?)(us ?\$|usd) ?(?=[\d+-])", re.ASCII), r"\1$"),
    (re.compile(r"^([+-]? ?\$ ?[\d.,][\d., ]*[kmb]?) ?(usd|dollars?)$", re.ASCII), r"\1"),
    (re.compile(r"^([+-]? ?)([\d.,][\d., ]*[kmb]?) ?(\$|usd|dollars?)$", re.ASCII), r"\1$\2"),
    (re.compile(r"^\$ ?([+-]) ?(?=[\d.])", re.ASCII), r"\1$"),
)
"""What people write for the signs above. Each pattern reads a text once, so that a long one costs no time."""
_OF: Final = re.compile(r"(?P<part>\d{1,9}) ?(?:/|of|out of) ?(?P<whole>[1-9]\d{0,8})", re.ASCII)
_OUT_OF: Final = re.compile(r"(?<=\d) ?(?:/|out of|of) ?(?P<best>\d{1,3})$", re.ASCII)
_ROUGH: Final = re.compile(
    r"(?:[~≈<>≤≥]|(?:about|around|approx|approximately|circa|ca|over|under|above|below|almost|nearly|up to"
    r"|(?:more|less|fewer) than|at (?:least|most))\b).*\d.*|[$\d.,]+[kmb]? ?\+",
    re.ASCII,
)
_NOTHING: Final = frozenset(
    ["-", "\N{EN DASH}", "\N{EM DASH}", "none", "n/a", "na", "no baseline", "unknown", "not known", "?"]
)
_COUNT: Final = re.compile(
    r"(?:n ?= ?)?(?P<digits>\d{1,3}(?:[ ,]\d{3})+|\d{1,20})(?: [a-z][a-z -]*)?", re.ASCII
)
_APART: Final = re.compile(r"[\d.,] [\d.,]", re.ASCII)
_SPACED: Final = re.compile(r"\D*[1-9]\d{0,2}( \d{3})+(\.\d+)?\D*", re.ASCII)
_UNIT: Final = re.compile(r"(?<=[\d%])(?P<size> ?[kmb](?= ))? ?(?P<word>[a-z][a-z /-]*)$", re.ASCII)


class UnreadableNumberError(ValueError):
    """The message is a sentence for the person who typed it."""


def read_number(text: str, metric: Metric) -> Decimal:
    """The number somebody typed for a metric: "1,250,000", "46%", "$1.4M", "-12", "150 referrals".

    Raises UnreadableNumberError when it is no number, could mean two, does not go with the metric's unit
    or cannot be true of it."""
    bare = _without_unit(_spelled_out(_squeezed(text)), metric)
    _refuse_counts_and_guesses(bare, metric)
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


def read_baseline(text: str | None, metric: Metric) -> Decimal | None:
    """The same for the number before, which may be missing: empty, "none" or "n/a" is no baseline, and no zero."""
    if not text or _squeezed(text) in _NOTHING | {""}:
        return None
    return read_number(text, metric)


def read_count(text: str, what: str = "people", *, least: int = 1) -> int:
    """How many stand behind a result: "41", "1,250", "n=41", "41 answers".

    `what` is the word for them in a refusal. Raises UnreadableNumberError."""
    match = _COUNT.fullmatch(_squeezed(text))
    if match is None:
        raise UnreadableNumberError(f"Write how many {what} as a whole number, like 41.")
    value = int(re.sub("[ ,]", "", match["digits"]))
    if value > MOST_PEOPLE:
        raise UnreadableNumberError("That is more than I can keep. Is it a typing slip?")
    if value < least:
        raise UnreadableNumberError(f"Write how many {what}: at least {least}.")
    return value


def read_share(metric: Metric, part: int, sample: int) -> Decimal:
    """The percentage that two counts make: 23 of 50 is 46.0.

    Raises UnreadableNumberError where the part is larger than the whole and the metric cannot pass 100."""
    if not metric.allows(Decimal(part) / sample * 100):  # before it is rounded: 10,001 of 10,000 is too many
        raise UnreadableNumberError(
            f"{part:,} of {sample:,} is more than all of them. Look at both numbers again."
        )
    return ratio(part, sample)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\N{MINUS SIGN}", "-").strip().lower())


def _spelled_out(text: str) -> str:
    for pattern, sign in _SPELLED:
        text = pattern.sub(sign, text)
    return text


def _refuse_counts_and_guesses(text: str, metric: Metric) -> None:
    if _ROUGH.fullmatch(text):
        raise UnreadableNumberError('I need the number itself, without "about" or "more than".')
    if metric.kind is MetricKind.SCORE and metric.maximum is not None and _OUT_OF.search(text):
        raise UnreadableNumberError(f"This score goes up to {metric.maximum:f}. Write it on that scale.")
    share = _OF.fullmatch(text)
    if share and metric.kind is MetricKind.PERCENTAGE:
        part, whole = int(share["part"]), int(share["whole"])
        percent = number(ratio(part, whole))
        raise UnreadableNumberError(f"{part:,} of {whole:,} is {percent}%. Write {percent} here.")


def _without_unit(text: str, metric: Metric) -> str:
    if metric.kind is MetricKind.SCORE and (out_of := _OUT_OF.search(text)):
        return text[: out_of.start()] if Decimal(out_of["best"]) == metric.maximum else text
    found = _UNIT.search(text)
    if found is None or _stem(_usual(found["word"], metric)) != _stem(metric.unit.lower()):
        return text
    return text[: found.start()] + (found["size"] or "")


def _usual(word: str, metric: Metric) -> str:
    """The unit's own word for what people write in its place."""
    if metric.kind is MetricKind.DAYS:
        return re.sub("^(business|working|calendar) ", "", word)
    return {"pt": "point", "pts": "points"}.get(word, word)


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
    if _EUROPEAN.fullmatch(text):
        plain = text.replace(".", "").replace(",", ".")
        raise UnreadableNumberError(
            f"Use commas between thousands and a point before cents: {Decimal(plain):,f}."
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
