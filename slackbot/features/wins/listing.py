"""`/prm wins`: one's own wins, those that were asked for, a page at a time, with all that can be done to each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlmodel import Session

from content import Content
from slackbot.deps import Deps
from slackbot.feature import Asked
from slackbot.home import Glance
from slackbot.rules.since import UnreadableWordsError
from slackbot.rules.win_states import Deed, may
from slackbot.rules.wins_asked import asked as spelled
from slackbot.rules.wins_asked import read_sieve
from slackbot.ui.blocks import Block, Message, actions, message, overflow, runs, section
from slackbot.ui.text import cut, day, escape, plural
from slackbot.win_news import moved
from slackbot.win_words import status_words
from storage import wins
from storage.models import Win
from storage.verification import Relation
from storage.wins import ALL, Sieve

PAGE: Final = 5
FIRST_WIN: Final = "No wins yet. The first one can be small: one practice, one number before, one after."
WORDS: Final[Mapping[Deed, str]] = {
    Deed.READ: "show",
    Deed.ANSWER: "answer",
    Deed.EDIT: "edit",
    Deed.SHARE: "share",
    Deed.RETURN: "return",
    Deed.WITHDRAW: "withdraw",
    Deed.DELETE: "delete",
    Deed.HISTORY: "history",
    Deed.RESTORE: "undo",
}
"""How each deed is typed, in the order in which menus offer them."""
LABELS: Final[Mapping[Deed, str]] = {
    Deed.ANSWER: "Answer the question",
    Deed.EDIT: "Edit",
    Deed.SHARE: "Share with my manager",
    Deed.RETURN: "Take back",
    Deed.WITHDRAW: "Withdraw",
    Deed.DELETE: "Delete",
    Deed.HISTORY: "History",
}
WITHDRAWN: Final = Sieve(status="withdrawn")
PRACTICE_SHOWN: Final = 32
MOST_CHOICES: Final = 5
"""Slack's limit for the menu behind three dots."""
ONLY: Final[Mapping[str, str]] = {
    "private": "that only you see",
    "shared": "waiting to be confirmed",
    "needs_info": "with a question from your manager",
    "verified": "confirmed",
    "declined": "not confirmed",
    "withdrawn": "withdrawn",
}
"""Said behind "12 wins" when one status was asked for."""


