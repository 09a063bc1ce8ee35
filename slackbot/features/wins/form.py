"""The form of a win: short at first, fitted to what is measured, and longer when somebody wants to say more."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from content import Content, Direction, Metric, MetricKind
from content.models import Sample
from slackbot import screened
from slackbot.features.wins.parsing import FIRST_YEAR, LONGEST, OPEN, yearly_helps
from slackbot.features.wins.sheet import NUMBERS, Sheet
from slackbot.rules import periods
from slackbot.rules.progress.stretches import Stretch, named
from slackbot.ui.blocks import Block, View, actions, button, context, section
from slackbot.ui.forms import (
    Option,
    checkboxes,
    date_input,
    field,
    grouped_select,
    modal,
    radio,
    select,
    text_input,
    url_input,
)
from slackbot.ui.text import day as in_words
from slackbot.ui.text import escape
from slackbot.win_words import COMPARISONS, PERIODS, SOURCES

CALLBACK: Final = "log_win"
MORE: Final = "more"
CHOSEN: Final = (
    "metric",
    "happened_on",
    "visibility",
    "period",
    "compared_with",
    "baseline_period",
    "yearly",
    "source",
)
"""What was picked rather than written: only this goes back into a form that is rebuilt. Slack keeps the rest itself,
so that no text leaves us before it was screened."""
LEFT_OPEN: Final = Option("Leave it open", OPEN)
VISIBILITY: Final = (
    Option("Only me", "me"),
    Option("My manager, who can confirm it", "manager"),
)
NO_PATIENTS: Final = "No patient details, please: totals, practice names and dates are all a win needs."
ABOVE: Final = "{share} is more than the whole. Walk-ins can do that, or a plan that was beaten; a slip in typing can, too."
UNSAVED: Final = "*Not saved yet.* "
_UNITS: Final = {"%": "percent", "$": "dollars"}

Initial = Mapping[str, str | None]


def form(content: Content, sheet: Sheet, initial: Initial) -> View:
    """The form with the fields that its sheet asks for, holding `initial` where Slack has nothing typed."""
    metric = sheet.shown(content)
    inputs = [
        field("metric", "What did you move?", _metrics(content, metric), dispatch=True),
        *_numbers(metric, initial),
        _date(sheet, metric, initial),
        *_counted(metric, initial),
        field("practice", "Practice or place", _text("practice", initial), optional=True),
        *(_details(metric, initial) if sheet.more else _source(initial)),
        field("visibility", "Who may see it", radio(VISIBILITY, initial.get("visibility") or "me")),
    ]
    return modal(
        CALLBACK,
        "Log a win" if sheet.win is None else "Edit a win",
        *_first_of_all(sheet),
        *(_placed(each, sheet, content) for each in [*_questions(sheet), *inputs]),
        *([] if sheet.more else [actions(button("More details", MORE))]),
        context(f"{NO_PATIENTS} {screened.LIMITS}"),
        submit="Save",
        private_metadata=sheet.written(),
    )


def rebuilt(content: Content, sheet: Sheet, values: Initial, before: Metric | None) -> View:
    """The form while it is open, after a choice in it or with something to ask. `sheet` is as it shall look now,
    `before` the metric whose fields it had."""
    picked = {name: values[name] for name in CHOSEN if name in values}
    numbers = {name: sheet.carried.get(sheet.block(name, content)) for name in NUMBERS}
    metric = sheet.shown(content)
    untouched = (None, before.period if before else OPEN)
    if sheet.more and metric is not None and picked.get("period") in untouched:
        picked["period"] = metric.period
    return form(content, sheet, {**picked, **numbers})


def _placed(block: Block, sheet: Sheet, content: Content) -> Block:
    return block | {"block_id": sheet.block(block["block_id"], content)} if "block_id" in block else block


def _first_of_all(sheet: Sheet) -> list[Block]:
    blocks = []
    if sheet.confirmed_by:
        blocks.append(
            f"<@{sheet.confirmed_by}> has confirmed this one. If you change it, it waits to be confirmed again."
        )
    if sheet.left_out:
        blocks.append(f"I left the message's text out of the note. {escape(sheet.left_out)}")
    return [section(each) for each in blocks]


def _questions(sheet: Sheet) -> list[Block]:
    """What has to be cleared up before anything is saved: each doubt, and under it the box that settles it."""
    warned = screened.warning(sheet.asked.doubts)
    above = sheet.asked.above
    asked = (
        ("cleared", warned.identifiers, "If it may stay", screened.NOT_A_PATIENTS),
        ("keep", warned.inducement, "If the wording stays", screened.KEEP_WORDING),
        ("above", above and ABOVE.format(share=above), "If the number stays", f"Yes, {above} is right"),
    )
    blocks: list[Block] = []
    for box, doubt, label, tick in asked:
        if doubt:
            said = f"{'' if blocks else UNSAVED}{escape(doubt)}"
            # Optional, because whoever changes the text instead has nothing to tick.
            blocks += [section(said), field(box, label, checkboxes([Option(tick, "yes")]), optional=True)]
    return blocks


def _metrics(content: Content, metric: Metric | None) -> Block:
    groups = {
        outcome.label: [Option(_metric_label(each), each.id) for each in outcome.metrics]
        for outcome in content.outcomes
    }
    return grouped_select(groups, metric.id if metric else None)


def _metric_label(metric: Metric) -> str:
    return f"{metric.label}, lower is better" if metric.direction is Direction.DOWN else metric.label


def _numbers(metric: Metric | None, initial: Initial) -> list[Block]:
    """The result, or the two counts that make it, and the number before."""
    before = field(
        "baseline",
        "Baseline",
        text_input(longest=40, initial=initial.get("baseline")),
        hint=f"{_before(metric)} Leave it empty if there was none: that is not zero.",
        optional=True,
    )
    if metric is not None and metric.part is not None:
        counts = [
            field("part", metric.part.capitalize(), text_input(longest=40, initial=initial.get("part"))),
            field(
                "sample",
                metric.sample.capitalize(),
                text_input(longest=40, initial=initial.get("sample")),
                hint="I work out the percentage of the two.",
            ),
        ]
        return [*counts, before]
    result = text_input(longest=40, initial=initial.get("result"))
    return [field("result", "Result", result, hint=_now(metric)), before]


def _now(metric: Metric | None) -> str:
    if metric is None:
        return "The number now. Choose first what it measures."
    unit = f"The number now, in {_UNITS.get(metric.unit, metric.unit)}"
    if metric.kind in (MetricKind.POINTS, MetricKind.SCORE):
        unit += f" from {metric.minimum:f} to {metric.maximum:f}"
    usual = "" if metric.period == "event" else f", usually over {periods.one(metric.period)}"
    better = ". Lower is better." if metric.direction is Direction.DOWN else "."
    return f"{unit}{usual}{better}"


def _date(sheet: Sheet, metric: Metric | None, initial: Initial) -> Block:
    """The day; where the form is short, with the length of time that is taken for granted."""
    hint = None if sheet.more or metric is None else _taken_for_granted(metric, initial)
    return field("happened_on", "Date", date_input(initial.get("happened_on")), hint=hint, dispatch=True)


def _taken_for_granted(metric: Metric, initial: Initial) -> str | None:
    period, day = periods.assumed(metric, beside_another=True), _chosen_day(initial)
    if period is None or day is None:
        return None
    covered = Stretch.around(period, day)
    said = f"With a baseline, the result counts for {named(period, day)}."
    if not covered.is_young(day):
        return f"{said} For another length of time, see More details."
    before = covered.before
    return f"{said} If it is for {named(period, before.start)}, choose a day in that, such as {in_words(before.end)}."


def _chosen_day(initial: Initial) -> date | None:
    try:
        chosen = date.fromisoformat(initial.get("happened_on") or "")
    except ValueError:
        return None
    return chosen if chosen.year >= FIRST_YEAR else None


def _before(metric: Metric | None) -> str:
    if metric is not None and metric.part is not None:
        return "The percentage before."
    return "The number before, over the same length of time."


def _counted(metric: Metric | None, initial: Initial) -> list[Block]:
    """How many stand behind the result, where that matters and is not asked for already."""
    if metric is None or metric.part is not None or metric.sample is Sample.NONE:
        return []
    return [
        field(
            "sample",
            f"Number of {metric.sample}",
            text_input(longest=40, initial=initial.get("sample")),
            hint="How many the result rests on. If they are few, I say so beside it.",
            optional=True,
        )
    ]


def _details(metric: Metric | None, initial: Initial) -> list[Block]:
    yearly = checkboxes([Option("Compare as yearly figures", "yes")], (initial.get("yearly") or "",))
    return [
        field(
            "period",
            "The result covers",
            select([*PERIODS, LEFT_OPEN], initial.get("period") or OPEN),
            hint=_covered(initial),
            dispatch=True,
        ),
        field(
            "compared_with",
            "The baseline is from",
            select([*COMPARISONS, LEFT_OPEN], initial.get("compared_with") or OPEN),
        ),
        field(
            "baseline_period",
            "The baseline covers",
            select(
                [Option("The same length of time", OPEN), *PERIODS], initial.get("baseline_period") or OPEN
            ),
            dispatch=True,
        ),
        *(
            [field("yearly", "Different lengths", yearly, optional=True)]
            if yearly_helps(initial, metric)
            else []
        ),
        *_source({**initial, "source": initial.get("source") or OPEN}),
        field("title", "Title", _text("title", initial), optional=True),
        field("link", "Link", url_input(initial=initial.get("link")), optional=True),
        field("note", "Note", _text("note", initial, multiline=True), optional=True),
    ]


def _covered(initial: Initial) -> str:
    day, period = _chosen_day(initial), initial.get("period")
    known = named(period, day) if period != OPEN else None
    return f"By your date, that is {known}." if known else "The week, month or year that your date falls in."


def _source(initial: Initial) -> Sequence[Block]:
    """Where the numbers come from: asked at once of whoever said it last time."""
    chosen = initial.get("source")
    if chosen is None:
        return []
    return [field("source", "Where the numbers come from", select([*SOURCES, LEFT_OPEN], chosen))]


def _text(name: str, initial: Initial, *, multiline: bool = False) -> Block:
    return text_input(longest=LONGEST[name], initial=initial.get(name), multiline=multiline)
