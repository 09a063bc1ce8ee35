"""Moments come back aware and in UTC, numbers come back with every digit, on either engine."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.exc import StatementError

from storage.database import Database
from storage.types import Scaled, UTCDateTime

LEDGER = Table(
    "typed",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("at", UTCDateTime),
    Column("amount", Scaled),
)


@pytest.fixture
def table(database: Database) -> Iterator[Database]:
    LEDGER.create(database.engine)
    yield database
    LEDGER.drop(database.engine)


def _kept(database: Database, **values: Any) -> Any:
    """The value as it comes back from the database."""
    (column,) = values
    with database.engine.begin() as connection:
        key = connection.execute(insert(LEDGER).values(**values).returning(LEDGER.c.id)).scalar_one()
    with database.engine.connect() as connection:
        return connection.execute(select(LEDGER.c[column]).where(LEDGER.c.id == key)).scalar_one()


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 23, 15, 0, tzinfo=UTC),
        datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=ZoneInfo("America/New_York")),
        datetime(2026, 11, 23, 20, 45, tzinfo=timezone(timedelta(hours=5, minutes=45))),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=ZoneInfo("America/New_York")),
    ],
)
def test_a_moment_comes_back_aware_in_utc_and_the_same(table: Database, moment: datetime) -> None:
    kept = _kept(table, at=moment)
    assert kept == moment.astimezone(UTC)
    assert kept.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(table: Database) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        _kept(table, at=datetime(2026, 11, 23, 15, 0))  # noqa: DTZ001  (naive is what is refused)


def test_moments_compare_by_when_they_are_wherever_they_were_said(table: Database) -> None:
    noon_in_tokyo = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
    _kept(table, at=noon_in_tokyo)
    before = select(LEDGER.c.at).where(LEDGER.c.at < datetime(2026, 11, 23, 4, 0, tzinfo=UTC))
    with table.engine.connect() as connection:
        assert connection.execute(before).scalars().all() == [noon_in_tokyo.astimezone(UTC)]


@pytest.mark.parametrize("column", ["at", "amount"])
def test_nothing_stays_nothing(table: Database, column: str) -> None:
    assert _kept(table, **{column: None}) is None


@pytest.mark.parametrize(
    "amount",
    [
        "0",
        "0.1",
        "-0.1",
        "1234567.891234",
        "-1234567.891234",
        "0.000001",
        "-0.000001",
        "999999999999.999999",
        "1000000000000",
        "-1000000000000",
        "1E+3",
        "150.00",
    ],
)
def test_a_number_keeps_every_digit(table: Database, amount: str) -> None:
    kept = _kept(table, amount=Decimal(amount))
    assert type(kept) is Decimal
    assert kept == Decimal(amount)
    assert "E+" not in str(kept)


@pytest.mark.parametrize(("amount", "refused"), [(0.5, "float"), (3, "int"), ("3", "str"), (True, "bool")])
def test_only_a_decimal_is_a_result(table: Database, amount: object, refused: str) -> None:
    with pytest.raises((StatementError, TypeError), match=f"results are Decimal, not {refused}"):
        _kept(table, amount=amount)


@pytest.mark.parametrize(
    ("amount", "refused"),
    [
        ("0.0000001", "more than six decimals"),
        ("1.0000000000000000000000000000000000001", "more than six decimals"),
        ("1000000000000.000001", "out of range"),
        ("-1000000000001", "out of range"),
        ("1E+30", "out of range"),
        ("NaN", "out of range"),
        ("sNaN", "out of range"),
        ("Infinity", "out of range"),
    ],
)
def test_a_number_that_could_not_be_kept_whole_is_refused(table: Database, amount: str, refused: str) -> None:
    with pytest.raises(StatementError, match=refused):
        _kept(table, amount=Decimal(amount))


@settings(deadline=None)
@given(amount=st.decimals(min_value=-(10**12), max_value=10**12, places=6))
def test_any_number_in_range_survives_being_scaled(amount: Decimal) -> None:
    scaled, dialect = Scaled(), DefaultDialect()
    stored = scaled.process_bind_param(amount, dialect)
    assert isinstance(stored, int)
    assert abs(stored) < 2**63
    assert scaled.process_result_value(stored, dialect) == amount
