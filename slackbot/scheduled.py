"""What all that comes beside the weekly message shares: its names, its rows in the ledger, its silences, its way out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlmodel import Session

from slackbot.calendar import NO_DATES, holidays_of, horizon
from slackbot.deps import Deps
from slackbot.feature import Silence
from slackbot.home import Glance
from slackbot.rules.schedule import AWAY, FRESH, LATE, PAUSED, Away, Occurrence, Rhythm
from slackbot.ui.blocks import Block, runs
from storage import holidays, time_off
from storage.holidays import Dates
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
FOR_MANAGERS: Final = frozenset({DIGEST, WAITING})
REMINDER: Final = "Reminder you asked for"
OFF: Final = "switched off"


def zone_of(whom: Whom, default: str) -> ZoneInfo:
    return ZoneInfo(whom.zone or default)


@dataclass(frozen=True)
class DaysOff:
    """The days off of everybody in a batch, read at once."""

    away: Mapping[int, Sequence[tuple[date, date]]]
    dates: Mapping[int, Dates]
    default_zone: str
    now: datetime

    def rhythm(self, whom: Whom, at: time) -> Rhythm:
        """Mondays at that time, with what keeps somebody from work."""
        zone = zone_of(whom, self.default_zone)
        return Rhythm(
            0,
            at,
            zone,
            whom.paused_until,
            tuple(Away(first, last) for first, last in self.away.get(whom.member_id, ())),
            holidays_of(self.dates.get(whom.workspace_id, NO_DATES), zone, self.now),
        )


def days_off(session: Session, deps: Deps, everybody: Iterable[Whom]) -> DaysOff:
    """Two statements for any number of people."""
    now, people = deps.now(), list(everybody)
    since = horizon(now)
    return DaysOff(
        time_off.of_members(session, {each.member_id for each in people}, since),
        holidays.of_workspaces(session, {each.workspace_id for each in people}, since),
        deps.settings.default_zone,
        now,
    )


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
    if occurrence.reason is not None:
        return {**made, "state": "skipped", "reason": occurrence.reason}
    if now - occurrence.at > FRESH:
        return {**made, "state": "expired", "reason": LATE}
    return made | columns


def silence(session: Session, glance: Glance, kind: str) -> Silence | None:
    """Why nothing of this kind is said to them now: because they said so, or are not at work."""
    if kind in glance.member.kinds_off:
        return Silence(OFF)
    if glance.member.paused_until and glance.today < glance.member.paused_until:
        return Silence(PAUSED)
    away = time_off.of_members(session, [glance.member_id], glance.today).get(glance.member_id, ())
    return Silence(AWAY) if any(first <= glance.today <= last for first, last in away) else None


def stop(kind: str) -> Block:
    """The button under such a message that ends them; the answer to it leads back."""
    return runs("Stop these", f"remind stop {kind}")
