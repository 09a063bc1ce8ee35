"""Wins in short for the tests of progress: `entries(content, "referrals 120>150 2026Q1 @oak", "campaigns 2 2026-03 ?")`.

A metric, "baseline>result" or the result alone, and the time it covers: 2026, 2026H1, 2026Q1, 2026-03, a day, or a day
with "!" for an event. Then, as needed: @practice, n20 for the sample, p13 for its part, ? for a claim that nobody has
verified, ?? for a private one, on2026-05-01 for the day it happened (else the last day it covers)."""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date
from decimal import Decimal

from content import Content
from slackbot.rules.progress import Entry

_MONTHS = {"Q": 3, "H": 6}


def entries(content: Content, *wins: str) -> list[Entry]:
    """They are numbered from 1, in the order given."""
    return [entry(content, number, win) for number, win in enumerate(wins, start=1)]


def entry(content: Content, number: int, win: str) -> Entry:
    metric, figures, when, *rest = win.split()
    baseline, _, result = figures.rpartition(">")
    start, end, period = time(when)
    read = Entry(
        id=number,
        metric=metric,
        outcome=content.metric(metric).outcome,
        baseline=Decimal(baseline) if baseline else None,
        result=Decimal(result),
        sample=None,
        part=None,
        start=start,
        end=end,
        happened_on=end,
        practice=None,
        verified=True,
        period=period,
    )
    for mark in rest:
        read = _marked(read, mark)
    return read


def _marked(read: Entry, mark: str) -> Entry:
    if mark in ("?", "??"):
        return replace(read, verified=False, private=mark == "??")
    if mark.startswith("@"):
        return replace(read, practice=mark[1:])
    if mark.startswith("on"):
        return replace(read, happened_on=date.fromisoformat(mark[2:]))
    if mark.startswith("n"):
        return replace(read, sample=int(mark[1:]))
    assert mark.startswith("p"), f"{mark} says nothing"
    return replace(read, part=int(mark[1:]))


def time(when: str) -> tuple[date, date, str | None]:
    """The first and last day, worked out apart from the product's own periods, and what the period is called."""
    if found := re.fullmatch(r"(\d{4})([QH])(\d)", when):
        year, months, which = int(found[1]), _MONTHS[found[2]], int(found[3])
        return *_months(year, months * (which - 1) + 1, months), "quarter" if months == 3 else "half_year"
    if re.fullmatch(r"\d{4}", when):
        return *_months(int(when), 1, 12), "year"
    if re.fullmatch(r"\d{4}-\d{2}", when):
        return *_months(int(when[:4]), int(when[5:]), 1), "month"
    day = date.fromisoformat(when.removesuffix("!"))
    return day, day, "event" if when.endswith("!") else None


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    last = first + count - 1
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
