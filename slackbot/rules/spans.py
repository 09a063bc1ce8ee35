"""Reads the stretch of time somebody asks for: "last quarter", "this year", "q3 2025", "since march"."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from content import Period
from slackbot.rules import periods
from slackbot.rules.since import AHEAD, UnreadableWordsError, plain, read_since

UNREADABLE: Final = (
    "I can't read that stretch of time: write it like `this quarter`, `last quarter`, `this year`, `q3 2025` or "
    "`since march`."
)
THIS_YEAR: Final = "this year"
_FILLERS: Final = frozenset({"for", "of", "in", "during", "the"})
_YEAR: Final = r"(?:(?:19|20)\d\d|'\d\d)"
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_WHOLE: Final = (
    (Period.WEEK, re.compile(r"(?:this|last|past) week")),
    (Period.MONTH, re.compile(r"(?:this|last|past) month")),
    (Period.QUARTER, re.compile(r"(?:this|last|past) quarter")),
    (Period.YEAR, re.compile(rf"(?:this|last|past) year|{_YEAR}")),
    (Period.QUARTER, re.compile(rf"q[1-4](?: {_YEAR})?|{_YEAR} q[1-4]")),
    (Period.MONTH, re.compile(rf"{_MONTH}(?: {_YEAR})?|\d\d?/\d{{4}}|\d{{4}}-\d\d?")),
)
"""What names a calendar period, which then ends by itself; of anything else only the first day is known."""


@dataclass(frozen=True)
class Span:
    """From one day to another, both of them in it; `words` read back to the same."""

    first: date
    last: date
    words: str


def read_span(words: str, today: date) -> Span:
    """The stretch that words name; this year without any. It never reaches beyond today.

    Raises UnreadableWordsError, also where no part of it has come yet."""
    spoken = [word for word in plain(words) if word not in _FILLERS] or THIS_YEAR.split()
    phrase = " ".join(spoken)
    if spoken[0] in {"since", "from"}:
        phrase = " ".join(["since", *spoken[1:]])
        return Span(_first_day(phrase, today), today, phrase)
    first = _first_day(f"since {phrase}", today)
    period = next((period for period, shape in _WHOLE if shape.fullmatch(phrase)), None)
    if period is None and not _looks_back(spoken):
        raise UnreadableWordsError(UNREADABLE)
    last = today if period is None else min(periods.span(period, first)[1], today)
    return Span(first, last, phrase)


def _looks_back(spoken: list[str]) -> bool:
    """ "last 3 months", "6 weeks ago": from then until today. A single day is no stretch."""
    return spoken[0] in {"last", "past"} or spoken[-1] == "ago"


def _first_day(phrase: str, today: date) -> date:
    try:
        first, rest = read_since(phrase, today)
    except UnreadableWordsError as error:
        raise UnreadableWordsError(AHEAD if str(error) == AHEAD else UNREADABLE) from None
    if first is None or rest:
        raise UnreadableWordsError(UNREADABLE)
    return first
