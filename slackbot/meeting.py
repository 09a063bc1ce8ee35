"""What follows an answer: the person's Slack profile is read once a day, and the first time they are welcomed."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from slackbot import profiles
from slackbot.deps import Deps
from slackbot.feature import Feature
from slackbot.leaving import LeavingError
from slackbot.refusal import refusal
from slackbot.ui.blocks import Message
from storage import members
from storage.members import Person

log = structlog.get_logger(__name__)
Say = Callable[[Message], Awaitable[bool]]
"""Says something where the person is; False where Slack refused it."""


class Meetings:
    """Whom this process has met, so that hardly any answer has to look it up."""

    def __init__(self, deps: Deps, features: Sequence[Feature]) -> None:
        self._deps = deps
        self._welcomes = [feature.welcome for feature in features if feature.welcome is not None]
        self._learned: dict[tuple[int, str], datetime] = {}

    def answered(self, person: Person, say: Say | None) -> None:
        """Begins what follows an answer, and comes back at once. Without `say` they have the welcome before them."""
        if self._is_new(person) or self._is_stale(person):
            self._deps.background.start(self.follow(person, say), "meeting")

    async def follow(self, person: Person, say: Say | None) -> None:
        """The profile first: the welcome names their zone, and an admin's is another one."""
        async with self._deps.turn(("meeting", *_who(person))):
            # Who is about to be erased is neither looked up nor welcomed.
            with suppress(LeavingError):
                if self._is_stale(person):
                    self._learned[_who(person)] = self._deps.now()
                    await profiles.read_once(self._deps, person)
                if self._is_new(person):
                    await self._welcome(person, say)

    def directly(self, person: Person) -> Say:
        """Says something in a direct message, where what they did has no place of its own."""

        async def say(words: Message) -> bool:
            try:
                await self._deps.tell(person, words, asked=True)
            except SlackApiError as error:
                log.warning("message_refused", error=refusal(error).error)
                return False
            return True

        return say

    def _is_new(self, person: Person) -> bool:
        return _who(person) not in self._deps.welcomed

    def _is_stale(self, person: Person) -> bool:
        read = self._learned.get(_who(person))
        return read is None or self._deps.now() - read >= profiles.FRESH

    async def _welcome(self, person: Person, say: Say | None) -> None:
        scopes = await self._deps.slack.scopes_of(person.workspace_id)
        for welcome in self._welcomes:
            words = await self._deps.transact(welcome, self._deps, person, scopes)
            if words is not None and say is not None and not await _was_said(say, words):
                log.warning("welcome_refused")
                await self._deps.transact(members.not_welcomed, person)
                return
        self._deps.welcomed.add(_who(person))


def _who(person: Person) -> tuple[int, str]:
    return person.workspace_id, person.user_id


async def _was_said(say: Say, words: Message) -> bool:
    try:
        return await say(words)
    except aiohttp.ClientConnectorError:
        # No connection was made, so nothing was said: it is, the next time.
        return False
