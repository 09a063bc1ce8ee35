"""The chart: a line of figures as Slack's own block, within its limits."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from slackbot.features.progress.words import unit
from slackbot.rules.lines import Line
from slackbot.ui.blocks import Block
from slackbot.ui.text import cut

LONGEST_TITLE: Final = 50
"""Characters; of an axis too."""
CONFIRMED, WITH_CLAIMS, CLAIMED, STRAIGHT = "Confirmed", "With claims", "Claimed", "Straight line"


def chart(line: Line) -> Block:
    """What is confirmed and what is with claims stand apart; the straight line only where there is a target.

    A chart needs a number at every point: what was confirmed last stands until something newer is."""
    labels = [point.label for point in line.points]
    return {
        "type": "data_visualization",
        "title": cut(line.metric.label, LONGEST_TITLE),
        "chart": {
            "type": "line",
            "series": [
                {"name": name, "data": [_point(*each) for each in zip(labels, values, strict=True)]}
                for name, values in _series(line)
            ],
            "axis_config": {"categories": labels, "y_label": cut(unit(line.metric), LONGEST_TITLE)},
        },
    }


def _series(line: Line) -> list[tuple[str, Sequence[Decimal]]]:
    figures = [point.figure for point in line.points]
    confirmed = [point.confirmed for point in line.points if point.confirmed is not None]
    straight = [point.on_line for point in line.points if point.on_line is not None]
    sure = any(point.verified is not None for point in line.points)
    found: list[tuple[str, Sequence[Decimal]]] = []
    if sure and len(confirmed) == len(figures):
        found.append((CONFIRMED, confirmed))
    if not sure or confirmed != figures:
        found.append((WITH_CLAIMS if sure else CLAIMED, figures))
    if len(straight) == len(figures):
        found.append((STRAIGHT, straight))
    return found


def _point(label: str, value: Decimal) -> dict[str, str | int | float]:
    whole = value == value.to_integral_value()
    return {"label": label, "value": int(value) if whole else float(value)}
