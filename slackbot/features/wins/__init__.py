"""`/prm log` and `/prm wins`: a liaison logs what they achieved, and looks after it with the change worked out."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Final

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.feature import Asked, Chore, Feature, Subcommand
from slackbot.features.wins import answering, opening, saving
from slackbot.features.wins.answering import answer
from slackbot.features.wins.asking import read_one
from slackbot.features.wins.changing import One, change
from slackbot.features.wins.history import history
from slackbot.features.wins.home import home
from slackbot.features.wins.listing import list_wins
from slackbot.features.wins.showing import edit, show
from slackbot.rules.win_states import Deed
from slackbot.ui.blocks import Message
from slackbot.win_news import UNDO
from storage import win_changes

DEEDS: Final[Mapping[Deed, Callable[[Deps, Asked, One], Awaitable[Message | None]]]] = {
    Deed.READ: show,
    Deed.EDIT: edit,
    Deed.ANSWER: answer,
    Deed.HISTORY: history,
    Deed.SHARE: change,
    Deed.RETURN: change,
    Deed.WITHDRAW: change,
    Deed.DELETE: change,
    Deed.RESTORE: change,
}


async def wins(deps: Deps, asked: Asked) -> Message | None:
    """Does what the words say to one win, or lists those they ask for."""
    one = read_one(asked.words)
    return await (list_wins(deps, asked) if one is None else DEEDS[one.deed](deps, asked, one))


def take_away(session: Session, now: datetime) -> int:
    """Deleted wins that can no longer be taken back are gone for good."""
    return win_changes.purge(session, now - UNDO)


FEATURE = Feature(
    name="wins",
    subcommands=(
        Subcommand(
            name="log",
            usage="[what]",
            summary="log a win: a number before, a number after.",
            run=opening.log,
            group="Your wins",
            examples=("/prm log referrals",),
            aliases=("add", "new"),
        ),
        Subcommand(
            name="wins",
            usage="[outcome] [since …] [status] [page]",
            summary="your wins, with the change worked out; share, edit or delete them.",
            run=wins,
            group="Your wins",
            examples=("/prm wins referrals since march", "/prm wins confirmed"),
            aliases=("win", "mine"),
        ),
    ),
    forms=(*saving.FORMS, *answering.FORMS),
    shortcuts=opening.SHORTCUTS,
    chores=(Chore("deleted wins", take_away),),
    home=home,
)
