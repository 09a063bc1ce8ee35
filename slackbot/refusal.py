"""Reads what Slack answered when it was not a yes, in all the shapes that its client hands over."""

from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from slackbot.rules.verdicts import Answer


def refusal(error: SlackApiError) -> Answer:
    """Slack's code (empty when the answer was none of its API's), the HTTP status, and how long to wait."""
    response: Any = error.response
    if isinstance(response, aiohttp.ClientResponse):
        # What slack_sdk hands over when it finds broken JSON.
        return Answer("", response.status)
    retry_after = str(response.headers.get("Retry-After", ""))
    return Answer(
        error=str(response.get("error", "")) if isinstance(response.data, dict) else "",
        status=int(response.status_code),
        retry_after=int(retry_after) if retry_after.isdigit() else None,
    )
