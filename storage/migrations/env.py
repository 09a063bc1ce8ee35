"""Runs the migrations on the database that Alembic's configuration names."""

from alembic import context
from sqlmodel import SQLModel

import storage.models  # noqa: F401  (fills the metadata that is compared)
from storage.engine import database_url, is_sqlite, open_engine


def run() -> None:
    engine = open_engine(database_url(context.config.attributes["address"]))
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            # SQLite cannot alter most of a table in place; batch mode copies it.
            render_as_batch=is_sqlite(engine),
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
