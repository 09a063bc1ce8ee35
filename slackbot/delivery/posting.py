"""Posts one message, and says what became of it: the table of outcomes, in code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from slackbot.deps import QUIET
from slackbot.refusal import refusal
from slackbot.rules.verdicts import Answer, Verdict, verdict
from slackbot.ui.blocks import Message

EVENT_TYPE: Final = "prm_delivery"
_UNREADABLE: Final = (aiohttp.ClientError, TimeoutError, ValueError, AttributeError, LookupError, TypeError)


@dataclass(frozen=True)
class Posted:
    """Slack said yes."""

    channel: str
    ts: str


@dataclass(frozen=True)
class NotPosted:
    """Slack said no, or nobody knows; `verdict` says which."""

    verdict: Verdict
    why: str
    retry_after: int | None = None
    slow_down: bool = False
    """Whether it is the whole workspace that was asked too often."""


async def post(
    client: AsyncWebClient, user_id: str, delivery_id: str, message: Message
) -> Posted | NotPosted:
    """One attempt, never repeated here."""
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"id": delivery_id}}
    try:
        # Not through `chat_postMessage`: what it looks for in plain blocks, and finds not, costs a tenth of the call.
        answer = await client.api_call(
            "chat.postMessage", json={"channel": user_id, "metadata": metadata, **QUIET, **message}
        )
        return Posted(answer["channel"], answer["ts"])
    except SlackApiError as error:
        return not_posted(refusal(error))
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
        # No connection was made, so nothing was posted.
        return not_posted(Answer("request_timeout"))
    except _UNREADABLE as error:
        # It went out, and what came back was nothing or no JSON object: slack_sdk trips over those in its own ways.
        return NotPosted(Verdict.UNKNOWN, type(error).__name__)


def not_posted(answer: Answer) -> NotPosted:
    """What an answer that was not a yes means."""
    # A yes that cannot be read has no error to go by either.
    unreadable = answer.status < 400 and not answer.error
    return NotPosted(
        Verdict.UNKNOWN if unreadable else verdict(answer),
        answer.error or f"HTTP {answer.status}",
        answer.retry_after,
        slow_down=answer.status == 429 or answer.error in {"ratelimited", "rate_limited"},
    )


def is_ours(message: Mapping[str, Any], delivery_id: str) -> bool:
    """Whether a message of the conversation is this delivery: it carries its id."""
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return metadata.get("event_type") == EVENT_TYPE and payload.get("id") == delivery_id
