"""Reads the form of a win: what was typed becomes numbers, days and choices, or a sentence at its field."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from content import Content, Metric
from content.models import Sample
from slackbot.errors import FormError
from slackbot.features.wins.sheet import known_metric
from slackbot.rules import periods
from slackbot.rules.numbers import UnreadableNumberError, read_baseline, read_count, read_number, read_share
from slackbot.rules.outcomes import Measured, above_whole, number
from slackbot.rules.periods import PeriodMismatchError
from slackbot.rules.win_states import Visibility
from slackbot.ui.forms import Option
from slackbot.win_words import COMPARISONS, PERIODS, SOURCES
from storage.models import Win

OPEN: Final = "open"
"""The choice that says nothing: Slack lets nobody take a choice back."""
FIRST_YEAR: Final = 2000
LONGEST: Final[Mapping[str, int]] = {"title": 150, "practice": 200, "link": 500, "note": 3000}
"""The free texts, with as many characters as each may have."""
CHOICES: Final[Mapping[str, Sequence[Option]]] = {
    "period": PERIODS,
    "compared_with": COMPARISONS,
    "baseline_period": PERIODS,
    "source": SOURCES,
}
_LIKE_THOUSANDS: Final = re.compile(r"\N{MINUS SIGN}?[1-9]\d{0,2}\.\d{3}")

Values = Mapping[str, str | None]
Errors = dict[str, str]
T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
    """A filled-in form that makes sense."""

    metric: Metric
    baseline: Decimal | None
    result: Decimal
    sample: int | None
    part: int | None
    happened_on: date
    period: str | None
    compared_with: str | None
    baseline_period: str | None
    annualized: bool
    title: str | None
    practice: str | None
    source: str | None
    link: str | None
    note: str | None
    visibility: Visibility

    @property
    def columns(self) -> dict[str, Any]:
        """What it says, as the columns of a win."""
        start, end = periods.span(self.period, self.happened_on) if self.period else (None, None)
        apart = {"metric", "visibility"}
        own = {name: value for name, value in vars(self).items() if name not in apart}
        named = {"outcome": self.metric.outcome, "metric": self.metric.id}
        return {**own, **named, "period_start": start, "period_end": end}

    @property
    def above(self) -> str | None:
        """The percentage to ask about, where more is claimed than there was."""
        if above_whole(self.metric, self.result, self.part, self.sample):
            return f"{number(self.result)}%"
        return None


def texts(values: Values) -> dict[str, str | None]:
    """All that was written freely, to be screened."""
    return {name: values.get(name) for name in LONGEST}


def parse(values: Values, content: Content, today: date) -> Entry:
    """Reads the form. Raises FormError with a sentence for each field that must be mended."""
    metric = known_metric(content, values.get("metric"))
    if metric is None:
        raise FormError({"metric": "Choose what you moved."})
    errors: Errors = {}
    baseline = _read("baseline", values, errors, lambda text: read_baseline(text, metric))
    result, sample, part = _result(values, metric, errors)
    happened_on = _day(values.get("happened_on"), today, errors)
    chosen = {name: _choice(name, values, errors) for name in CHOICES}
    if "period" not in values:  # the short form does not ask
        chosen["period"] = periods.assumed(metric, beside_another=baseline is not None)
    written = {name: _text(name, values, errors) for name in LONGEST}
    if errors or result is None or happened_on is None:
        raise FormError(errors)
    if baseline is None or chosen["baseline_period"] == chosen["period"]:
        chosen["baseline_period"] = None
    entry = Entry(
        metric=metric,
        baseline=baseline,
        result=result,
        sample=sample,
        part=part,
        happened_on=happened_on,
        annualized=wants_yearly(values, metric),
        visibility="manager" if values.get("visibility") == "manager" else "me",
        **chosen,
        **written,
    )
    _refuse_what_cannot_be_compared(entry)
    return entry


def yearly_helps(values: Values, metric: Metric | None) -> bool:
    """Whether figures over two lengths of time stand side by side that only compare as yearly ones."""
    before, now = values.get("baseline_period"), values.get("period")
    return metric is not None and metric.adds_up and before not in (None, OPEN, now)


def wants_yearly(values: Values, metric: Metric) -> bool:
    return values.get("yearly") is not None and yearly_helps(values, metric)


def _read(name: str, values: Values, errors: Errors, read: Callable[[str], T]) -> T | None:
    """A field's number; None where it is empty, or wrong and noted in `errors`."""
    text = values.get(name)
    if not text:
        return None
    try:
        return read(text)
    except UnreadableNumberError as error:
        errors[name] = str(error)
        return None


