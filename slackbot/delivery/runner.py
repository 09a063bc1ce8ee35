"""Sends what is ready in one workspace, at its pace, for as long as this worker may."""

import asyncio
from datetime import timedelta
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

from slackbot import profiles
from slackbot.delivery.deciding import Composed
from slackbot.delivery.posting import NotPosted, Posted, post
from slackbot.delivery.recovery import Recovery
from slackbot.delivery.road import Road
from slackbot.deps import Deps, NotInstalledError
from slackbot.home import Glance
from slackbot.rules.verdicts import Verdict, pause_before_retry
from storage import leases, members, workspaces
from storage.sending import Ending, Ready, Sent

log = structlog.get_logger(__name__)

NOT_INSTALLED = "not installed"


class Runner:
    """One workspace's turn. The first message goes alone: a closed door is found by one, and the others wait."""

    def __init__(self, road: Road, workspace_id: int, recovery: Recovery | None) -> None:
        self.workspace_id = workspace_id
        self._road, self._recovery, self._deps = road, recovery, road.deps
        self._closed = False
        self._open = False
        self._first = asyncio.Lock()
        self._waiting: set[asyncio.Task[Any]] = set()

    async def run(self) -> bool:
        """Until nothing is ready. False: something is, and would not go."""
        if self._recovery is not None:
            await self._recovery.settle(self.workspace_id)
        seen: set[str] = set()
        while not self._closed:
            rows = await self._road.ready(self.workspace_id)
            new = [row for row in rows if row.id not in seen]
            if not new:
                return not rows
            seen.update(row.id for row in new)
            await self._send(new)
        return True

    def close(self) -> None:
        """Begins nothing more; what is on its way is finished."""
        self._closed = True
        for task in self._waiting:
            task.cancel()

    async def _send(self, rows: list[Ready]) -> None:
        try:
            client = await self._deps.slack.client_for(self.workspace_id)
        except NotInstalledError:
            await self._workspace_gone(rows[0].id, NOT_INSTALLED)
            return
        tasks = [asyncio.create_task(self._deliver(client, row)) for row in rows]
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                # What was being sent stays so, and is asked about when its lease is over.
                log.error("delivery_interrupted", workspace=self.workspace_id, exc_info=outcome)
                self._closed = True

    async def _deliver(self, client: AsyncWebClient, row: Ready) -> None:
        composed = await self._until_its_turn(row)
        if composed is None or self._closed:
            return
        if not self._open:
            async with self._first:
                if not self._open:
                    await self._go(client, composed)
                    self._open = not self._closed
                    return
        await self._go(client, composed)

    async def _until_its_turn(self, row: Ready) -> Composed | None:
        me = asyncio.current_task()
        assert me is not None, "it runs as a task"
        self._waiting.add(me)
        try:
            if profiles.is_due(row.profile_read_at, self._deps.now()):
                await self._read_profile(row)
            composed = await self._road.decide(row.id)
            if composed is not None:
                seconds = max(
                    self._road.workspaces.wait(self.workspace_id), self._road.channels.wait(row.member_id)
                )
                if seconds > 0:
                    await self._road.sleep(seconds)
            return composed
        finally:
            self._waiting.discard(me)

    async def _read_profile(self, row: Ready) -> None:
        seconds = self._road.profiles.wait(self.workspace_id)
        if seconds > 0:
            await self._road.sleep(seconds)
        glance = await self._deps.transact(_glance, self._deps, row.member_id)
        await profiles.refresh(self._deps, glance)

    async def _go(self, client: AsyncWebClient, composed: Composed) -> None:
        async with self._road.slots:
            if self._closed:
                return
            until = await self._road.begin(composed)
            # A machine that slept in between may have lost the row to somebody else.
            if until is None or self._deps.now() >= until:
                return
            outcome = await post(client, composed.user_id, composed.id, composed.message)
        if isinstance(outcome, Posted):
            await self._sent(composed, outcome)
        else:
            await self._not_sent(composed, outcome)

    async def _sent(self, composed: Composed, posted: Posted) -> None:
        moved = posted.channel != composed.dm_channel
        whose = composed.member_id if moved else None
        await self._road.record(Sent(composed.id, posted.channel, posted.ts, self._deps.now(), whose))

    async def _not_sent(self, composed: Composed, outcome: NotPosted) -> None:
        record, why, now = self._road.record, outcome.why, self._deps.now()
        match outcome.verdict:
            case Verdict.RETRY:
                pause = pause_before_retry(composed.attempts + 1, outcome.retry_after)
                if outcome.slow_down:
                    await self._keep_quiet(pause)
                await record(Ending(composed.id, "retry", why, retry_at=now + pause))
            case Verdict.PERSON_GONE:
                await self._deps.transact(_stop_writing_to, composed.member_id, why)
                await record(Ending(composed.id, "failed", why))
            case Verdict.WORKSPACE_GONE:
                await self._workspace_gone(composed.id, why)
            case Verdict.UNKNOWN:
                known = composed.dm_channel is not None
                ask_at = now + self._road.limits.ask_after if known else None
                await record(Ending(composed.id, "unknown", why, retry_at=ask_at))
            case Verdict.FAILED:
                log.error("refused_by_slack", delivery=composed.id, error=why)
                await record(Ending(composed.id, "failed", why))

    async def _keep_quiet(self, pause: timedelta) -> None:
        log.warning("slack_asks_to_wait", workspace=self.workspace_id, seconds=pause.total_seconds())
        self.close()
        await self._deps.transact(leases.keep_quiet, self.workspace_id, self._deps.now() + pause)

    async def _workspace_gone(self, delivery_id: str, why: str) -> None:
        log.error("workspace_paused", workspace=self.workspace_id, reason=why)
        self.close()
        await self._deps.transact(workspaces.pause, self.workspace_id, why)
        await self._road.record(Ending(delivery_id, "failed", why))


def _glance(session: Session, deps: Deps, member_id: int) -> Glance:
    return deps.glance(*members.with_workspace(session, member_id))


def _stop_writing_to(session: Session, member_id: int, why: str) -> None:
    member, _ = members.with_workspace(session, member_id)
    member.unreachable, member.next_nudge_at = why, None
