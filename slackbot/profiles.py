"""Reads a person's Slack profile: their time zone, and whether they are still there."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from sqlmodel import Session

from slackbot.calendar import reschedule
from slackbot.deps import Deps
from slackbot.home import Glance
from slackbot.refusal import refusal
from storage import members
from storage.members import Person

log = structlog.get_logger(__name__)

FRESH: Final = timedelta(hours=24)
GONE: Final = "user_disabled"
ADMIN: Final = ("is_admin", "is_owner", "is_primary_owner")


@dataclass(frozen=True)
class Profile:
    """What we keep of a Slack profile."""

    name: str
    zone: str | None
    gone: bool
    admin: bool


def is_stale(glance: Glance) -> bool:
    read_at = glance.member.profile_read_at
    return read_at is None or glance.now - read_at >= FRESH


async def read_once(deps: Deps, person: Person) -> None:
    """For somebody who just used the app: asks Slack, unless it was asked within a day."""
    await refresh(deps, await deps.transact(deps.meet, person))


async def refresh(deps: Deps, glance: Glance) -> Glance:
    """The member with a profile read within a day. A Slack that cannot say changes nothing."""
    if not is_stale(glance):
        return glance
    client = await deps.slack.client_for(glance.workspace_id)
    try:
        answer = await client.users_info(user=glance.member.user_id)
        user = answer["user"]
    except SlackApiError as error:
        log.warning("profile_unread", error=refusal(error).error)
        return glance
    except (aiohttp.ClientError, TimeoutError, AttributeError, LookupError, TypeError, ValueError) as error:
        # No answer, or one of another shape than Slack's: slack_sdk trips over those in its own ways.
        log.warning("profile_unread", error=type(error).__name__)
        return glance
    return await deps.transact(_keep, deps, glance.member_id, _profile(user))


def _profile(user: dict[str, Any]) -> Profile:
    name = str(user.get("real_name") or user.get("name") or "")
    return Profile(
        name=name[:255],
        zone=_known_zone(user.get("tz")),
        gone=bool(user.get("deleted")),
        admin=any(user.get(role) for role in ADMIN),
    )


def _known_zone(name: str | None) -> str | None:
    try:
        return ZoneInfo(name).key if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        log.warning("unknown_zone", zone=name)
        return None


def _keep(session: Session, deps: Deps, member_id: int, profile: Profile) -> Glance:
    member, workspace = members.with_workspace(session, member_id)
    gone = GONE if profile.gone else None
    moved = (member.zone, member.unreachable) != (profile.zone, gone)
    member.zone, member.unreachable, member.profile_read_at = profile.zone, gone, deps.now()
    member.name = profile.name or member.name
    member.is_admin = profile.admin
    glance = deps.glance(member, workspace)
    if moved:
        reschedule(session, member, glance.zone, glance.now)
    return glance
