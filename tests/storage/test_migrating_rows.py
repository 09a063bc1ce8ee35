"""Whoever updates the app keeps every row, from whichever version they come."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, inspect, text
from sqlmodel import Session, select

from storage import win_changes, wins
from storage.database import Database, alembic_config
from storage.engine import database_url as url_of
from storage.engine import open_engine
from storage.models import WIN_STATUSES, Member, MemberCredential, Win
from tests.databases import Databases
from tests.storage.conftest import NOW

FIRST: Final = "7a07c77f8baa"
BEFORE_VERSIONS: Final = "b41f0c6d2a97"
BEFORE_REMINDERS: Final = "f1b2a6d40c91"
EARLIER: Final = (FIRST, "85330dc1bf75", BEFORE_VERSIONS, "678c3983e227")
WHEN: Final = "2026-11-23 15:00:00.000000"
OWN: dict[str, Any] = {"workspace_id": 1, "member_id": 1}
MICRO: Final = 1_000_000


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> str:
    """A database without any table."""
    sqlite = request.param == "sqlite"
    return f"sqlite:///{tmp_path / 'old.db'}" if sqlite else databases.empty_postgresql()


@pytest.fixture
def engine(address: str) -> Iterator[Engine]:
    engine = open_engine(url_of(address))
    yield engine
    engine.dispose()


@pytest.fixture
def config(address: str) -> Config:
    return alembic_config(address)


def insert(connection: Connection, table: str, **columns: object) -> None:
    names, marks = ", ".join(columns), ", ".join(f":{name}" for name in columns)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), columns)  # noqa: S608  (names of this file)


def live_in(engine: Engine) -> None:
    """Somebody used the first version: one win in each status, and all the rows around it."""
    whose = {"workspace_id": 1, "member_id": 1}
    with engine.begin() as connection:
        insert(connection, "workspace", id=1, key="T1", name="Riverside", created_at=WHEN)
        insert(
            connection,
            "member",
            id=1,
            workspace_id=1,
            user_id="U0ANA",
            name="Ana",
            nudge_weekday=2,
            nudge_time="09:30:00.000000",
            nudges_off=False,
            created_at=WHEN,
        )
        for number, status in enumerate(WIN_STATUSES, 1):
            insert(
                connection,
                "win",
                id=number,
                **whose,
                submission_key=f"V{number}",
                outcome="referral_growth",
                metric="referrals",
                baseline=-MICRO // 2,
                result=1_250_000 * MICRO,
                happened_on="2026-11-20",
                note='She said "first call" \N{PARTY POPPER}',
                status=status,
                revision=1,
                created_at=WHEN,
            )
        insert(
            connection,
            "delivery",
            id="d1",
            **whose,
            kind="nudge",
            subject="",
            slot="2026-W48",
            state="sent",
            due_at=WHEN,
            attempts=1,
        )
        insert(
            connection,
            "audit_event",
            workspace_id=1,
            actor_id=1,
            action="win.logged",
            subject="win:1",
            at=WHEN,
        )


def rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608  (names of this file)
            for table in ("workspace", "member", "win", "delivery", "audit_event")
        }


@pytest.mark.parametrize("earlier", EARLIER)
def test_no_row_is_lost_on_the_way_from_any_earlier_version(
    engine: Engine, config: Config, earlier: str
) -> None:
    command.upgrade(config, FIRST)
    live_in(engine)
    before = rows(engine)
    command.upgrade(config, earlier)
    assert rows(engine) == before
    command.upgrade(config, "head")
    assert rows(engine) == before
    command.check(config)


def test_a_win_from_before_is_as_it_was_and_has_a_history(
    engine: Engine, config: Config, address: str
) -> None:
    command.upgrade(config, FIRST)
    live_in(engine)
    command.upgrade(config, "head")
    database = Database.at(address)
    kept = database.run(wins.own, **OWN, win_id=1)
    assert kept is not None
    assert (kept.status, kept.revision, f"{kept.baseline}", f"{kept.result}") == (
        "private",
        1,
        "-0.5",
        "1250000",
    )
    assert (kept.annualized, kept.wording_marked, kept.period, kept.shared_at) == (False, False, None, None)
    (first,) = database.run(win_changes.history, kept)
    assert (first.revision.number, first.revision.deed, first.revision.at) == (1, "logged", NOW)
    assert (first.name, first.user_id) == ("Ana", "U0ANA")
    assert first.revision.row == json.loads(json.dumps(win_changes.as_row(kept)))
    fresh = database.run(win_changes.change, kept, by=1, now=NOW, deed="edited", title="mended")
    assert fresh is not None
    assert [one.revision.number for one in database.run(win_changes.history, fresh)] == [1, 2]
    database.engine.dispose()


def test_what_was_shared_waits_and_what_nobody_can_have_decided_is_open_again(
    engine: Engine, config: Config, address: str
) -> None:
    command.upgrade(config, FIRST)
    live_in(engine)
    command.upgrade(config, "head")
    database = Database.at(address)

    def became(session: Session) -> dict[str, str]:
        return {WIN_STATUSES[(one.id or 0) - 1]: one.status for one in session.exec(select(Win)).all()}

    assert database.run(became) == {
        "private": "private",
        "shared": "shared",
        "needs_info": "needs_info",
        "verified": "shared",
        "declined": "private",
        "withdrawn": "withdrawn",
    }
    database.engine.dispose()


def test_going_back_keeps_the_wins_but_not_those_that_were_deleted(
    engine: Engine, config: Config, address: str
) -> None:
    command.upgrade(config, FIRST)
    live_in(engine)
    command.upgrade(config, "head")
    database = Database.at(address)
    gone = database.run(wins.own, **OWN, win_id=2)
    assert gone is not None
    assert database.run(win_changes.change, gone, by=1, now=NOW, deed="deleted") is not None
    database.engine.dispose()
    command.downgrade(config, FIRST)
    assert rows(engine) == {"workspace": 1, "member": 1, "win": 5, "delivery": 1, "audit_event": 1}


def test_digests_and_reminders_begin_with_the_update_for_what_there_is(
    engine: Engine, config: Config
) -> None:
    command.upgrade(config, BEFORE_REMINDERS)
    whose: dict[str, Any] = {"workspace_id": 1, "member_id": 1}
    with engine.begin() as connection:
        insert(connection, "workspace", id=1, key="T1", name="Riverside", created_at=WHEN)
        for number in (1, 2):
            who = {"id": number, "workspace_id": 1, "user_id": f"U{number}", "name": ""}
            usual = {"nudge_weekday": 0, "nudge_time": "09:00:00.000000", "nudges_off": False}
            insert(connection, "member", **who, **usual, created_at=WHEN)
        insert(connection, "reporting", **whose, manager_id=2, state="current", since=WHEN)
        for number, (state, ends) in enumerate(
            (("earned", "2027-06-01"), ("earned", None), ("planned", None))
        ):
            named = {"submission_key": f"V{number}", "name": "CPHIMS", "hours": 0, "created_at": WHEN}
            earned = {"state": state, "earned_on": "2026-01-01", "expires_on": ends}
            insert(connection, "credential", **whose, **named, **earned)
    command.upgrade(config, "head")

    with engine.connect() as connection:
        begun = "SELECT count(*) FROM credential WHERE remind_at IS NOT NULL"
        assert connection.execute(text(begun)).scalar_one() == 1
    with Session(engine) as session:
        (looked_at,) = session.exec(select(MemberCredential.remind_at).where(MemberCredential.id == 1)).all()
        assert looked_at is not None
        assert abs(datetime.now(UTC) - looked_at) < timedelta(minutes=10)
        digests = session.exec(select(Member.id).where(Member.next_digest_at <= datetime.now(UTC))).all()  # type: ignore[operator]
        assert list(digests) == [2]


def test_a_migration_that_cannot_end_well_changes_nothing(tmp_path: Path) -> None:
    """On SQLite, where the copied tables' references are only checked at the end."""
    address = f"sqlite:///{tmp_path / 'old.db'}"
    config, engine = alembic_config(address), open_engine(url_of(address))
    command.upgrade(config, FIRST)
    live_in(engine)
    before = rows(engine)
    engine.dispose()
    with closing(sqlite3.connect(tmp_path / "old.db")) as careless:
        careless.execute("UPDATE win SET member_id = 99 WHERE id = 1")
        careless.commit()
    with pytest.raises(RuntimeError, match="rows refer to what is not there"):
        command.upgrade(config, "head")
    assert rows(engine) == before
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == FIRST
        assert "title" not in {column["name"] for column in inspect(connection).get_columns("win")}
    engine.dispose()
