"""How a win is shown to who may decide about it: a few lines in the list, or in full, with the ways on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session

from content import Content
from slackbot.features.verification.deciding import Seen
from slackbot.features.verification.words import Exchange, exchange_lines, last_exchange, mention, waiting
from slackbot.rules.win_states import Deed
from slackbot.ui.blocks import Block, Message, actions, context, message, overflow, runs, section
from slackbot.ui.text import day, escape
from slackbot.win_news import quoted
from slackbot.win_words import line
from storage import win_changes

NOTE_IN_FULL: Final = 2500
ANSWERED_FROM: Final = 3
"""The first version of a win that can hold an answer: shared, asked about, answered."""
MARKED: Final = "_Some of its wording keeps it out of exports until its owner changes that._"


@dataclass(frozen=True)
class Row:
    """A win to be shown, with what was asked about it."""

    seen: Seen
    exchange: Exchange | None


def row_of(session: Session, seen: Seen) -> Row:
    """The win with the newest question about it and its answer, where it can have any."""
    may_hold_one = seen.win.revision >= ANSWERED_FROM or seen.win.status == "needs_info"
    past = win_changes.history(session, seen.win) if may_hold_one else []
    return Row(seen, last_exchange(past))


def row_blocks(content: Content, row: Row, now: datetime, start: int, longest: int) -> list[Block]:
    """One win in the list that begins at `start`: whose, what, for how long; and the ways to decide about it."""
    win = row.seen.win
    lines = [
        f"{mention(row.seen.owner)}, {waiting(win, now)}",
        line(content, win),
        *([MARKED] if win.wording_marked else []),
        *([quoted(win.note, longest)] if win.note else []),
        *exchange_lines(row.exchange, longest),
    ]
    return [section("\n".join(lines)), _ways(row.seen, start)]


def _ways(seen: Seen, start: int) -> Block:
    """Confirm, and the rest behind three dots."""
    win = seen.win
    confirm = runs("Confirm", f"verify confirm {win.id} {win.revision} {start}", style="primary")
    others = [*_others(seen), ("Details", f"verify show {win.id}")]
    return actions(confirm, overflow(f"about {win.id}", others))


def _others(seen: Seen) -> list[tuple[str, str]]:
    deeds = (("Ask a question", "ask", Deed.ASK), ("Decline", "decline", Deed.DECLINE))
    more = (("Delegate", "delegate", Deed.DELEGATE),)
    return [(label, f"verify {verb} {seen.win.id}") for label, verb, deed in deeds + more if seen.may(deed)]


def win_message(content: Content, row: Row, now: datetime, top: str | None = None) -> Message:
    """One win in full, with all that the viewer may do about it."""
    return message(
        *([section(top)] if top else []),
        *win_blocks(content, row, now),
        actions(*_decisions(row.seen), runs("The queue", "verify")),
    )


def win_blocks(content: Content, row: Row, now: datetime) -> list[Block]:
    """One win in full, and what was asked about it."""
    win = row.seen.win
    link = [f"<{escape(win.link).replace('|', '%7C')}|Where the numbers are>"] if win.link else []
    marked = [MARKED] if win.wording_marked else []
    texts = ["\n".join([f"{mention(row.seen.owner)}'s win", line(content, win), *link, *marked])]
    texts += [quoted(win.note, NOTE_IN_FULL)] if win.note else []
    texts += ["\n".join(exchange_lines(row.exchange, NOTE_IN_FULL // 2))] if row.exchange else []
    return [*map(section, texts), context(_standing(row.seen, now))]


def _standing(seen: Seen, now: datetime) -> str:
    win = seen.win
    if win.status == "needs_info":
        return f"{mention(seen.owner)} was asked about it, {waiting(win, now)}."
    if win.status == "shared":
        return f"To be confirmed, {waiting(win, now)}."
    return f"Confirmed on {day(win.decided_at)}." if win.decided_at else ""


def _decisions(seen: Seen) -> list[Block]:
    win = seen.win
    confirm = runs("Confirm", f"verify confirm {win.id} {win.revision}", style="primary")
    return [
        *([confirm] if seen.may(Deed.CONFIRM) else []),
        *(runs(label, words) for label, words in _others(seen)),
    ]
