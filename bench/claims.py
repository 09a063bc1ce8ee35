"""Claiming and deciding what is due in batches, beside the driver's own calls and one APScheduler job per member."""

import itertools
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from alembic import command
from apscheduler.events import EVENT_JOB_EXECUTED
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import insert, select
from sqlmodel import Session, col

from bench import crowd
from slackbot.app import _knowledge
from slackbot.calendar import NUDGE
from slackbot.delivery.deciding import Decider
from slackbot.deps import Deps
from slackbot.feature import Due, ScheduledMessage, Spoken
from slackbot.features import nudges
from slackbot.rules.schedule import Rhythm, next_occurrence, slot_of
from slackbot.serving import settle_memory
from slackbot.settings import load
from storage import deliveries, leases
from storage.database import Database, alembic_config
from storage.models import DEFAULT_TIME, DEFAULT_WEEKDAY, Delivery, Member, Workspace, opaque_id
from storage.sending import Undecided

RUNS = 5
DUE = 5000
JOBS = 500
"""Members with a job each: they cost so much more that fewer are enough."""
BATCH = 100
NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
STORED = f"{NOW:%Y-%m-%d %H:%M:%S.%f}"
"""The moment as SQLAlchemy writes it into SQLite."""
LATER = NOW + timedelta(minutes=1)
ZONE = "America/New_York"
RHYTHM = Rhythm(DEFAULT_WEEKDAY, DEFAULT_TIME, ZoneInfo(ZONE))
(WEEKLY,) = nudges.FEATURE.scheduled
CLAIM_ONLY = ("the driver's own calls", "batches of 100, Core")
JOB, BATCHES = "a job for each member", "batches: claim and decide"
READING = " (real messages)"


def measure() -> None:
    """Medians of five interleaved runs on SQLite, each on a fresh database."""
    ways: dict[str, tuple[int, Callable[[Path], float]]] = {
        CLAIM_ONLY[0]: (DUE, _bare),
        CLAIM_ONLY[1]: (DUE, _ours),
        BATCHES: (DUE, lambda path: _claim_and_decide(path, _brief)),
        JOB: (JOBS, lambda path: _jobs(path, _brief)),
        BATCHES + READING: (DUE, lambda path: _claim_and_decide(path, WEEKLY)),
        JOB + READING: (JOBS, lambda path: _jobs(path, WEEKLY)),
    }
    settle_memory()
    rates: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(RUNS):
        for way, (due, run) in ways.items():
            with tempfile.TemporaryDirectory() as folder:
                rates[way].append(due / run(_filled(Path(folder), due)))
    found = {way: statistics.median(measured) for way, measured in rates.items()}
    print(f"\nClaiming due members on SQLite, medians of {RUNS} interleaved runs")
    print(f"{'':42}{'members/s':>12}{'of the driver':>16}{'of a job each':>16}")
    for way, rate in found.items():
        beside = rate / found[CLAIM_ONLY[0]]
        jobs = "" if way in CLAIM_ONLY else f"{rate / found[JOB + (READING if READING in way else '')]:.1f}"
        print(f"{way:42}{rate:12,.0f}{beside:16.2f}{jobs:>16}")


def _filled(folder: Path, due: int) -> Path:
    path = folder / "prm.db"
    command.upgrade(alembic_config(f"sqlite:///{path}"), "head")
    database = Database.at(f"sqlite:///{path}")
    database.run(_members, due)
    database.engine.dispose()
    return path


def _members(session: Session, due: int) -> None:
    session.add(Workspace(id=1, key="T1", team_id="T1", created_at=NOW))
    session.flush()
    rows = [
        Member(workspace_id=1, user_id=f"U{n}", zone=ZONE, next_nudge_at=NOW, created_at=NOW).model_dump(
            exclude={"id"}
        )
        for n in range(due)
    ]
    session.execute(insert(Member), rows)


def _ours(path: Path) -> float:
    database = Database.at(f"sqlite:///{path}")
    began = time.perf_counter()
    while database.run(_claim_batch) == BATCH:
        pass
    took = time.perf_counter() - began
    database.engine.dispose()
    return took


def _claim_batch(session: Session) -> int:
    deliveries.lock_for_claiming(session)
    due = deliveries.due_members(session, NOW + timedelta(minutes=1), BATCH)
    following = next_occurrence(RHYTHM, NOW)
    rows = [
        {
            "workspace_id": d.workspace_id,
            "member_id": d.id,
            "kind": NUDGE,
            "slot": slot_of(NOW.date()),
            "due_at": NOW,
        }
        for d in due
    ]
    deliveries.claim(session, rows)
    deliveries.move_on(session, [(d.id, following.at, following.slot) for d in due])
    return len(due)


