"""`prm doctor` on configurations that are broken in one way each: it names the fault, and says what to do."""

import re
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from alembic import command
from cryptography.fernet import Fernet

from sandbox.server import Sandbox
from sandbox.serving import Serving
from slackbot import doctor
from slackbot.app import open_app
from slackbot.deps import real_now
from slackbot.doctor import Finding, State
from slackbot.installing import SCOPES
from slackbot.sandboxed import sandbox_settings
from slackbot.web import Door
from storage import heartbeats, removal, workspaces
from storage.database import Database, alembic_config
from tests.app.processes import result_of
from tests.conftest import KEY, install

DEPLOY = Path(__file__).parents[2] / "docs" / "deploy.md"
Set = Callable[..., None]
T = TypeVar("T")


@pytest.fixture
def one(slack: Sandbox, database_url: str) -> dict[str, str]:
    """One workspace over HTTP, all well."""
    return {
        "SLACK_BOT_TOKEN": slack.grant(),
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": database_url,
    }


@pytest.fixture
def many(slack: Sandbox, database_url: str) -> dict[str, str]:
    """Many workspaces, all well."""
    return {
        "SLACK_CLIENT_ID": slack.client_id,
        "SLACK_CLIENT_SECRET": slack.client_secret,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": database_url,
        "PRM_ENCRYPTION_KEYS": KEY,
    }


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Set:
    """Sets the environment that the doctor finds."""

    def give(*parts: dict[str, str], **more: str) -> None:
        for name, value in {name: value for part in (*parts, more) for name, value in part.items()}.items():
            monkeypatch.setenv(name, value)

    return give


def _documented() -> dict[str, str]:
    """What the table in the operator's guide promises: how each fault's line reads."""
    rows = re.findall(r"^\| ([^|]+) \| `(FAULT[^|`]+)` \| [^|]+ \|$", DEPLOY.read_text(), re.MULTILINE)
    return dict(rows)


async def _faults(now: Callable[[], datetime] = real_now, url: str | None = None) -> list[str]:
    findings = await doctor.examine(now, url)
    return [" ".join(doctor.line(one, 0).split()) for one in findings if one.state is State.FAULT]


async def _names(fault: str, **how: object) -> None:
    """There is this one fault, in the words of the table, and no other."""
    faults = await _faults(**how)  # type: ignore[arg-type] # the two arguments of _faults

    assert len(faults) == 1, faults
    assert faults[0].startswith(_documented()[fault]), faults


class TestNothingIsWrong:
    async def test_with_one_workspace(self, one: dict[str, str], given: Set, slack: Sandbox) -> None:
        given(one, SLACK_APP_TOKEN=slack.app_token)

        findings = await doctor.examine(real_now)

        assert {one.about: one.state for one in findings} == {
            "configuration": State.WELL,
            "database": State.WELL,
            "worker": State.NOTE,
            "content": State.WELL,
            "encryption keys": State.WELL,
            "token": State.WELL,
            "scopes": State.WELL,
            "app token": State.WELL,
            "clock": State.WELL,
            "request URL": State.WELL,
        }

    async def test_with_many(
        self, many: dict[str, str], given: Set, slack: Sandbox, database_url: str
    ) -> None:
        given(many)
        async with _installed(slack, database_url) as url:
            findings = await doctor.examine(real_now, url)

        assert [one for one in findings if one.state is State.FAULT] == []
        assert _said(findings, "encryption keys") == "they open all 1 tokens that are kept."
        assert _said(findings, "OAuth") == "Slack knows the client id and its secret."
        assert _said(findings, "request URL").endswith("/slack/events answers as Slack wants it.")

    @pytest.mark.slow
    async def test_from_a_shell(self, one: dict[str, str], tmp_path: Path) -> None:
        ended = await result_of(tmp_path, "doctor", **one)
        broken = await result_of(tmp_path, "doctor")

        assert (ended.code, ended.err) == (0, "")
        assert (broken.code, broken.err) == (1, "1 to mend, the first one first.\n")
        assert one["SLACK_BOT_TOKEN"] not in ended.out


def _said(findings: list[Finding], about: str) -> str:
    return next(one.said for one in findings if one.about == about)


