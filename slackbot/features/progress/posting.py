"""Sends a chart where it was asked for, after the answer: so a Slack that refuses it is heard, and gets the words instead.

The answer to a command itself could be refused without anybody hearing of it."""

from collections.abc import Awaitable, Callable
from typing import Final

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from slackbot.deps import Deps
from slackbot.feature import Asked
from slackbot.refusal import refusal
from slackbot.ui.blocks import Message, context, message

log = structlog.get_logger(__name__)

NOT_DRAWN: Final = "Slack did not take the chart, so these are its numbers."
IN_MESSAGES: Final = "A chart cannot stand here, so it comes as a message from me."

Say = Callable[[Message], Awaitable[bool]]


def post(deps: Deps, asked: Asked, drawing: Message, said: Message) -> Message | None:
    """Sends the drawing in the background, or `said` where Slack refuses it.

    Where only a form can answer, that shows `said` at once, and the drawing goes into their messages."""
    if asked.respond is not None:
        deps.background.start(_say(asked.respond, drawing, said), "chart")
        return None

    async def tell(told: Message) -> bool:
        try:
            await deps.tell(asked.person, told)
        except SlackApiError as error:
            log.warning("chart_refused", error=refusal(error).error)
            return False
        return True

    deps.background.start(_say(tell, drawing, said), "chart")
    return _with(said, IN_MESSAGES)


async def _say(say: Say, drawing: Message, said: Message) -> None:
    try:
        drawn = await say(drawing)
    except (aiohttp.ClientError, TimeoutError) as error:
        # Whether it arrived nobody knows: the numbers twice are better than not at all.
        log.warning("chart_lost", error=type(error).__name__)
        drawn = False
    if not drawn:
        await say(_with(said, NOT_DRAWN))


def _with(said: Message, note: str) -> Message:
    *blocks, ways = said["blocks"]
    return message(*blocks, context(note), ways)
