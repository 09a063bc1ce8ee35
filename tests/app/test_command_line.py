"""`prm` from a shell: it starts, answers and stops; and what keeps it from starting is one sentence."""

import asyncio
import re
import shutil
import socket
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path

import aiohttp
import pytest

from sandbox.server import Sandbox
from slackbot.__main__ import main
from storage.database import Database
from tests.app.processes import Ended, prm, result_of

pytestmark = pytest.mark.timeout(120)

Environment = dict[str, str]


@pytest.fixture
def one(slack: Sandbox) -> Environment:
    """One workspace over HTTP, on any free port."""
    return {
        "SLACK_BOT_TOKEN": slack.grant(),
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "PORT": "0",
    }


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def taken_port(stack: ExitStack) -> str:
    taken = stack.enter_context(closing(socket.socket()))
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    return str(taken.getsockname()[1])


async def test_help_lists_every_command(tmp_path: Path) -> None:
    ended = await result_of(tmp_path, "--help")

    assert ended.code == 0
    assert {"run", "web", "worker", "migrate", "sandbox"} <= set(main.commands)
    for name, command in main.commands.items():
        assert f"\n  {name} " in ended.out
        assert command.help


@pytest.mark.slow
async def test_migrating_makes_the_database_and_may_be_repeated(tmp_path: Path) -> None:
    for _ in range(2):
        ended = await result_of(tmp_path, "migrate")

        assert (ended.code, ended.err) == (0, "")
        assert ended.out == "The database at sqlite:///prm.db is up to date.\n"

    Database.at(f"sqlite:///{tmp_path / 'prm.db'}").check()


class TestWhatKeepsItFromStarting:
    """Exit code 1 and one sentence that says what to do."""

    @pytest.fixture
    def ready(self, database_url: str, tmp_path: Path) -> Path:
        """A migrated database, to be copied."""
        return tmp_path / "prm.db"

    @pytest.mark.slow
    async def test_is_said_in_one_sentence(
        self, slack: Sandbox, one: Environment, ready: Path, taken_port: str, stack: ExitStack
    ) -> None:
        revoked = slack.grant("lakeview")
        slack.revoke(revoked)
        places = _Places(ready)
        cases: dict[str, tuple[Path, tuple[str, ...], Environment, str]] = {
            "no settings": (places.ready(), ("run",), {}, "Set SLACK_BOT_TOKEN "),
            "no settings for a worker": (places.ready(), ("worker",), {}, "Set SLACK_BOT_TOKEN "),
            "no database": (places.empty(), ("run",), one, "There is no database at .* prm migrate$"),
            "not migrated": (places.with_file(b""), ("run",), one, ".*not up to date.* prm migrate$"),
            "no SQLite file": (places.with_file(b"x" * 4096), ("run",), one, "The database at .*"),
            "locked to readers": (
                places.locked(stack, "EXCLUSIVE"),
                ("run",),
                one,
                "The database .* is locked ",
            ),
            "locked to writers": (places.locked(stack, "NORMAL"), ("run",), one, "The database is locked "),
            "port in use": (
                places.ready(),
                ("run",),
                one | {"PORT": taken_port},
                f"Port {taken_port} on 127",
            ),
            "token revoked": (
                places.ready(),
                ("worker",),
                one | {"SLACK_BOT_TOKEN": revoked},
                r"Slack refuses SLACK_BOT_TOKEN \(token_revoked\)",
            ),
            "Slack unreachable": (
                places.ready(),
                ("web",),
                one | {"SLACK_API_URL": f"http://127.0.0.1:{_nobodys_port()}/api/"},
                "Slack does not answer at http://127",
            ),
            "wrong app token": (
                places.ready(),
                ("run",),
                one | {"SLACK_APP_TOKEN": "xapp-1-wrong"},
                r"Slack refuses SLACK_APP_TOKEN \(invalid_auth\)",
            ),
            "migrating nowhere": (
                places.empty(),
                ("migrate",),
                {"DATABASE_URL": "nowhere"},
                "DATABASE_URL: it is not a database address",
            ),
            "migrating where nobody may": (
                places.empty(),
                ("migrate",),
                {"DATABASE_URL": "sqlite:////no/such/folder/prm.db"},
                "The database could not be brought up to date",
            ),
            "sandbox port in use": (
                places.empty(),
                ("sandbox", "--port", taken_port),
                {},
                f"Port {taken_port} ",
            ),
        }
        turns = asyncio.Semaphore(3)

        async def outcome(folder: Path, words: tuple[str, ...], environment: Environment) -> Ended:
            async with turns:
                return await result_of(folder, *words, **environment)

        ended = await asyncio.gather(*(outcome(*case[:3]) for case in cases.values()))

        for (name, (*_, sentence)), found in zip(cases.items(), ended, strict=True):
            _assert_one_sentence(name, found, sentence, one)


