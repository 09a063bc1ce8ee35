"""The Dockerfile, the Compose file and the Procfile, read: no container engine runs where the tests do."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from slackbot.__main__ import main
from slackbot.settings import Settings

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
SETTINGS = {str(field.alias) for field in Settings.model_fields.values()}


def _instructions(name: str) -> list[str]:
    return re.findall(rf"^{name} (.+)$", DOCKERFILE, re.MULTILINE)


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return read


def _ours(compose: dict[str, Any]) -> dict[str, Any]:
    return {name: service for name, service in compose["services"].items() if "build" in service}


class TestTheDockerfile:
    def test_what_is_copied_exists_and_is_not_ignored(self) -> None:
        let_in = re.findall(r"^!(\S+?)/?$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
        copied = [
            word for line in _instructions("COPY") if "--from" not in line for word in line.split()[:-1]
        ]

        assert copied
        assert [name for name in copied if not (ROOT / name).exists()] == []
        assert sorted(copied) == sorted(let_in)

    def test_every_package_but_the_sandbox_is_there(self) -> None:
        packages = re.search(r"packages = \[(.+)\]", (ROOT / "pyproject.toml").read_text())

        assert packages is not None
        for name in set(re.findall(r'"(\w+)"', packages[1])) - {"sandbox"}:
            assert f"COPY {name} /app/{name}" in DOCKERFILE

    def test_its_prm_is_the_one_of_the_package(self) -> None:
        script = re.search(r'^prm = "([\w.]+):(\w+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)

        assert script is not None
        assert f"from {script[1]} import {script[2]}\\n{script[2]}()" in DOCKERFILE

    def test_nobody_is_root_when_it_runs(self) -> None:
        last = DOCKERFILE.rpartition("\nFROM ")[2]

        assert re.search(r"^USER (?!0\b|root\b)\S+$", last, re.MULTILINE)
        assert last.index("\nUSER ") < last.index("\nCMD ")

    def test_it_is_slim_pinned_and_installs_by_hash(self) -> None:
        bases = _instructions("FROM")

        assert [base for base in bases if not re.match(r"python:3\.1[1-4]-slim\b", base)] == []
        assert "--require-hashes -r requirements-run.lock" in DOCKERFILE

    def test_it_runs_a_command_that_exists_and_sets_what_exists(self) -> None:
        (command,) = _instructions("CMD")
        names = {word.partition("=")[0] for line in _instructions("ENV") for word in line.split()}

        assert yaml.safe_load(command) == ["prm", "web"]
        assert names - SETTINGS == {"PATH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}

    def test_its_health_is_asked_where_it_listens(self) -> None:
        (check,) = _instructions("HEALTHCHECK")

        assert "/readyz" in check
        assert f":{re.search(r'PORT=([0-9]+)', DOCKERFILE)[1]}/" in check  # type: ignore[index] # it is set above
        assert _instructions("EXPOSE") == ["3000"]


class TestCompose:
    def test_there_are_a_database_one_web_and_two_workers(self, compose: dict[str, Any]) -> None:
        services = compose["services"]

        assert set(services) == {"db", "release", "web", "worker"}
        assert services["worker"]["deploy"]["replicas"] == 2
        assert "deploy" not in services["web"]

    def test_each_runs_a_command_that_exists(self, compose: dict[str, Any]) -> None:
        for service in _ours(compose).values():
            program, name = service["command"]
            assert program == "prm"
            assert name in main.commands

    def test_each_variable_is_one_of_ours(self, compose: dict[str, Any]) -> None:
        for name, service in _ours(compose).items():
            assert set(service["environment"]) <= SETTINGS, name

    def test_the_settings_that_come_of_it_work(self, compose: dict[str, Any]) -> None:
        from slackbot import settings

        given = dict.fromkeys(SETTINGS)
        written = compose["services"]["web"]["environment"]
        filled = {name: re.sub(r"\$\{.*?\}", "", value) or None for name, value in written.items()}
        filled |= {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99yyyzzz85a5"}
        made = settings.load(**{name: value for name, value in (given | filled).items() if value})

        assert made.database_url.startswith("postgresql://prm:@db/prm")
        assert made.log_format == "json"

    def test_nothing_of_it_may_do_more_than_it_needs(self, compose: dict[str, Any]) -> None:
        for service in _ours(compose).values():
            assert service["read_only"] is True
            assert service["cap_drop"] == ["ALL"]
            assert "no-new-privileges:true" in service["security_opt"]
            assert "privileged" not in service
            assert "volumes" not in service

    def test_all_wait_for_the_migration_and_that_for_the_database(self, compose: dict[str, Any]) -> None:
        services = compose["services"]

        assert services["release"]["depends_on"] == {"db": {"condition": "service_healthy"}}
        for name in ("web", "worker"):
            assert services[name]["depends_on"] == {
                "release": {"condition": "service_completed_successfully"}
            }

    def test_stopping_leaves_more_than_the_ten_seconds_that_it_takes(self, compose: dict[str, Any]) -> None:
        for service in _ours(compose).values():
            assert int(service["stop_grace_period"].removesuffix("s")) > 10

    def test_no_secret_stands_in_it(self) -> None:
        said = (ROOT / "compose.yaml").read_text() + DOCKERFILE

        assert not re.search(r"xox[a-z]-|xapp-", said)
        for name in ("SLACK_SIGNING_SECRET", "SLACK_CLIENT_SECRET", "POSTGRES_PASSWORD"):
            assert re.search(rf"{name}: \$\{{", said)


def test_the_procfile_names_three_processes() -> None:
    found = dict(re.findall(r"^(\w+): prm (\w+)$", (ROOT / "Procfile").read_text(), re.MULTILINE))

    assert found == {"release": "migrate", "web": "web", "worker": "worker"}
    assert set(found.values()) <= set(main.commands)


def test_the_readme_says_that_they_were_not_built() -> None:
    assert "were not built" in (ROOT / "README.md").read_text()
