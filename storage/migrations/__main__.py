"""Writes a new migration by comparing the tables with the migrations so far (`make revision`)."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from storage.database import alembic_config


def main(message: str) -> None:
    """Migrates an empty database to the newest revision, and writes down what the models have beyond it."""
    with tempfile.TemporaryDirectory() as folder:
        config = alembic_config(f"sqlite:///{Path(folder) / 'empty.db'}")
        command.upgrade(config, "head")
        command.revision(config, message=message, autogenerate=True)


if __name__ == "__main__":
    main(sys.argv[1])