@asynccontextmanager
async def _installed(slack: Sandbox, database_url: str) -> AsyncIterator[str]:
    """The app for many workspaces, installed in one, behind its door; gives its address."""
    settings = sandbox_settings(slack, database_url, PRM_ENCRYPTION_KEYS=KEY)
    async with open_app(settings, real_now) as app:
        await install(slack, app, "riverside")
        door = Serving(Door(app.bolt, app.deps).asgi())
        try:
            yield f"http://127.0.0.1:{await door.begin(0)}"
        finally:
            await door.end()


class TestConfiguration:
    async def test_nothing_is_set(self, given: Set, database_url: str) -> None:
        given(DATABASE_URL=database_url)

        await _names("nothing is set")

    async def test_a_user_token_in_the_bot_tokens_place(self, one: dict[str, str], given: Set) -> None:
        given(one, SLACK_BOT_TOKEN="xoxp-1")

        await _names("another kind of token")

    async def test_one_workspace_and_many_at_once(
        self, one: dict[str, str], many: dict[str, str], given: Set
    ) -> None:
        given(one, many)

        await _names("one workspace and many at once")

    async def test_no_database_address(self, one: dict[str, str], given: Set) -> None:
        given(one, DATABASE_URL="nowhere")

        await _names("the database's address is mistyped")

    async def test_content_that_cannot_be_read(self, one: dict[str, str], given: Set, tmp_path: Path) -> None:
        (tmp_path / "own").mkdir()
        (tmp_path / "own" / "faq.yaml").write_text("- id: [")
        given(one, PRM_CONTENT_DIR=str(tmp_path / "own"))

        await _names("your own content is broken")


class TestDatabase:
    async def test_none(self, one: dict[str, str], given: Set, tmp_path: Path) -> None:
        given(one, DATABASE_URL=f"sqlite:///{tmp_path / 'none.db'}")

        await _names("there is no database")

    async def test_an_older_one(self, one: dict[str, str], given: Set, tmp_path: Path) -> None:
        older = f"sqlite:///{tmp_path / 'older.db'}"
        command.upgrade(alembic_config(older), "85330dc1bf75")
        given(one, DATABASE_URL=older)

        await _names("the database is of an older version")

    async def test_a_server_that_does_not_run(self, one: dict[str, str], given: Set) -> None:
        given(one, DATABASE_URL=f"postgresql://prm@127.0.0.1:{_nobodys_port()}/prm")

        await _names("PostgreSQL does not run")

    async def test_a_damaged_file(self, one: dict[str, str], given: Set, tmp_path: Path) -> None:
        (tmp_path / "prm.db").write_bytes(b"x" * 4096)
        given(one)

        await _names("the database's file is damaged")

    async def test_a_worker_that_stopped(self, one: dict[str, str], given: Set, database_url: str) -> None:
        _run(database_url, heartbeats.beat, "w1", real_now() - timedelta(hours=1))
        given(one)

        await _names("no worker runs")

    async def test_a_paused_workspace(self, one: dict[str, str], given: Set, database_url: str) -> None:
        place = _run(
            database_url,
            workspaces.ensure,
            "T1",
            enterprise_id=None,
            team_id="T1",
            name="Riverside",
            now=real_now(),
        )
        _run(database_url, workspaces.pause, place.id, "token_revoked")
        given(one)

        await _names("a workspace took its token back")

    async def test_a_workspace_that_removed_the_app_is_no_fault(
        self, one: dict[str, str], given: Set, database_url: str
    ) -> None:
        place = _run(
            database_url,
            workspaces.ensure,
            "T1",
            enterprise_id=None,
            team_id="T1",
            name="Riverside",
            now=real_now(),
        )
        _run(database_url, removal.end, place.id, "uninstalled", real_now())
        given(one)

        found = [each for each in await doctor.examine(real_now) if each.about == "workspaces"]
        assert [each.state for each in found] == ["note"]
        assert found[0].said.startswith("1 removed the app; what is kept of it is erased")
        assert await _faults() == []


def _run(address: str, work: Callable[..., T], *args: object, **more: object) -> T:
    database = Database.at(address)
    try:
        return database.run(work, *args, **more)
    finally:
        database.engine.dispose()


def _nobodys_port() -> int:
    with closing(socket.socket()) as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


