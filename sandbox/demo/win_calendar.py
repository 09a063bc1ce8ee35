"""The wins of the demo's year: when each is logged, and what its owner does to it on their own later."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sandbox.demo import courses, episodes
from sandbox.demo.acts import Edits, Logs, Presses
from sandbox.demo.aims import told_apart
from sandbox.demo.cast import Persona
from sandbox.demo.courses import Course, Filled
from sandbox.demo.readings import Ledger
from sandbox.demo.span import FRIDAY, WEEK, Planned, Span, weekday
from sandbox.demo.team_calendar import is_away

WEEKS_A_YEAR = 52
REPORTS = "https://reports.riverside.example/panel"
LATER = {
    "mend": timedelta(hours=5),
    "edit": timedelta(days=17),
    "withdraw": timedelta(days=10),
    "share": WEEK,
}


def wins(span: Span, persona: Persona, rng: random.Random) -> Iterator[Planned]:
    """Everything that somebody logs, with what becomes of it."""
    ledger, owed = Ledger(persona, rng, told_apart(persona.name)), 0.0
    fates = random.Random(rng.random())  # noqa: S311 - a story, not a secret
    milestones = deque(persona.milestones)
    first_day, until = span.first_day(persona), episodes.begin(span, persona.name)
    for week in range(span.week_of(persona.joins), span.weeks + 1):
        if is_away(span, persona.name, week):
            continue
        owed += persona.wins_a_year / WEEKS_A_YEAR * rng.uniform(0.4, 1.6)
        days = sorted(span.monday + week * WEEK + timedelta(rng.randint(0, FRIDAY)) for _ in range(int(owed)))
        owed -= len(days)
        for number, day in enumerate(days):
            # Later in the list is later in the day, so that numbers follow one another.
            at = span.moment(persona, day, time(10 + min(number, 6), rng.randint(0, 59)))
            if first_day <= day and at < until:
                share = week / span.weeks
                metric = milestones.popleft()[1] if milestones and milestones[0][0] <= share else None
                win = ledger.next_win(share, day, earliest=first_day, metric=metric)
                key = f"{persona.name} {week} {number}"
                yield from _life(span, persona, key, at, day, win, courses.drawn(fates, win, persona.shares))


def _life(
    span: Span, persona: Persona, key: str, at: datetime, day: date, win: Filled, course: Course
) -> Iterator[Planned]:
    """Logging it, and what follows without anybody asking."""
    yield Planned(at, f"{persona.real_name} logs a win", Logs(persona.name, key, win, course))
    if course.later is None:
        return
    then = at + LATER[course.later]
    if course.later != "mend":
        then = span.moment(persona, weekday((at + LATER[course.later]).date()), time(16, 5))
    match course.later:
        case "mend":
            yield Planned(then, f"{persona.real_name} mends a win", Edits(key, win))
        case "edit":
            linked = replace(win, link=f"{REPORTS}/{day.year}/{win.metric.replace('_', '-')}")
            yield Planned(then, f"{persona.real_name} edits a win", Edits(key, linked))
        case "withdraw":
            yield Planned(then, f"{persona.real_name} withdraws a win", Presses(key, "Withdraw", "Withdrawn"))
        case "share":
            shares = Presses(key, "Share with my manager", "Shared with")
            yield Planned(then, f"{persona.real_name} shares a win", shares)
