"""A rehearsal as it is read in a terminal."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from slackbot.simulating.living import Week
from slackbot.ui.blocks import Message
from slackbot.ui.text import clock, day, local, unescape

QUIET = "    silent: {reason}"


def lines(weeks: Iterable[Week], zone: ZoneInfo) -> Iterator[str]:
    """Every week with its moment on both clocks, what was said, or why nothing was; last, how many of each."""
    spoken = silent = 0
    for week in weeks:
        for change in week.before:
            yield f"    · {day(change.at.astimezone(zone).date())}: {change.what}"
        here = week.at.astimezone(zone)
        yield f"{week.slot}  {local(week.at, zone)} {zone.key}  ({week.at:%Y-%m-%d %H:%M} UTC)"
        if week.message is None:
            silent += 1
            yield QUIET.format(reason=week.reason)
            continue
        spoken += 1
        yield from _said(week.message)
        if week.answer is not None:
            yield f"    → answered at {clock(here.time())}: {week.answer.replace('_', ' ')}"
    yield f"{spoken} {'message' if spoken == 1 else 'messages'}, {silent} silent."


def _said(message: Message) -> Iterator[str]:
    for line in unescape(message["text"]).split("\n"):
        yield f"    | {line}"
    labels = [
        element["text"]["text"]
        for block in message["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    ]
    yield f"    | {' '.join(f'[{label}]' for label in labels)}"
