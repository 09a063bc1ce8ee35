"""What Bolt does by default and must not do here."""

import asyncio
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.deps import Deps
from slackbot.feature import Asked, Feature, Subcommand
from slackbot.ui.blocks import Message, message, section
from slackbot.web import SlackRequest, parse_body
from tests.app.conftest import WithFeatures
from tests.app.doors import FORM, command, signed
from tests.conftest import Trouble

pytestmark = pytest.mark.door


async def test_slack_is_not_asked_who_it_is_with_every_command(ana: Person, slack: Sandbox) -> None:
    before = sum(call.method == "auth.test" for call in slack.calls)

    for _ in range(20):
        assert (await ana.slash("roadmap")).ok

    assert sum(call.method == "auth.test" for call in slack.calls) == before


class TestTheClientOfARequest:
    """Bolt makes a new one for each."""

    async def test_shares_our_connections_and_repeats_nothing(
        self, app: App, ana: Person, slack: Sandbox, with_features: WithFeatures
    ) -> None:
        clients: list[AsyncWebClient] = []
        async with with_features() as own:

            async def look(client: AsyncWebClient, next: Any) -> None:
                clients.append(client)
                await next()

            own.bolt.use(look)
            await ana.slash("help")
            await ana.slash("help")

        first, second = clients
        assert first is not second
        assert [client.session for client in clients] == [app.deps.slack.session] * 2
        assert [client.retry_handlers for client in clients] == [[], []]
        assert first.base_url == slack.api_url
        assert first.token == slack.world.installation(ana.team).token  # type: ignore[union-attr] # it is installed

    async def test_is_that_of_the_persons_own_workspace(
        self, ana: Person, cy: Person, slack: Sandbox
    ) -> None:
        await ana.slash("log")
        await cy.slash("log")

        opened = [call.team for call in slack.calls if call.method == "views.open"]
        assert opened == [ana.team, cy.team]

    async def test_ours_for_messages_are_the_same(self, app: App, slack: Sandbox) -> None:
        client = app.deps.slack.client("xoxb-any")

        assert client.session is app.deps.slack.session
        assert client.retry_handlers == []
        assert app.deps.slack.session.timeout == aiohttp.ClientTimeout(total=10, connect=3)

    async def test_opens_no_new_connection_for_each_call(
        self, app: App, ana: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        connector: Any = app.deps.slack.session.connector
        opens, opened = connector._create_connection, []

        async def counting(*args: Any, **kwargs: Any) -> Any:
            opened.append(args)
            return await opens(*args, **kwargs)

        await ana.slash("log")
        await app.deps.background.drain()
        monkeypatch.setattr(connector, "_create_connection", counting)
        for _ in range(5):
            await ana.closes()
            await ana.slash("log")

        assert opened == []


async def test_the_answer_waits_for_the_listener(app: App) -> None:
    """Otherwise Bolt looks for it every ten milliseconds, and a late exception overwrites it."""
    assert app.bolt.process_before_response
    assert app.bolt._async_listener_runner.process_before_response


async def test_the_answer_to_a_command_travels_in_the_reply(ana: Person, slack: Sandbox) -> None:
    await ana.slash("roadmap")

    assert slack.requests[-1].response.startswith("{")
    assert all(call.method != "response_url" for call in slack.calls)


async def test_a_misspelt_listener_argument_fails_the_suite(trouble: Trouble) -> None:
    bolt = _tiny_bolt()

    async def listener(ack: AsyncAck, clint: object = None) -> None:
        await ack(text="hello" if clint is None else "?")

    bolt.command("/prm")(listener)
    letter = signed(command())
    request = SlackRequest(letter.body.decode(), letter.headers, {}, parse_body(letter.body.decode(), FORM))
    response = await bolt.async_dispatch(request)

    assert response.status == 200
    with pytest.raises(AssertionError, match="clint is not a valid argument"):
        trouble.check()


def _tiny_bolt() -> AsyncApp:
    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T0RIVERSIDE", bot_token="xoxb-tiny")

    return AsyncApp(authorize=authorize, signing_secret=Sandbox.signing_secret, process_before_response=True)


class TestALockedDatabase:
    """A third of a second is a long time for everybody else."""

    async def test_does_not_hold_up_the_others(
        self, ana: Person, eli: Person, app: App, tmp_path: Path
    ) -> None:
        waited: list[float] = []
        await ana.slash("log")
        ana.fills(metric="Referrals from your panel", baseline="120", result="150")
        await eli.slash("roadmap")
        holder = _Holder(tmp_path / "prm.db", seconds=0.3)
        holder.take()

        async def heartbeat() -> None:
            while not holder.released.is_set():
                began = time.perf_counter()
                await asyncio.sleep(0)
                waited.append(time.perf_counter() - began)

        seen, answer, _ = await asyncio.gather(ana.submits(), eli.slash("help"), heartbeat())

        assert seen.errors == {}
        assert seen.modal is None
        assert answer.ok
        # SQLite itself waits 50 ms on the loop, once a statement; then the wait goes to a thread.
        assert max(waited) < 0.2


class _Holder:
    """Another program with the write lock, for a while."""

    def __init__(self, path: Path, seconds: float) -> None:
        self._path, self._seconds = path, seconds
        self.released = threading.Event()

    def take(self) -> None:
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        connection.execute("BEGIN IMMEDIATE")

        def release() -> None:
            connection.execute("ROLLBACK")
            connection.close()
            self.released.set()

        threading.Timer(self._seconds, release).start()


async def test_a_feature_may_be_added_without_touching_the_rest(
    ana: Person, with_features: WithFeatures
) -> None:
    async def run(_deps: Deps, asked: Asked) -> Message:
        return message(section(f"You said {asked.words}."))

    echo = Feature(name="echo", subcommands=(Subcommand("echo", "says it back.", run, "Test"),))
    async with with_features(echo):
        assert (await ana.slash("echo hello")).words == "You said hello."
        assert "`echo`" in (await ana.slash("help")).words
