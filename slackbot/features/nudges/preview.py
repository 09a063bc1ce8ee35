"""`/prm nudges preview`: what would be sent to me now; nothing is sent, and nothing is written."""

from typing import Final

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.feature import Asked
from slackbot.features.nudges import deciding
from slackbot.features.nudges.message import kept_back, nudge_message
from slackbot.rules.nudges import Silence
from slackbot.rules.schedule import slot_of
from slackbot.ui.blocks import Message, actions, context, message, runs, section
from slackbot.ui.text import escape
from storage.members import Person

PREVIEW: Final = "A preview of what I would send you now. Nothing was sent, and nothing was kept."
QUIET: Final = "I would send nothing now: {reason}."


async def preview(deps: Deps, asked: Asked, _words: str) -> Message:
    """The message as it would be now, without the buttons that answer it."""
    return await deps.transact(_now, deps, asked.person)


def _now(session: Session, deps: Deps, person: Person) -> Message:
    glance = deps.meet(session, person)
    due = glance.member.next_nudge_at or glance.now
    slot = glance.member.next_nudge_slot or slot_of(due.astimezone(glance.zone).date())
    choice = kept_back(glance) or deciding.facts(session, [deciding.Asked(glance, slot)])[0].choose()
    if isinstance(choice, str | Silence):
        reason = choice if isinstance(choice, str) else choice.reason
        return message(
            section(QUIET.format(reason=escape(reason))), actions(runs("My weekly message", "nudges"))
        )
    shown = nudge_message(glance, choice, None)
    return message(context(PREVIEW), *shown["blocks"])