class _Places:
    """Folders, each with its own state of the database."""

    def __init__(self, ready: Path) -> None:
        self._ready = ready
        self._count = 0

    def empty(self) -> Path:
        self._count += 1
        folder = self._ready.parent / f"place{self._count}"
        folder.mkdir()
        return folder

    def ready(self) -> Path:
        folder = self.empty()
        shutil.copyfile(self._ready, folder / "prm.db")
        return folder

    def with_file(self, content: bytes) -> Path:
        folder = self.empty()
        (folder / "prm.db").write_bytes(content)
        return folder

    def locked(self, stack: ExitStack, mode: str) -> Path:
        folder = self.ready()
        holder = stack.enter_context(closing(sqlite3.connect(folder / "prm.db", isolation_level=None)))
        holder.execute(f"PRAGMA locking_mode = {mode}")
        holder.execute("BEGIN IMMEDIATE")
        holder.execute("DELETE FROM workspace")
        return folder


def _nobodys_port() -> int:
    with closing(socket.socket()) as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _assert_one_sentence(name: str, ended: Ended, sentence: str, secrets: Mapping[str, str]) -> None:
    assert ended.code == 1, (name, ended)
    said, *more = ended.err.splitlines()
    assert more == [], name
    assert re.match(sentence, said), (name, said)
    for secret in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"):
        assert secrets[secret] not in ended.err + ended.out


class TestRunning:
    """In a folder with a migrated database."""

    @pytest.fixture(autouse=True)
    def _ready(self, database_url: str) -> None:
        """The folder of the tests has one."""

    async def test_run_web_and_worker_start_answer_and_stop(
        self, one: Environment, slack: Sandbox, tmp_path: Path
    ) -> None:
        async with (
            prm(tmp_path, "run", **one) as both,
            prm(tmp_path, "web", **one | {"HOST": "127.0.0.1", "LOG_FORMAT": "json"}) as web,
            aiohttp.ClientSession() as browser,
        ):
            for process in both, web:
                found = await process.says(
                    r"answers on (http://127\.0\.0\.1:\d+) \(one workspace over HTTP\)"
                )
                async with browser.get(f"{found[1]}/healthz") as health:
                    assert (health.status, await health.json()) == (200, {"status": "ok"})
                slack.connect(found[1])
                assert (await slack.person("ana").slash("roadmap")).ok

            for process in both, web:
                ended = await process.stops()
                assert ended.code == 0
                assert "Traceback" not in ended.err
            assert not any("sends what is due" in line for line in web.said)

    @pytest.mark.slow
    async def test_a_second_worker_on_the_same_file_is_refused_until_the_first_is_gone_however_it_went(
        self, one: Environment, tmp_path: Path
    ) -> None:
        async with prm(tmp_path, "worker", **one) as first:
            await first.says("sends what is due, every 30 seconds")
            for word in ("worker", "run"):
                ended = await result_of(tmp_path, word, **one)
                assert ended.code == 1
                assert ended.err.startswith("Another PRM Coach worker already sends from prm.db")
                assert ended.err.count("\n") == 1
            first.kill()
            await first.ends()

        async with prm(tmp_path, "worker", **one) as after:
            await after.says("sends what is due, every 30 seconds")
            ended = await after.stops()
        assert ended.code == 0
        assert "Traceback" not in ended.err

    @pytest.mark.slow
    async def test_over_socket_mode_it_answers_without_an_address(
        self, one: Environment, slack: Sandbox, tmp_path: Path
    ) -> None:
        async with prm(tmp_path, "run", **one | {"SLACK_APP_TOKEN": slack.app_token}) as process:
            await process.says(r"one workspace over Socket Mode")
            assert slack.socket.connected
            assert (await slack.person("ana").slash("roadmap")).ok
            ended = await process.stops()

        assert ended.code == 0
        assert "Traceback" not in ended.err


class TestTheSandbox:
    """`prm sandbox`: everything on this machine."""

    @pytest.mark.slow
    async def test_serves_its_page_and_remembers_until_told_to_forget(self, tmp_path: Path) -> None:
        kept = tmp_path / ".sandbox" / "slack.json"

        await _visit(tmp_path)
        kept.write_text(kept.read_text().replace("Riverside Health", "Riverbend Health"))
        assert "Riverbend Health" in await _visit(tmp_path)
        assert "Riverbend Health" not in await _visit(tmp_path, "--fresh")


async def _visit(folder: Path, *more: str) -> str:
    """What the sandbox has kept, once it was started, looked at and stopped."""
    async with (
        prm(folder, "sandbox", "--port", "0", *more) as process,
        aiohttp.ClientSession() as browser,
    ):
        found = await process.says(r"Open (http://127\.0\.0\.1:\d+) in your browser", out=True)
        async with browser.get(found[1]) as page:
            assert page.status == 200
            assert "<html" in await page.text()
        ended = await process.stops()
    assert ended.code == 0, ended
    assert "Traceback" not in ended.err
    return (folder / ".sandbox" / "slack.json").read_text()