def _result(values: Values, metric: Metric, errors: Errors) -> tuple[Decimal | None, int | None, int | None]:
    """The result, how many stand behind it, and the part of them that makes it, where the metric asks for that."""
    if metric.part is not None:
        return _share(values, metric, metric.part, errors)
    sample = None
    if metric.sample is not Sample.NONE:
        sample = _read("sample", values, errors, lambda text: read_count(text, metric.sample))
    result = _read("result", values, errors, lambda text: read_number(text, metric))
    if result is None:
        errors.setdefault("result", "Write the result: the number now.")
    return result, sample, None


def _share(
    values: Values, metric: Metric, counted: str, errors: Errors
) -> tuple[Decimal | None, int | None, int | None]:
    part = _read("part", values, errors, lambda text: read_count(text, counted, least=0))
    sample = _read("sample", values, errors, lambda text: read_count(text, metric.sample))
    if part is None:
        errors.setdefault("part", f"Write how many {counted}.")
    if sample is None:
        errors.setdefault("sample", f"Write how many were {metric.sample}, or there were in all.")
    if part is None or sample is None:
        return None, sample, part
    try:
        return read_share(metric, part, sample), sample, part
    except UnreadableNumberError as error:
        errors["part"] = str(error)
        return None, sample, part


def _day(text: str | None, today: date, errors: Errors) -> date | None:
    try:
        chosen = date.fromisoformat(text or "")
    except ValueError:
        errors["happened_on"] = "Choose the day it happened."
        return None
    if chosen > today:
        errors["happened_on"] = "That day has not come yet. Choose today or earlier."
    elif chosen.year < FIRST_YEAR:
        errors["happened_on"] = f"Is the year right? I keep wins from {FIRST_YEAR} on."
    return chosen


def _choice(name: str, values: Values, errors: Errors) -> str | None:
    chosen = values.get(name)
    if chosen in (None, OPEN):
        return None
    if chosen not in [option.value for option in CHOICES[name]]:
        errors[name] = "Choose one of these."
    return chosen


def _text(name: str, values: Values, errors: Errors) -> str | None:
    text = values.get(name)
    if text and len(text) > LONGEST[name]:
        errors[name] = f"Please keep this to {LONGEST[name]:,} characters."
    elif text and name == "link" and not _is_link(text):
        errors[name] = "A link starts with https:// and has no spaces."
    return text


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(map(str.isspace, text))


def _refuse_what_cannot_be_compared(entry: Entry) -> None:
    measured = Measured(
        metric=entry.metric,
        baseline=entry.baseline,
        result=entry.result,
        period=entry.period,
        baseline_period=entry.baseline_period,
        annualized=entry.annualized,
        until=entry.columns["period_end"] or entry.happened_on,
    )
    try:
        measured.change()
    except PeriodMismatchError as error:
        raise FormError({"baseline_period": str(error)}) from error


def as_typed(win: Win, metric: Metric | None) -> dict[str, str | None]:
    """A stored win as its form holds it."""
    counted = metric is not None and metric.part is not None and win.part is not None
    return {
        "metric": win.metric,
        "result": None if counted else _digits(win.result),
        "part": None if win.part is None else str(win.part),
        "sample": None if win.sample is None else str(win.sample),
        "baseline": None if win.baseline is None else _digits(win.baseline),
        "happened_on": win.happened_on.isoformat(),
        "period": win.period or OPEN,
        "compared_with": win.compared_with or OPEN,
        "baseline_period": win.baseline_period or OPEN,
        "yearly": "yes" if win.annualized else None,
        "source": win.source,
        "title": win.title,
        "practice": win.practice,
        "link": win.link,
        "note": win.note,
    }


def _digits(value: Decimal) -> str:
    """A number so that it reads back as itself: "1.125" could be a thousand and more, "1.1250" could not."""
    text = number(value)
    return f"{text}0" if _LIKE_THOUSANDS.fullmatch(text) else text
