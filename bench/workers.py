"""Four workers on one PostgreSQL share 20,000 due members of 400 workspaces out: each is sent once.

`python -m bench.workers [workers] [members]`"""

import asyncio
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlmodel import Session, col

from bench import crowd, hasty, kill
from bench.slack import Rules, Slack, listen
from storage.database import Database
from storage.models import Delivery

WORKERS: Final = 4
WORKSPACES: Final = 400
DUE: Final = 20_000
LONGEST: Final = 900.0


@dataclass(frozen=True)
class Shared:
    """What each worker did."""

    due: int
    sent: int
    more_than_once: int
    shares: list[int]
    """Messages of each worker."""
    too_fast: int
    seconds: float

    def line(self) -> str:
        shares = ", ".join(f"{share:,}" for share in self.shares)
        return (
            f"{len(self.shares)} workers, {self.due:,} due members of {WORKSPACES} workspaces: {self.sent:,} sent, "
            f"{self.more_than_once} more than once, shares {shares}; {self.too_fast} too fast; {self.seconds:.0f} s"
        )


async def measure(address: str, folder: Path, *, workers: int = WORKERS, due: int = DUE) -> Shared:
    """Lets so many workers loose on a migrated PostgreSQL, until nothing is open."""
    database = Database.at(address)
    database.run(crowd.fill, now=datetime.now(UTC), sizes=[due // WORKSPACES] * WORKSPACES)
    slack = Slack(Rules(per_second=hasty.PER_SECOND, history_per_second=hasty.HISTORY))
    server, api = await listen(slack)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bench.hasty"])
    processes = []
    for number in range(workers):
        own = kill.settings_for(address, api.replace("/api/", f"/worker{number}/api/"))
        how = {"limits": hasty.PATIENT, "timeout": 10.0}
        processes.append(
            context.Process(target=hasty.worker, args=(own, folder / f"worker{number}.log"), kwargs=how)
        )
    began = time.monotonic()
    try:
        for process in processes:
            process.start()
        async with asyncio.timeout(LONGEST):
            await kill.until_all_ended(database, processes)
    finally:
        seconds = time.monotonic() - began
        for process in processes:
            process.kill()
            await asyncio.to_thread(process.join)
        server.close()

    def states(session: Session) -> list[str]:
        return list(session.execute(select(col(Delivery.state))).scalars())

    found = Counter(database.run(states))
    database.engine.dispose()
    return Shared(
        due=due,
        sent=found["sent"],
        more_than_once=sum(1 for times in slack.accepted.values() if times > 1),
        shares=sorted(slack.shares.values(), reverse=True),
        too_fast=slack.refused.total(),
        seconds=seconds,
    )


async def _main(workers: int, due: int) -> None:
    from tests.databases import Databases

    with tempfile.TemporaryDirectory() as name, Databases(Path(name)) as databases:
        folder = Path(name)
        print((await measure(databases.fresh("postgresql", folder), folder, workers=workers, due=due)).line())


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    asyncio.run(_main(*(given + [WORKERS, DUE][len(given) :])))
