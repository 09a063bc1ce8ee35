"""Judges any test a criterion can hold: over outcomes, over the share verified, over the profile, or over other tests."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Final

from content import (
    AllOf,
    AnyOf,
    Content,
    Credentials,
    Education,
    Measure,
    OutcomeTest,
    Predicate,
    VerifiedShare,
    Years,
)
from slackbot.rules.progress import advising, telling
from slackbot.rules.progress.asking import Ask, share_of
from slackbot.rules.progress.entries import Entry, PassedOver
from slackbot.rules.progress.judgment import Judged
from slackbot.rules.progress.measuring import tallied
from slackbot.rules.progress.profile import credentialed, educated, experienced
from slackbot.rules.readings import number, number_fixed
from slackbot.rules.roadmap import Record

NOT_MEASURED: Final = "This is no longer measured here: ask for the criterion to be changed."
_TENTH: Final = Decimal("0.1")


def judged(
    test: Predicate, entries: Sequence[Entry], record: Record, content: Content, today: date
) -> Judged:
    """Where somebody stands on one test. The order of the entries does not matter, and splitting a count changes
    nothing but the number of wins.

    Another verified gain, over a time not told of before, never takes away from it, if it is at least as large as
    what is asked: a smaller one may honestly lower an average, or a percentage over several practices."""
    match test:
        case OutcomeTest():
            return _outcome(test, entries, content, today)
        case VerifiedShare():
            return _verified_share(test, entries)
        case Education():
            return educated(test, record)
        case Years():
            return experienced(test, record)
        case Credentials():
            return credentialed(test, record)
        case AllOf():
            return _all([judged(part, entries, record, content, today) for part in test.of])
        case AnyOf():
            return _furthest([judged(part, entries, record, content, today) for part in test.of])


def _outcome(test: OutcomeTest, entries: Sequence[Entry], content: Content, today: date) -> Judged:
    """Without a metric, a number of wins counts those on any; any other measure, the metric furthest along."""
    if not content.has(f"outcome/{test.outcome}"):
        return _not_measured(test)
    outcome = content.outcome(test.outcome)
    if test.metric is None and test.by is not Measure.ENTRIES:
        each = [test.model_copy(update={"metric": metric.id}) for metric in outcome.metrics]
        return _furthest([_outcome(one, entries, content, today) for one in each])
    if test.metric is not None and not content.has(f"metric/{test.metric}"):
        return _not_measured(test)
    ask = Ask(test, None if test.metric is None else content.metric(test.metric))
    own = [entry for entry in entries if entry.outcome == test.outcome]
    sure = [entry for entry in own if entry.verified]
    verified = tallied(ask, sure)
    both = verified if len(sure) == len(own) else tallied(ask, own)
    return Judged(
        verified=verified.value,
        claimed=both.value,
        needed=Decimal(test.periods) if test.periods > 1 else test.at_least,
        met=verified.met,
        met_claimed=both.met,
        share=verified.share,
        sentence=telling.sentence(ask, verified, both, today),
        missing=advising.missing(ask, outcome, verified, both, own),
        counted=both.counted,
        passed_over=both.passed_over,
    )


def _not_measured(test: OutcomeTest) -> Judged:
    asked = Decimal(test.periods) if test.periods > 1 else test.at_least
    return Judged(None, None, asked, False, False, Decimal(0), "Not measured here", NOT_MEASURED)


def _verified_share(test: VerifiedShare, entries: Sequence[Entry]) -> Judged:
    """Of the wins put forward: a private one is nobody's to verify yet."""
    forward = [entry for entry in entries if not entry.private]
    count, verified = len(forward), sum(entry.verified for entry in forward)
    asked = f"{number(test.at_least)}% needed"
    if not count:
        sentence, missing = f"No wins put forward yet, {asked}", "Share a win with your manager."
        return Judged(None, None, test.at_least, False, False, Decimal(0), sentence, missing)
    share = Decimal(100 * verified) / count
    left = int((test.at_least * count / 100).to_integral_value(ROUND_CEILING)) - verified
    return Judged(
        verified=share,
        claimed=Decimal(100),
        needed=test.at_least,
        met=left <= 0,
        met_claimed=True,
        share=share_of(test.at_least, share) if left > 0 else Decimal(1),
        sentence=f"{verified} of {count} {'win' if count == 1 else 'wins'} confirmed ({_percent(share)}), {asked}",
        missing="" if left <= 0 else f"{left} more of them confirmed would be enough.",
        counted=tuple(sorted(entry.id for entry in forward)),
    )


def _percent(share: Decimal) -> str:
    return f"{number_fixed(share.quantize(_TENTH))}%"


def _all(parts: Sequence[Judged]) -> Judged:
    open_parts = [part for part in parts if not part.met]
    return Judged(
        verified=Decimal(len(parts) - len(open_parts)),
        claimed=Decimal(sum(part.met_claimed for part in parts)),
        needed=Decimal(len(parts)),
        met=not open_parts,
        met_claimed=all(part.met_claimed for part in parts),
        share=sum((part.share for part in parts), Decimal(0)) / len(parts),
        sentence="; ".join(part.sentence for part in parts),
        missing=open_parts[0].missing if open_parts else "",
        counted=_united(parts),
        passed_over=_left_out(parts),
    )


def _furthest(parts: Sequence[Judged]) -> Judged:
    """Any one is enough: the first of those that are furthest along speaks, unless a claim elsewhere would do."""
    chosen = max(parts, key=lambda part: (part.met, part.share, part.met_claimed))
    would_do = any(part.met_claimed for part in parts)
    missing = advising.CLAIMED if would_do and not chosen.met else chosen.missing
    return replace(chosen, met_claimed=would_do, missing=missing)


def _united(parts: Sequence[Judged]) -> tuple[int, ...]:
    return tuple(sorted({each for part in parts for each in part.counted}))


def _left_out(parts: Sequence[Judged]) -> tuple[PassedOver, ...]:
    """Those that count in no part, with the first reason."""
    counted = set(_united(parts))
    reasons = {each: why for part in reversed(parts) for each, why in part.passed_over if each not in counted}
    return tuple(sorted(reasons.items()))
