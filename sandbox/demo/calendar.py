"""The demo's year as a list: who does what, and when. Every part of the product that has a history adds its acts here."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sandbox.demo import talk
from sandbox.demo.acts import Act, Asks, FillsIn, Joins, Logs, Moves, OpensHome, Says, SetsWeekly
from sandbox.demo.cast import CAST, LIAISONS, Persona
from sandbox.demo.growth import FORMS
from sandbox.demo.readings import Ledger

WEEK = timedelta(days=7)
WEEKS_A_YEAR = 52
SETTLING_IN = timedelta(minutes=2)
"""Between the start and the first hire."""
LAST_LOOK = timedelta(minutes=20)
"""How long before the end everybody opens Home once more."""
FRIDAY = 4


@dataclass(frozen=True)
class Planned:
    """An act and its moment."""

    at: datetime
    what: str
    """For the sentence that says where the year stopped."""
    act: Act


@dataclass(frozen=True)
class Span:
    """The time that is told, in whole local weeks from the Monday on or before its start."""

    start: datetime
    end: datetime

    @property
    def weeks(self) -> int:
        return max(round((self.end - self.start) / WEEK), 1)

    @property
    def monday(self) -> date:
        day = self.start.date()
        return day - timedelta(days=day.weekday())

    def week_of(self, share: float) -> int:
        return int(share * self.weeks)

    def monday_of(self, share: float) -> date:
        """The first day of the week in which this share of the time has passed."""
        return self.monday + self.week_of(share) * WEEK

    def first_day(self, persona: Persona) -> date:
        """The first working day on which somebody can use the app: never the day they start on."""
        hired = self.monday_of(persona.joins) if persona.joins else self.start.date()
        return _weekday(hired + timedelta(days=1))

    def moment(self, persona: Persona, day: date, at: time) -> datetime:
        """A time on the person's own clock, wherever they live on that day, in UTC."""
        moved = persona.move is not None and day >= self.monday_of(persona.move.share)
        zone = persona.move.zone if moved and persona.move is not None else persona.zone
        return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def _weekday(day: date) -> date:
    """That day, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > FRIDAY else day


def year(span: Span, seed: int) -> list[Planned]:
    """Everything that happens, in order. The same for the same span and seed, whoever else is in the cast."""
    planned = [*_hires(span), *_last_looks(span)]
    for persona in CAST:
        rng = random.Random(f"{seed}:{persona.name}")  # noqa: S311 - a story, not a secret
        planned += _first_day(span, persona, rng)
        planned += _changes(span, persona)
        planned += _wins(span, persona, rng)
    planned += [*_talk(span), *_questions(span), *_growth(span)]
    within = [one for one in planned if span.start < one.at < span.end]
    return sorted(within, key=lambda one: one.at)


def _hires(span: Span) -> Iterator[Planned]:
    for persona in CAST:
        if not persona.seeded:
            morning = span.moment(persona, span.monday_of(persona.joins), time(9))
            at = morning if persona.joins else span.start + SETTLING_IN
            yield Planned(at, f"{persona.real_name} joins", Joins(persona))


def _first_day(span: Span, persona: Persona, rng: random.Random) -> Iterator[Planned]:
    """Looks at Home, and says when the weekly message should come."""
    at = span.moment(persona, span.first_day(persona), time(9, rng.randint(5, 55)))
    yield Planned(at, f"{persona.real_name} opens Home", OpensHome(persona.name))
    if persona.weekly is not None:
        what = f"{persona.real_name} sets the weekly message"
        yield Planned(at + timedelta(minutes=1), what, SetsWeekly(persona.name, persona.weekly))


def _changes(span: Span, persona: Persona) -> Iterator[Planned]:
    """Leave and moving house."""
    if persona.away is not None:
        leaves, back = (span.monday_of(share) for share in persona.away)
        at = span.moment(persona, leaves - timedelta(days=3), time(16, 40))
        what = f"{persona.real_name} pauses the weekly message"
        yield Planned(at, what, SetsWeekly(persona.name, paused_until=back))
    if persona.move is not None:
        at = span.moment(persona, span.monday_of(persona.move.share), time(0, 5))
        yield Planned(at, f"{persona.real_name} moves", Moves(persona.name, persona.move.zone))


def _wins(span: Span, persona: Persona, rng: random.Random) -> Iterator[Planned]:
    ledger, owed = Ledger(persona, rng), 0.0
    milestones = deque(persona.milestones)
    first_day = span.first_day(persona)
    for week in range(span.week_of(persona.joins), span.weeks + 1):
        if _is_away(span, persona, week):
            continue
        owed += persona.wins_a_year / WEEKS_A_YEAR * rng.uniform(0.4, 1.6)
        days = sorted(span.monday + week * WEEK + timedelta(rng.randint(0, FRIDAY)) for _ in range(int(owed)))
        owed -= len(days)
        for number, day in enumerate(days):
            # Later in the list is later in the day, so that numbers follow one another.
            at = span.moment(persona, day, time(10 + min(number, 6), rng.randint(0, 59)))
            if first_day <= day and at < span.end:
                share = week / span.weeks
                metric = milestones.popleft()[1] if milestones and milestones[0][0] <= share else None
                win = ledger.next_win(share, day, earliest=first_day, metric=metric)
                yield Planned(at, f"{persona.real_name} logs a win", Logs(persona.name, win))


def _is_away(span: Span, persona: Persona, week: int) -> bool:
    return persona.away is not None and span.week_of(persona.away[0]) <= week < span.week_of(persona.away[1])


def _last_looks(span: Span) -> Iterator[Planned]:
    for number, persona in enumerate(LIAISONS):
        at = span.end - LAST_LOOK + timedelta(seconds=number)
        yield Planned(at, f"{persona.real_name} opens Home", OpensHome(persona.name))


def _talk(span: Span) -> Iterator[Planned]:
    for number, line in enumerate(talk.LINES):
        at = _in_working_hours(span, line.who, line.share, number)
        yield Planned(at, f"{line.who} writes", Says(line.who, line.channel, line.text))


def _questions(span: Span) -> Iterator[Planned]:
    for number, asked in enumerate(talk.QUESTIONS):
        at = _in_working_hours(span, asked.who, asked.share, number)
        act = Asks(asked.who, asked.words, asked.expects, asked.in_channel)
        yield Planned(at, f"{asked.who} asks /prm {asked.words}", act)


def _growth(span: Span) -> Iterator[Planned]:
    for number, filled in enumerate(FORMS):
        at = _in_working_hours(span, filled.who, filled.share, number) + timedelta(minutes=90)
        yield Planned(at, f"{filled.who} fills in {filled.words}", FillsIn(filled))


def _in_working_hours(span: Span, who: str, share: float, number: int) -> datetime:
    """On a weekday of the week of that share, from their second day on; `number` keeps what is listed in order."""
    persona = next(persona for persona in CAST if persona.name == who)
    into_the_week = share * span.weeks % 1
    day = span.monday_of(share) + timedelta(days=min(int(into_the_week * 7), FRIDAY))
    day = _weekday(max(day, span.first_day(persona) + timedelta(days=1)))
    return span.moment(persona, day, time(11, number * 3 % 60))
