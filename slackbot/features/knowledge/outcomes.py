"""`/prm outcomes`: the six outcomes, their metrics, and what a weekly message would say of one."""

from content import Content, Entry, Metric, Nudge, Outcome
from slackbot.deps import Deps
from slackbot.feature import Asked
from slackbot.features.knowledge.shelves import DO_NOT_KNOW
from slackbot.ui.badges import badge
from slackbot.ui.blocks import Message, actions, bullets, chooses, context, header, message, runs, section
from slackbot.ui.entries import nudge_message, pick, without_all
from slackbot.ui.pages import leaf, page_of
from slackbot.ui.text import escape


async def outcomes(deps: Deps, asked: Asked) -> Message:
    """The six outcomes, one with its metrics, one metric, or what to do about one."""
    content = deps.content
    words, page = page_of(without_all(asked.words))
    found: Entry | None = pick(words, [*content.outcomes, *content.metrics])
    if words.startswith(f"{Nudge.noun}/"):
        found = pick(words, content.nudges)
    if isinstance(found, Nudge):
        return nudge_message(found, content)
    if isinstance(found, Metric):
        return _metric(found, content)
    if isinstance(found, Outcome):
        return _outcome(found)
    lines = [section(f"*{escape(each.label)}*\n{escape(each.description)}") for each in content.outcomes]
    menu = chooses("Open one", ((each.label, f"show {each.ref}") for each in content.outcomes))
    return leaf(
        "outcomes",
        page,
        lines,
        top=[header("Six outcomes that count"), *([section(DO_NOT_KNOW)] if words else [])],
        ways=[menu, runs("Log a win", "log")],
    )


def _outcome(outcome: Outcome) -> Message:
    lines = bullets(f"{escape(metric.label)} ({escape(metric.unit)})" for metric in outcome.metrics)
    metrics = ((metric.label, f"show {metric.ref}") for metric in outcome.metrics)
    return message(
        header(outcome.label),
        section(escape(outcome.description)),
        section(f"*Measured by any of these*\n{lines}"),
        context(badge(outcome)),
        actions(
            chooses("How one is worked out", metrics),
            runs("Log a win", f"log {outcome.id}"),
            runs("All six", "outcomes"),
        ),
    )


def _metric(metric: Metric, content: Content) -> Message:
    outcome = content.outcome(metric.outcome)
    lines = [
        f"*Unit:* {escape(metric.unit)}",
        f"*Worked out:* {escape(metric.formula)}",
        f"*How often:* {escape(metric.cadence)}",
        f"*Confirmed by:* {escape(metric.verified_by)}",
    ]
    return message(
        header(metric.label),
        section(bullets(lines)),
        context(badge(metric)),
        actions(runs("Log this", f"log {metric.id}"), runs(outcome.label, f"show {outcome.ref}")),
    )
