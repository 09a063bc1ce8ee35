"""The ledger's one road to Slack: claim, decide, mark as sending, post, record."""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import structlog
from sqlmodel import Session

from slackbot.delivery.deciding import Decider
from slackbot.delivery.pacing import Limits, Pacer, Seconds
from slackbot.delivery.recovery import Recovery
from slackbot.delivery.road import Road
from slackbot.delivery.runner import Runner
from slackbot.deps import Deps
from slackbot.feature import ScheduledMessage
from slackbot.rules.schedule import FRESH
from slackbot.settings import Mode
from storage import deliveries, heartbeats, leases, sending

log = structlog.get_logger(__name__)

LIMITS: Final = Limits()
BATCH: Final = 100
"""Rows claimed in one transaction: on SQLite a person's request waits no longer than one of them."""
BREATH: Final = 0.005
"""Seconds between batches, in which requests get their turn."""
PASS: Final = 0.5
"""Seconds after which a long tick looks again for what has become due meanwhile, in other workspaces too."""
AT_ONCE: Final = 25
"""Workspaces that are taken in one go: other workers get theirs."""
BEAT: Final = 10.0
"""Seconds between two signs of life during a long tick."""


class Sender:
    """Sends what is due. Its ticks follow one another: a second one waits for the first."""

    def __init__(
        self,
        deps: Deps,
        scheduled: Sequence[ScheduledMessage],
        limits: Limits | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`monotonic` and `sleep` are real time, by which Slack's limits go."""
        self._deps = deps
        self._kinds = {kind.kind: kind for kind in scheduled}
        self._worker = secrets.token_hex(8)
        self._limits = limits or LIMITS
        self._real = monotonic
        self._one_at_a_time = asyncio.Lock()
        self._runners: dict[Runner, asyncio.Task[None]] = {}
        self._set_aside: set[int] = set()
        self._beat_at: float | None = None
        self._stopping = False
        seconds = Seconds(deps.now, monotonic)
        alone = deps.settings.mode is not Mode.MANY
        history = self._limits.own_history if alone else self._limits.history
        self._road = Road(deps, Decider(deps, self._kinds, self._worker), self._limits, seconds, sleep)
        self._recovery = Recovery(deps, Pacer(history, seconds))

    def stop(self) -> None:
        """What is on its way is finished; nothing more is begun, and the tick ends with that."""
        self._stopping = True
        for runner in self._runners:
            runner.close()

    async def tick(self) -> None:
        """Everything that is due now. Downtime heals itself: due is due."""
        async with self._one_at_a_time:
            self._set_aside.clear()
            self._beat_at = None
            try:
                await self._until_nothing_is_due()
            finally:
                # Whatever went wrong: a message on its way is not cut off.
                await asyncio.gather(*self._runners.values())
                await self._end_turns()

    async def next_instant(self) -> datetime | None:
        """The next moment at which something is due or to be tried again: a clock that is moved stops there."""
        return await self._deps.transact(_next_instant, list(self._kinds.values()))

    async def _until_nothing_is_due(self) -> None:
        while not self._stopping:
            await self._show_life()
            for kind in self._kinds.values():
                await self._until_done(partial(self._deps.transact, _claim, kind, self._deps))
            taken = await self._take_turns()
            if not self._runners:
                return
            # Many wait: look again soon, so that all of them are served at the same time.
            await asyncio.wait(self._runners.values(), timeout=BREATH if taken == AT_ONCE else PASS)
            await self._end_turns()

    async def _show_life(self) -> None:
        """Now and then: says that we are there, keeps what we have, and ends what nobody else will."""
        moment = self._real()
        if self._beat_at is None or moment - self._beat_at >= min(
            BEAT, self._limits.turn.total_seconds() / 3
        ):
            self._beat_at = moment
            await self._deps.transact(self._live)

    def _live(self, session: Session) -> None:
        now = self._deps.now()
        deliveries.lock_for_claiming(session)
        heartbeats.beat(session, self._worker, now)
        leases.renew(
            session, self._worker, [runner.workspace_id for runner in self._runners], now + self._limits.turn
        )
        sending.settle_abandoned(session, now, FRESH)

    async def _take_turns(self) -> int:
        taken, lost = await self._deps.transact(self._take)
        for workspace_id, idle in taken.items():
            if idle is not None:
                self._road.workspaces.begin_after(workspace_id, idle.total_seconds())
            recovery = self._recovery if workspace_id in lost else None
            runner = Runner(self._road, workspace_id, recovery)
            self._runners[runner] = asyncio.create_task(self._run(runner))
        return len(taken)

    def _take(self, session: Session) -> tuple[dict[int, timedelta | None], set[int]]:
        deliveries.lock_for_claiming(session)
        now = self._deps.now()
        besides = {*(runner.workspace_id for runner in self._runners), *self._set_aside}
        taken = leases.take(
            session, self._worker, now=now, until=now + self._limits.turn, limit=AT_ONCE, besides=besides
        )
        return taken, sending.with_lost(session, taken, now) if taken else set()

    async def _run(self, runner: Runner) -> None:
        try:
            if not await runner.run():
                self._set_aside.add(runner.workspace_id)
        except Exception:  # one workspace that cannot be served must not stop the others
            log.exception("sending_failed", workspace=runner.workspace_id)
            self._set_aside.add(runner.workspace_id)

    async def _end_turns(self) -> None:
        ended = [runner for runner, task in self._runners.items() if task.done()]
        for runner in ended:
            del self._runners[runner]
        if ended:
            freed = [runner.workspace_id for runner in ended]
            await self._deps.transact(leases.release, self._worker, freed, self._deps.now())

    async def _until_done(self, batch: Callable[[], Awaitable[int]]) -> None:
        """Batch after batch, until one was not full."""
        while not self._stopping:
            if await batch() < BATCH:
                return
            await asyncio.sleep(BREATH)


def _claim(session: Session, kind: ScheduledMessage, deps: Deps) -> int:
    deliveries.lock_for_claiming(session)
    return kind.claim(deps, session, BATCH)


def _next_instant(session: Session, kinds: Sequence[ScheduledMessage]) -> datetime | None:
    moments = [sending.next_retry(session), *(kind.next_due(session) for kind in kinds)]
    return min((moment for moment in moments if moment is not None), default=None)
