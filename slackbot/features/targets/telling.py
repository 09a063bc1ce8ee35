"""What follows a change of a target, after the answer: one message to the other side, and both Homes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

import structlog
from slack_sdk.errors import SlackApiError
from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.refusal import refusal
from slackbot.ui.blocks import Block, Message, View, actions, message, section
from slackbot.ui.forms import modal
from slackbot.win_news import person_of
from storage.members import Person
from storage.models import Member

P = ParamSpec("P")
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class News:
    """What is said to the one who did it, in mrkdwn, and whom else it concerns."""

    said: str
    ways: Sequence[Block] = ()
    told: tuple[Member, Message] | None = None
    homes: Sequence[Member] = ()

    def message(self) -> Message:
        return message(*self._blocks())

    def view(self, title: str) -> View:
        return modal("target_done", title, *self._blocks())

    def _blocks(self) -> list[Block]:
        return [section(self.said), *([actions(*self.ways)] if self.ways else [])]


async def change(
    deps: Deps,
    work: Callable[Concatenate[Session, Deps, Person, P], News],
    person: Person,
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> News:
    """Does one change in one transaction, and tells whom it concerns in the background."""

    def at_once(session: Session) -> News:
        return work(session, deps, person, *args, **kwargs)

    news = await deps.transact(at_once)
    if news.told is not None:
        deps.background.start(_tell(deps, *news.told), "target news")
    for member in news.homes:
        deps.refresh_home(person_of(member))
    return news


async def _tell(deps: Deps, member: Member, told: Message) -> None:
    try:
        await deps.tell(person_of(member), told)
    except SlackApiError as error:
        # They may have left since; it is all the same in their `/prm target`.
        log.warning("news_refused", error=refusal(error).error)
