"""Asks Slack whether a message arrived of which nobody knows."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

from slackbot.delivery.pacing import Pacer
from slackbot.delivery.posting import is_ours
from slackbot.deps import Deps, NotInstalledError
from slackbot.refusal import refusal
from slackbot.rules.schedule import FRESH
from slackbot.rules.verdicts import Verdict, verdict
from storage import sending
from storage.sending import TOO_LATE, Lost

log = structlog.get_logger(__name__)

SCOPE: Final = "im:history"
ABSENT: Final = "Slack has no such message"
AT_ONCE: Final = 100
"""Rows looked at in one go, and messages asked for in one answer (Slack gives some apps fifteen)."""
PAGES: Final = 5
BEFORE: Final = timedelta(minutes=5)
"""How far Slack's clock may be behind ours."""
AFTER: Final = timedelta(minutes=15)
"""How long after the attempt a message may have been posted: our longest wait, and as much for the clocks."""
NOT_NOW: Final = timedelta(minutes=5)
"""When Slack is asked again that could not say."""


class UnclearError(Exception):
    """Slack did not say for certain; `wait` is when to ask again, None where it never will."""

    def __init__(self, wait: timedelta | None) -> None:
        super().__init__(wait)
        self.wait = wait


class Recovery:
    """Settles unknown rows, one workspace at a time, as often as Slack lets an app look."""

    def __init__(self, deps: Deps, pacer: Pacer) -> None:
        self._deps, self._pacer = deps, pacer

    async def settle(self, workspace_id: int) -> None:
        """What is to be asked about now in this workspace is asked, or put off until Slack allows it."""
        deps = self._deps
        rows = await deps.transact(sending.lost, workspace_id, deps.now(), AT_ONCE)
        if not rows:
            return
        if SCOPE not in await deps.slack.scopes_of(workspace_id):
            await deps.transact(sending.ask_later, [row.id for row in rows], None)
            return
        for number, row in enumerate(rows):
            seconds = self._pacer.until_free(workspace_id)
            if seconds > 0:
                await self._put_off(rows[number:], timedelta(seconds=seconds))
                return
            self._pacer.wait(workspace_id)
            try:
                await self._settle(workspace_id, row)
            except UnclearError as unclear:
                # Whatever kept Slack from answering keeps it from answering the next one too.
                await self._put_off(rows[number:] if unclear.wait else [row], unclear.wait)
                if unclear.wait:
                    return

    async def _settle(self, workspace_id: int, row: Lost) -> None:
        ts = await self._look_for(workspace_id, row)
        await self._deps.transact(_settled, row, ts, self._deps.now())
        log.info("unknown_settled", delivery=row.id, arrived=ts is not None)

    async def _look_for(self, workspace_id: int, row: Lost) -> str | None:
        """Its time in the conversation; None when it surely is not there. Raises UnclearError."""
        if row.dm_channel is None or row.attempted_at is None:
            raise UnclearError(None)
        asked: dict[str, Any] = {
            "channel": row.dm_channel,
            "oldest": f"{(row.attempted_at - BEFORE).timestamp():.6f}",
            "latest": f"{(row.attempted_at + AFTER).timestamp():.6f}",
            "inclusive": True,
            "include_all_metadata": True,
            "limit": AT_ONCE,
        }
        try:
            client = await self._deps.slack.client_for(workspace_id)
        except NotInstalledError as error:
            raise UnclearError(None) from error
        for _ in range(PAGES):
            page = await _page(client, asked)
            found = [message for message in page["messages"] if is_ours(message, row.id)]
            if found:
                return str(found[0]["ts"])
            asked["cursor"] = (page.get("response_metadata") or {}).get("next_cursor")
            if not page.get("has_more"):
                return None
            if not asked["cursor"]:
                break
        raise UnclearError(NOT_NOW)

    async def _put_off(self, rows: list[Lost], wait: timedelta | None) -> None:
        at = None if wait is None else self._deps.now() + wait
        await self._deps.transact(sending.ask_later, [row.id for row in rows], at)


async def _page(client: AsyncWebClient, asked: dict[str, Any]) -> dict[str, Any]:
    try:
        answer = await client.conversations_history(**asked)
        return {**dict(answer.data), "messages": list(answer["messages"])}  # type: ignore[arg-type] # always a dict for a JSON method
    except SlackApiError as error:
        said = refusal(error)
        if said.retry_after is not None:
            raise UnclearError(timedelta(seconds=max(said.retry_after, 1))) from error
        passing = verdict(said) in (Verdict.RETRY, Verdict.UNKNOWN) or not said.error
        raise UnclearError(NOT_NOW if passing else None) from error
    except (aiohttp.ClientError, TimeoutError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise UnclearError(NOT_NOW) from error


def _settled(session: Session, row: Lost, ts: str | None, now: datetime) -> None:
    if ts is not None:
        at = datetime.fromtimestamp(float(ts), UTC)
        sending.answer(
            session, row.id, "sent", channel=row.dm_channel, ts=ts, sent_at=at, reason=None, retry_at=None
        )
    elif now - row.due_at > FRESH:
        sending.answer(session, row.id, "expired", reason=TOO_LATE, retry_at=None)
    else:
        sending.answer(session, row.id, "retry", reason=ABSENT, retry_at=now)
