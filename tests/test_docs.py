"""The README is held against the product: every subcommand, setting, command and make target stands in it."""

import re
import tomllib
from pathlib import Path

import pytest

from slackbot.__main__ import main
from slackbot.app import FEATURES
from slackbot.feature import Subcommand
from slackbot.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
WHY = (ROOT / "docs" / "why.md").read_text()
SUBCOMMANDS = [subcommand for feature in FEATURES for subcommand in feature.subcommands]
VARIABLES = [str(field.alias) for field in Settings.model_fields.values()]
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("subcommand", SUBCOMMANDS, ids=lambda subcommand: subcommand.name)
def test_the_readme_names_every_subcommand_with_its_usage(subcommand: Subcommand) -> None:
    assert f"`/prm {subcommand.name} {subcommand.usage}".rstrip() + "`" in README


def test_the_readme_names_no_subcommand_that_is_gone() -> None:
    named = set(re.findall(r"^\| `/prm ([a-z]+)", README, re.MULTILINE))

    assert named == {subcommand.name for subcommand in SUBCOMMANDS}


@pytest.mark.parametrize("variable", VARIABLES)
def test_the_readme_names_every_setting(variable: str) -> None:
    assert f"`{variable}`" in README


def test_the_readme_states_the_defaults_that_hold() -> None:
    for field in Settings.model_fields.values():
        if isinstance(field.default, str | int) and not isinstance(field.default, bool):
            row = next(
                line for line in README.splitlines() if line.startswith("|") and f"`{field.alias}`" in line
            )
            assert f"`{field.default}`" in row


def test_the_readme_names_no_setting_that_is_gone() -> None:
    named = set(re.findall(r"`((?:SLACK|PRM|LOG|DATABASE)_[A-Z_]+|HOST|PORT)`", README))

    assert named == set(VARIABLES)


@pytest.mark.parametrize("target", TARGETS)
def test_the_readme_names_every_make_target(target: str) -> None:
    assert f"`make {target}" in README


@pytest.mark.parametrize("name", list(main.commands))
def test_the_readme_names_every_command_of_prm(name: str) -> None:
    assert f"`prm {name}" in README


def test_the_pictures_that_the_readme_shows_exist() -> None:
    shown = set(
        re.findall(r"\(docs/screenshots/([\w-]+\.png)\)|src=\"docs/screenshots/([\w-]+\.png)\"", README)
    )

    named = {one or other for one, other in shown}
    taken = {path.name for path in (ROOT / "docs" / "screenshots").glob("*.png")}
    assert named
    assert named <= taken


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    listed = [
        *project["dependencies"],
        *project["optional-dependencies"]["sandbox"],
        *project["optional-dependencies"]["dev"],
    ]
    names = {re.match(r"[a-z0-9-]+", entry).group() for entry in listed} - {"prm-coach"}  # type: ignore[union-attr] # every entry begins with a name

    assert [name for name in sorted(names) if name not in WHY] == []


def test_the_locks_pin_everything_and_name_no_index() -> None:
    for lock in ("requirements.lock", "requirements-run.lock"):
        text = (ROOT / lock).read_text()
        pinned = re.findall(r"^[a-z0-9-]+==\S+", text, re.MULTILINE)

        assert len(pinned) > 30
        assert text.count("--hash=sha256:") >= len(pinned)
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)
