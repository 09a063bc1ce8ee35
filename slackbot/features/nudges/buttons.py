"""The buttons of a weekly message, and the words they run: which posting of which message was pressed."""

import re
from typing import Final

from content import Metric, Outcome
from slackbot.ui.blocks import Block, runs
from storage.nudges import Pressed

NOTHING: Final = "nothing"
TOMORROW: Final = "tomorrow"
NOT_USEFUL: Final = "unhelpful"
PAUSE: Final = "hold"
ON: Final = "on"
WHY: Final = "why"
_PRESSED: Final = re.compile(r"(?P<id>[0-9A-Za-z_-]{8,32}) (?P<posting>[0-9]{1,3})", re.ASCII)


def log(what: Metric | Outcome, *, primary: bool = True) -> Block:
    return runs("Log a win", f"log {what.id}", style="primary" if primary else None)


def target(metric: Metric, *, primary: bool = False) -> Block:
    return runs("Set a target", f"target new {metric.id}", style="primary" if primary else None)


def why(pressed: Pressed | None = None) -> Block:
    return runs("Why this?", f"nudges {WHY}" if pressed is None else _words(WHY, pressed))


def answers(pressed: Pressed, *, asks: bool) -> list[Block]:
    """What can be said to a message; one that only brings good news asks for nothing that could be put off."""
    put_off = [
        runs("Nothing this week", _words(NOTHING, pressed)),
        runs("Tomorrow", _words(TOMORROW, pressed)),
    ]
    return [
        *(put_off if asks else []),
        runs("Pause…", _words(PAUSE, pressed)),
        why(pressed),
        runs("Not useful", _words(NOT_USEFUL, pressed)),
    ]


def on(pressed: Pressed) -> Block:
    return runs("Start again", _words(ON, pressed))


def _words(verb: str, pressed: Pressed) -> str:
    return f"nudges {verb} {pressed.delivery_id} {pressed.posting}"


def read(words: str) -> Pressed | None:
    """Which message a button names; whose it is, is looked up from who pressed. None for anything else."""
    found = _PRESSED.fullmatch(words.strip())
    return Pressed(found["id"], int(found["posting"])) if found else None
