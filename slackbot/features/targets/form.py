"""The form of a target, and what it remembers while it is open: whose it is, its metric, and what it answers."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final, Self

from content import Content, Direction, Metric, MetricKind
from slackbot.features.targets.words import known_metric
from slackbot.rules import periods
from slackbot.ui.blocks import Block, View, context, section
from slackbot.ui.forms import Option, date_input, field, grouped_select, modal, text_input
from slackbot.ui.text import cut, day, escape

CALLBACK: Final = "propose_target"
LONGEST_NUMBER: Final = 40
_UNITS: Final = {"%": "percent", "$": "dollars"}

Initial = Mapping[str, str | None]


@dataclass(frozen=True)
class Sheet:
    """Nothing in it decides what somebody may do: that is looked up when the form comes back."""

    whose: str | None = None
    """The Slack id of the report whom a manager proposes it for."""
    metric: str | None = None
    """The metric that the form was fitted to."""
    prefilled: str | None = None
    """What stood in "from" before anybody typed."""
    seen_on: str | None = None
    """The day of the win that it comes from."""
    only_mine: bool = False
    """Whether that is a win which nobody else sees."""
    on: int | None = None
    """The target that this would change."""
    state: str | None = None
    """As that one was when the form was opened."""

    @classmethod
    def read(cls, metadata: str) -> Self:
        return cls(**json.loads(metadata))

    def written(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))

    def block(self, name: str) -> str:
        """Slack keeps what stands in a block of the same name, but a baseline belongs to its metric."""
        return f"from_{self.metric or 'any'}" if name == "from" else name


def form(content: Content, sheet: Sheet, initial: Initial, about: str) -> View:
    """`about`: who has to agree, in mrkdwn, under the fields."""
    metric = known_metric(content, sheet.metric)
    begins = text_input(longest=LONGEST_NUMBER, initial=cut(initial.get("from") or "", LONGEST_NUMBER))
    start = field("from", "From", begins, hint=_start_hint(metric, sheet), optional=True)
    return modal(
        CALLBACK,
        "Propose a target" if sheet.on is None else "Change a target",
        *_what(content, sheet, metric),
        start | {"block_id": sheet.block("from")},
        field(
            "to",
            "To",
            text_input(longest=LONGEST_NUMBER, initial=initial.get("to")),
            hint=_goal_hint(metric),
        ),
        field("starts", "Counts from", date_input(initial.get("starts"))),
        field("due", "By when", date_input(initial.get("due"))),
        context(about),
        submit="Propose",
        private_metadata=sheet.written(),
    )


def _what(content: Content, sheet: Sheet, metric: Metric | None) -> list[Block]:
    """The metric: chosen, or where a target is changed, the one it has."""
    whose = f" for <@{sheet.whose}>" if sheet.whose else ""
    if sheet.on is not None and metric is not None:
        return [section(f"*{escape(metric.label)}*{whose}")]
    choice = field("metric", "What should move?", _metrics(content, metric), dispatch=True)
    return [*([section(f"A target{whose}")] if whose else []), choice]


def _metrics(content: Content, metric: Metric | None) -> Block:
    groups = {
        outcome.label: [Option(_label(each), each.id) for each in outcome.metrics]
        for outcome in content.outcomes
    }
    return grouped_select(groups, metric.id if metric else None)


def _label(metric: Metric) -> str:
    return f"{metric.label}, lower is better" if metric.direction is Direction.DOWN else metric.label


def _start_hint(metric: Metric | None, sheet: Sheet) -> str:
    if metric is None:
        return "The number to begin with. Choose first what should move."
    told = _from_where(sheet)
    if metric.adds_up:
        over = f", over {periods.one(metric.period)}" if metric.period != "event" else ""
        return f"The number to begin with{over}. Leave it empty to add up all that comes from the first day on.{told}"
    return f"The number to begin with; without one I can't say how you keep pace.{told}"


def _from_where(sheet: Sheet) -> str:
    if sheet.seen_on is None:
        return ""
    on = day(date.fromisoformat(sheet.seen_on))
    if sheet.only_mine:
        return f" This one is from your win of {on}, which only you see: whoever has to agree will see the number."
    return f" This one is from the win of {on}."


def _goal_hint(metric: Metric | None) -> str:
    if metric is None:
        return "The number to reach."
    unit = f"The number to reach, in {_UNITS.get(metric.unit, metric.unit)}"
    if metric.kind in (MetricKind.POINTS, MetricKind.SCORE):
        unit += f" from {metric.minimum:f} to {metric.maximum:f}"
    if metric.adds_up and metric.period != "event":
        unit += f": over {periods.one(metric.period)}, or in all where From is empty"
    return f"{unit}. {'Lower' if metric.direction is Direction.DOWN else 'Higher'} is better."
