"""What the tables have in common: names for constraints, and the base of a row."""

import secrets

from sqlalchemy import CheckConstraint, Index, MetaData, text
from sqlmodel import SQLModel

# Constraints carry names, so that a migration can find them again on either database.
SQLModel.metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Row(SQLModel):
    """The base of every table. It lives beside the names, so that no table is made before they are set."""


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """The column's value is one of these, and the database knows it."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=column)


def index_where(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over the rows that meet a condition, on either database."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


def opaque_id() -> str:
    """An id that tells nothing: it travels in Slack's message metadata, which anybody there can read."""
    return secrets.token_hex(16)
