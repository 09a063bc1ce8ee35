"""A team that has outgrown SQLite is moved to PostgreSQL, and the move is checked."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from storage import copying, criteria_sets
from storage.copying import CopyError, contents, copy
from storage.database import Database, alembic_config
from storage.engine import database_url as url_of
from storage.engine import open_engine
from storage.models import Delivery, Member, Win
from tests.databases import Databases
from tests.storage.conftest import NOW, member
from tests.storage.rows import Team


@pytest.fixture
def team(sqlite: Database) -> Team:
    """Ana has wins, works under a set of criteria of Ben's, and got two messages; Cy is in another workspace."""
    team = Team.made(sqlite)
    team.logs(team.ana, "V1", note='She said "first call" \N{PARTY POPPER}\n')
    team.logs(team.ana, "V2", status="verified")
    team.logs(team.cy, "V3")
    sqlite.run(_set_of_criteria, team)
    return team


def _set_of_criteria(session: Session, team: Team) -> None:
    ours = criteria_sets.write(
        session,
        workspace_id=team.place,
        rung="manager",
        items=[{"outcome": "leadership"}],
        by=team.ben,
        now=NOW,
        why="ours",
        after=0,
    )
    assert ours is not None
    session.get_one(Member, team.ana).criteria_set_id = ours.id
    for slot, said in (("2026-W47", None), ("2026-W48", {"outcome": "leadership"})):
        session.add(
            Delivery(
                workspace_id=team.place, member_id=team.ana, kind="nudge", slot=slot, due_at=NOW, said=said
            )
        )


@pytest.fixture
def target(databases: Databases, tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(url_of(databases.fresh("postgresql", tmp_path)), patient=True)
    yield engine
    engine.dispose()


def test_everything_arrives_as_it_was_and_numbers_go_on_from_there(
    sqlite: Database, team: Team, target: Engine
) -> None:
    told = copy(sqlite.engine, target)

    with sqlite.engine.connect() as old, target.connect() as new:
        assert contents(old) == contents(new) == told
    assert (told["win"].rows, told["member"].rows, told["workspace"].rows) == (3, 6, 2)
    moved = Database(target)
    ana = moved.run(lambda session: session.get_one(Member, team.ana))
    assert ana.criteria_set_id is not None
    assert moved.run(member, team.place, "U0NEW") == 7
    assert moved.run(lambda session: session.exec(select(Win)).all()) == sqlite.run(
        lambda session: session.exec(select(Win)).all()
    )


def test_a_null_inside_json_and_an_empty_column_stay_two_things(
    sqlite: Database, team: Team, target: Engine
) -> None:
    with sqlite.engine.begin() as connection:
        connection.execute(text("UPDATE delivery SET said = NULL WHERE slot = '2026-W47'"))
        connection.execute(text("UPDATE delivery SET said = 'null' WHERE slot = '2026-W48'"))

    copy(sqlite.engine, target)

    with target.connect() as connection:
        found = connection.execute(text("SELECT slot, CAST(said AS text) FROM delivery ORDER BY slot"))
        assert [tuple(row) for row in found] == [("2026-W47", None), ("2026-W48", "null")]


def test_a_database_with_rows_is_not_copied_over(sqlite: Database, team: Team, target: Engine) -> None:
    copy(sqlite.engine, target)

    with pytest.raises(CopyError, match="not empty: there are rows in"):
        copy(sqlite.engine, target)


def test_databases_of_different_versions_are_not_mixed(
    sqlite: Database, team: Team, databases: Databases, tmp_path: Path
) -> None:
    older = f"sqlite:///{tmp_path / 'older.db'}"
    command.upgrade(alembic_config(older), "85330dc1bf75")
    engines = [open_engine(url_of(address)) for address in (older, databases.empty_postgresql())]
    for engine, told in zip(engines, ("different versions", "second database has no tables"), strict=True):
        with pytest.raises(CopyError, match=told):
            copy(sqlite.engine, engine)
        engine.dispose()


def test_a_copy_that_came_out_different_is_not_kept(
    sqlite: Database, team: Team, target: Engine, tmp_path: Path
) -> None:
    with target.begin() as connection:
        connection.execute(
            text(
                "CREATE FUNCTION forget() RETURNS trigger AS $$ BEGIN NEW.note = ''; RETURN NEW; END $$ LANGUAGE plpgsql"
            )
        )
        connection.execute(
            text("CREATE TRIGGER forget BEFORE INSERT ON win FOR EACH ROW EXECUTE FUNCTION forget()")
        )

    with pytest.raises(CopyError, match="not the same in win"):
        copy(sqlite.engine, target)

    with target.connect() as connection:
        assert {held.rows for held in contents(connection).values()} == {0}


def test_a_row_that_does_not_fit_is_told_without_its_words(
    sqlite: Database, team: Team, target: Engine
) -> None:
    with closing(sqlite3.connect(sqlite.engine.url.database or "")) as careless:
        careless.execute(
            "UPDATE member SET user_id = 'Mrs Smith, who is far too long for this column' WHERE id = 1"
        )
        careless.commit()

    with pytest.raises(CopyError, match="A row of member does not fit") as refused:
        copy(sqlite.engine, target)

    assert "Smith" not in str(refused.value)


def test_a_digest_sees_each_change_and_no_order(sqlite: Database, team: Team) -> None:
    def held() -> dict[str, copying.Content]:
        with sqlite.engine.connect() as connection:
            return contents(connection)

    def after(statement: str) -> set[str]:
        before = held()
        with sqlite.engine.begin() as connection:
            connection.execute(text(statement))
        return {name for name, content in held().items() if content != before[name]}

    assert after("UPDATE win SET result = result + 1 WHERE id = 2") == {"win"}
    assert after("UPDATE delivery SET said = 'null' WHERE said IS NULL") <= {"delivery"}
    assert after("UPDATE member SET name = 'Ana ' WHERE name = ''") == {"member"}
    assert after("UPDATE win SET note = note") == set()
