"""The migrations and the tables agree, in both directions and on both engines."""

from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import CheckConstraint, Engine, Inspector, UniqueConstraint, inspect
from sqlmodel import SQLModel

import storage.models
from storage.database import alembic_config
from storage.engine import database_url as url_of
from storage.engine import open_engine
from tests.databases import Databases

TABLES = {"workspace", "installation", "oauth_state", "member", "win", "delivery", "audit_event"} | {
    "win_revision",
    "reporting",
    "criteria_set",
    "target",
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def address(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """A migrated database that is this module's own."""
    return databases.fresh(request.param, tmp_path_factory.mktemp("migrated"))


@pytest.fixture
def engine(address: str) -> Iterator[Engine]:
    engine = open_engine(url_of(address))
    yield engine
    engine.dispose()


def _shape(found: Inspector) -> dict[str, object]:
    """Every table with its columns, keys, indexes and constraints, in an order of its own."""
    return {
        table: (
            sorted(
                (column["name"], str(column["type"]), column["nullable"])
                for column in found.get_columns(table)
            ),
            sorted(str(index["name"]) for index in found.get_indexes(table)),
            sorted(str(check["name"]) for check in found.get_check_constraints(table)),
            sorted(str(unique["name"]) for unique in found.get_unique_constraints(table)),
            sorted(str(foreign["name"]) for foreign in found.get_foreign_keys(table)),
        )
        for table in sorted(found.get_table_names())
        if table != "alembic_version"
    }


def test_the_migrations_make_exactly_what_the_models_say(address: str) -> None:
    command.check(alembic_config(address))


def test_the_names_are_those_that_features_rely_on(engine: Engine) -> None:
    assert set(inspect(engine).get_table_names()) >= TABLES


@pytest.mark.parametrize("kind", [CheckConstraint, UniqueConstraint])
def test_every_constraint_of_the_models_is_in_the_database(
    engine: Engine, kind: type[CheckConstraint] | type[UniqueConstraint]
) -> None:
    """Alembic does not compare CHECK constraints, so nothing else would notice a missing one."""
    found = inspect(engine)
    for name, table in SQLModel.metadata.tables.items():
        kept = (
            found.get_check_constraints(name)
            if kind is CheckConstraint
            else found.get_unique_constraints(name)
        )
        wanted = {str(constraint.name) for constraint in table.constraints if type(constraint) is kind}
        assert {str(constraint["name"]) for constraint in kept} == wanted


def test_every_value_of_the_models_is_in_the_check_of_the_database(engine: Engine) -> None:
    found = inspect(engine)
    for table, name, values in (
        ("win", "ck_win_status", storage.models.WIN_STATUSES),
        ("win_revision", "ck_win_revision_deed", storage.models.WIN_DEEDS),
        ("reporting", "ck_reporting_state", storage.models.REPORTING_STATES),
        ("target", "ck_target_state", storage.models.TARGET_STATES),
        ("delivery", "ck_delivery_state", storage.models.DELIVERY_STATES),
        ("installation", "ck_installation_state", storage.models.INSTALLATION_STATES),
    ):
        checks = {check["name"]: check["sqltext"] for check in found.get_check_constraints(table)}
        assert [value for value in values if f"'{value}'" not in checks[name]] == []


def test_down_to_nothing_and_up_again_comes_to_the_same(address: str, engine: Engine) -> None:
    before = _shape(inspect(engine))
    command.downgrade(alembic_config(address), "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    command.upgrade(alembic_config(address), "head")
    assert _shape(inspect(engine)) == before
    command.check(alembic_config(address))


def test_migrating_twice_changes_nothing(address: str, engine: Engine) -> None:
    before = _shape(inspect(engine))
    command.upgrade(alembic_config(address), "head")
    assert _shape(inspect(engine)) == before
