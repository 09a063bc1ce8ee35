"""*Why this?*: how every outcome stands today, and how its points add up."""

from datetime import date
from typing import Final

from sqlmodel import Session

from content import NudgeState
from slackbot.deps import Deps
from slackbot.feature import Asked
from slackbot.features.nudges import buttons, deciding
from slackbot.features.nudges.answering import own
from slackbot.rules import nudges as rules
from slackbot.rules.nudges import Weighed
from slackbot.rules.schedule import slot_of
from slackbot.ui.blocks import View, context, section
from slackbot.ui.forms import modal
from slackbot.ui.text import escape
from storage.members import Person
from storage.nudges import Pressed

CALLBACK: Final = "nudge_why"
OPENING: Final = "Each week I speak of the area that wants it most. This is how yours stand today; the points add up to the order."
RULES: Final = (
    "An area that was named two weeks running rests for one, and no text comes twice within eight weeks. When a win came in "
    "and nothing is behind, I stay quiet."
)
_STATES: Final = {
    NudgeState.START: "no win yet",
    NudgeState.NO_TARGET: "no target yet",
    NudgeState.BEHIND: "behind",
    NudgeState.STALE: "quiet",
    NudgeState.ON_PACE: "in good order",
    NudgeState.DONE: "reached",
}


async def why(deps: Deps, asked: Asked, words: str) -> None:
    """Opens the arithmetic of every outcome."""
    await asked.open(await deps.transact(_shown, deps, asked.person, buttons.read(words)))


def _shown(session: Session, deps: Deps, person: Person, pressed: Pressed | None) -> View:
    glance = deps.meet(session, person)
    row = own(session, glance, pressed) if pressed else None
    slot = row.slot if row else slot_of(glance.today)
    known = deciding.facts(session, [deciding.Asked(glance, slot, row.id if row else "")])[0]
    named = (row.said or {}).get("outcome") if row else None
    lines = [
        section(_line(number, each, glance.today, named=each.area.outcome.id == named))
        for number, each in enumerate(known.weighed, start=1)
    ]
    return modal(CALLBACK, "Why this?", section(OPENING), *lines, context(RULES))


def _line(number: int, found: Weighed, today: date, *, named: bool) -> str:
    stands, total = rules.arithmetic(found, today)
    mark = " (named in this message)" if named else ""
    title = f"*{number}. {escape(found.area.outcome.label)}:* {_STATES[found.state]}{mark}"
    return f"{title}\n{escape(stands)}\n{escape(total)}"
