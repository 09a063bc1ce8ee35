"""The top of Home: how far the next role is, the outcomes that lead there, what to do next, and the five steps."""

from collections.abc import Sequence
from typing import Final

from sqlmodel import Session

from slackbot.features.standing.words import road
from slackbot.home import Glance
from slackbot.rules.roadmap import Record
from slackbot.standing import NextAction, Standing, standing_of
from slackbot.standing.words import gates, outcomes
from slackbot.ui.blocks import Block, actions, context, header, runs, section
from slackbot.ui.text import escape, joined
from storage import reporting

NAME: Final = "PRM Coach"
WELCOME: Final = "Ask about the road to Physician Relations Manager (PRM), log your wins as they happen, and hear from me once a week."
LEADS: Final = "What your team shared with you stands below. If there is a next role for you too, begin with your profile."
NO_PROMISE: Final = "A checklist of readiness, never a promise."
NO_ROLE: Final = "Choose the role you want next, and what it asks for becomes your checklist here."
NEWER: Final = "There are newer criteria for this role. Yours stay until you take them up."
MOST_OUTCOMES: Final = 10
"""More than the six of ours, for who lays their own over them; what is left out stands in `/prm wins`."""


def home(session: Session, glance: Glance) -> Sequence[Block]:
    """In an order in which the first screen of a phone answers the two questions people open it with."""
    mine = standing_of(session, glance, glance.member, private=True)
    if not _has_begun(mine):
        leads = reporting.is_manager(session, workspace_id=glance.workspace_id, member_id=glance.member_id)
        return _for_a_manager() if leads else _for_a_newcomer(mine)
    return [*_readiness(mine), *_outcomes(mine), *_next(mine.next_action), *_steps(mine)]


def _has_begun(mine: Standing) -> bool:
    return mine.record != Record() or bool(mine.targets)


def _for_a_manager() -> list[Block]:
    return [header(NAME), section(LEADS, accessory=runs("My profile", "profile"))]


def _for_a_newcomer(mine: Standing) -> list[Block]:
    named = joined([escape(row.outcome.label) for row in mine.outcomes[:MOST_OUTCOMES]])
    return [
        header(NAME),
        section(WELCOME),
        *_next(mine.next_action),
        section(f"*What leads there*\n{named}. Your numbers stand here from your first win on."),
    ]


def _readiness(mine: Standing) -> list[Block]:
    if mine.rung is None or mine.readiness is None:
        return [header(NAME), section(NO_ROLE, accessory=runs("My profile", "profile"))]
    said = f"{gates(mine.readiness)}\n{escape(mine.readiness.missing)}"
    newer = [section(NEWER, accessory=runs("What differs", "criteria changes"))]
    return [
        header(f"Toward {mine.rung.name}"),
        section(said),
        *(newer if mine.newer else []),
        context(NO_PROMISE),
    ]


def _outcomes(mine: Standing) -> list[Block]:
    ways = [
        *([runs("My criteria", "criteria")] if mine.readiness else []),
        runs("My targets" if mine.goals else "Set a target", "target"),
        runs("My progress", "progress"),
    ]
    return [section(outcomes(mine.outcomes[:MOST_OUTCOMES], mine.today)), actions(*ways)]


def _next(action: NextAction | None) -> list[Block]:
    if action is None:
        return []
    return [
        section(f"*Next:* {escape(action.text)}", accessory=runs(action.label, action.words, style="primary"))
    ]


def _steps(mine: Standing) -> list[Block]:
    return [section(road(mine.steps), accessory=runs("My road", "roadmap"))]
