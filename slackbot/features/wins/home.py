"""The newest wins, on Home."""

from collections.abc import Sequence
from typing import Final

from sqlmodel import Session

from slackbot.features.wins.listing import FIRST_WIN, brief, words_for
from slackbot.home import Glance
from slackbot.rules.win_states import Deed
from slackbot.ui.blocks import Block, actions, runs, section
from storage import wins
from storage.models import Win

ON_HOME: Final = 3


def home(session: Session, glance: Glance) -> Sequence[Block]:
    """The newest wins, each with who sees it and a way to open it."""
    latest = wins.newest(session, workspace_id=glance.workspace_id, member_id=glance.member_id, limit=ON_HOME)
    if not latest:
        return [section(f"*Your wins*\n{FIRST_WIN}")]
    rows = [_row(glance, win) for win in latest]
    return [section("*Your newest wins*"), *rows, actions(runs("All my wins", "wins"))]


def _row(glance: Glance, win: Win) -> Block:
    return section(brief(glance.content, win), accessory=runs("Open", words_for(Deed.READ, win)))
