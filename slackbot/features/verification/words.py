"""Words about a win that waits, in mrkdwn: whose it is, for how long, and what was asked about it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from slackbot.ui.text import age, cut, escape
from storage.models import Member, Win
from storage.win_changes import Past

_OVER: Final = frozenset({"private", "withdrawn", "declined", "verified"})
"""In these, what was asked before is settled."""


class Exchange(NamedTuple):
    """A question about a win, and what its owner said to it."""

    question: str
    answer: str | None


def mention(member: Member) -> str:
    """Slack shows the name, as the person spells it today."""
    return f"<@{member.user_id}>"


def waiting(win: Win, now: datetime) -> str:
    """ "waiting 3 days"."""
    assert win.shared_at is not None, "the database keeps since when a win waits"
    return f"waiting {age(win.shared_at, now)}"


def last_exchange(past: Sequence[Past]) -> Exchange | None:
    """The newest question, and its answer once there is one; none that is settled."""
    found: Exchange | None = None
    for version, _, _ in past:
        if version.deed == "asked" and version.said:
            found = Exchange(version.said, None)
        elif version.deed == "answered" and found is not None:
            found = Exchange(found.question, version.said)
        elif version.row["status"] in _OVER:
            found = None
    return found


def exchange_lines(exchange: Exchange | None, longest: int) -> list[str]:
    """Question and answer, in mrkdwn; `longest` characters of each."""
    if exchange is None:
        return []
    said = {"Question": exchange.question, "Answer": exchange.answer}
    return [f"*{label}:* {escape(cut(text, longest))}" for label, text in said.items() if text]
