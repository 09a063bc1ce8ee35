"""Words about a win, in mrkdwn: what moved, where and when, and who may see it."""

from typing import Final

from content import Content, Metric, Period, UnknownEntryError
from slackbot.rules import periods
from slackbot.rules.outcomes import Measured, number
from slackbot.rules.progress.stretches import named
from slackbot.ui.forms import Option
from slackbot.ui.text import day, escape
from storage.models import Win

SOURCES: Final = (
    Option("Electronic health record (EHR)", "ehr"),
    Option("Physician relationship software", "prm_software"),
    Option("Claims data", "claims"),
    Option("Finance", "finance"),
    Option("Survey", "survey"),
    Option("My own count", "self_reported"),
)
PERIODS: Final = (
    Option("A week", Period.WEEK),
    Option("A month", Period.MONTH),
    Option("A quarter", Period.QUARTER),
    Option("Half a year", Period.HALF_YEAR),
    Option("A year", Period.YEAR),
    Option("The year to date", periods.TO_DATE),
    Option("One event", Period.EVENT),
)
COMPARISONS: Final = (
    Option("The same time last year", periods.LAST_YEAR),
    Option("The time just before", periods.BEFORE),
)
LEFT_OUT: Final = "Left out of exports until you change the wording"
_SOURCE_NAMES: Final = {option.value: option.label for option in SOURCES}
_STATUSES: Final = {
    "private": "Only you see this",
    "shared": "Waiting to be confirmed",
    "needs_info": "Question from your manager",
    "verified": "Confirmed",
    "declined": "Not confirmed",
    "withdrawn": "Withdrawn",
}


def line(content: Content, win: Win) -> str:
    """One win in words, in mrkdwn: what moved, from what to what, where, and when."""
    name = escape(metric_name(content, win))
    top = f"*{escape(win.title)}*\n{name}" if win.title else f"*{name}*"
    return f"{top}: {escape(sentence_of(content, win))}\n{details(win)}"


def metric_name(content: Content, win: Win) -> str:
    """What the win's metric is called; its id where the organization has taken the metric away again."""
    metric = _metric(content, win)
    return metric.label if metric else win.metric


def sentence_of(content: Content, win: Win) -> str:
    """What the win says in numbers, as plain text: "120 → 150 referrals (+25.0%)"."""
    metric = _metric(content, win)
    # Of a metric that is no longer there, the number is still the person's.
    return Measured.of(metric, win).sentence() if metric else number(win.result)


def details(win: Win) -> str:
    """Where, when, what time it tells of, and where the numbers come from, in mrkdwn."""
    source = _SOURCE_NAMES.get(win.source or "")
    covered = named(win.period, win.period_start)
    where = [escape(win.practice)] if win.practice else []
    when = [day(win.happened_on), *([f"for {covered}"] if covered else [])]
    return ", ".join([*where, *when, *([f"source: {source}"] if source else [])])


def status_words(win: Win) -> str:
    """What its owner should know about where a win stands."""
    said = _STATUSES[win.status]
    return f"{said}. {LEFT_OUT}" if win.wording_marked else said


def _metric(content: Content, win: Win) -> Metric | None:
    try:
        return content.metric(win.metric)
    except UnknownEntryError:
        return None
