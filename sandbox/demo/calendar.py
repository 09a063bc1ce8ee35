"""The demo's year as a list: who does what, and when. Every part of the product that has a history adds its acts here."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import time, timedelta

from sandbox.demo import episodes, talk
from sandbox.demo.acts import Asks, FillsIn, Joins, Moves, OpensHome, Says, SetsWeekly
from sandbox.demo.aim_calendar import aims
from sandbox.demo.cast import CAST, Persona
from sandbox.demo.growth import FORMS
from sandbox.demo.span import Planned, Span, in_working_hours
from sandbox.demo.team_calendar import reporting, reviews
from sandbox.demo.win_calendar import wins

__all__ = ["Planned", "Span", "year"]

SETTLING_IN = timedelta(minutes=2)
"""Between the start and the first hire."""
LAST_LOOK = timedelta(minutes=20)
"""How long before the end everybody opens Home once more."""


def year(span: Span, seed: int) -> list[Planned]:
    """Everything that happens, in order. The same for the same span and seed, whoever else is in the cast."""
    planned = [*_hires(span), *_last_looks(span)]
    for persona in CAST:
        rng = random.Random(f"{seed}:{persona.name}")  # noqa: S311 - a story, not a secret
        planned += _first_day(span, persona, rng)
        planned += _changes(span, persona)
        planned += wins(span, persona, rng)
    planned += [
        *_talk(span),
        *_questions(span),
        *_growth(span),
        *reporting(span),
        *reviews(span),
        *aims(span),
    ]
    planned += [*episodes.on_the_way(span), *episodes.latest(span)]
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


def _last_looks(span: Span) -> Iterator[Planned]:
    for number, persona in enumerate(CAST):
        at = span.end - LAST_LOOK + timedelta(seconds=number)
        yield Planned(at, f"{persona.real_name} opens Home", OpensHome(persona.name))


def _talk(span: Span) -> Iterator[Planned]:
    for number, line in enumerate(talk.LINES):
        at = in_working_hours(span, line.who, line.share, number)
        yield Planned(at, f"{line.who} writes", Says(line.who, line.channel, line.text))


def _questions(span: Span) -> Iterator[Planned]:
    for number, asked in enumerate(talk.QUESTIONS):
        at = in_working_hours(span, asked.who, asked.share, number)
        act = Asks(asked.who, asked.words, asked.expects, asked.in_channel)
        yield Planned(at, f"{asked.who} asks /prm {asked.words}", act)


def _growth(span: Span) -> Iterator[Planned]:
    for number, filled in enumerate(FORMS):
        at = in_working_hours(span, filled.who, filled.share, number) + timedelta(minutes=90)
        yield Planned(at, f"{filled.who} fills in {filled.words}", FillsIn(filled))
