"""Tokens are sealed, one installation is live at a time, and an installing ticket is good once."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from freezegun import freeze_time
from slack_sdk.oauth.installation_store import Installation as SlackInstallation
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col

from storage import installations, removal, workspaces
from storage.cipher import Cipher, CipherError
from storage.database import Database
from storage.installations import STATE_SECONDS, Access, InstallationStore, StateStore
from storage.models import Installation, OAuthState, Workspace
from tests.storage.conftest import NOW
from tests.storage.racing import at_once

TOKEN = "xoxb-riverside-0001-very-secret"


def granted(**columns: Any) -> SlackInstallation:
    given = {
        "user_id": "U0DEE",
        "team_id": "T1",
        "team_name": "Riverside",
        "app_id": "A1",
        "bot_token": TOKEN,
        "bot_id": "B1",
        "bot_user_id": "U0BOT",
        "bot_scopes": ["chat:write", "commands"],
    }
    return SlackInstallation(**{**given, **columns})


def rows(session: Session) -> list[Installation]:
    return list(session.scalars(select(Installation).order_by(col(Installation.id))))


def everything(session: Session) -> str:
    """All that somebody who steals the database can read."""
    return "\n".join(
        str(row) for table in SQLModel.metadata.sorted_tables for row in session.execute(select(table))
    )


def test_what_slack_granted_is_what_we_act_with(database: Database, cipher: Cipher) -> None:
    place = database.run(installations.save, granted(), cipher, NOW)
    expected = Access(
        workspace_id=place,
        enterprise_id=None,
        team_id="T1",
        token=TOKEN,
        bot_id="B1",
        bot_user_id="U0BOT",
        scopes=frozenset({"chat:write", "commands"}),
    )
    assert database.run(installations.access_by_key, "T1", cipher) == expected
    assert database.run(installations.access_of, place, cipher) == expected
    (row,) = database.run(rows)
    assert (row.state, row.installed_by, row.app_id, row.installed_at) == ("live", "U0DEE", "A1", NOW)


async def test_the_store_that_the_install_pages_use_saves_the_same(
    database: Database, cipher: Cipher
) -> None:
    await InstallationStore(database, cipher, lambda: NOW).async_save(granted())
    access = await database.transact(installations.access_by_key, "T1", cipher)
    assert access is not None
    assert access.token == TOKEN


def test_where_the_app_is_not_installed_there_is_no_access(
    database: Database, cipher: Cipher, riverside: int
) -> None:
    assert database.run(installations.access_by_key, "T9", cipher) is None
    assert database.run(installations.access_of, riverside, cipher) is None
    assert database.run(installations.access_of, -1, cipher) is None


def test_no_token_can_be_read_in_the_database(database: Database, cipher: Cipher) -> None:
    database.run(installations.save, granted(), cipher, NOW)
    dump = database.run(everything)
    assert "Riverside" in dump
    assert TOKEN not in dump
    assert "xoxb" not in dump


def test_no_token_can_be_read_in_the_file_or_its_journal(sqlite: Database, cipher: Cipher) -> None:
    sqlite.run(installations.save, granted(), cipher, NOW)
    folder = Path(str(sqlite.engine.url.database)).parent
    stolen = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b"Riverside" in stolen
    assert b"very-secret" not in stolen


TURNING = {"bot_refresh_token": "xoxe-1-very-secret", "bot_token_expires_in": 43_200}


def test_no_dump_of_postgresql_has_a_token_in_clear(postgresql: Database, cipher: Cipher) -> None:
    postgresql.run(installations.save, granted(**TURNING), cipher, NOW)
    dumped = b""
    connection: Any = postgresql.engine.raw_connection()
    try:
        for table in SQLModel.metadata.sorted_tables:
            with connection.cursor() as cursor, cursor.copy(f"COPY {table.name} TO STDOUT") as rows_of_it:
                dumped += b"".join(bytes(piece) for piece in rows_of_it)
    finally:
        connection.close()

    assert b"Riverside" in dumped
    assert b"very-secret" not in dumped
    assert b"xox" not in dumped


def test_no_file_of_sqlite_has_a_token_in_clear_even_after_its_end(sqlite: Database, cipher: Cipher) -> None:
    place = sqlite.run(installations.save, granted(**TURNING), cipher, NOW)
    sqlite.run(removal.end, place, "uninstalled", NOW)
    folder = Path(str(sqlite.engine.url.database)).parent
    stolen = b"".join(path.read_bytes() for path in folder.iterdir())

    assert b"Riverside" in stolen
    assert b"very-secret" not in stolen


def test_another_key_does_not_open_it(database: Database, cipher: Cipher) -> None:
    database.run(installations.save, granted(), cipher, NOW)
    with pytest.raises(CipherError, match="put the old key back"):
        database.run(installations.access_by_key, "T1", Cipher([Fernet.generate_key().decode()]))


def test_after_installing_again_one_is_live_and_the_old_token_is_gone(
    database: Database, cipher: Cipher
) -> None:
    first = database.run(installations.save, granted(), cipher, NOW)
    again = database.run(installations.save, granted(bot_token="xoxb-new", bot_scopes=[]), cipher, NOW)
    assert again == first
    assert [(row.state, row.token == "") for row in database.run(rows)] == [
        ("revoked", True),
        ("live", False),
    ]
    access = database.run(installations.access_by_key, "T1", cipher)
    assert access is not None
    assert (access.token, access.scopes) == ("xoxb-new", frozenset())


def test_installing_again_ends_the_pause_of_that_workspace(database: Database, cipher: Cipher) -> None:
    place = database.run(installations.save, granted(), cipher, NOW)
    database.run(workspaces.pause, place, "token_revoked")
    database.run(installations.save, granted(), cipher, NOW)
    found = database.run(workspaces.by_key, "T1")
    assert found is not None
    assert found.paused_reason is None


def test_two_workspaces_keep_their_own_tokens(database: Database, cipher: Cipher) -> None:
    database.run(installations.save, granted(), cipher, NOW)
    database.run(installations.save, granted(team_id="T2", bot_token="xoxb-lakeview"), cipher, NOW)
    tokens = [database.run(installations.access_by_key, key, cipher) for key in ("T1", "T2")]
    assert [access.token for access in tokens if access] == [TOKEN, "xoxb-lakeview"]


def test_an_org_wide_installation_is_the_enterprises(database: Database, cipher: Cipher) -> None:
    org = granted(
        enterprise_id="E1", enterprise_name="Valley Health", team_id=None, is_enterprise_install=True
    )
    database.run(installations.save, org, cipher, NOW)
    found = database.run(workspaces.by_key, "E1")
    assert found is not None
    assert (found.name, found.team_id) == ("Valley Health", None)
    assert database.run(installations.access_by_key, "T1", cipher) is None


def test_an_installation_without_a_bot_is_refused_and_the_old_one_stays(
    database: Database, cipher: Cipher
) -> None:
    database.run(installations.save, granted(), cipher, NOW)
    with pytest.raises(ValueError, match="no bot token"):
        database.run(installations.save, granted(bot_token=None), cipher, NOW)
    assert [row.state for row in database.run(rows)] == ["live"]


def test_the_database_itself_refuses_a_second_live_one(database: Database, riverside: int) -> None:
    def two(session: Session) -> None:
        session.add_all(Installation(workspace_id=riverside, token="x", installed_at=NOW) for _ in range(2))

    with pytest.raises(IntegrityError):
        database.run(two)


@pytest.mark.parametrize("known", [True, False], ids=["installed before", "new"])
def test_installed_twice_at_once_one_is_live(postgresql: Database, cipher: Cipher, known: bool) -> None:
    if known:
        postgresql.run(installations.save, granted(), cipher, NOW)
    places = at_once(postgresql, *[lambda session: installations.save(session, granted(), cipher, NOW)] * 3)
    assert len(set(places)) == 1
    found = postgresql.run(rows)
    assert [row.state for row in found].count("live") == 1
    assert [row.token for row in found if row.state != "live"] == [""] * (len(found) - 1)


async def test_a_ticket_is_good_once(database: Database) -> None:
    store = StateStore(database)
    state = await store.async_issue()
    assert [await store.async_consume(state) for _ in range(3)] == [True, False, False]


async def test_a_ticket_nobody_issued_is_no_good(database: Database) -> None:
    store = StateStore(database)
    await store.async_issue()
    assert [await store.async_consume(state) for state in ("", "made-up", "x" * 500)] == [False] * 3


async def test_every_ticket_is_another(database: Database) -> None:
    store = StateStore(database)
    states = [await store.async_issue() for _ in range(5)]
    assert len(set(states)) == 5
    assert await store.async_consume(states[2])
    assert await store.async_consume(states[0])


@pytest.mark.parametrize(("seconds", "good"), [(STATE_SECONDS - 1, True), (STATE_SECONDS + 1, False)])
async def test_a_ticket_lasts_ten_minutes(database: Database, seconds: int, good: bool) -> None:
    store = StateStore(database)
    with freeze_time(NOW) as frozen:
        state = await store.async_issue()
        frozen.tick(timedelta(seconds=seconds))
        assert await store.async_consume(state) is good
        assert not await store.async_consume(state)


async def test_old_tickets_are_cleared_away_when_a_new_one_is_issued(database: Database) -> None:
    store = StateStore(database)
    with freeze_time(NOW) as frozen:
        await store.async_issue()
        frozen.tick(timedelta(seconds=STATE_SECONDS + 1))
        fresh = await store.async_issue()
    kept = database.run(lambda session: list(session.scalars(select(col(OAuthState.state)))))
    assert kept == [fresh]


async def test_a_ticket_shown_many_times_at_once_is_good_for_one(postgresql: Database) -> None:
    store = StateStore(postgresql)
    state = await store.async_issue()
    shown = await asyncio.gather(*(store.async_consume(state) for _ in range(5)))
    assert sorted(shown) == [False, False, False, False, True]


def test_a_workspace_takes_its_new_name_when_it_is_installed_again(
    database: Database, cipher: Cipher
) -> None:
    place = database.run(installations.save, granted(), cipher, NOW)
    database.run(installations.save, granted(team_name="Riverside Health"), cipher, NOW)
    named = database.run(lambda session: session.get_one(Workspace, place).name)
    assert named == "Riverside Health"
