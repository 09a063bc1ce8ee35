"""Reads a person's Slack profile: their time zone, whether they are still there, and whether they can be chosen."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from sqlmodel import Session

from slackbot.calendar import moved, reschedule
from slackbot.deps import Deps
from slackbot.errors import UserError
from slackbot.home import Glance
from slackbot.refusal import refusal
from storage import members
from storage.members import Person
from storage.models import Member, Workspace

log = structlog.get_logger(__name__)

FRESH: Final = timedelta(hours=24)
GONE: Final = "user_disabled"
STRANGER: Final = "of another company"
ADMIN: Final = ("is_admin", "is_owner", "is_primary_owner")
GUEST: Final = ("is_restricted", "is_ultra_restricted")
SLACKBOT: Final = "USLACKBOT"
"""The one app that says it is none."""
UNKNOWN: Final = frozenset({"user_not_found", "user_not_visible", "invalid_arguments"})
NOT_TOLD: Final = "Slack could not tell me who that is just now. Please try it again in a moment."
NOT_HERE: Final = "I cannot find that person in this workspace. Choose somebody from the list."
NO_PERSON: Final = "{name} is an app. Choose a person."
DEACTIVATED: Final = "The Slack account of {name} is deactivated. Choose somebody who is still here."
FROM_ELSEWHERE: Final = "{name} is a guest here. Choose somebody who belongs to this workspace."


class UnreadError(Exception):
    """Slack did not say who somebody is; its message is Slack's code or the kind of failure."""


@dataclass(frozen=True)
class Profile:
    """What we keep of a Slack profile."""

    name: str
    zone: str | None
    gone: bool
    admin: bool
    stranger: bool = False
    """Somebody of another company, met in a channel that both share."""


def is_stale(glance: Glance) -> bool:
    return is_due(glance.member.profile_read_at, glance.now)


def is_due(read_at: datetime | None, now: datetime) -> bool:
    """Whether a profile last read then is to be read again."""
    return read_at is None or now - read_at >= FRESH


async def read_once(deps: Deps, person: Person) -> None:
    """For somebody who just used the app: asks Slack, unless it was asked within a day."""
    await refresh(deps, await deps.transact(deps.meet, person))


async def refresh(deps: Deps, glance: Glance) -> Glance:
    """The member with a profile read within a day. A Slack that cannot say changes nothing."""
    if not is_stale(glance):
        return glance
    try:
        user = await _user(deps, glance.workspace_id, glance.member.user_id)
    except UnreadError as error:
        log.warning("profile_unread", error=str(error))
        return glance
    return await deps.transact(_keep, deps, glance.member_id, _profile(user))


@dataclass(frozen=True)
class Colleague:
    """Somebody who was chosen and can be: a person of this workspace who is there, as Slack says now."""

    user_id: str
    team_id: str | None
    profile: Profile


async def colleague(deps: Deps, workspace: Workspace, user_id: str) -> Colleague:
    """Asks Slack about somebody who was chosen. Raises UserError, in plain text, when they cannot be."""
    assert workspace.id is not None, "a stored row has an id"
    try:
        user = await _user(deps, workspace.id, user_id)
    except UnreadError as error:
        log.warning("profile_unread", error=str(error))
        raise UserError(NOT_HERE if str(error) in UNKNOWN else NOT_TOLD) from error
    profile = _profile(user)
    why_not = _why_not(user, workspace)
    if why_not is not None:
        raise UserError(why_not.format(name=profile.name or "That account"))
    # One person is one member, in whichever of an organization's teams somebody chose them.
    across = (user.get("enterprise_user") or {}).get("id") if workspace.team_id is None else None
    return Colleague(str(across or user_id), user.get("team_id"), profile)


def _why_not(user: dict[str, Any], workspace: Workspace) -> str | None:
    across = user.get("enterprise_user") or {}
    homes = {user.get("team_id"), across.get("enterprise_id"), *across.get("teams", ())}
    if user.get("is_bot") or user.get("id") == SLACKBOT:
        return NO_PERSON
    if user.get("deleted"):
        return DEACTIVATED
    if user.get("is_stranger") or workspace.key not in homes or any(user.get(kind) for kind in GUEST):
        return FROM_ELSEWHERE
    return None


def meet_colleague(session: Session, deps: Deps, workspace_id: int, chosen: Colleague) -> Member:
    """The member who was chosen, made if they are new, with what Slack says of them.

    Being chosen is not using the app: unlike `deps.meet` this begins no weekly messages."""
    profile, now = chosen.profile, deps.now()
    person = Person(workspace_id, chosen.user_id, chosen.team_id, profile.name)
    member, workspace = members.meet(session, person, now)
    before = deps.glance(member, workspace).zone
    _copy(profile, member)
    member.profile_read_at = now
    after = deps.glance(member, workspace).zone
    if after != before and member.next_nudge_at is not None:
        moved(session, member, before, after, now)
        reschedule(session, member, after, now, travelled=True)
    return member


async def _user(deps: Deps, workspace_id: int, user_id: str) -> dict[str, Any]:
    client = await deps.slack.client_for(workspace_id)
    try:
        answer = await client.users_info(user=user_id)
        return dict(answer["user"])
    except SlackApiError as error:
        raise UnreadError(refusal(error).error) from error
    except (aiohttp.ClientError, TimeoutError, AttributeError, LookupError, TypeError, ValueError) as error:
        # No answer, or one of another shape than Slack's: slack_sdk trips over those in its own ways.
        raise UnreadError(type(error).__name__) from error


def _profile(user: dict[str, Any]) -> Profile:
    name = str(user.get("real_name") or user.get("name") or "")
    return Profile(
        name=name[:255],
        zone=_known_zone(user.get("tz")),
        gone=bool(user.get("deleted")),
        admin=any(user.get(role) for role in ADMIN),
        stranger=bool(user.get("is_stranger")),
    )


def _known_zone(name: str | None) -> str | None:
    try:
        return ZoneInfo(name).key if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        log.warning("unknown_zone", zone=name)
        return None


def _keep(session: Session, deps: Deps, member_id: int, profile: Profile) -> Glance:
    member, workspace = members.with_workspace(session, member_id)
    zone, before = deps.glance(member, workspace).zone, (member.zone, member.unreachable)
    _copy(profile, member)
    member.profile_read_at = deps.now()
    glance = deps.glance(member, workspace)
    if (member.zone, member.unreachable) != before:
        moved(session, member, zone, glance.zone, glance.now)
        reschedule(session, member, glance.zone, glance.now, travelled=True)
    return glance


def _copy(profile: Profile, member: Member) -> None:
    if not member.zone_fixed:
        member.zone = profile.zone
    if profile.gone or profile.stranger:
        member.unreachable = GONE if profile.gone else STRANGER
    elif member.unreachable != members.TEAM_WITHOUT_APP:
        member.unreachable = None
    member.name = profile.name or member.name
    member.is_admin = profile.admin
