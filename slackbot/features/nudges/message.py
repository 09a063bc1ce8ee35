"""The weekly message itself: which outcome, which text, and why; or silence with its reason."""

from typing import Final

from sqlmodel import Session

from slackbot.calendar import NUDGE
from slackbot.feature import Silence, Spoken
from slackbot.features.nudges.words import zone_note
from slackbot.home import Glance
from slackbot.rules import nudges as rules
from slackbot.ui.blocks import Message, actions, context, message, runs, section
from slackbot.ui.text import escape
from storage import deliveries, wins
from storage.models import Delivery

REMEMBERED: Final = 8
"""Earlier messages that are looked at, so that nothing is said again soon."""


def compose(session: Session, glance: Glance, _delivery: Delivery) -> Spoken | Silence:
    """Decides what this week's message says, or that there is nothing to say."""
    if glance.member.nudges_off:
        return Silence("switched off")
    if glance.member.paused_until and glance.today < glance.member.paused_until:
        return Silence("paused")
    whose = {"workspace_id": glance.workspace_id, "member_id": glance.member_id}
    before = deliveries.said_before(session, glance.member_id, NUDGE, REMEMBERED)
    said = [rules.Said(earlier["outcome"], earlier["nudge"]) for earlier in before]
    choice = rules.choose(glance.content, wins.latest_by_outcome(session, **whose), said, glance.today)
    if isinstance(choice, rules.Silence):
        return Silence(choice.reason)
    outcome = choice.standing.outcome
    return Spoken(nudge_message(glance, choice), {"outcome": outcome.id, "nudge": choice.nudge.id})


def nudge_message(glance: Glance, choice: rules.Choice) -> Message:
    """One outcome, one action, and why this one."""
    outcome, nudge = choice.standing.outcome, choice.nudge
    return message(
        section(f"*{escape(outcome.label)}: {escape(nudge.title)}*\n{escape(nudge.text)}"),
        section(f"*This week:* {escape(nudge.action)}"),
        context(escape(choice.why)),
        *zone_note(glance),
        actions(
            runs("Log a win", f"log {outcome.id}") | {"style": "primary"}, runs("My weekly message", "nudges")
        ),
    )
