"""The import contracts hold, and each is seen to fail when it is broken; the same for the clock and the environment."""

import ast
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("slackbot", "storage", "content", "sandbox")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


@dataclass(frozen=True)
class Breach:
    """A line that, added to a module, breaks one contract."""

    contract: str
    module: str
    line: str


BREACHES = (
    Breach("layers", "slackbot/settings.py", "import slackbot.deps"),
    Breach("features", "slackbot/features/wins/home.py", "import slackbot.features.certs"),
    Breach("grounds", "storage/wins.py", "import slackbot.errors"),
    Breach("apart", "content/store.py", "import storage.types"),
    Breach("sandbox", "sandbox/clock.py", "import slackbot.settings"),
    Breach("shop_window", "slackbot/app.py", "import sandbox.clock"),
    Breach("pure", "slackbot/rules/outcomes.py", "import slack_sdk"),
    Breach("slack_in_storage", "storage/wins.py", "import slack_sdk"),
    Breach("apscheduler", "slackbot/delivery.py", "import apscheduler.schedulers.asyncio"),
)


def test_there_is_a_breach_for_every_contract() -> None:
    assert {breach.contract for breach in BREACHES} == {contract["id"] for contract in CONTRACTS}


@pytest.mark.parametrize("breach", BREACHES, ids=lambda breach: breach.contract)
def test_a_contract_fails_when_it_is_broken(breach: Breach, tmp_path: Path) -> None:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / breach.module).open("a") as module:
        module.write(f"\n{breach.line}\n")
    linter = Path(sys.executable).with_name("lint-imports")

    found = subprocess.run(  # noqa: S603 - our own linter, on our own files
        [linter, "--contract", breach.contract, "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == 1, found.stdout + found.stderr
    assert "0 kept, 1 broken" in found.stdout


def test_only_the_settings_read_the_environment() -> None:
    readers = [path for path in _product_files() if _names(path) & {"os.environ", "os.getenv", "os.environb"}]

    assert readers == []


def test_only_deps_asks_what_time_it_is() -> None:
    asking = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}

    assert [path.name for path in _product_files() if _names(path) & asking] == ["deps.py"]


def _product_files() -> list[Path]:
    return [
        path
        for package in ("slackbot", "storage", "content")
        for path in sorted((ROOT / package).rglob("*.py"))
    ]


def _names(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    return {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
