"""Confirming: one win, or all on a page, each in the version that was seen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from content import Content
from slackbot.deps import Deps
from slackbot.errors import UserError
from slackbot.feature import Asked
from slackbot.features.verification.deciding import NOT_YOURS, Done, Lost, decide
from slackbot.features.verification.queue import lost_message, show_queue
from slackbot.features.verification.words import mention
from slackbot.rules.win_states import Deed
from slackbot.ui.blocks import Message, actions, bullets, message, runs, section
from slackbot.ui.text import plural
from slackbot.win_news import changed, moved, tell_owner
from storage.members import Person

MOST: Final = 50
"""Wins that one press may confirm; a page holds far fewer."""
OUTDATED: Final = "I can't tell which win you mean. Type `/prm verify` for those that wait for you."
_PAIR: Final = re.compile(r"(?P<win>[1-9][0-9]{0,8}):(?P<revision>[1-9][0-9]{0,8})", re.ASCII)


@dataclass(frozen=True)
class Confirmed:
    """What became of it: wins now confirmed, and what to show to who pressed."""

    done: Sequence[Done]
    answer: Message


async def confirm(deps: Deps, asked: Asked, words: str) -> Message:
    """`verify confirm ID REVISION [start]`: one win, then the queue again."""
    win_id, revision, start = (*numbers(words), 0, 0, 1)[:3]
    confirmed = await deps.transact(_confirm, deps, asked.person, win_id, revision, start)
    return _told(deps, asked.person, confirmed)


def numbers(words: str) -> list[int]:
    """The whole numbers that words begin with; none that no row could have."""
    found = []
    for word in words.split():
        if not re.fullmatch(r"[1-9][0-9]{0,8}", word, re.ASCII):
            break
        found.append(int(word))
    return found


def _confirm(
    session: Session, deps: Deps, person: Person, win_id: int, revision: int, start: int
) -> Confirmed:
    glance = deps.meet(session, person)
    outcome = decide(session, glance, win_id, revision, Deed.CONFIRM)
    if isinstance(outcome, Lost):
        return Confirmed([], lost_message(session, glance, outcome, start))
    top = f"You confirmed {mention(outcome.owner)}'s win. {moved(deps.content, outcome.win)}"
    return Confirmed([outcome], show_queue(session, glance, start, top))


async def confirm_all(deps: Deps, asked: Asked, words: str) -> Message:
    """`verify all ID:REVISION …`: those that are still as they were; the others are named and left."""
    pairs = {int(found["win"]): int(found["revision"]) for found in _PAIR.finditer(words)}
    if not 0 < len(pairs) <= MOST:
        raise UserError(OUTDATED)
    confirmed = await deps.transact(_confirm_all, deps, asked.person, pairs)
    return _told(deps, asked.person, confirmed)


def _confirm_all(session: Session, deps: Deps, person: Person, pairs: dict[int, int]) -> Confirmed:
    glance = deps.meet(session, person)
    # In one order for everybody: two who lock the same rows in turns would wait for each other.
    outcomes = [decide(session, glance, win, pairs[win], Deed.CONFIRM) for win in sorted(pairs)]
    done = [each for each in outcomes if isinstance(each, Done)]
    left = [_left(deps.content, each) for each in outcomes if isinstance(each, Lost)]
    top = f"You confirmed {plural(len(done), 'win')}." if done else "Nothing was confirmed."
    if left:
        top = f"{top} Left as they are:\n{bullets(dict.fromkeys(left))}"
    return Confirmed(done, show_queue(session, glance, top=top))


def _left(content: Content, lost: Lost) -> str:
    if lost.fresh is None:
        return lost.sentence if lost.sentence != NOT_YOURS else "One that does not wait for you any more."
    return f"{mention(lost.fresh.owner)}'s win changed meanwhile. {moved(content, lost.fresh.win)}"


def _told(deps: Deps, person: Person, confirmed: Confirmed) -> Message:
    """Lets everybody know, after the answer: each owner once, however many of theirs were confirmed."""
    for each in confirmed.done:
        changed(deps, person, each.win)
    owners = dict.fromkeys(each.win.member_id for each in confirmed.done)
    for owner in owners:
        theirs = [each for each in confirmed.done if each.win.member_id == owner]
        tell_owner(deps, theirs[0].win, _news(deps.content, person, theirs))
    return confirmed.answer


def _news(content: Content, person: Person, done: Sequence[Done]) -> Message:
    what = "your win" if len(done) == 1 else f"{len(done)} of your wins"
    lines = bullets(moved(content, each.win) for each in done)
    return message(
        section(f"<@{person.user_id}> confirmed {what}.\n{lines}"), actions(runs("My wins", "wins"))
    )
