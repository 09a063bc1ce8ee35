"""Slack says that the app is gone, from a workspace or from a part of an organization, or is there again."""

from datetime import UTC, datetime
from typing import Any, Final

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from sqlmodel import Session

from slackbot.calendar import reschedule, wants_nudges
from slackbot.deps import Deps
from slackbot.feature import Chore
from slackbot.refusal import refusal
from slackbot.rules.verdicts import Verdict, verdict
from storage import installations, members, removal, workspaces

log = structlog.get_logger(__name__)
Payload = dict[str, Any]

LEFT: Final = Chore("erase workspaces without the app", removal.erase_removed)


class Departures:
    """The four events about where the app is. They come in any order, late, and more than once."""

    def __init__(self, deps: Deps) -> None:
        self._deps = deps

    def register(self, bolt: AsyncApp) -> None:
        bolt.event("app_uninstalled")(self.uninstalled)
        bolt.event("tokens_revoked")(self.revoked)
        bolt.event("team_access_revoked")(self.team_left)
        bolt.event("team_access_granted")(self.team_joined)

    async def uninstalled(self, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
        await self._end(body, context, "uninstalled")
        await ack()

    async def revoked(self, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
        # The tokens of single people, of which we have none, come under "oauth".
        if (body["event"].get("tokens") or {}).get("bot"):
            await self._end(body, context, "revoked")
        await ack()

    async def team_left(self, ack: AsyncAck, event: Payload, context: AsyncBoltContext) -> None:
        workspace_id = await self._organization(context)
        if workspace_id is not None:
            await self._deps.transact(members.lose_teams, workspace_id, _teams(event))
        await ack()

    async def team_joined(self, ack: AsyncAck, event: Payload, context: AsyncBoltContext) -> None:
        workspace_id = await self._organization(context)
        if workspace_id is not None:
            await self._deps.transact(_back, self._deps, workspace_id, _teams(event))
        await ack()

    async def _organization(self, context: AsyncBoltContext) -> int | None:
        key = context.enterprise_id
        found = await self._deps.transact(workspaces.by_key, key) if key else None
        return None if found is None else found.id

    async def _end(self, body: Payload, context: AsyncBoltContext, state: str) -> None:
        workspace = await self._deps.transact(workspaces.by_key, _key(context))
        if workspace is None:
            return
        assert workspace.id is not None, "a stored row has an id"
        if await self._is_outdated(body, workspace.id):
            log.info("departure_outdated", workspace=workspace.id)
            return
        if await self._deps.transact(removal.end, workspace.id, state, self._deps.now()):
            log.info("workspace_left", workspace=workspace.id, how=state)
        self._deps.slack.workspaces.forget(workspace.id)

    async def _is_outdated(self, body: Payload, workspace_id: int) -> bool:
        """Whether the app was added again after what this event tells of.

        By the times that seems so where our clock is ahead, too; then Slack knows whether the token is good."""
        since = await self._deps.transact(installations.live_since, workspace_id)
        if since is None or datetime.fromtimestamp(body.get("event_time") or 0, UTC) >= since:
            return False
        access = await self._deps.slack.workspaces.by_id(workspace_id)
        if access is None:
            return False
        try:
            await self._deps.slack.client(access.token).auth_test()
        except SlackApiError as error:
            if verdict(refusal(error)) is Verdict.WORKSPACE_GONE:
                return False
            raise
        return True


def _key(context: AsyncBoltContext) -> str:
    """An organization's, when the app was added to all of it, or when Slack names no team; else the team's."""
    org_wide = bool(context.is_enterprise_install) or not context.team_id
    return (context.enterprise_id if org_wide else context.team_id) or ""


def _teams(event: Payload) -> list[str]:
    return [str(team) for team in event.get("team_ids") or ()]


def _back(session: Session, deps: Deps, workspace_id: int, teams: list[str]) -> None:
    for member in members.regain_teams(session, workspace_id, teams):
        assert member.id is not None, "a stored row has an id"
        glance = deps.glance(*members.with_workspace(session, member.id))
        # Only who had used the app gets weekly messages, and none for the weeks in between.
        if member.next_nudge_at is not None and wants_nudges(member):
            member.next_nudge_at = None
            reschedule(session, member, glance.zone, glance.now)
