"""Kills the worker again and again while it sends: nobody hears twice, and nothing is lost without a reason.

`python -m bench.kill [sqlite|postgresql] [kills]`; `tests/delivery/test_killed.py` does it with fewer."""

import asyncio
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlmodel import Session, col

from bench import crowd, hasty
from bench.slack import Rules, Slack, listen
from storage.database import Database
from storage.models import Delivery, Installation, Member

WORKSPACES: Final = 50
DUE: Final = 2000
HISTORY_IN: Final = 0.5
KNOWN_DMS: Final = 0.9
TROUBLE: Final = 0.12
LONGEST: Final = 600.0
ENDED: Final = frozenset({"sent", "skipped", "expired", "failed", "unknown"})


@dataclass(frozen=True)
class Found:
    """What was left when everything had ended."""

    kills: int
    due: int
    states: Counter[str]
    duplicates: int
    lost: int
    """Neither sent nor ended with a reason."""
    false: int
    """Sent as the ledger says, and Slack knows nothing of it; or failed, and Slack has it."""
    found: int
    """Unknown, and settled by asking Slack: it had arrived."""
    absent: int
    """Unknown, and settled by asking Slack: it had not, and was sent again."""
    unknown_with_history: int
    """Unknown although Slack could have been asked."""
    unknown_arrived: int
    looked: int
    too_fast: dict[str, int]
    """429 because a worker was quicker than Slack allows, or did not know yet that it was to wait."""
    seconds: float

    def lines(self) -> list[str]:
        return [
            f"{self.kills} kills, {self.due:,} due members of {WORKSPACES} workspaces, {self.seconds:.0f} s: "
            + ", ".join(f"{state} {count:,}" for state, count in sorted(self.states.items())),
            f"  duplicates {self.duplicates}, lost {self.lost}, recorded falsely {self.false}; "
            f"429 not of our making aside: {self.too_fast or 'none'}",
            f"  unknown outcomes settled by {self.looked} looks into the conversation: {self.found} had arrived, "
            f"{self.absent} had not; left unknown {self.states['unknown']} ({self.unknown_arrived} of them arrived), "
            f"{self.unknown_with_history} where Slack could have been asked",
        ]


