"""What people aim at in the demo's year: targets with the wins that lead there, and the criteria of a role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from sandbox.demo.acts import (
    Agrees,
    ClosesAsReached,
    EditsCriteria,
    Logs,
    Proposes,
    ProposesInstead,
    TakesUp,
)
from sandbox.demo.aims import PANEL, REVISION, TAKEN_UP, TARGETS, Result, Target
from sandbox.demo.courses import Filled
from sandbox.demo.measures import MEASURES
from sandbox.demo.periods import last_full
from sandbox.demo.span import Planned, Span, in_working_hours, persona_of, weekday
from sandbox.demo.teams import manager_at

LATER = timedelta(hours=5)
"""After what else happens on that day: whoever reports to whom is known by then."""
ANSWERED = timedelta(minutes=50)
REPORTED = timedelta(days=12)
"""How long after its end the numbers of a quarter are there."""
WHOLE_PANEL = "The whole panel, from the referral queue, beside the same quarter last year."


def aims(span: Span) -> Iterator[Planned]:
    """Targets, from the proposal to where they are today, and what becomes of the criteria."""
    for number, target in enumerate(TARGETS):
        yield from _agreement(span, target, number)
        yield from _changes(span, target, number)
        yield from _results(span, target, number)
    yield from _panel(span)
    yield from _criteria(span)


def _agreement(span: Span, target: Target, number: int) -> Iterator[Planned]:
    other = _other(target, target.by, target.share)
    due = None if target.due is None else (span.start + target.due * (span.end - span.start)).date()
    proposes = Proposes(
        target.by, target.key, target.owner, other, target.metric, target.start, target.to, due
    )
    at = in_working_hours(span, target.by, target.share, number) + LATER
    yield Planned(at, f"{target.by} proposes {target.key}", proposes)
    asked = other
    if target.countered is not None:
        at += ANSWERED
        instead = ProposesInstead(other, target.key, target.by, target.countered)
        yield Planned(at, f"{other} proposes another {target.key}", instead)
        asked = target.by
    if target.answered:
        yield Planned(at + ANSWERED, f"{asked} agrees to {target.key}", Agrees(asked, target.key))


def _changes(span: Span, target: Target, number: int) -> Iterator[Planned]:
    change = target.change
    if change is not None:
        other = _other(target, change.by, change.share)
        at = in_working_hours(span, change.by, change.share, number) + LATER
        instead = ProposesInstead(change.by, target.key, other, change.to)
        yield Planned(at, f"{change.by} changes {target.key}", instead)
        yield Planned(at + ANSWERED, f"{other} agrees to {target.key}", Agrees(other, target.key))
    if target.reached is not None:
        at = in_working_hours(span, target.owner, target.reached, number) + LATER
        yield Planned(at, f"{target.owner} reaches {target.key}", ClosesAsReached(target.owner, target.key))


def _other(target: Target, by: str, share: float) -> str:
    return manager_at(share, target.owner) if by == target.owner else target.owner


def _results(span: Span, target: Target, number: int) -> Iterator[Planned]:
    """Each begins where the one before ended."""
    start = Result(target.share, target.start or "0")
    for count, (before, result) in enumerate(pairwise((start, *target.results))):
        at = in_working_hours(span, target.owner, result.share, number) + LATER
        win = _win(target, before.value, result, _local(span, target.owner, at), count)
        what = f"{target.owner} logs a win toward {target.key}"
        yield Planned(at, what, Logs(target.owner, f"{target.key} {count}", win))


def _win(target: Target, before: str, result: Result, on: date, count: int) -> Filled:
    measure = next(each for each in MEASURES if each.metric == target.metric)
    improved = (float(result.value) < float(before)) is measure.down
    texts = measure.better if improved else measure.worse
    return Filled(
        metric=target.metric,
        baseline=before,
        result=result.value,
        happened_on=on,
        practice=persona_of(target.owner).territory,
        source=measure.sources[0],
        # Every other one comes without a word, as with all wins.
        note=texts[count % len(texts)] if count % 2 == 0 else None,
        sample=result.sample,
        part=result.part,
    )


def _panel(span: Span) -> Iterator[Planned]:
    """The panel's quarters, some days after each of them ended."""
    persona, measure = persona_of(PANEL.who), next(one for one in MEASURES if one.metric == PANEL.metric)
    end = last_full("quarter", (span.end - REPORTED).date())
    for number, (before, after) in enumerate(reversed(PANEL.numbers)):
        day = weekday(end + REPORTED)
        if day > span.first_day(persona):
            win = Filled(
                metric=PANEL.metric,
                baseline=before,
                result=after,
                happened_on=end,
                practice=persona.territory,
                source=measure.sources[0],
                note=WHOLE_PANEL,
                period="quarter",
                compared_with="last_year",
            )
            at = span.moment(persona, day, time(15, 20))
            yield Planned(at, f"{PANEL.who} logs a quarter", Logs(PANEL.who, f"quarter {number}", win))
        end = last_full("quarter", end)


def _criteria(span: Span) -> Iterator[Planned]:
    at = in_working_hours(span, REVISION.who, REVISION.share) + LATER
    edits = EditsCriteria(REVISION.who, REVISION.rung, REVISION.fields, REVISION.why)
    yield Planned(at, f"{REVISION.who} edits the criteria", edits)
    for number, (share, who) in enumerate(TAKEN_UP):
        at = in_working_hours(span, who, share, number) + LATER
        yield Planned(at, f"{who} takes the criteria up", TakesUp(who))


def _local(span: Span, who: str, at: datetime) -> date:
    return at.astimezone(span.zone(persona_of(who), at.date())).date()
