"""Claiming what is due in batches, beside the same rows written by the driver's own calls."""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from alembic import command
from sqlalchemy import insert
from sqlmodel import Session

from slackbot.calendar import NUDGE
from slackbot.rules.schedule import Rhythm, next_occurrence, slot_of
from storage import deliveries
from storage.database import Database, alembic_config
from storage.models import DEFAULT_TIME, DEFAULT_WEEKDAY, Member, Workspace, opaque_id

RUNS = 5
DUE = 5000
BATCH = 100
NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
STORED = f"{NOW:%Y-%m-%d %H:%M:%S.%f}"
"""The moment as SQLAlchemy writes it into SQLite."""
ZONE = "America/New_York"
RHYTHM = Rhythm(DEFAULT_WEEKDAY, DEFAULT_TIME, ZoneInfo(ZONE))


def measure() -> None:
    """Medians of five interleaved runs on SQLite, each on a fresh database."""
    ways: dict[str, Callable[[Path], float]] = {
        "the driver's own calls": _bare,
        "batches of 100, Core": _ours,
    }
    rates: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(RUNS):
        for way, run in ways.items():
            with tempfile.TemporaryDirectory() as folder:
                rates[way].append(DUE / run(_filled(Path(folder))))
    ceiling = statistics.median(rates["the driver's own calls"])
    print(f"\nClaiming {DUE:,} due members on SQLite, medians of {RUNS} interleaved runs")
    print(f"{'':26}{'members/s':>12}{'of the ceiling':>16}")
    for way, found in rates.items():
        print(f"{way:26}{statistics.median(found):12,.0f}{statistics.median(found) / ceiling:16.2f}")


def _filled(folder: Path) -> Path:
    path = folder / "prm.db"
    command.upgrade(alembic_config(f"sqlite:///{path}"), "head")
    database = Database.at(f"sqlite:///{path}")
    database.run(_members)
    database.engine.dispose()
    return path


def _members(session: Session) -> None:
    session.add(Workspace(id=1, key="T1", team_id="T1", created_at=NOW))
    session.flush()
    rows = [
        Member(workspace_id=1, user_id=f"U{n}", zone=ZONE, next_nudge_at=NOW, created_at=NOW).model_dump(
            exclude={"id"}
        )
        for n in range(DUE)
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
