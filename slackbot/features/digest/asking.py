"""`/prm digest`: the same as on Mondays, now; and as text to paste."""

from datetime import date, timedelta
from typing import Final

from sqlmodel import Session

from slackbot.commands import split
from slackbot.deps import Deps
from slackbot.errors import UserError
from slackbot.feature import Asked
from slackbot.features.digest.message import as_text, digest_message
from slackbot.features.digest.reading import week_of
from slackbot.home import Glance
from slackbot.ui.blocks import Message
from storage import audit

NOBODY: Final = "Nobody reports to you yet, so there is no team to tell of."
LONGEST_AGO: Final = timedelta(days=366)


class LeadsNobodyError(UserError):
    """There is no team to tell of; the button beside it leads to how there could be one."""

    ways = (("How somebody can", "team"),)


async def digest(deps: Deps, asked: Asked) -> Message:
    """The last seven days of one's team; `text` gives them to paste."""
    return await deps.transact(_digest, deps, asked)


def _digest(session: Session, deps: Deps, asked: Asked) -> Message:
    glance = deps.meet(session, asked.person)
    verb, rest = split(asked.words)
    week = week_of(session, glance, _last_day(rest, glance))
    if week is None:
        raise LeadsNobodyError(NOBODY)
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action="digest.read",
        subject=f"member:{glance.member_id}",
        now=glance.now,
    )
    return as_text(glance, week) if verb == "text" else digest_message(glance, week)


def _last_day(words: str, glance: Glance) -> date:
    """The last of the seven days, which the button under a digest names; today where nothing does."""
    try:
        last = date.fromisoformat(words)
    except ValueError:
        return glance.today
    return last if glance.today - LONGEST_AGO <= last <= glance.today else glance.today
