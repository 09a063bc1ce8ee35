"""The ledger's one road to Slack: claim, decide, mark as sending, post, record."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

from slackbot import profiles
from slackbot.calendar import NUDGE, rhythm_of
from slackbot.deps import QUIET, Deps, NotInstalledError
from slackbot.feature import ScheduledMessage, Silence, Spoken
from slackbot.home import Glance
from slackbot.refusal import refusal
from slackbot.rules.schedule import FRESH, occurrence_in
from slackbot.rules.verdicts import Answer, Verdict, pause_before_retry, verdict
from storage import deliveries, members, workspaces
from storage.models import Delivery

log = structlog.get_logger(__name__)

BATCH: Final = 100
"""Rows per transaction: on SQLite a person's request waits no longer than one of them."""
BREATH: Final = 0.005
"""Seconds between batches, in which requests get their turn."""
LEASE: Final = timedelta(minutes=2)
EVENT_TYPE: Final = "prm_delivery"


class Sender:
    """Sends what is due. Its ticks follow one another: a second one waits for the first."""

    def __init__(self, deps: Deps, scheduled: Sequence[ScheduledMessage]) -> None:
        self._deps = deps
        self._kinds = {kind.kind: kind for kind in scheduled}
        self._worker = secrets.token_hex(8)
        self._one_at_a_time = asyncio.Lock()

    async def tick(self) -> None:
        """Everything that is due now. Downtime heals itself: due is due."""
        async with self._one_at_a_time:
            await self._deps.transact(deliveries.settle_abandoned, self._deps.now(), FRESH)
            for kind in self._kinds.values():
                await _until_done(partial(self._deps.transact, _claim, kind, self._deps))
            await _until_done(self._send_batch)

    async def next_instant(self) -> datetime | None:
        """The next moment at which something is due or to be tried again: a clock that is moved stops there."""
        return await self._deps.transact(_next_instant, list(self._kinds.values()))

    async def _send_batch(self) -> int:
        ids = await self._deps.transact(deliveries.ready, self._deps.now(), BATCH)
        for delivery_id in ids:
            try:
                await self._deliver(delivery_id)
            except Exception:  # one bad row must not stop the others
                log.exception("delivery_failed", delivery=delivery_id)
                await self._deps.transact(deliveries.give_up, delivery_id, "an error on our side")
        return len(ids)

    async def _deliver(self, delivery_id: str) -> None:
        deps = self._deps
        delivery, glance = await deps.transact(_read, deps, delivery_id)
        if _not_now(delivery, glance):
            return
        try:
            glance = await profiles.refresh(deps, glance)
            client = await deps.slack.client_for(glance.workspace_id)
        except NotInstalledError:
            await self._workspace_gone(delivery, "not installed")
            return
        if (silent := glance.member.unreachable or _leaving(glance)) is not None:
            await self._end(delivery_id, "skipped", silent)
            return
        if await deps.transact(_held_for_later, glance, delivery):
            return
        answer = await deps.transact(self._kinds[delivery.kind].compose, glance, delivery)
        if isinstance(answer, Silence):
            await self._end(delivery_id, "skipped", answer.reason)
            return
        if await self._begin(delivery_id, answer):
            await self._post(client, glance, delivery, answer)

    async def _begin(self, delivery_id: str, answer: Spoken) -> bool:
        return await self._deps.transact(
            deliveries.begin_sending,
            delivery_id,
            worker=self._worker,
            now=self._deps.now(),
            lease_until=self._deps.now() + LEASE,
            said=dict(answer.said),
        )

    async def _post(self, client: AsyncWebClient, glance: Glance, delivery: Delivery, answer: Spoken) -> None:
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"id": delivery.id}}
        try:
            posted = await client.chat_postMessage(
                channel=glance.member.user_id, metadata=metadata, **QUIET, **answer.message
            )
        except SlackApiError as error:
            await self._refused(glance, delivery, refusal(error))
        except aiohttp.ClientConnectorError:
            # No connection was made, so nothing was posted.
            await self._refused(glance, delivery, Answer("request_timeout"))
        except (aiohttp.ClientError, TimeoutError, ValueError, AttributeError) as error:
            # It went out, and what came back was nothing or no JSON object: slack_sdk asks a list or a text for its "ok".
            await self._end(delivery.id, "unknown", type(error).__name__)
        else:
            await self._deps.transact(
                _sent, self._deps, glance.member_id, delivery.id, posted["channel"], posted["ts"]
            )

    async def _refused(self, glance: Glance, delivery: Delivery, answer: Answer) -> None:
        why = answer.error or f"HTTP {answer.status}"
        # A yes that cannot be read has no error to go by either.
        unreadable = answer.status < 400 and not answer.error
        match Verdict.UNKNOWN if unreadable else verdict(answer):
            case Verdict.RETRY:
                pause = pause_before_retry(delivery.attempts + 1, answer.retry_after)
                await self._end(delivery.id, "retry", why, retry_at=self._deps.now() + pause)
            case Verdict.PERSON_GONE:
                await self._deps.transact(_stop_writing_to, glance.member_id, why)
                await self._end(delivery.id, "failed", why)
            case Verdict.WORKSPACE_GONE:
                await self._workspace_gone(delivery, why)
            case Verdict.UNKNOWN:
                await self._end(delivery.id, "unknown", why)
            case Verdict.FAILED:
                log.error("refused_by_slack", delivery=delivery.id, error=why)
                await self._end(delivery.id, "failed", why)

    async def _workspace_gone(self, delivery: Delivery, why: str) -> None:
        log.error("workspace_paused", workspace=delivery.workspace_id, reason=why)
        await self._deps.transact(workspaces.pause, delivery.workspace_id, why)
        await self._end(delivery.id, "failed", why)

    async def _end(self, delivery_id: str, state: str, reason: str, **columns: object) -> None:
        await self._deps.transact(deliveries.record, delivery_id, state, reason=reason, **columns)