class TestKeys:
    @pytest.fixture
    async def installed(self, slack: Sandbox, database_url: str) -> None:
        async with _installed(slack, database_url):
            pass

    async def test_another_key(self, many: dict[str, str], given: Set, installed: None) -> None:
        given(many, PRM_ENCRYPTION_KEYS=Fernet.generate_key().decode())

        await _names("the encryption key is another one")

    async def test_a_lost_key_file(
        self, many: dict[str, str], given: Set, installed: None, tmp_path: Path
    ) -> None:
        given(many, PRM_ENCRYPTION_KEYS="")

        await _names("the key file is gone")
        assert not (tmp_path / "prm.keys").exists()

    async def test_a_key_file_that_others_can_read(
        self, many: dict[str, str], given: Set, tmp_path: Path
    ) -> None:
        (tmp_path / "prm.keys").write_text(f"{KEY}\n")
        (tmp_path / "prm.keys").chmod(0o644)
        given(many, PRM_ENCRYPTION_KEYS="")

        await _names("others can read the key file")


@pytest.mark.refused
class TestSlack:
    async def test_a_revoked_token(self, one: dict[str, str], given: Set, slack: Sandbox) -> None:
        slack.revoke(one["SLACK_BOT_TOKEN"])
        given(one)

        await _names("the bot token was revoked")

    async def test_a_missing_scope(self, one: dict[str, str], given: Set, slack: Sandbox) -> None:
        given(one, SLACK_BOT_TOKEN=slack.grant(scopes=[scope for scope in SCOPES if scope != "chat:write"]))

        await _names("a scope is missing")

    async def test_without_an_optional_scope_it_is_only_noted(
        self, one: dict[str, str], given: Set, slack: Sandbox
    ) -> None:
        given(one, SLACK_BOT_TOKEN=slack.grant(scopes=SCOPES))

        findings = await doctor.examine(real_now)

        assert _said(findings, "scopes").endswith("without im:history, files:write, as you may choose.")
        assert await _faults() == []

    async def test_a_wrong_app_token(self, one: dict[str, str], given: Set) -> None:
        given(one, SLACK_APP_TOKEN="xapp-1-wrong")

        await _names("the app token is wrong")

    async def test_a_wrong_client_secret(self, many: dict[str, str], given: Set) -> None:
        given(many, SLACK_CLIENT_SECRET="another")

        await _names("the client secret is wrong")

    async def test_no_way_to_slack(self, one: dict[str, str], given: Set) -> None:
        given(one, SLACK_API_URL=f"http://127.0.0.1:{_nobodys_port()}/api/")

        await _names("Slack cannot be reached")

    async def test_a_clock_that_is_off(self, one: dict[str, str], given: Set) -> None:
        given(one)

        await _names("the clock is wrong", now=lambda: real_now() + timedelta(minutes=10))


class TestTheRequestUrl:
    async def test_nobody_there(self, one: dict[str, str], given: Set) -> None:
        given(one)

        await _names("nothing answers at the request URL", url=f"http://127.0.0.1:{_nobodys_port()}")

    async def test_another_secret_there(
        self, one: dict[str, str], given: Set, slack: Sandbox, database_url: str
    ) -> None:
        given(one, SLACK_SIGNING_SECRET="another")
        async with _installed(slack, database_url) as url:
            await _names("the signing secret is another one", url=url)

    async def test_something_else_there(self, one: dict[str, str], given: Set, slack: Sandbox) -> None:
        given(one)

        await _names("the proxy leads elsewhere", url=slack.url)


async def test_nobody_learns_what_is_set(one: dict[str, str], given: Set, slack: Sandbox) -> None:
    given(one, SLACK_BOT_TOKEN="xoxb-my-own-secret", DATABASE_URL="postgresql://prm:hidden@127.0.0.1:1/prm")

    said = "\n".join(doctor.line(one, 0) for one in await doctor.examine(real_now))

    assert "my-own-secret" not in said
    assert "hidden" not in said


def test_every_row_of_the_table_is_held_by_a_test_here() -> None:
    source = Path(__file__).read_text()

    assert len(_documented()) >= 12
    assert [fault for fault in _documented() if f'_names("{fault}"' not in source] == []
