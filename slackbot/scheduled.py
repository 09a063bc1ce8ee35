"""What all that comes beside the weekly message shares: its names, its rows in the ledger, its silences, its way out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from slackbot.feature import Silence
from slackbot.home import Glance
from slackbot.rules.schedule import FRESH, Occurrence
from slackbot.ui.blocks import Block, runs
from storage.reminding import Whom

DIGEST: Final = "manager_digest"
CREDENTIAL: Final = "credential_expiry"
TARGET: Final = "target_due"
WAITING: Final = "win_waiting"
ASKED_FOR: Final = "remind_me"
LABELS: Final[Mapping[str, str]] = {
    DIGEST: "Team digest",
    CREDENTIAL: "Credentials that end",
    TARGET: "Target dates",
    WAITING: "Wins that wait for you",
}
"""Of the kinds that a member may switch off by itself, in the order in which settings show them."""
REMINDER: Final = "Reminder you asked for"
OFF: Final = "switched off"
PAUSED: Final = "paused"


def zone_of(whom: Whom, default: str) -> ZoneInfo:
    return ZoneInfo(whom.zone or default)


def wants(whom: Whom, kind: str) -> bool:
    """Whether anything of the kind is written to them at all; who does not want it has no rows in the ledger either."""
    return whom.there and kind not in whom.kinds_off


def row(
    whom: Whom, kind: str, occurrence: Occurrence, now: datetime, *, subject: str = "", **columns: Any
) -> dict[str, Any]:
    """A row for the ledger: of use for 48 hours, and after that recorded as not sent."""
    made = {
        "workspace_id": whom.workspace_id,
        "member_id": whom.member_id,
        "kind": kind,
        "subject": subject,
        "slot": occurrence.slot,
        "due_at": occurrence.at,
    }
    if now - occurrence.at > FRESH:
        return {**made, "state": "expired", "reason": "not sent within 48 hours"}
    return made | columns


def silence(glance: Glance, kind: str) -> Silence | None:
    """Why nothing of this kind is said to them now, if they said so themselves since it was claimed."""
    if kind in glance.member.kinds_off:
        return Silence(OFF)
    if glance.member.paused_until and glance.today < glance.member.paused_until:
        return Silence(PAUSED)
    return None


def stop(kind: str) -> Block:
    """The button under such a message that ends them; the answer to it leads back."""
    return runs("Stop these", f"remind stop {kind}")
