"""Insert a row unless it is there already, in the words of either database."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert
from sqlmodel import Session, SQLModel


def insert_unless_there(session: Session, table: type[SQLModel]) -> Insert:
    """`INSERT … ON CONFLICT DO NOTHING`: two who come at once make one row, and neither fails."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()
