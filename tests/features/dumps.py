"""Everything that the database holds, to be looked through and compared."""

from sqlalchemy import text
from sqlmodel import Session, SQLModel

from slackbot.app import App

Dump = dict[str, list[str]]


def dump(app: App) -> Dump:
    """Every row of every table, as the database gives it, each table in an order of its own."""

    def read(session: Session) -> Dump:
        tables = [table.name for table in SQLModel.metadata.sorted_tables]
        rows = {name: session.connection().execute(text(f'SELECT * FROM "{name}"')) for name in tables}  # noqa: S608 # our own tables
        return {name: sorted(repr(tuple(row)) for row in found) for name, found in rows.items()}

    return app.deps.database.run(read)


def differences(before: Dump, after: Dump) -> Dump:
    """Rows that came, went or changed, by table."""
    both = {name: set(before[name]) ^ set(after[name]) for name in before}
    return {name: sorted(rows) for name, rows in both.items() if rows}


def everything_in(app: App) -> str:
    return "\n".join(row for rows in dump(app).values() for row in rows)
