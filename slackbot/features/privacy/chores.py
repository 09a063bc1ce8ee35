"""What goes by itself: who asked to be erased, who has left Slack, and what is old in the audit log."""

from datetime import datetime
from typing import Final

from sqlmodel import Session

from slackbot.feature import Chore
from slackbot.rules.leaving import TRAIL_MONTHS, months_before
from storage import forgetting

PEOPLE: Final = 20
"""At most, in one transaction; a tick later come the next."""
ROWS: Final = 1000


def erase_due(session: Session, now: datetime) -> int:
    """Everybody whose seven days are over."""
    leaving = forgetting.due(session, now, PEOPLE)
    for member in leaving:
        forgetting.erase(session, member, now)
    return len(leaving)


def erase_leavers(session: Session, now: datetime) -> int:
    """Whoever left Slack so long ago that their workspace keeps them no longer."""
    erased = 0
    for months in forgetting.terms(session):
        for member in forgetting.gone_since(session, months, months_before(now, months), PEOPLE):
            forgetting.erase(session, member, now)
            erased += 1
    return erased


def shorten_trail(session: Session, now: datetime) -> int:
    """What is older than a workspace keeps its audit log."""
    return sum(
        forgetting.forget_trail(session, months, months_before(now, months or TRAIL_MONTHS), ROWS)
        for months in forgetting.trail_terms(session)
    )


CHORES: Final = (
    Chore("asked to be erased", erase_due),
    Chore("left Slack", erase_leavers),
    Chore("old audit log", shorten_trail),
)
