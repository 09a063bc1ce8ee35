"""What Slack's answer to a message means: sent, not sent and why, or nobody knows."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final


class Verdict(StrEnum):
    """Everything but `unknown` is certain: Slack has posted it, or has not."""

    RETRY = "retry"
    PERSON_GONE = "person_gone"
    WORKSPACE_GONE = "workspace_gone"
    FAILED = "failed"
    UNKNOWN = "unknown"


# A token that is rotated ends by itself and is replaced; where Slack gives no other, that pauses the workspace.
_PASSING: Final = frozenset(
    {
        "ratelimited",
        "rate_limited",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
        "accesslimited",
        "token_expired",
    }
)
_PERSON: Final = frozenset(
    {
        "user_disabled",
        "user_not_found",
        "channel_not_found",
        "is_archived",
        "user_not_visible",
        "messages_tab_disabled",
    }
)
_WORKSPACE: Final = frozenset(
    {"token_revoked", "invalid_auth", "not_authed", "account_inactive", "org_login_required"}
)
_PERHAPS: Final = frozenset({"fatal_error", "internal_error"})

FIRST_PAUSE: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Answer:
    """An answer that was not a yes. `error` is Slack's code, empty when there was none; `status` is HTTP's."""

    error: str
    status: int = 200
    retry_after: int | None = None


def verdict(answer: Answer) -> Verdict:
    """Slack says of its `fatal_error` and `internal_error` that part may have happened; of a 5xx nobody knows."""
    if answer.status == 429 or answer.error in _PASSING:
        return Verdict.RETRY
    if answer.status >= 500 or answer.error in _PERHAPS:
        return Verdict.UNKNOWN
    if answer.error in _PERSON:
        return Verdict.PERSON_GONE
    if answer.error in _WORKSPACE:
        return Verdict.WORKSPACE_GONE
    return Verdict.FAILED


def pause_before_retry(attempts: int, retry_after: int | None) -> timedelta:
    """What Slack asks for (seconds), else half a minute, doubled after every attempt, up to an hour."""
    if retry_after is not None:
        return timedelta(seconds=max(retry_after, 1))
    doublings = min(max(attempts - 1, 0), 10)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)