def _bare(path: Path) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    following = next_occurrence(RHYTHM, NOW).at.strftime("%Y-%m-%d %H:%M:%S.%f")
    began = time.perf_counter()
    while True:
        connection.execute("BEGIN IMMEDIATE")
        due = connection.execute(
            "SELECT id FROM member WHERE next_nudge_at <= ? LIMIT ?", (STORED, BATCH)
        ).fetchall()
        connection.executemany(
            "INSERT INTO delivery (id, workspace_id, member_id, kind, subject, slot, state, due_at, attempts) "
            "VALUES (?, 1, ?, 'nudge', '', '2026-W48', 'claimed', ?, 0)",
            [(opaque_id(), row[0], STORED) for row in due],
        )
        connection.executemany(
            "UPDATE member SET next_nudge_at = ? WHERE id = ?", [(following, row[0]) for row in due]
        )
        connection.execute("COMMIT")
        if len(due) < BATCH:
            break
    took = time.perf_counter() - began
    connection.close()
    return took


def _say_little(_session: Session, due: Sequence[Due]) -> list[Spoken]:
    return [Spoken({"text": "one", "blocks": []}, {"nudge": "one"})] * len(due)


_brief: ScheduledMessage = replace(WEEKLY, compose=_say_little)


def _claim_and_decide(path: Path, kind: ScheduledMessage) -> float:
    """As the sender does it: claim all in batches, and decide in such batches, each in a transaction."""
    database = Database.at(f"sqlite:///{path}")
    deps = _deps(database)
    decider = Decider(deps, {kind.kind: kind}, "bench")

    def batch(session: Session) -> int:
        deliveries.lock_for_claiming(session)
        return kind.claim(deps, session, BATCH)

    began = time.perf_counter()
    while database.run(batch) == BATCH:
        pass
    ids = database.run(_take_all)
    decided = [len(database.run(decider, ids[first : first + BATCH])) for first in range(0, len(ids), BATCH)]
    took = time.perf_counter() - began
    database.engine.dispose()
    if sum(decided) != len(ids):
        raise RuntimeError("Somebody got no message.")
    return took


def _take_all(session: Session) -> list[str]:
    leases.take(session, "bench", now=LATER, until=LATER + timedelta(hours=1), limit=9, besides=())
    return list(session.execute(select(col(Delivery.id))).scalars())


def _jobs(path: Path, kind: ScheduledMessage) -> float:
    """One job a week for each member, in SQLAlchemy's job store; each claims and decides for its own."""
    database = Database.at(f"sqlite:///{path}")
    deps = _deps(database)
    _TODO["claim one"] = lambda member_id: database.run(_claim_one, deps, kind, member_id)
    scheduler = BackgroundScheduler(
        timezone=UTC,
        jobstores={"default": SQLAlchemyJobStore(url=f"sqlite:///{path.parent / 'jobs.db'}")},
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.start(paused=True)
    done, all_done = itertools.count(1), threading.Event()

    def count(_event: object) -> None:
        if next(done) == JOBS:
            all_done.set()

    scheduler.add_listener(count, EVENT_JOB_EXECUTED)
    for member_id in range(1, JOBS + 1):
        scheduler.add_job(
            job, "interval", weeks=1, args=[member_id], next_run_time=datetime.now(UTC) - timedelta(seconds=1)
        )
    began = time.perf_counter()
    scheduler.resume()
    if not all_done.wait(120):
        raise RuntimeError("Not every job was run.")
    took = time.perf_counter() - began
    scheduler.shutdown()
    database.engine.dispose()
    return took


def job(member_id: int) -> None:
    """What APScheduler finds by its name."""
    _TODO["claim one"](member_id)


_TODO: dict[str, Callable[[int], None]] = {}


def _claim_one(session: Session, deps: Deps, kind: ScheduledMessage, member_id: int) -> None:
    deliveries.lock_for_claiming(session)
    member = session.get_one(Member, member_id)
    row = Delivery(
        workspace_id=1, member_id=member_id, kind=NUDGE, slot=slot_of(NOW.date()), due_at=NOW, state="sending"
    )
    session.add(row)
    member.next_nudge_at = next_occurrence(RHYTHM, LATER).at
    session.flush()
    (answer,) = kind.compose(
        session, [Due(deps.glance(member, session.get_one(Workspace, 1)), Undecided.of(row))]
    )
    assert isinstance(answer, Spoken), "the crowd has no wins, so there is something to say"
    row.said = dict(answer.said)


def _deps(database: Database) -> Deps:
    settings = load(
        DATABASE_URL=database.engine.url.render_as_string(),
        SLACK_BOT_TOKEN=None,
        SLACK_APP_TOKEN=None,
        SLACK_CLIENT_ID="1.2",
        SLACK_CLIENT_SECRET=crowd.KEY,
        SLACK_SIGNING_SECRET=crowd.KEY,
    )
    knowledge, questions = _knowledge(None)
    # Neither Slack nor the background is asked for anything here.
    nobody: Any = None
    return Deps(settings, database, knowledge, questions, lambda: LATER, nobody, nobody)
