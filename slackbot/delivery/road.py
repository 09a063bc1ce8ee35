"""What all workspaces share on the way to Slack: places in flight, paces, and transactions."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Final

import structlog
from sqlmodel import Session

from slackbot.delivery.deciding import Composed, Decider
from slackbot.delivery.pacing import Limits, Pacer, Seconds
from slackbot.delivery.together import Together
from slackbot.deps import Deps
from storage import deliveries, sending
from storage.database import DatabaseAwayError, DatabaseBusyError
from storage.sending import Ending, Ready, Sent

log = structlog.get_logger(__name__)

CHUNK: Final = 100
"""Rows of a workspace that are at hand at once."""
SLICE: Final = 100
"""Rows per transaction: on SQLite a person's request waits no longer than one of them."""
REST: Final = 0.02
"""Seconds between transactions of one sort, in which requests get their turn."""
INSIST: Final = 20
"""How often the database is asked to take what has become of a message: it is known, and must not be lost."""
AWAY: Final = 1.0
"""Seconds between two of these while the server is away: what was sent is recorded after a restart too."""
OURS: Final = "an error on our side"


class Road:
    """Of each step there is one transaction for all who are there at about the same time."""

    def __init__(
        self,
        deps: Deps,
        decider: Decider,
        limits: Limits,
        seconds: Seconds,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self.deps, self.limits, self.sleep = deps, limits, sleep
        self._decider = decider
        self.slots = asyncio.Semaphore(limits.in_flight)
        self.workspaces = Pacer(limits.workspace, seconds)
        self.channels = Pacer(limits.channel, seconds)
        self.profiles = Pacer(limits.profiles, seconds)
        self.ready = Together(self._ready, slice_of=SLICE, rest=REST)
        self.decide = Together(self._decide, slice_of=SLICE, rest=REST)
        self._step = Together(self._steps, slice_of=SLICE, rest=REST)

    async def _ready(self, workspaces: Sequence[int]) -> Sequence[list[Ready]]:
        """The next rows of each workspace."""
        rows = await self.deps.transact(
            sending.ready, self._decider.worker, workspaces, self.deps.now(), CHUNK
        )
        found: dict[int, list[Ready]] = {each: [] for each in workspaces}
        for row in rows:
            found[row.workspace_id].append(row)
        return [found[each] for each in workspaces]

    async def _decide(self, ids: Sequence[str]) -> Sequence[Composed | None]:
        """What each row says; None where it says nothing, or not now."""
        try:
            saying = await self.deps.transact(self._decider, ids)
        except DatabaseBusyError:
            raise
        except Exception:  # one bad row must not stop the others
            if len(ids) == 1:
                log.exception("delivery_failed", delivery=ids[0])
                await self.record(Ending(ids[0], "failed", OURS))
                return [None]
            return [answer for each in ids for answer in await self._decide([each])]
        return [saying.get(each) for each in ids]

    async def begin(self, composed: Composed) -> datetime | None:
        """Marks it as being sent: until when it may be posted, None where it may not."""
        return await self._step(composed)

    async def record(self, ending: Sent | Ending) -> None:
        """Writes down what became of a row."""
        await self._step(ending)

    async def _steps(self, steps: Sequence[Composed | Sent | Ending]) -> Sequence[datetime | None]:
        """Both at once, however long the database is busy: what became of a message must not be lost."""
        for _ in range(INSIST):
            try:
                return await self.deps.transact(self._take_steps, steps)
            except DatabaseBusyError as error:
                log.warning("recording_waits", count=len(steps))
                if isinstance(error, DatabaseAwayError):
                    # For a lock we have waited already; a server that is away says so at once.
                    await asyncio.sleep(AWAY)
        return await self.deps.transact(self._take_steps, steps)

    def _take_steps(
        self, session: Session, steps: Sequence[Composed | Sent | Ending]
    ) -> Sequence[datetime | None]:
        deliveries.lock_for_claiming(session)
        now = self.deps.now()
        until = now + self.limits.lease
        sending.record(session, [step for step in steps if not isinstance(step, Composed)])
        ids = [step.id for step in steps if isinstance(step, Composed)]
        begun = sending.begin(session, self._decider.worker, ids, now=now, until=until)
        return [until if step.id in begun else None for step in steps]