@dataclass(frozen=True)
class Page:
    """Some of somebody's wins: those on one page of what was asked for."""

    sieve: Sieve
    number: int
    shown: Sequence[Win]
    total: int
    any_at_all: bool

    @property
    def last(self) -> int:
        return max(-(-self.total // PAGE), 1)

    @property
    def tail(self) -> str:
        """What brings a button's answer back to this page: "wins share 12 of <tail>"."""
        return spelled(self.sieve, self.number) or "all"


async def list_wins(deps: Deps, asked: Asked) -> Message:
    """One's own wins, newest first, a page at a time."""
    try:
        page = await deps.transact(_asked_for, deps, asked)
    except UnreadableWordsError as error:
        return message(section(str(error)), actions(runs("All my wins", "wins")))
    return page_message(deps.content, page)


def _asked_for(session: Session, deps: Deps, asked: Asked) -> Page:
    glance = deps.meet(session, asked.person)
    sieve, number = read_sieve(asked.words, glance.today, deps.content)
    return page_of(session, glance, sieve, number)


def page_at(session: Session, glance: Glance, tail: str) -> Page:
    """The page that some button's words came from, or the last one when it is no longer there.

    Words that make no sense lead to all wins: they were not typed, or are none of ours."""
    try:
        sieve, number = read_sieve(tail, glance.today, glance.content)
    except UnreadableWordsError:
        sieve, number = ALL, 1
    page = page_of(session, glance, sieve, number)
    return page if page.shown else page_of(session, glance, sieve, page.last)


def page_of(session: Session, glance: Glance, sieve: Sieve, number: int) -> Page:
    whose = {"workspace_id": glance.workspace_id, "member_id": glance.member_id}
    total = wins.count(session, **whose, sieve=sieve)
    return Page(
        sieve=sieve,
        number=number,
        shown=wins.listed(session, **whose, sieve=sieve, limit=PAGE, offset=(number - 1) * PAGE),
        total=total,
        any_at_all=total > 0 or any(wins.count(session, **whose, sieve=each) for each in (ALL, WITHDRAWN)),
    )


def page_message(content: Content, page: Page, top: Sequence[Block] = ()) -> Message:
    """The page, under what was just done, if anything was."""
    if page.total == 0:
        return message(*top, *_nothing(content, page))
    if not page.shown:
        said = (
            f"There is no page {page.number}: {plural(page.total, 'win')} fill {plural(page.last, 'page')}."
        )
        return message(*top, section(said), actions(runs("First page", _words(page.sieve))))
    where = f", page {page.number} of {page.last}" if page.last > 1 else ""
    ways = [runs("Log a win", "log")] if page.sieve == ALL else [runs("All my wins", "wins")]
    ways += [runs("Newer", _words(page.sieve, page.number - 1))] if page.number > 1 else []
    ways += [runs("Older", _words(page.sieve, page.number + 1))] if page.number < page.last else []
    return message(
        *top,
        section(f"*{_described(content, page.sieve, page.total)}{where}.*"),
        *(row(content, win, page.tail) for win in page.shown),
        actions(*ways),
    )


def row(content: Content, win: Win, tail: str = "") -> Block:
    """One win: what it says, who sees it, and a menu of what can be done to it."""
    return section(brief(content, win), accessory=overflow(f"win {win.id}", choices(win, tail)))


def brief(content: Content, win: Win) -> str:
    """A win in few short lines, in mrkdwn, so that five fit the screen of a phone; `showing` has the rest."""
    where = [escape(cut(win.practice, PRACTICE_SHOWN))] if win.practice else []
    return "\n".join([moved(content, win), *where, f"{day(win.happened_on)}. _{status_words(win)}_"])


def choices(win: Win, tail: str = "") -> list[tuple[str, str]]:
    """What its owner may do to a win, as labels and words, at most as many as a menu holds."""
    allowed = allowed_to(win)
    # Where it gets crowded the win can be taken back instead, and be withdrawn then.
    if len(allowed) + len(celebrating(win)) > MOST_CHOICES:
        allowed.remove(Deed.WITHDRAW)
    return [(LABELS[deed], words_for(deed, win, tail)) for deed in allowed] + celebrating(win)


def celebrating(win: Win) -> list[tuple[str, str]]:
    """What a confirmed win has besides; the form says where its wording keeps it out of channels."""
    return [("Share in a channel…", f"celebrate {win.id}")] if win.status == "verified" else []


def allowed_to(win: Win) -> list[Deed]:
    """What its owner may do to a win, in the order in which it is offered."""
    return [deed for deed in LABELS if may(deed, relation=Relation.OWNER, status=win.status)]


def words_for(deed: Deed, win: Win, tail: str = "") -> str:
    words = f"wins {WORDS[deed]} {win.id}"
    return f"{words} of {tail}" if tail else words


def _words(sieve: Sieve, number: int = 1) -> str:
    return f"wins {spelled(sieve, number)}".rstrip()


def _described(content: Content, sieve: Sieve, total: int) -> str:
    """ "12 wins in Referral growth since Mar 1, 2026, confirmed"."""
    since = f" since {day(sieve.since)}" if sieve.since else ""
    status = f", {ONLY[sieve.status]}" if sieve.status else ""
    counted = plural(total, "win") if total else "No wins"
    return f"{counted}{_in(content, sieve.outcome)}{since}{status}"


def _in(content: Content, outcome_id: str | None) -> str:
    label = next((each.label for each in content.outcomes if each.id == outcome_id), None)
    return f" in {label}" if label else ""


def _nothing(content: Content, page: Page) -> list[Block]:
    """What to say of an empty list: how to begin, or how to ask for more."""
    sieve = page.sieve
    if not page.any_at_all:
        return [section(FIRST_WIN), actions(runs("Log a win", "log"))]
    if sieve == ALL:
        ways = [runs("Log a win", "log"), runs("Withdrawn wins", _words(WITHDRAWN))]
        return [section("No wins here but those you withdrew."), actions(*ways)]
    wider = {
        "Any time": replace(sieve, since=None),
        "Any status": replace(sieve, status=None),
        "Any outcome": replace(sieve, outcome=None),
    }
    ways = [runs(label, _words(each)) for label, each in wider.items() if each not in (sieve, ALL)]
    said = f"{_described(content, sieve, 0)}. To look further, ask for less:"
    return [section(said), actions(*ways, runs("All my wins", "wins"))]
