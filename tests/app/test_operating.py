"""`prm copy`, `prm backup` and `prm restore` from a shell: what they say, and what they refuse."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slackbot.__main__ import main
from storage.database import Database
from tests.databases import Databases
from tests.storage.conftest import workspace


@pytest.fixture
def sqlite(databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with a workspace in it, which the environment names."""
    address = databases.fresh("sqlite", tmp_path)
    database = Database.at(address)
    database.run(workspace, "T0RIVERSIDE")
    database.engine.dispose()
    monkeypatch.setenv("DATABASE_URL", address)
    return address


def prm(*words: object, says: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=says)


class TestBackup:
    def test_is_made_and_put_back(self, sqlite: str, tmp_path: Path) -> None:
        saved = prm("backup", tmp_path / "saved.db")
        asked = prm("restore", tmp_path / "saved.db", says="y\n")

        assert saved.exit_code == asked.exit_code == 0
        assert "Keep the encryption keys too, in another place." in saved.output
        assert "What was there is now" in asked.output
        assert "prm migrate" in asked.output

    def test_is_not_put_back_without_a_yes(self, sqlite: str, tmp_path: Path) -> None:
        prm("backup", tmp_path / "saved.db")

        refused = prm("restore", tmp_path / "saved.db", says="n\n")

        assert (refused.exit_code, refused.output.splitlines()[-1]) == (1, "Nothing was changed.")
        assert not (tmp_path / "prm.db.before-restore").exists()

    @pytest.mark.parametrize("command", ["backup", "restore"])
    def test_with_postgresql_its_own_tools_are_named(
        self, command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://prm@db/prm")

        refused = prm(command, tmp_path / "saved.db", *(["--yes"] if command == "restore" else []))

        assert refused.exit_code == 1
        assert "pg_dump" in refused.output

    def test_a_mistake_is_one_sentence(self, sqlite: str, tmp_path: Path) -> None:
        refused = prm("restore", tmp_path / "none.db", "--yes")

        assert (refused.exit_code, refused.output) == (1, f"There is no file {tmp_path / 'none.db'}.\n")


class TestCopy:
    def test_says_what_arrived_and_which_keys_belong_to_it(
        self, sqlite: str, databases: Databases, tmp_path: Path
    ) -> None:
        (tmp_path / "prm.keys").write_text("secret\n")

        copied = prm("copy", "--from", sqlite, "--to", databases.fresh("postgresql", tmp_path))

        assert copied.exit_code == 0
        assert "the same rows and the same digest on both sides" in copied.output
        assert "set PRM_ENCRYPTION_KEYS to what stands there" in copied.output
        assert "secret" not in copied.output

    @pytest.mark.parametrize(
        ("source", "target", "told"),
        [
            ("nowhere", "postgresql://prm@db/prm", "--from: it is not a database address"),
            ("sqlite:////no/such/prm.db", "postgresql://prm@db/prm", "--from: there is no database"),
            (None, "mysql://db/prm", "--to: mysql is not supported"),
            (None, "postgresql://prm@127.0.0.1:1/prm", "A database does not answer"),
            (None, None, "the same database"),
        ],
    )
    def test_a_mistake_is_one_sentence(
        self, sqlite: str, source: str | None, target: str | None, told: str
    ) -> None:
        refused = prm("copy", "--from", source or sqlite, "--to", target or sqlite)

        assert refused.exit_code == 1
        assert told in refused.output
        assert "Traceback" not in refused.output
        assert isinstance(refused.exception, SystemExit)
