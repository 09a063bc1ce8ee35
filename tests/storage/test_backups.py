"""A backup is whole although people go on, and putting one back asks for nobody to be there."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import backups
from storage.backups import BackupError
from storage.database import Database
from tests.storage.rows import Team


@pytest.fixture
def file(sqlite: Database) -> Path:
    """Where the database is."""
    return Path(sqlite.engine.url.database or "")


def _wins(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM win").fetchone()[0])


def test_what_was_saved_comes_back(sqlite: Database, file: Path, tmp_path: Path) -> None:
    team = Team.made(sqlite)
    team.logs(team.ana, "V1")
    with sqlite.engine.connect() as writer:
        writer.exec_driver_sql("DELETE FROM win")
        # Somebody is in the middle of something: what is saved is what was there before.
        size = backups.save(file, tmp_path / "saved.db")
        writer.rollback()
    team.logs(team.ana, "V2")
    sqlite.engine.dispose()

    before = backups.put_back(tmp_path / "saved.db", file)

    assert size == (tmp_path / "saved.db").stat().st_size > 0
    assert (tmp_path / "saved.db").stat().st_mode & 0o077 == 0
    assert (_wins(file), before) == (1, file.with_name("prm.db.before-restore"))
    assert before is not None
    assert _wins(before) == 2
    Database.at(f"sqlite:///{file}").check()
    assert [left.name for left in tmp_path.iterdir() if left.name.startswith(".")] == []


def test_who_tries_one_backup_after_the_other_keeps_what_was_there_first(
    sqlite: Database, file: Path, tmp_path: Path
) -> None:
    team = Team.made(sqlite)
    backups.save(file, tmp_path / "saved.db")
    team.logs(team.ana, "V1")
    sqlite.engine.dispose()

    first = backups.put_back(tmp_path / "saved.db", file)
    second = backups.put_back(tmp_path / "saved.db", file)
    assert (first, second) == tuple(
        file.with_name(name) for name in ("prm.db.before-restore", "prm.db.before-restore-2")
    )
    third = backups.put_back(file.with_name("prm.db.before-restore"), file)

    assert third == file.with_name("prm.db.before-restore-3")
    assert [_wins(file.with_name(f"prm.db.before-restore{end}")) for end in ("", "-2", "-3")] == [1, 0, 0]
    assert _wins(file) == 1


def test_a_backup_is_never_written_over(file: Path, tmp_path: Path) -> None:
    backups.save(file, tmp_path / "saved.db")

    with pytest.raises(BackupError, match="exists already"):
        backups.save(file, tmp_path / "saved.db")


def test_a_database_in_use_is_left_alone(sqlite: Database, file: Path, tmp_path: Path) -> None:
    backups.save(file, tmp_path / "saved.db")
    with sqlite.engine.connect() as somebody:
        somebody.exec_driver_sql("SELECT 1 FROM win")
        with pytest.raises(BackupError, match="Stop PRM Coach first"):
            backups.put_back(tmp_path / "saved.db", file)

    sqlite.check()


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "There is no file"), (b"", "is not a backup"), (b"x" * 4096, "is not a backup")],
)
def test_what_is_no_backup_is_not_put_back(
    sqlite: Database, file: Path, tmp_path: Path, content: bytes | None, told: str
) -> None:
    if content is not None:
        (tmp_path / "saved.db").write_bytes(content)

    with pytest.raises(BackupError, match=told):
        backups.put_back(tmp_path / "saved.db", file)

    sqlite.check()


def test_a_backup_of_a_newer_version_is_told(file: Path, tmp_path: Path) -> None:
    backups.save(file, tmp_path / "saved.db")
    with closing(sqlite3.connect(tmp_path / "saved.db")) as future:
        future.execute("UPDATE alembic_version SET version_num = 'ffffffffffff'")
        future.commit()

    with pytest.raises(BackupError, match="newer version"):
        backups.put_back(tmp_path / "saved.db", file)


def test_a_broken_database_is_replaced(file: Path, tmp_path: Path) -> None:
    backups.save(file, tmp_path / "saved.db")
    file.write_bytes(b"x" * 4096)

    backups.put_back(tmp_path / "saved.db", file)

    Database.at(f"sqlite:///{file}").check()


def test_where_there_is_nothing_there_is_nothing_to_save(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="There is no database"):
        backups.save(tmp_path / "none.db", tmp_path / "saved.db")
    (tmp_path / "none.db").write_bytes(b"")
    with pytest.raises(BackupError, match="could not be written"):
        backups.save(tmp_path / "none.db", tmp_path / "no" / "saved.db")
