"""Which workspaces the app may act in, and with what token: one from the settings, or many from installations."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeVar

import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

from slackbot.refusal import refusal
from slackbot.renewing import AHEAD, Renewal, renew
from slackbot.settings import SettingsError
from storage import workspaces
from storage.cipher import Cipher
from storage.database import Database
from storage.installations import Access, access_by_key, access_of
from storage.rotation import LEASE

Name = TypeVar("Name", str, int)
REMEMBERED: Final = timedelta(seconds=30)
MOST_REMEMBERED: Final = 20_000
WAITS: Final = (0.1, 0.2, 0.3, 0.4, 0.5)
"""Seconds between looks for the token that another process is fetching: under Slack's three in all."""


class Workspaces(Protocol):
    """Where the app is installed."""

    async def by_key(self, key: str) -> Access | None:
        """By what Slack calls it: the team's id, or the enterprise's when it is org-wide."""

    async def by_id(self, workspace_id: int) -> Access | None:
        """By our own number."""

    def forget(self, workspace_id: int) -> None:
        """What was known of it is no longer true."""


@dataclass(frozen=True)
class _Known:
    access: Access
    read_at: datetime


class Installed:
    """Many workspaces: whoever installed the app through OAuth. For requests each is looked up twice a minute at most.

    Another process hears of an end or of a new installation from the database, when its half minute is over; what is
    scheduled stops at once, because the workspace's row says so."""

    def __init__(
        self, database: Database, cipher: Cipher, now: Callable[[], datetime], renewal: Renewal
    ) -> None:
        self._database = database
        self._cipher = cipher
        self._now = now
        self._renewal = renewal
        self._known: dict[str | int, _Known] = {}

    async def by_key(self, key: str) -> Access | None:
        access = self._remembered(key) or await self._read(key, access_by_key)
        return await self._lasting(access, key, access_by_key)

    async def by_id(self, workspace_id: int) -> Access | None:
        # Not from memory: what is sent with a token that just ended would pause a workspace that has a new one.
        access = await self._read(workspace_id, access_of)
        return await self._lasting(access, workspace_id, access_of)

    def forget(self, workspace_id: int) -> None:
        gone = [name for name, known in self._known.items() if known.access.workspace_id == workspace_id]
        for name in gone:
            del self._known[name]

    async def _lasting(
        self, access: Access | None, name: Name, read: Callable[[Session, Name, Cipher], Access | None]
    ) -> Access | None:
        """The same, with a new token where the old one ends soon."""
        if access is None or not self._ends_soon(access):
            return access
        await renew(self._database, self._cipher, self._renewal, access.workspace_id, self._now)
        self.forget(access.workspace_id)
        return await self._after_others(name, read)

    def _remembered(self, name: str | int) -> Access | None:
        known = self._known.get(name)
        fresh = known is not None and self._now() - known.read_at < REMEMBERED
        return known.access if known is not None and fresh else None

    async def _read(
        self, name: Name, read: Callable[[Session, Name, Cipher], Access | None]
    ) -> Access | None:
        access = await self._database.transact(read, name, self._cipher)
        if access is None:
            self._known.pop(name, None)
        else:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[name] = _Known(access, self._now())
        return access

    async def _after_others(
        self, name: Name, read: Callable[[Session, Name, Cipher], Access | None]
    ) -> Access | None:
        """What there is after a renewal; where the old token has ended and another process is at it, after theirs."""
        for pause in WAITS:
            access = await self._read(name, read)
            if access is None or not self._is_on_its_way(access):
                return access
            await asyncio.sleep(pause)
        # An answer that travels in Slack's own request needs no token; whatever does is told `token_expired`.
        return access

    def _is_on_its_way(self, access: Access) -> bool:
        """Whether the token has ended and somebody fetches the next one; where Slack said no, nobody does for long."""
        now = self._now()
        if access.expires_at is None or access.expires_at > now:
            return False
        return access.refreshing_until is None or access.refreshing_until <= now + LEASE

    def _ends_soon(self, access: Access) -> bool:
        return access.expires_at is not None and access.expires_at - self._now() < AHEAD


@dataclass
class OneWorkspace:
    """The workspace whose token stands in the settings."""

    key: str
    access: Access
    removed: bool = False
    """Slack said that the app is gone from there: its token is dead, and another one needs a new start."""

    async def by_key(self, key: str) -> Access | None:
        return self.access if key == self.key and not self.removed else None

    async def by_id(self, workspace_id: int) -> Access | None:
        return self.access if workspace_id == self.access.workspace_id and not self.removed else None

    def forget(self, workspace_id: int) -> None:
        self.removed = self.removed or workspace_id == self.access.workspace_id

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
