"""Asks Slack for a new token before the old one ends; of all processes one at a time, as Slack takes each request once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

from slackbot.refusal import refusal
from slackbot.rules.verdicts import Answer, Verdict, verdict
from storage import rotation, workspaces
from storage.cipher import Cipher
from storage.database import Database
from storage.rotation import Refreshing

log = structlog.get_logger(__name__)

AHEAD: Final = timedelta(hours=2)
"""A token with less time left than this is replaced at its next use; Slack's last twelve hours."""
AFTER_NO: Final = timedelta(hours=1)
"""How long Slack is not asked again once it said no."""
PAUSED: Final = "no new token"
"""How the reason of a workspace's pause begins, with Slack's code behind it."""


@dataclass(frozen=True)
class Renewal:
    """How this app proves to Slack that it is the one whose token is to be replaced."""

    client: AsyncWebClient
    client_id: str
    client_secret: str = field(repr=False)

    async def ask(self, refresh_token: str) -> dict[str, Any]:
        """Slack's answer with the new pair. Raises SlackApiError, and aiohttp's errors when there is no answer."""
        answer = await self.client.oauth_v2_access(
            client_id=self.client_id,
            client_secret=self.client_secret,
            grant_type="refresh_token",
            refresh_token=refresh_token,
        )
        return dict(answer.data)  # type: ignore[arg-type] # always a dict for a JSON method


async def renew(
    database: Database, cipher: Cipher, renewal: Renewal, workspace_id: int, now: Callable[[], datetime]
) -> None:
    """A new token for the workspace, unless somebody else is at it. A Slack that says no pauses the workspace."""
    lease = await database.transact(rotation.begin_refresh, workspace_id, cipher, now())
    if lease is None:
        return
    try:
        answer = await renewal.ask(lease.refresh_token)
        told = answer["access_token"], answer["refresh_token"], timedelta(seconds=answer["expires_in"])
    except SlackApiError as error:
        await _after_no(database, lease, workspace_id, now(), refusal(error))
    except (aiohttp.ClientError, TimeoutError, LookupError, TypeError, ValueError, AttributeError) as error:
        # No answer, or one of another shape than Slack's: slack_sdk trips over those in its own ways.
        await _try_later(database, lease, now(), type(error).__name__)
    else:
        await database.transact(_renewed, lease, workspace_id, cipher, *told, now())


async def _after_no(
    database: Database, lease: Refreshing, workspace_id: int, now: datetime, said: Answer
) -> None:
    if verdict(said) in {Verdict.RETRY, Verdict.UNKNOWN}:
        await _try_later(database, lease, now, said.error or f"HTTP {said.status}")
    else:
        log.error("token_not_renewed", workspace=workspace_id, error=said.error)
        await database.transact(_refused, lease, workspace_id, said.error, now)


async def _try_later(database: Database, lease: Refreshing, now: datetime, why: str) -> None:
    log.warning("token_not_renewed_yet", error=why)
    await database.transact(rotation.hold_refresh, lease.installation_id, now + rotation.LEASE)


def _refused(session: Session, lease: Refreshing, workspace_id: int, error: str, now: datetime) -> None:
    rotation.hold_refresh(session, lease.installation_id, now + AFTER_NO)
    workspaces.pause(session, workspace_id, f"{PAUSED}: {error}"[:64])


def _renewed(
    session: Session,
    lease: Refreshing,
    workspace_id: int,
    cipher: Cipher,
    token: str,
    refresh_token: str,
    lasts: timedelta,
    now: datetime,
) -> None:
    kept = rotation.keep_refreshed(
        session,
        lease.installation_id,
        cipher,
        token=token,
        refresh_token=refresh_token,
        expires_at=now + lasts,
    )
    if kept:
        workspaces.resume_after(session, workspace_id, PAUSED)
