"""One worker for each SQLite file: a lock that the operating system frees when its process dies, however it dies."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from storage import leases
from storage.database import Database, DatabaseNotReadyError

SUFFIX: Final = ".worker"


class SecondWorkerError(DatabaseNotReadyError):
    """Another process sends from this SQLite file already; the message says what to do."""


@contextlib.contextmanager
def only_worker(database: Database) -> Iterator[None]:
    """Holds the lock for as long as the block runs; with PostgreSQL there may be any number of workers.

    Raises SecondWorkerError when somebody else has it."""
    if not database.inline:
        yield
        return
    assert database.engine.url.database is not None, "a checked SQLite database is a file"
    path = Path(database.engine.url.database)
    # The file stays when the lock goes: whoever removed it could take the lock from under the next one.
    with Path(f"{path}{SUFFIX}").open("a") as file:
        try:
            _lock(file)
        except OSError as error:
            raise SecondWorkerError(
                f"Another PRM Coach worker already sends from {path}, and SQLite has room for one. "
                "Stop that one (prm run and prm worker are both workers), or move to PostgreSQL to run several."
            ) from error
        database.run(leases.forget_all)
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
