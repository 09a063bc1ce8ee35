"""Reads the day after "since" as people say it: a date, a month, a quarter, "last week", "6 weeks ago"."""

import re
from calendar import isleap
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from slackbot.rules.credentials import add_months

UNREADABLE: Final = (
    "I can't read that day: write it like `since march`, `since 3/15/2026`, `since q3 2025`, "
    "`since last quarter` or `since 6 weeks ago`."
)
AHEAD: Final = "That day has not come yet: write one that has, like `since last month`."
TWICE: Final = "I can start from one day only: write `since` once, like `since last quarter`."

_MONTHS: Final = (
    ("jan", "january"),
    ("feb", "february"),
    ("mar", "march"),
    ("apr", "april"),
    ("may",),
    ("jun", "june"),
    ("jul", "july"),
    ("aug", "august"),
    ("sep", "sept", "september"),
    ("oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
)
_MONTH_NUMBERS: Final = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_COUNTS: Final = {
    word: number
    for number, words in enumerate(
        (
            "a an one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ),
        start=1,
    )
    for word in words.split()
}
_UNITS_IN_DAYS: Final = {"day": 1, "week": 7}
_UNITS_IN_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}

_MONTH: Final = rf"(?P<month>{'|'.join(_MONTH_NUMBERS)})"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d|'\d\d)"
_QUARTER: Final = r"q(?P<quarter>[1-4])"
_CALENDAR: Final = tuple(
    re.compile(shape, re.ASCII)
    for shape in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?",
        r"(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:/(?P<year>\d{4}|\d\d))?",
        r"(?P<month>\d{1,2})/(?P<year>\d{4})",
        rf"{_MONTH}(?: {_DAY})?(?: {_YEAR})?",
        rf"{_DAY} (?:of )?{_MONTH}(?: {_YEAR})?",
        rf"{_QUARTER}(?: (?:of )?{_YEAR})?",
        rf"{_YEAR} {_QUARTER}",
        _YEAR,
    )
)
_AROUND: Final = re.compile(
    r"(?:(?:start|beginning) of )?(?P<which>this|last|past) (?P<unit>week|month|quarter|year)"
)
_AGO: Final = re.compile(
    rf"(?:(?:last|past) )?(?P<count>\d{{1,5}}|{'|'.join(_COUNTS)}) (?P<unit>day|week|month|quarter|year)s?(?: ago)?",
    re.ASCII,
)
_DAYS: Final = {"today": 0, "yesterday": 1}
_MOST_WORDS: Final = 6
_YEARS_BACK: Final = 9
"""From one February 29 to the next it can be eight years: 1896 and 1904."""


class UnreadableWordsError(ValueError):
    """The message is a sentence for the person who typed them. It never repeats what they typed."""


def read_since(words: str, today: date) -> tuple[date | None, str]:
    """The first day that "since …" names, None where nothing does, and the words that are left.

    A day, month or quarter without a year is the latest one that has begun: in May, "since october" means last
    year's. Of "march 2" the 2 is the day. Raises UnreadableWordsError, also for a day that has not come."""
    spoken = plain(words)
    if "since" not in spoken:
        return None, " ".join(spoken)
    at = spoken.index("since")
    before, behind = spoken[:at], spoken[at + 1 :]
    if "since" in behind:
        raise UnreadableWordsError(TWICE)
    if behind[:1] == ["the"]:
        behind = behind[1:]
    for length in range(min(_MOST_WORDS, len(behind)), 0, -1):
        day = _read(" ".join(behind[:length]), today)
        if day is not None:
            return day, " ".join([*before, *behind[length:]])
    raise UnreadableWordsError(UNREADABLE)


def plain(words: str) -> list[str]:
    """Each word in lower case and without the signs around it. An apostrophe stays: in "'25" it says that it is a year."""
    text = words.casefold().replace("’", "'").replace(",", " ")
    stripped = (word.strip('.:;!?"“”`*()[]<>') for word in text.split())
    return [word for word in stripped if word]


def _read(phrase: str, today: date) -> date | None:
    """The day a phrase names; None when it has no shape of a day."""
    try:
        day = _match(phrase, today)
    except (ValueError, OverflowError):  # of the right shape, but not in the calendar
        raise UnreadableWordsError(UNREADABLE) from None
    if day is not None and day > today:
        raise UnreadableWordsError(AHEAD)
    return day


def _match(phrase: str, today: date) -> date | None:
    if phrase in _DAYS:
        return today - timedelta(days=_DAYS[phrase])
    if around := _AROUND.fullmatch(phrase):
        start = _start(around["unit"], today)
        return start if around["which"] == "this" else _start(around["unit"], start - timedelta(days=1))
    if ago := _AGO.fullmatch(phrase):
        return _ago(_COUNTS.get(ago["count"]) or int(ago["count"]), ago["unit"], today)
    found = next((match for shape in _CALENDAR if (match := shape.fullmatch(phrase))), None)
    return None if found is None else _in_calendar(found.groupdict(), today)


def _start(unit: str, day: date) -> date:
    """The first day of the week (a Monday), month, quarter or year that holds a day."""
    match unit:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case _:
            return day.replace(month=1, day=1)


def _ago(count: int, unit: str, today: date) -> date:
    if unit in _UNITS_IN_DAYS:
        return today - timedelta(days=count * _UNITS_IN_DAYS[unit])
    return add_months(today, -count * _UNITS_IN_MONTHS[unit])


def _in_calendar(parts: Mapping[str, str | None], today: date) -> date:
    """The first day of what the parts name. Raises ValueError for a day that is in no calendar."""
    month, day = _month(parts), int(parts.get("day") or 1)
    year = parts.get("year")
    if year:
        digits = year.lstrip("'")
        return date(int(digits) if len(digits) == 4 else 2000 + int(digits), month, day)
    return _latest(month, day, today)


def _month(parts: Mapping[str, str | None]) -> int:
    if quarter := parts.get("quarter"):
        return int(quarter) * 3 - 2
    month = parts.get("month")
    if not month:
        return 1
    return _MONTH_NUMBERS.get(month) or int(month)


def _latest(month: int, day: int, today: date) -> date:
    """The last time it was that day of the year. February 29 may be years ago."""
    for year in range(today.year, today.year - _YEARS_BACK, -1):
        if (month, day) == (2, 29) and not isleap(year):
            continue
        candidate = date(year, month, day)
        if candidate <= today:
            return candidate
    raise ValueError("no such day within reach")
