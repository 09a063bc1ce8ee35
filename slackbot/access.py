"""Which workspaces the app may act in, and with what token: one from the settings, or many from installations."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

from slackbot.refusal import refusal
from slackbot.settings import SettingsError
from storage import workspaces
from storage.cipher import Cipher
from storage.database import Database
from storage.installations import Access, access_by_key, access_of


class Workspaces(Protocol):
    """Where the app is installed."""

    async def by_key(self, key: str) -> Access | None:
        """By what Slack calls it: the team's id, or the enterprise's when it is org-wide."""

    async def by_id(self, workspace_id: int) -> Access | None:
        """By our own number."""


@dataclass(frozen=True)
class Installed:
    """Many workspaces: whoever installed the app through OAuth."""

    database: Database
    cipher: Cipher

    async def by_key(self, key: str) -> Access | None:
        return await self.database.transact(access_by_key, key, self.cipher)

    async def by_id(self, workspace_id: int) -> Access | None:
        return await self.database.transact(access_of, workspace_id, self.cipher)


@dataclass(frozen=True)
class OneWorkspace:
    """The workspace whose token stands in the settings."""

    key: str
    access: Access

    async def by_key(self, key: str) -> Access | None:
        return self.access if key == self.key else None

    async def by_id(self, workspace_id: int) -> Access | None:
        return self.access if workspace_id == self.access.workspace_id else None

    @classmethod
    async def asked_of_slack(
        cls, client: AsyncWebClient, database: Database, now: Callable[[], datetime]
    ) -> "OneWorkspace":
        """Asks Slack once whose token this is. Raises SettingsError when Slack refuses it."""
        try:
            told = await client.auth_test()
        except SlackApiError as error:
            answer = refusal(error)
            if answer.status >= 500 or not answer.error:
                raise SettingsError(
                    f"Slack does not answer properly at {client.base_url} (HTTP {answer.status}). "
                    "Check SLACK_API_URL, and https://slack-status.com; then start again."
                ) from error
            why = answer.error
            raise SettingsError(
                f"Slack refuses SLACK_BOT_TOKEN ({why}). "
                "Copy it again from your app > OAuth & Permissions > Bot User OAuth Token."
            ) from error
        org_wide = bool(told.get("is_enterprise_install"))
        key = workspaces.workspace_key(
            enterprise_id=told.get("enterprise_id"), team_id=told.get("team_id"), org_wide=org_wide
        )
        workspace_id = await database.transact(_ensure, key, dict(told.data), now())  # type: ignore[arg-type] # always a dict for a JSON method
        scopes = told.headers.get("x-oauth-scopes", "")
        access = Access(
            workspace_id=workspace_id,
            enterprise_id=told.get("enterprise_id"),
            team_id=told.get("team_id"),
            token=client.token or "",
            bot_id=told.get("bot_id"),
            bot_user_id=told.get("user_id"),
            scopes=frozenset(filter(None, scopes.replace(" ", "").split(","))),
        )
        return cls(key=key, access=access)


def _ensure(session: Session, key: str, told: dict[str, str], now: datetime) -> int:
    workspace = workspaces.ensure(
        session,
        key,
        enterprise_id=told.get("enterprise_id"),
        team_id=told.get("team_id"),
        name=told.get("team", ""),
        now=now,
    )
    assert workspace.id is not None, "a stored row has an id"
    workspaces.resume(session, workspace.id)
    return workspace.id


class Authorize(AsyncAuthorize):
    """Bolt's question "may this workspace?", answered from what we know; its own would ask Slack every time."""

    def __init__(self, known: Workspaces) -> None:
        self._known = known

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        org_wide = bool(context.is_enterprise_install)
        if not (enterprise_id if org_wide else team_id):
            return None
        key = workspaces.workspace_key(enterprise_id=enterprise_id, team_id=team_id, org_wide=org_wide)
        access = await self._known.by_key(key)
        if access is None:
            return None
        context["workspace_id"] = access.workspace_id
        # From here on every line of the log says whose request this is, by id.
        structlog.contextvars.bind_contextvars(workspace=access.workspace_id, user=user_id)
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            user_id=user_id,
            bot_id=access.bot_id,
            bot_user_id=access.bot_user_id,
            bot_token=access.token,
            bot_scopes=sorted(access.scopes),
        )
