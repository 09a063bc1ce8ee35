"""Moves everything from one database to another, and checks with counts and digests that it arrived."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from alembic.migration import MigrationContext
from sqlalchemy import JSON, Column, Connection, Engine, Table, bindparam, func, select, text
from sqlalchemy.engine import RowMapping
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel

import storage.models  # noqa: F401  (fills the metadata that is copied)
from storage.engine import is_sqlite

BATCH: Final = 1000
DIGEST_BITS: Final = 256
Row = dict[str, Any]


class CopyError(Exception):
    """The copy cannot be made, or did not come out the same; the message says what to do. Nothing was kept of it."""


@dataclass(frozen=True)
class Content:
    """What a table holds: how many rows, and a digest that does not depend on their order nor on the database."""

    rows: int
    digest: str


def copy(source: Engine, target: Engine) -> dict[str, Content]:
    """Copies every row in one transaction of the target's, and gives what each table holds now.

    Raises CopyError when either has no or another revision, when the target has rows, and when anything differs."""
    with source.connect() as old, target.connect() as new, new.begin():
        _comparable(old, new)
        if is_sqlite(source):
            # One state of the whole file, whoever writes meanwhile.
            old.execute(text("SELECT 1 FROM alembic_version"))
        _empty(new)
        for table in _tables():
            _copy_table(old, new, table)
        for table in _tables():
            _point_back(old, new, table)
        _restart_numbers(new)
        return _compared(contents(old), contents(new))


def contents(connection: Connection) -> dict[str, Content]:
    """What every table holds."""
    return {table.name: _content(connection, table) for table in _tables()}


def _tables() -> list[Table]:
    """Each after those it refers to, but for references that close a circle."""
    return list(SQLModel.metadata.sorted_tables)


def _comparable(old: Connection, new: Connection) -> None:
    revisions = [MigrationContext.configure(each).get_current_revision() for each in (old, new)]
    if None in revisions:
        which = "first" if revisions[0] is None else "second"
        raise CopyError(f"The {which} database has no tables yet. Bring it up to date with: prm migrate")
    if revisions[0] != revisions[1]:
        raise CopyError(
            f"The databases are of different versions ({revisions[0]} and {revisions[1]}). "
            "Bring both up to date with: prm migrate"
        )


def _empty(new: Connection) -> None:
    for table in _tables():
        if new.execute(select(table).limit(1)).first() is not None:
            raise CopyError(
                f"The database to copy to is not empty: there are rows in {table.name}. Name a new one."
            )


def _circular(table: Table) -> list[Column[Any]]:
    """Columns that refer to a table which comes later."""
    return [
        column
        for column in table.columns
        if any(key.constraint is not None and key.constraint.use_alter for key in column.foreign_keys)
    ]


def _rows(connection: Connection, table: Table) -> Iterator[Row]:
    """All rows, by their key; JSON's own null is told from a column that is empty."""
    empty = {c.name: c.is_(None).label(f"{c.name} is empty") for c in table.columns if _is_json(c)}
    statement = select(table, *empty.values()).order_by(*table.primary_key.columns)
    found = connection.execution_options(yield_per=BATCH).execute(statement).mappings()
    for row in found:
        yield _as_row(row, table, empty)


def _as_row(row: RowMapping, table: Table, empty: Mapping[str, Any]) -> Row:
    taken = {column.name: row[column.name] for column in table.columns}
    for name in empty:
        if taken[name] is None and not row[f"{name} is empty"]:
            taken[name] = JSON.NULL
    return taken


def _is_json(column: Column[Any]) -> bool:
    return isinstance(column.type, JSON)


def _copy_table(old: Connection, new: Connection, table: Table) -> None:
    later = {column.name for column in _circular(table)}
    insert = table.insert().values({c.name: bindparam(c.name, type_=_kept(c)) for c in table.columns})
    for batch in _batches(_rows(old, table)):
        rows = [{name: None if name in later else value for name, value in row.items()} for row in batch]
        try:
            new.execute(insert, rows)
        except SQLAlchemyError as error:
            # Its own words may quote a row.
            raise CopyError(
                f"A row of {table.name} does not fit into the new database ({type(error).__name__}). "
                "Nothing was copied; please report it with this line."
            ) from error


def _kept(column: Column[Any]) -> Any:
    return JSON(none_as_null=True) if _is_json(column) else column.type


def _point_back(old: Connection, new: Connection, table: Table) -> None:
    """Fills the references that had to wait for the rows they refer to."""
    (key,) = table.primary_key.columns
    for column in _circular(table):
        pointing = select(key.label("at"), column.label("to")).where(column.is_not(None))
        rows = [dict(row) for row in old.execute(pointing).mappings()]
        if rows:
            new.execute(
                table.update().where(key == bindparam("at")).values({column.name: bindparam("to")}), rows
            )


def _restart_numbers(new: Connection) -> None:
    """PostgreSQL counts on from the highest number that was copied; SQLite does so by itself."""
    if is_sqlite(new.engine):
        return
    for table in _tables():
        column = table.autoincrement_column
        if column is None:
            continue
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        highest = select(func.max(column)).scalar_subquery()
        new.execute(select(func.setval(sequence, func.coalesce(highest, 1), highest.is_not(None))))


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _content(connection: Connection, table: Table) -> Content:
    count, total = 0, 0
    for row in _rows(connection, table):
        count += 1
        written = json.dumps([_plain(row[name]) for name in sorted(row)], sort_keys=True, ensure_ascii=True)
        # A sum does not depend on the order, and unlike an exclusive or it sees a row that is there twice.
        total += int.from_bytes(hashlib.sha256(written.encode()).digest())
    return Content(count, f"{total % 2**DIGEST_BITS:064x}")


def _plain(value: Any) -> Any:
    """The same on both databases: each value with its kind, so that "1" is not 1."""
    match value:
        case datetime() | date() | time():
            return [type(value).__name__, value.isoformat()]
        case Decimal():
            return ["Decimal", f"{value.normalize():f}"]
        case bytes():
            return ["bytes", value.hex()]
        case _ if value is JSON.NULL:
            return ["null"]
        case _:
            return value


def _compared(old: dict[str, Content], new: dict[str, Content]) -> dict[str, Content]:
    differing = [name for name, held in old.items() if held != new[name]]
    if differing:
        raise CopyError(
            f"The copy is not the same in {', '.join(differing)}, so nothing of it was kept. "
            "Please report it with this line."
        )
    return new
