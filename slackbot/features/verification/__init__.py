"""`/prm verify`: what liaisons share waits here for their manager, who confirms it, asks, declines or hands it on."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.feature import Asked, Feature, Subcommand
from slackbot.features.verification import asking, confirming, delegating
from slackbot.features.verification.confirming import numbers
from slackbot.features.verification.deciding import Lost, open_win
from slackbot.features.verification.home import home
from slackbot.features.verification.queue import lost_message, show_queue
from slackbot.features.verification.showing import row_of, win_message
from slackbot.rules.win_states import Deed
from slackbot.ui.blocks import Message
from storage.members import Person


async def verify(deps: Deps, asked: Asked) -> Message | None:
    """The queue, from a place in it on, or what one of its buttons does."""
    verb, _, rest = asked.words.strip().partition(" ")
    if verb.lower() in VERBS:
        return await VERBS[verb.lower()](deps, asked, rest)
    start = next(iter(numbers(asked.words.lower().removeprefix("more"))), 1)
    return await deps.transact(_queue, deps, asked.person, start)


def _queue(session: Session, deps: Deps, person: Person, start: int) -> Message:
    return show_queue(session, deps.meet(session, person), start)


async def show(deps: Deps, asked: Asked, words: str) -> Message:
    """`verify show ID`: one win in full."""
    return await deps.transact(_show, deps, asked.person, next(iter(numbers(words)), 0))


def _show(session: Session, deps: Deps, person: Person, win_id: int) -> Message:
    glance = deps.meet(session, person)
    found = open_win(session, glance, win_id, Deed.READ)
    if isinstance(found, Lost):
        return lost_message(session, glance, found)
    return win_message(deps.content, row_of(session, found), glance.now)


VERBS: Final[Mapping[str, Callable[[Deps, Asked, str], Awaitable[Message | None]]]] = {
    "show": show,
    "confirm": confirming.confirm,
    "all": confirming.confirm_all,
    "ask": asking.ask,
    "decline": asking.decline,
    "delegate": delegating.delegate,
}

FEATURE = Feature(
    name="verification",
    subcommands=(
        Subcommand(
            name="verify",
            usage="[number]",
            summary="wins that wait for you to confirm, the oldest first.",
            run=verify,
            group="Your team",
            aliases=("queue", "confirm"),
        ),
    ),
    forms=(*asking.FORMS, delegating.FORM),
    home=home,
)
