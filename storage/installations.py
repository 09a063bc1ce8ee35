"""Where the app is installed, and with which token: slack_sdk's stores on our own tables, encrypted."""

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from slack_sdk.oauth.installation_store import Installation as SlackInstallation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from sqlalchemy import bindparam, delete, select, update
from sqlmodel import Session, col

from storage import workspaces
from storage.cipher import Cipher
from storage.database import Database
from storage.models import Installation, OAuthState, Workspace

STATE_SECONDS: Final = 600

_ALIVE: Final = (
    select(Installation, Workspace)
    .join(Workspace, col(Workspace.id) == col(Installation.workspace_id))
    .where(col(Installation.state) == "live")
)
_LIVE: Final = _ALIVE.where(col(Workspace.key) == bindparam("key"))
_LIVE_OF: Final = _ALIVE.where(col(Installation.workspace_id) == bindparam("workspace_id"))


@dataclass(frozen=True)
class Access:
    """What is needed to act in a workspace."""

    workspace_id: int
    enterprise_id: str | None
    team_id: str | None
    token: str
    bot_id: str | None
    bot_user_id: str | None
    scopes: frozenset[str]
    expires_at: datetime | None = None
    """Of a token that is rotated; None of one that lasts."""
    refreshing_until: datetime | None = None
    """Before this nobody else asks for a new one: somebody is at it, or Slack said no."""


def save(session: Session, given: SlackInstallation, cipher: Cipher, now: datetime) -> int:
    """Keeps a new installation; one that was live there is replaced. Returns the workspace's id."""
    org_wide = bool(given.is_enterprise_install)
    key = workspaces.workspace_key(
        enterprise_id=given.enterprise_id, team_id=given.team_id, org_wide=org_wide
    )
    name = (given.enterprise_name if org_wide else given.team_name) or ""
    workspace = workspaces.ensure(
        session, key, enterprise_id=given.enterprise_id, team_id=given.team_id, name=name, now=now
    )
    assert workspace.id is not None, "a stored row has an id"
    # First, because it locks the workspace's row: two installations at once come one after the other.
    workspaces.resume(session, workspace.id)
    live = (col(Installation.workspace_id) == workspace.id, col(Installation.state) == "live")
    # A replaced token is of no use to us, so it is not kept either.
    replaced = {"state": "revoked", "token": "", "refresh_token": None, "expires_at": None, "ended_at": now}
    session.execute(update(Installation).where(*live).values(replaced))
    session.add(_row(workspace.id, given, cipher, now))
    return workspace.id


def _row(workspace_id: int, given: SlackInstallation, cipher: Cipher, now: datetime) -> Installation:
    if not given.bot_token:
        raise ValueError("Slack sent no bot token")
    ends, refresh_token = given.bot_token_expires_at, given.bot_refresh_token
    return Installation(
        workspace_id=workspace_id,
        token=cipher.encrypt(given.bot_token),
        refresh_token=cipher.encrypt(refresh_token) if refresh_token else None,
        # slack_sdk turned Slack's seconds into a moment of real time.
        expires_at=now + timedelta(seconds=ends - int(time.time())) if ends else None,
        scopes=",".join(given.bot_scopes or ()),
        app_id=given.app_id,
        bot_id=given.bot_id,
        bot_user_id=given.bot_user_id,
        installed_by=given.user_id,
        installed_at=now,
    )


def access_by_key(session: Session, key: str, cipher: Cipher) -> Access | None:
    """How to act in the workspace with this key, if the app is installed there."""
    row = session.execute(_LIVE, {"key": key}).one_or_none()
    return None if row is None else _access(row[0], row[1], cipher)


def access_of(session: Session, workspace_id: int, cipher: Cipher) -> Access | None:
    """The same for a workspace of which a row of ours speaks."""
    row = session.execute(_LIVE_OF, {"workspace_id": workspace_id}).one_or_none()
    return None if row is None else _access(row[0], row[1], cipher)


def live_since(session: Session, workspace_id: int) -> datetime | None:
    """When the installation that is live there was made."""
    row = session.execute(_LIVE_OF, {"workspace_id": workspace_id}).scalar_one_or_none()
    return None if row is None else row.installed_at


def _access(row: Installation, workspace: Workspace, cipher: Cipher) -> Access:
    return Access(
        workspace_id=row.workspace_id,
        enterprise_id=workspace.enterprise_id,
        team_id=workspace.team_id,
        token=cipher.decrypt(row.token),
        bot_id=row.bot_id,
        bot_user_id=row.bot_user_id,
        scopes=frozenset(filter(None, row.scopes.split(","))),
        expires_at=row.expires_at,
        refreshing_until=row.refreshing_until,
    )


class InstallationStore(AsyncInstallationStore):
    """slack_sdk's view of our `installation` table: the OAuth pages save through it."""

    def __init__(
        self,
        database: Database,
        cipher: Cipher,
        now: Callable[[], datetime],
        saved: Callable[[int], None] = lambda _workspace_id: None,
    ) -> None:
        """`saved` hears which workspace has a new installation."""
        self._database = database
        self._cipher = cipher
        self._now = now
        self._saved = saved

    @property
    def logger(self) -> logging.Logger:
        return logging.getLogger(__name__)

    async def async_save(self, installation: SlackInstallation) -> None:
        self._saved(await self._database.transact(save, installation, self._cipher, self._now()))


class StateStore(AsyncOAuthStateStore):
    """One-use tickets for the OAuth pages. They live on real time: the browser's cookie does too."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def logger(self) -> logging.Logger:
        return logging.getLogger(__name__)

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        state = secrets.token_urlsafe(32)
        await self._database.transact(_issue, state, _real_now(STATE_SECONDS))
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether the ticket was good; it is no longer, whatever the answer."""
        return await self._database.transact(_consume, state, _real_now())


def _real_now(plus: float = 0) -> datetime:
    return datetime.fromtimestamp(time.time() + plus, UTC)


def _issue(session: Session, state: str, expires_at: datetime) -> None:
    session.execute(delete(OAuthState).where(col(OAuthState.expires_at) < _real_now()))
    session.add(OAuthState(state=state, expires_at=expires_at))


def _consume(session: Session, state: str, now: datetime) -> bool:
    # One statement that deletes: of two callbacks that arrive at once only one finds the row.
    spent = delete(OAuthState).where(col(OAuthState.state) == state).returning(col(OAuthState.expires_at))
    expires_at = session.execute(spent).scalar_one_or_none()
    return expires_at is not None and expires_at > now
