"""The part of the demo's year that managers have in it: who reports to whom, their Mondays, and what follows for liaisons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from sandbox.demo import teams
from sandbox.demo.acts import (
    Accepts,
    Adds,
    AsksForManager,
    Delegates,
    HandsOver,
    LooksAfter,
    Reviews,
    SetsManager,
)
from sandbox.demo.cast import LIAISONS
from sandbox.demo.span import WEEK, Planned, Span, in_working_hours, persona_of

QUIET = timedelta(days=7)
"""How long before the end the last Monday is: what came since then waits."""
MONDAYS_AT = {"ben": time(9, 35), "rosa": time(8, 50)}
SEEN_TO = ((1, time(18, 20)), (3, time(20, 40)))
"""Days after Monday, and times in UTC, at which liaisons see to what was asked or declined."""


def reporting(span: Span) -> Iterator[Planned]:
    """Who reports to whom, from the first days on."""
    for number, (liaison, manager) in enumerate(teams.SET_BY_DEE):
        at = in_working_hours(span, "dee", 0, number)
        yield Planned(at, f"Dee sets {liaison}'s manager", SetsManager("dee", liaison, manager))
    liaison, manager = teams.ASKS
    at = in_working_hours(span, liaison, 0, 5)
    yield Planned(at, f"{liaison} asks {manager}", AsksForManager(liaison, manager))
    yield Planned(at + timedelta(minutes=50), f"{manager} accepts", Accepts(manager))
    manager, liaison = teams.ADDED
    at = in_working_hours(span, liaison, persona_of(liaison).joins, 9)
    yield Planned(at, f"{manager} adds {liaison}", Adds(manager, liaison))
    liaison, manager = teams.DIRECTOR
    at = in_working_hours(span, manager, teams.ONE_TEAM, 11)
    yield Planned(at, f"Dee sets {liaison}'s manager", SetsManager("dee", liaison, manager))
    for number, over in enumerate(teams.HAND_OVERS, start=13):
        at = in_working_hours(span, over.who, over.share, number)
        yield Planned(at, f"{over.who} hands {over.liaison} over", HandsOver(over.who, over.liaison, over.to))


def reviews(span: Span) -> Iterator[Planned]:
    """Mondays: managers go through what waits. In the days after, liaisons see to what came of it."""
    leave = teams.LEAVE
    away = range(span.week_of(leave.begins), span.week_of(leave.ends))
    for week in range(1, span.weeks + 1):
        for who in teams.MANAGERS:
            at = _monday(span, who, week)
            if at <= span.end - QUIET and not (who == leave.who and week in away):
                yield Planned(at, f"{who} goes through the queue", Reviews(who))
        yield from _seen_to(span, week)
    before = _monday(span, leave.who, away.start) - timedelta(days=3) + timedelta(hours=6)
    yield Planned(before, f"{leave.who} leaves wins to {leave.cover}", Delegates(leave.who, leave.cover))


def _monday(span: Span, who: str, week: int) -> datetime:
    return span.moment(persona_of(who), span.monday + week * WEEK, MONDAYS_AT[who])


def _seen_to(span: Span, week: int) -> Iterator[Planned]:
    """In one act for all of them: mostly there is nothing to do."""
    for days, at in SEEN_TO:
        day = span.monday + week * WEEK + timedelta(days=days)
        there = [
            each for each in LIAISONS if day > span.first_day(each) and not is_away(span, each.name, week)
        ]
        when = datetime.combine(day, at, UTC)
        yield Planned(when, "liaisons see to what was said", LooksAfter(tuple(each.name for each in there)))


def is_away(span: Span, who: str, week: int) -> bool:
    """Whether somebody is on leave in that week."""
    away = persona_of(who).away
    return away is not None and span.week_of(away[0]) <= week < span.week_of(away[1])
