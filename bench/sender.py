"""The sender beside the bare SDK client with the same message: CPU for each, against a Slack in another process."""

import asyncio
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

import aiohttp
from alembic import command
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import func, select
from sqlmodel import Session, col

from bench import crowd
from slackbot.app import _knowledge, open_app
from slackbot.delivery import Sender
from slackbot.delivery.deciding import Composed, Decider
from slackbot.delivery.pacing import Limits, Pace
from slackbot.delivery.posting import EVENT_TYPE
from slackbot.deps import QUIET, SLACK_TIMEOUT, Deps
from slackbot.feature import Due, Spoken
from slackbot.features import nudges
from slackbot.serving import run, settle_memory
from slackbot.settings import Settings, load
from slackbot.ui.blocks import Message
from storage import members
from storage.database import Database, alembic_config
from storage.models import Delivery
from storage.sending import Undecided

P = ParamSpec("P")
R = TypeVar("R")

RUNS: Final = 5
MESSAGES: Final = 5000
"""So many that what a worker does once in its life, such as to compile its statements, weighs as little as it should."""
WORKSPACES: Final = 20
IN_FLIGHT: Final = 80
UNLIMITED: Final = Limits(
    workspace=Pace(1e6, 1e6), channel=Pace(1e6, 1e6), profiles=Pace(1e6, 1e6), in_flight=IN_FLIGHT
)
(WEEKLY,) = nudges.FEATURE.scheduled
TITLES: Final = {
    ("bare", "all"): "the bare SDK client",
    ("ours", "sending"): "the sender: mark, post, record",
    ("ours", "all"): "… claim, read and decide too",
}


async def measure() -> None:
    """Medians of interleaved runs on SQLite, each on a fresh database; CPU of this process alone."""
    found: dict[str, list[float]] = defaultdict(list)
    # As `prm worker` does it; for the bare client too.
    _knowledge(None)
    settle_memory()
    async with _slack() as api:
        said = await _own_message(api)
        ways: dict[str, Callable[[], Awaitable[dict[str, float]]]] = {
            "bare": lambda: _bare(api, said),
            "ours": lambda: _sent(api),
        }
        for number in range(RUNS + 1):
            for way, run_one in ways.items():
                for part, cost in (await run_one()).items():
                    # The first round fills caches, of imports and statements.
                    found[TITLES[way, part]] += [cost] if number else []
    bare = statistics.median(found[TITLES["bare", "all"]])
    print(f"\nSending {MESSAGES:,} messages, {IN_FLIGHT} in flight, medians of {RUNS} interleaved runs")
    print(f"{'':52}{'CPU ms each':>12}{'of the bare client':>20}")
    for way, costs in found.items():
        print(f"{way:52}{statistics.median(costs):12.3f}{statistics.median(costs) / bare:20.2f}")


@asynccontextmanager
async def _slack() -> AsyncIterator[str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.slack", "0.005", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.kill()
        await process.wait()


async def _own_message(api: str) -> Message:
    """What the product says to the first of the crowd; the bare client sends the same."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_app(_settings(api, _filled(Path(folder))), lambda: datetime.now(UTC)) as app:
            return app.deps.database.run(_first_said, app.deps)


def _first_said(session: Session, deps: Deps) -> Message:
    WEEKLY.claim(deps, session, 1)
    row = session.execute(select(Delivery)).scalar_one()
    glance = deps.glance(*members.with_workspace(session, row.member_id))
    (said,) = WEEKLY.compose(session, [Due(glance, Undecided.of(row))])
    assert isinstance(said, Spoken), "the crowd has no wins, so there is something to say"
    return said.message


async def _bare(api: str, said: Message) -> dict[str, float]:
    async with aiohttp.ClientSession(timeout=SLACK_TIMEOUT) as session:
        client = AsyncWebClient("xoxb-1", base_url=api, session=session, retry_handlers=[])
        left = iter(range(MESSAGES))

        async def post() -> None:
            for number in left:
                metadata = {"event_type": EVENT_TYPE, "event_payload": {"id": f"{number:032d}"}}
                await client.chat_postMessage(channel=f"U{number}", metadata=metadata, **QUIET, **said)

        began = time.process_time()
        await asyncio.gather(*(post() for _ in range(IN_FLIGHT)))
        return {"all": (time.process_time() - began) * 1000 / MESSAGES}


async def _sent(api: str) -> dict[str, float]:
    """CPU ms for each message: of everything, and of sending alone, without claiming and deciding."""
    with tempfile.TemporaryDirectory() as folder:
        address = _filled(Path(folder))
        async with open_app(_settings(api, address), lambda: datetime.now(UTC)) as app:
            watch = _Watch()
            timed = replace(WEEKLY, claim=watch.over(WEEKLY.claim))
            sender = Sender(app.deps, [timed], UNLIMITED)
            sender._road._decider = _timed(sender._road._decider, watch)
            began = time.process_time()
            await sender.tick()
            everything = time.process_time() - began
            if app.deps.database.run(_count_sent) != MESSAGES:
                raise RuntimeError("Not every message was sent.")
    sending = everything - watch.seconds
    return {"all": everything * 1000 / MESSAGES, "sending": sending * 1000 / MESSAGES}


class _Watch:
    """CPU seconds spent in certain functions."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def over(self, work: Callable[P, R]) -> Callable[P, R]:
        def timed(*args: P.args, **kwargs: P.kwargs) -> R:
            began = time.process_time()
            try:
                return work(*args, **kwargs)
            finally:
                self.seconds += time.process_time() - began

        return timed


def _timed(decider: Decider, watch: _Watch) -> Decider:
    class Timed(Decider):
        def __call__(self, session: Session, ids: Sequence[str]) -> dict[str, Composed]:
            return watch.over(decider)(session, ids)

    return Timed(decider.deps, decider.kinds, decider.worker)


def _count_sent(session: Session) -> int:
    sent = select(func.count()).select_from(Delivery).where(col(Delivery.state) == "sent")
    return int(session.execute(sent).scalar_one())


def _filled(folder: Path) -> str:
    address = f"sqlite:///{folder / 'prm.db'}"
    command.upgrade(alembic_config(address), "head")
    database = Database.at(address)
    sizes = [MESSAGES // WORKSPACES] * WORKSPACES
    database.run(crowd.fill, now=datetime.now(UTC), sizes=sizes)
    database.engine.dispose()
    return address


def _settings(api: str, address: str) -> Settings:
    return load(
        DATABASE_URL=address,
        SLACK_API_URL=api,
        SLACK_BOT_TOKEN=None,
        SLACK_APP_TOKEN=None,
        SLACK_CLIENT_ID="1.2",
        SLACK_CLIENT_SECRET=crowd.KEY,
        SLACK_SIGNING_SECRET=crowd.KEY,
        PRM_ENCRYPTION_KEYS=crowd.KEY,
    )


if __name__ == "__main__":
    run(measure())
