"""What follows a change of who reports to whom, after the answer: messages, queues, Homes; and reasons why not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Concatenate, Final, ParamSpec

import structlog
from slack_sdk.errors import SlackApiError
from sqlmodel import Session

from slackbot import profiles, win_news
from slackbot.calendar import begun
from slackbot.deps import Deps
from slackbot.errors import FormError, UserError
from slackbot.features.reporting import words
from slackbot.features.reporting.changing import News
from slackbot.profiles import Colleague
from slackbot.refusal import refusal
from slackbot.ui.blocks import Message
from slackbot.ui.text import escape
from storage.members import Person

P = ParamSpec("P")
log = structlog.get_logger(__name__)

NOBODY: Final = "Choose somebody."


async def change(
    deps: Deps,
    work: Callable[Concatenate[Session, Deps, Person, P], News],
    person: Person,
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> str:
    """Does one change and tells everybody it concerns; what it says to who did it, in mrkdwn."""

    def at_once(session: Session) -> News:
        return work(session, deps, person, *args, **kwargs)

    news = await deps.transact(at_once)
    greeted = set[str]()
    for member, message in news.told:
        known = begun(member) or member.user_id in greeted
        greeted.add(member.user_id)
        said = message if known else words.with_hello(message)
        deps.background.start(_tell(deps, win_news.person_of(member), said), "reporting news")
    for manager in news.queues:
        assert manager.id is not None, "a stored row has an id"
        win_news.queues_changed(deps, manager.workspace_id, manager.id)
    return news.said


async def _tell(deps: Deps, person: Person, message: Message) -> None:
    try:
        await deps.tell(person, message)
    except SlackApiError as error:
        # They may have left since; the change holds all the same, and `/prm manager` and `/prm team` say it.
        log.warning("news_refused", error=refusal(error).error)


async def chosen(deps: Deps, person: Person, field: str, user_id: str | None) -> Colleague:
    """Who was chosen in a field, as Slack says now. Raises FormError beside it when they cannot be."""
    if user_id is None:
        raise FormError({field: NOBODY})
    glance = await deps.transact(deps.meet, person)
    with beside(field):
        return await profiles.colleague(deps, glance.workspace, user_id)


@contextmanager
def beside(field: str) -> Iterator[None]:
    """A reason why not is shown at this field, as the plain text that it is."""
    try:
        yield
    except FormError:
        raise
    except UserError as error:
        raise FormError({field: str(error)}) from error


@contextmanager
def in_words() -> Iterator[None]:
    """A reason why not is shown as a message, where what is in a name must not become markup."""
    try:
        yield
    except UserError as error:
        raise UserError(escape(str(error))) from error