async def measure(engine: str, address: str, folder: Path, kills: int, due: int = DUE) -> Found:
    """Fills the migrated database at the address, and kills worker after worker over it."""
    database = Database.at(address)
    sizes = [due // WORKSPACES] * WORKSPACES
    database.run(crowd.fill, now=datetime.now(UTC), sizes=sizes, history_in=HISTORY_IN, known_dms=KNOWN_DMS)
    slack = Slack(
        Rules(
            per_second=hasty.PER_SECOND,
            history_per_second=hasty.HISTORY,
            trouble=TROUBLE,
            patience=2 * hasty.TIMEOUT,
        )
    )
    server, api = await listen(slack)
    began = time.monotonic()
    try:
        settled = await _lives(slack, database, settings_for(address, api), folder / f"{engine}.log", kills)
    finally:
        server.close()
    found = _found(database, slack, settled, kills, time.monotonic() - began)
    database.engine.dispose()
    return found


def settings_for(address: str, api: str) -> dict[str, str]:
    return {
        "DATABASE_URL": address,
        "SLACK_API_URL": api,
        "SLACK_CLIENT_ID": "1.2",
        "SLACK_CLIENT_SECRET": crowd.KEY,
        "SLACK_SIGNING_SECRET": crowd.KEY,
        "PRM_ENCRYPTION_KEYS": crowd.KEY,
        "PRM_TICK_SECONDS": "0.05",
    }


async def _lives(
    slack: Slack, database: Database, environment: Mapping[str, str], log: Path, kills: int
) -> Counter[str]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bench.hasty"])
    luck = random.Random(kills)  # noqa: S311 - no secret

    def begin() -> ForkServerProcess:
        process = context.Process(target=hasty.worker, args=(environment, log))
        process.start()
        return process

    for number in range(kills):
        process = begin()
        await _random_point(slack, process, luck, share=DUE / kills / 2, early=number % 5 == 0)
        process.kill()
        await asyncio.to_thread(process.join)
    process = begin()
    try:
        async with asyncio.timeout(LONGEST):
            await until_all_ended(database, [process])
    finally:
        process.kill()
        await asyncio.to_thread(process.join)
    return _settled(log)


async def _random_point(
    slack: Slack, process: ForkServerProcess, luck: random.Random, *, share: float, early: bool
) -> None:
    """At any moment of its start, or some messages and some milliseconds into its work."""
    try:
        async with asyncio.timeout(luck.uniform(0, 0.4) if early else 3):
            await slack.posts(luck.randint(1, max(2, int(share * 2))))
            await asyncio.sleep(luck.uniform(0, 0.03))
    except TimeoutError:
        pass
    if not early and not process.is_alive():
        raise RuntimeError("The worker ended by itself.")


async def until_all_ended(database: Database, workers: Sequence[ForkServerProcess]) -> None:
    """Looks a few times a second: the ledger is all there is to see it by."""
    while True:
        if not all(worker.is_alive() for worker in workers):
            raise RuntimeError("A worker ended by itself; its log says why.")
        if all_ended(database):
            return
        await asyncio.sleep(0.2)


def all_ended(database: Database) -> bool:
    def read(session: Session) -> bool:
        due = select(col(Member.id)).where(col(Member.next_nudge_at) <= datetime.now(UTC)).limit(1)
        open_rows = select(col(Delivery.id)).where(
            col(Delivery.state).not_in(ENDED)
            | ((col(Delivery.state) == "unknown") & col(Delivery.retry_at).is_not(None))
        )
        return session.execute(due).first() is None and session.execute(open_rows.limit(1)).first() is None

    return database.run(read)


def _settled(log: Path) -> Counter[str]:
    lines = log.read_text().splitlines()
    looks = [line for line in lines if "unknown_settled" in line]
    return Counter("found" if "arrived=True" in line else "absent" for line in looks)


def _found(database: Database, slack: Slack, settled: Counter[str], kills: int, seconds: float) -> Found:
    def read(session: Session) -> list[tuple[Delivery, str, str | None]]:
        statement = (
            select(Delivery, col(Installation.scopes), col(Member.dm_channel))
            .join(Member, col(Member.id) == col(Delivery.member_id))
            .join(Installation, col(Installation.workspace_id) == col(Delivery.workspace_id))
        )
        return [(row[0], row[1], row[2]) for row in session.execute(statement)]

    rows = database.run(read)
    members = database.run(lambda session: session.execute(select(col(Member.id))).scalars().all())
    unknown = [each for each in rows if each[0].state == "unknown"]
    lost = [row for row, _, _ in rows if row.state not in ENDED or (row.state != "sent" and not row.reason)]
    return Found(
        kills=kills,
        due=len(members),
        states=Counter(row.state for row, _, _ in rows),
        duplicates=sum(1 for times in slack.accepted.values() if times > 1),
        lost=len(lost) + len(set(members) - {row.member_id for row, _, _ in rows}),
        false=sum(
            1
            for row, _, _ in rows
            if row.state != "unknown" and (row.state == "sent") is not (slack.accepted[row.id] == 1)
        ),
        found=settled["found"],
        absent=settled["absent"],
        unknown_with_history=sum(1 for _, scopes, dm in unknown if "im:history" in scopes and dm is not None),
        unknown_arrived=sum(1 for row, _, _ in unknown if slack.accepted[row.id]),
        looked=slack.calls["conversations.history"],
        too_fast=dict(slack.refused),
        seconds=seconds,
    )


async def _main(engines: list[str], kills: int) -> None:
    from tests.databases import Databases

    with tempfile.TemporaryDirectory() as name, Databases(Path(name)) as databases:
        for engine in engines:
            address = databases.fresh(engine, Path(name))
            found = await measure(engine, address, Path(name), kills)
            print(f"{engine}: " + "\n".join(found.lines()), flush=True)
            if found.duplicates or found.lost or found.false or found.unknown_with_history:
                sys.exit(1)


if __name__ == "__main__":
    chosen = sys.argv[1:2] if sys.argv[1:] and sys.argv[1] != "both" else ["sqlite", "postgresql"]
    asyncio.run(_main(chosen, int(sys.argv[2]) if len(sys.argv) > 2 else 200))