async def _until_done(batch: Callable[[], Awaitable[int]]) -> None:
    """Batch after batch, until one was not full."""
    while True:
        if await batch() < BATCH:
            return
        await asyncio.sleep(BREATH)


def _claim(session: Session, kind: ScheduledMessage, deps: Deps) -> int:
    deliveries.lock_for_claiming(session)
    return kind.claim(deps, session, BATCH)


def _next_instant(session: Session, kinds: Sequence[ScheduledMessage]) -> datetime | None:
    moments = [deliveries.next_retry(session), *(kind.next_due(session) for kind in kinds)]
    return min((moment for moment in moments if moment is not None), default=None)


def _read(session: Session, deps: Deps, delivery_id: str) -> tuple[Delivery, Glance]:
    delivery = session.get_one(Delivery, delivery_id)
    return delivery, deps.glance(*members.with_workspace(session, delivery.member_id))


def _not_now(delivery: Delivery, glance: Glance) -> bool:
    """Whether things have changed since the batch was read: another worker had the row, or its workspace is paused."""
    waits = delivery.retry_at is not None and delivery.retry_at > glance.now
    return waits or delivery.state not in deliveries.OPEN or glance.workspace.paused_reason is not None


def _leaving(glance: Glance) -> str | None:
    return None if glance.member.erase_at is None else deliveries.LEAVING


def _held_for_later(session: Session, glance: Glance, delivery: Delivery) -> bool:
    """Whether the member has travelled west since this was claimed, and it is not yet time where they are."""
    if delivery.kind != NUDGE:
        return False
    due = occurrence_in(rhythm_of(glance.member, glance.zone), delivery.slot)
    if due.at <= glance.now:
        return False
    deliveries.hold(session, delivery.id, due.at)
    return True


def _sent(session: Session, deps: Deps, member_id: int, delivery_id: str, channel: str, ts: str) -> None:
    deliveries.record(session, delivery_id, "sent", channel=channel, ts=ts, sent_at=deps.now(), reason=None)
    member, _ = members.with_workspace(session, member_id)
    member.dm_channel = channel


def _stop_writing_to(session: Session, member_id: int, why: str) -> None:
    member, _ = members.with_workspace(session, member_id)
    member.unreachable, member.next_nudge_at = why, None
