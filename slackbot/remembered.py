"""Reads back what a form of ours remembered in Slack while it was open."""

import json
from typing import Any, Final

from slackbot.errors import UserError

NOT_OURS: Final = (
    "I cannot read what this form was about, so nothing was changed. Please close it and open it again."
)


def remembered(metadata: str) -> dict[str, Any]:
    """Raises UserError for what is not as we wrote it."""
    try:
        known = json.loads(metadata)
    except (ValueError, RecursionError) as error:
        raise UserError(NOT_OURS) from error
    if not isinstance(known, dict):
        raise UserError(NOT_OURS)
    return known
