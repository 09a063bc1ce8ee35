"""Says in a sentence what an error between Slack and the app means, and whether trying again can help."""

from __future__ import annotations

from sandbox.people import Seen
from sandbox.words import Json

WHY = {
    "operation_timeout": "The app did not answer within three seconds, which is all the time that Slack gives it.",
    "dispatch_failed": "The app could not be reached. Is it running?",
    "http_service_error": "The app ran into an error of its own.",
    "http_client_error": "The app turned the request away.",
    "invalid_response_action": "The app answered with something that Slack does not understand.",
}
REFUSED = "Slack would have refused what the app answered."
NOTHING_TO_REPEAT = frozenset({"invalid_command"})


def seen_as_json(seen: Seen) -> Json:
    """What the page is told of what a person saw; `again` offers to repeat the deed."""
    failed = seen.error is not None and seen.error not in NOTHING_TO_REPEAT
    return {
        "ok": seen.ok,
        "text": seen.text,
        "error": seen.error,
        "errors": seen.errors,
        "why": WHY.get(str(seen.error), REFUSED) if failed else "",
        "again": failed,
    }
