"""What an owner does to one of their wins where it stands: share it, withdraw it, take it back, delete it, undo that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session

from slackbot import win_news
from slackbot.deps import Deps
from slackbot.feature import Asked
from slackbot.features.wins.listing import Page, page_at, page_message, row, words_for
from slackbot.home import Glance
from slackbot.rules.win_states import Deed, after, may
from slackbot.ui.blocks import Block, Message, actions, message, runs, section
from slackbot.ui.text import clock, day
from slackbot.win_news import UNDO, moved
from storage import audit, reporting, win_changes, wins
from storage.models import Win
from storage.verification import Relation

NOT_YOURS: Final = "I can't find that win among yours."
GONE: Final = "I can't find that win among those you deleted. Each can be taken back for a day, and is gone for good then."
CHANGED: Final = "This win was changed a moment ago, so I did not touch it. Here it is now."
NOT_NOW: Final = "That can't be done to this win as it is now."
BACK_ALREADY: Final = "That one is back already."
NOBODY: Final = "Shared, but nobody is set as your manager yet, so nobody can confirm it."


@dataclass(frozen=True)
class One:
    """Which win something is to be done to, and the words of the list that its button stood in, if any."""

    deed: Deed
    number: int
    tail: str = ""
    page: int = 1
    """Of an answer that has several."""


@dataclass(frozen=True)
class Done:
    """What became of it: the win now, what to say on top, and the list to show again."""

    win: Win
    top: Sequence[Block]
    happened: bool = False
    page: Page | None = None


async def change(deps: Deps, asked: Asked, one: One) -> Message:
    """Does it, says so, and shows the list again that the button stood in, or else the win."""
    done = await deps.transact(_done, deps, asked, one)
    if done is None:
        return missing(one)
    if done.happened:
        win_news.changed(deps, asked.person, done.win)
    if done.page is not None:
        return page_message(deps.content, done.page, done.top)
    shown = [row(deps.content, done.win, one.tail)] if done.win.deleted_at is None else []
    return message(*done.top, *shown, actions(back(one)))


def missing(one: One) -> Message:
    """The same whether there never was such a win, or it is somebody else's."""
    return message(section(GONE if one.deed is Deed.RESTORE else NOT_YOURS), actions(back(one)))


def back(one: One) -> Block:
    """The way to the list that one came from."""
    return runs("My wins", f"wins {one.tail}" if one.tail not in ("", "all") else "wins")


def own(session: Session, glance: Glance, number: int, *, deleted: bool = False) -> Win | None:
    return wins.own(
        session,
        workspace_id=glance.workspace_id,
        member_id=glance.member_id,
        win_id=number,
        deleted=deleted,
    )


def _done(session: Session, deps: Deps, asked: Asked, one: One) -> Done | None:
    glance = deps.meet(session, asked.person)
    if one.deed is Deed.RESTORE:
        win = _deleted(session, glance, one)
        there = own(session, glance, one.number) if win is None else None
        if there is not None:
            return Done(there, [section(BACK_ALREADY)])
    else:
        win = own(session, glance, one.number)
    if win is None:
        return None
    if not may(one.deed, relation=Relation.OWNER, status=win.status):
        return Done(win, [section(NOT_NOW)])
    fresh = make(session, glance, win, one.deed)
    if fresh is None:
        now = own(session, glance, one.number)
        return Done(now, [section(CHANGED)]) if now else None
    page = page_at(session, glance, one.tail) if one.tail else None
    return Done(fresh, [_said(session, glance, fresh, one)], happened=True, page=page)


def _deleted(session: Session, glance: Glance, one: One) -> Win | None:
    """A deleted one that can still be taken back, also where nobody has yet tidied up what cannot."""
    win = own(session, glance, one.number, deleted=True)
    return win if win and win.deleted_at and win.deleted_at >= glance.now - UNDO else None


def make(session: Session, glance: Glance, win: Win, deed: Deed, said: str | None = None) -> Win | None:
    """An owner's change of status, written down and on the trail; None when somebody was quicker."""
    fresh = win_changes.change(
        session,
        win,
        by=glance.member_id,
        now=glance.now,
        deed=deed,
        said=said,
        status=after(deed, win.status),
    )
    if fresh is not None:
        audit.record(
            session,
            workspace_id=glance.workspace_id,
            actor_id=glance.member_id,
            action=f"win.{deed}",
            subject=f"win:{fresh.id}",
            now=glance.now,
        )
    return fresh


def _said(session: Session, glance: Glance, win: Win, one: One) -> Block:
    # Where the win itself stands below, it need not be named.
    named = bool(one.tail) or one.deed is Deed.DELETE
    told = f": {moved(glance.content, win)}" if named else "."
    match one.deed:
        case Deed.SHARE:
            return _shared(session, win, told)
        case Deed.WITHDRAW:
            said = f"Withdrawn, it counts for nothing now{told}"
            return section(said, accessory=runs("Take back", words_for(Deed.RETURN, win, one.tail)))
        case Deed.DELETE:
            until = (win.deleted_at or glance.now) + UNDO
            said = f"Deleted{told}\nYou can take it back until {_moment(until, glance)}."
            return section(said, accessory=runs("Undo", words_for(Deed.RESTORE, win, one.tail)))
        case Deed.RETURN:
            return section(f"Taken back, only you see it now{told}")
    return section(f"It is back{told}")


def _shared(session: Session, win: Win, told: str) -> Block:
    manager = reporting.manager_of(session, workspace_id=win.workspace_id, member_id=win.member_id)
    if manager is None:
        return section(NOBODY, accessory=runs("Who is your manager?", "manager"))
    return section(f"Shared with <@{manager.user_id}>, who can confirm it now{told}")


def _moment(moment: datetime, glance: Glance) -> str:
    here = moment.astimezone(glance.zone)
    return f"{day(here)} at {clock(here.time())}"
