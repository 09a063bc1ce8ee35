"""Saves a SQLite database to one file while it is in use, and puts such a file back."""

import itertools
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError

from storage.database import MIGRATIONS

SUFFIX: Final = ".before-restore"
"""What the database that a restored one took the place of is called from then on; the second time with a -2 behind."""


class BackupError(Exception):
    """It could not be saved or put back; the message says why, and what to do. Nothing was changed."""


def save(database: Path, file: Path) -> int:
    """Writes the whole database, as it is at one moment, to a new file; gives its size in bytes.

    Whoever uses the database need not stop. Raises BackupError."""
    if not database.exists():
        raise BackupError(f"There is no database at {database}. Check DATABASE_URL.")
    if file.exists():
        raise BackupError(f"{file} exists already, and a backup is never written over. Name another file.")
    try:
        with _draft(file) as draft:
            _copy(database, draft)
            _require_sound(draft)
            os.link(draft, file)
    except FileExistsError:
        raise BackupError(f"{file} exists already, and a backup is never written over.") from None
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"The backup could not be written to {file} ({error}).") from error
    return file.stat().st_size


def require_restorable(file: Path) -> None:
    """Raises BackupError when the file is no whole backup, or of a version that we do not know."""
    if not file.is_file():
        raise BackupError(f"There is no file {file}.")
    try:
        _require_sound(file)
        with closing(_read_only(file)) as connection:
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise BackupError(f"{file} is not a backup of PRM Coach ({error}).") from error
    try:
        ScriptDirectory(str(MIGRATIONS)).get_revision(revision[0] if revision else "")
    except CommandError as error:
        raise BackupError(
            f"{file} was made by a newer version of PRM Coach. Install that version first."
        ) from error


def put_back(file: Path, database: Path) -> Path | None:
    """Makes the database what the file holds; gives where the one before is now, if there was one.

    Raises BackupError when the file is no backup, or somebody uses the database."""
    require_restorable(file)
    try:
        with _draft(database) as draft:
            _copy(file, draft)
            kept = _set_aside(database)
            draft.replace(database)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"The backup could not be put back ({error}).") from error
    return kept


def _set_aside(database: Path) -> Path | None:
    if not database.exists():
        return None
    _require_unused(database)
    return database.replace(_free_name(database))


def _free_name(database: Path) -> Path:
    """Whoever tries one backup after the other must not lose what was there before the first."""
    first = database.with_name(f"{database.name}{SUFFIX}")
    numbered = (first.with_name(f"{first.name}-{number}") for number in itertools.count(2))
    return next(path for path in itertools.chain([first], numbered) if not path.exists())


def _require_unused(database: Path) -> None:
    """Leaving the write-ahead log takes the file for oneself alone: any open connection prevents it."""
    with closing(sqlite3.connect(database, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.OperationalError as error:
            raise BackupError(
                f"The database at {database} is in use. Stop PRM Coach first, then restore."
            ) from error
        except sqlite3.DatabaseError:
            # What is broken is nobody's in use, and is what a backup is there for.
            return


def _copy(origin: Path, to: Path) -> None:
    with closing(_read_only(origin)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
        # One file without companions, which can be carried anywhere.
        target.execute("PRAGMA journal_mode = DELETE").fetchone()


def _require_sound(file: Path) -> None:
    with closing(_read_only(file)) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(str(found).partition("\n")[0])


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


@contextmanager
def _draft(beside: Path) -> Iterator[Path]:
    """A file that only its owner may read, in the same folder; it is gone afterwards, unless it became the real one."""
    handle, name = tempfile.mkstemp(dir=beside.absolute().parent, prefix=f".{beside.name}.")
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)
