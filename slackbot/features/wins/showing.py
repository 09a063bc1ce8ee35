"""One win in full, with all that can be done to it; and the way to its form."""

from typing import Final

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.feature import Asked
from slackbot.features.wins import opening
from slackbot.features.wins.changing import One, back, missing, own
from slackbot.features.wins.history import last_said
from slackbot.features.wins.listing import LABELS, allowed_to, celebrating, words_for
from slackbot.rules.win_states import Deed
from slackbot.ui.blocks import Block, Message, actions, context, message, runs, section
from slackbot.ui.text import escape, mention_of
from slackbot.win_news import quoted
from slackbot.win_words import line, status_words
from storage.models import Win
from storage.win_changes import Past

NOTE_SHOWN: Final = 800
SPOKEN: Final = {"needs_info": Deed.ASK, "declined": Deed.DECLINE}
"""What a manager's words came with, for each status that is about them."""


async def show(deps: Deps, asked: Asked, one: One) -> Message:
    """One win with what is written about it, what its manager said, and all that its owner may do."""
    win, said = await deps.transact(_look, deps, asked, one)
    if win is None:
        return missing(one)
    ways = [runs(LABELS[deed], words_for(deed, win)) for deed in allowed_to(win)]
    ways += [runs(label, words) for label, words in celebrating(win)]
    return message(
        section(line(deps.content, win)),
        *([section(quoted(win.note, NOTE_SHOWN))] if win.note else []),
        *([section(escape(win.link))] if win.link else []),
        context(status_words(win)),
        *_words_of(said),
        actions(*ways, back(one)),
    )


def _look(session: Session, deps: Deps, asked: Asked, one: One) -> tuple[Win | None, Past | None]:
    win = own(session, deps.meet(session, asked.person), one.number)
    deed = SPOKEN.get(win.status) if win else None
    return win, last_said(session, win, deed) if win and deed else None


def _words_of(past: Past | None) -> list[Block]:
    if past is None or past.revision.said is None:
        return []
    return [section(f"{mention_of(past.user_id)} wrote:\n{quoted(past.revision.said, NOTE_SHOWN)}")]


async def edit(deps: Deps, asked: Asked, one: One) -> Message | None:
    """Opens the form on it."""
    win = await deps.transact(_there, deps, asked, one)
    if win is None:
        return missing(one)
    await opening.edit(deps, asked, one.number)
    return None


def _there(session: Session, deps: Deps, asked: Asked, one: One) -> Win | None:
    return own(session, deps.meet(session, asked.person), one.number)
