"""Says what a test asks for in one sentence made of its own numbers, so that an edited criterion cannot say another."""

from decimal import Decimal
from typing import Final

from content import (
    AllOf,
    AnyOf,
    Content,
    CredentialKind,
    Credentials,
    Degree,
    Direction,
    Education,
    Measure,
    Metric,
    MetricKind,
    OutcomeTest,
    Predicate,
    VerifiedShare,
    Years,
)
from content.models import Sample
from slackbot.rules import periods
from slackbot.rules.progress.asking import Ask
from slackbot.rules.progress.naming import GONE, WORK

Leaf = OutcomeTest | VerifiedShare | Education | Years | Credentials

DEGREES: Final = {
    Degree.BACHELOR: "a bachelor's degree or higher",
    Degree.MASTER: "a master's degree or higher",
    Degree.DOCTORATE: "a doctorate",
}


def asked(test: Predicate, content: Content) -> str:
    """The whole sentence. Numbers stand as plain digits, each one of the test's own."""
    said = _asked(test, content)
    return f"{said[:1].upper()}{said[1:]}."


def _asked(test: Predicate, content: Content) -> str:
    match test:
        case AllOf():
            return "; and ".join(_part(part, content) for part in test.of)
        case AnyOf():
            return "; or ".join(_part(part, content) for part in test.of)
        case OutcomeTest():
            return _outcome(test, content)
        case VerifiedShare():
            return f"at least {test.at_least:f}% of the wins you put forward are confirmed"
        case Education():
            return DEGREES[test.at_least]
        case Years():
            return f"at least {_many(test.at_least, 'year')} {WORK[test.of]}"
        case Credentials():
            return f"at least {_many(Decimal(test.at_least), _kinds(test.kinds))}, earned and not lapsed"


def _part(test: Predicate, content: Content) -> str:
    """An alternative among several conditions, or the other way round, must be read as one."""
    said = _asked(test, content)
    return f"({said})" if isinstance(test, AllOf | AnyOf) else said


def _outcome(test: OutcomeTest, content: Content) -> str:
    ask = ask_of(test, content)
    return f"{subject_of(test, content)}: {_least(ask)}{_stretch(ask)}{_sample(ask)}"


def ask_of(test: OutcomeTest, content: Content) -> Ask:
    known = test.metric is not None and content.has(f"metric/{test.metric}")
    return Ask(test, content.metric(test.metric) if known and test.metric else None)


def subject_of(test: OutcomeTest, content: Content) -> str:
    """What it measures, as people call it."""
    ref = f"outcome/{test.outcome}" if test.metric is None else f"metric/{test.metric}"
    return content.entry(ref).heading if content.has(ref) else GONE


def _least(ask: Ask) -> str:
    test, metric = ask.test, ask.metric
    if test.by is Measure.ENTRIES:
        return f"at least {_many(test.at_least, 'win')}"
    bound = "at most" if ask.has_ceiling else "at least"
    in_all = " in all" if test.by is Measure.TOTAL and ask.length is None else ""
    if not ask.is_change:
        return f"{bound} {_reading(metric, test.at_least)}{in_all}"
    way = "down" if metric is not None and metric.direction is Direction.DOWN else "up"
    size = f"{test.at_least:f}%" if test.by is Measure.PERCENT_CHANGE else _difference(metric, test.at_least)
    return f"{way} by at least {size} from the baseline"


def _difference(metric: Metric | None, value: Decimal) -> str:
    if metric is not None and metric.kind is MetricKind.PERCENTAGE:
        return _many(value, "percentage point")
    if metric is not None and metric.kind in (MetricKind.POINTS, MetricKind.SCORE):
        return _many(value, "point")
    return _reading(metric, value)


def _reading(metric: Metric | None, value: Decimal) -> str:
    if metric is None:
        return f"{value:f}"
    match metric.kind:
        case MetricKind.CURRENCY:
            return f"${value:f}"
        case MetricKind.PERCENTAGE:
            return f"{value:f}%"
        case MetricKind.POINTS | MetricKind.SCORE:
            return f"{value:f}"
        case _:
            return f"{value:f} {metric.unit_after(value)}"


def _stretch(ask: Ask) -> str:
    if ask.test.periods > 1:
        return f", in {ask.test.periods} {periods.noun(ask.length)}s in a row"
    return f", in {periods.one(ask.length)}" if ask.length else ""


def _sample(ask: Ask) -> str:
    if ask.test.sample is None:
        return ""
    count = ask.test.sample
    return f", from at least {count} {sample_of(ask.metric).after(count)}"


def sample_of(metric: Metric | None) -> Sample:
    """What is counted behind a result; answers, where the metric does not say."""
    return Sample.ANSWERS if metric is None or metric.sample is Sample.NONE else metric.sample


def _kinds(kinds: tuple[CredentialKind, ...]) -> str:
    return " or ".join(kinds) or "credential"


def _many(count: Decimal, noun: str) -> str:
    return f"{count:f} {noun}" if count == 1 else f"{count:f} {noun.replace(' or ', 's or ')}s"


def label(test: Leaf, content: Content) -> str:
    """What the field for a test's number is called: "Referrals from your panel: up by, in %"."""
    match test:
        case OutcomeTest():
            return f"{subject_of(test, content)}: {_measure(ask_of(test, content))}"
        case VerifiedShare():
            return "Wins confirmed: at least, in %"
        case Education():
            return "Degree"
        case Years():
            return f"Years {WORK[test.of]}: at least"
        case Credentials():
            return f"{_kinds(test.kinds).replace(' or ', 's or ').capitalize()}s: at least"


def _measure(ask: Ask) -> str:
    if ask.test.by is Measure.ENTRIES:
        return "wins, at least"
    unit = f", in {ask.metric.unit}" if ask.metric else ""
    if not ask.is_change:
        return f"at {'most' if ask.has_ceiling else 'least'}{unit}"
    way = "down" if ask.metric is not None and ask.metric.direction is Direction.DOWN else "up"
    if ask.test.by is Measure.PERCENT_CHANGE:
        return f"{way} by, in %"
    is_share = ask.metric is not None and ask.metric.kind is MetricKind.PERCENTAGE
    return f"{way} by, in percentage points" if is_share else f"{way} by{unit}"
