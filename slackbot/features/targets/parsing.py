"""Reads the form of a target: from where to where, and between which days; or a sentence at the field to mend."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from content import Direction, Metric
from slackbot.errors import FormError
from slackbot.rules.numbers import UnreadableNumberError, read_baseline, read_number
from slackbot.rules.outcomes import reading
from slackbot.rules.pace import Aim
from slackbot.ui.text import day

YEARS: Final = 10
"""How far from today a day may lie, so that a slip in the year is seen. A house default."""

Values = Mapping[str, str | None]
Errors = dict[str, str]
T = TypeVar("T")


def year_on(today: date) -> date:
    """The day twelve months on; of February 29, the 28th."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return today.replace(year=today.year + 1, day=28)


def parse(values: Values, metric: Metric, today: date) -> Aim:
    """Reads the form. Raises FormError with a sentence for each field that must be mended."""
    errors: Errors = {}
    start = _read("from", errors, lambda: read_baseline(values.get("from"), metric))
    goal = _read("to", errors, lambda: _goal(values.get("to"), metric))
    starts = _day("starts", values, errors, today)
    due = _day("due", values, errors, today)
    if due is not None and due <= today:
        errors["due"] = "Choose a day after today."
    elif due is not None and starts is not None and due <= starts:
        errors["due"] = f"Choose a day after it starts, {day(starts)}."
    if errors or goal is None or starts is None or due is None:
        raise FormError(errors)
    aim = Aim(metric, start, goal, starts, due)
    _refuse_the_wrong_way(aim)
    return aim


def _goal(text: str | None, metric: Metric) -> Decimal:
    if not text:
        raise UnreadableNumberError("Write the number to reach.")
    return read_number(text, metric)


def _read(name: str, errors: Errors, read: Callable[[], T]) -> T | None:
    try:
        return read()
    except UnreadableNumberError as error:
        errors[name] = str(error)
        return None


def _day(name: str, values: Values, errors: Errors, today: date) -> date | None:
    try:
        chosen = date.fromisoformat(values.get(name) or "")
    except ValueError:
        errors[name] = "Choose a day."
        return None
    if abs(chosen.year - today.year) > YEARS:
        errors[name] = "Is the year right?"
        return None
    return chosen


def _refuse_the_wrong_way(aim: Aim) -> None:
    """A target lies on the better side of where it begins."""
    if aim.origin is None:
        return
    start = reading(aim.metric, aim.origin)
    if aim.goal == aim.origin:
        raise FormError({"to": f"{start} is where it begins. Write a number to reach from there."})
    if aim.metric.direction is Direction.DOWN and aim.goal > aim.origin:
        raise FormError({"to": f"Here lower is better: a target from {start} lies below it."})
    if aim.metric.direction is Direction.UP and aim.goal < aim.origin:
        raise FormError({"to": f"Here higher is better: a target from {start} lies above it."})
