"""One workspace, by the tokens in the settings: over HTTP, and over a websocket that needs no public address."""

import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot import settings as reading
from slackbot.app import App, open_app
from slackbot.sandboxed import follow
from slackbot.settings import Mode, Settings, SettingsError
from slackbot.socket_mode import socket_mode
from slackbot.web import Door
from tests.app.doors import NOT_INSTALLED, bring, command, signed
from tests.conftest import Trouble, running

pytestmark = pytest.mark.door


def _settings(slack: Sandbox, database_url: str, **more: Any) -> Settings:
    usual = {"SLACK_API_URL": slack.api_url, "DATABASE_URL": database_url, "SLACK_BOT_TOKEN": slack.grant()}
    return reading.load(**usual | more)


@pytest.fixture
def over_http(slack: Sandbox, database_url: str) -> Settings:
    return _settings(slack, database_url, SLACK_SIGNING_SECRET=slack.signing_secret)


@pytest.fixture
def over_socket(slack: Sandbox, database_url: str) -> Settings:
    return _settings(slack, database_url, SLACK_APP_TOKEN=slack.app_token)


@pytest.fixture
async def socketed(slack: Sandbox, over_socket: Settings, trouble: Trouble) -> AsyncIterator[App]:
    """The app over Socket Mode only: Slack knows no address of it."""
    async with open_app(over_socket, slack.clock.now) as app:
        follow(slack.clock, app)
        async with socket_mode(app.bolt, app.deps.slack, app.deps.metrics, slack.app_token):
            await slack.until(lambda: slack.socket.connected, what="the websocket")
            yield app
    trouble.check()


async def _whole_loop(ana: Person, slack: Sandbox) -> None:
    assert "*1." in (await ana.slash("roadmap")).words

    await ana.slash("log")
    ana.fills(metric="Referrals from your panel", baseline="120", result="many")
    assert "result" in (await ana.submits()).errors
    ana.fills(result="150")
    assert (await ana.submits()).modal is None
    await slack.until(lambda: len(ana.dms()) == 1, what="the copy of the win")
    assert "+25.0%" in ana.dms()[0].words

    await slack.clock.advance(weeks=1)
    assert "This week:" in ana.dms()[1].words


async def test_over_http_the_whole_loop_works(slack: Sandbox, over_http: Settings, trouble: Trouble) -> None:
    assert over_http.mode is Mode.ONE_OVER_HTTP
    async with running(slack, over_http):
        await _whole_loop(slack.person("ana"), slack)

    assert sum(call.method == "auth.test" for call in slack.calls) == 1
    trouble.check()


async def test_nobody_of_another_workspace_is_let_in(
    slack: Sandbox, over_http: Settings, trouble: Trouble
) -> None:
    trouble.expect(NOT_INSTALLED)
    slack.grant("lakeview")
    async with running(slack, over_http):
        seen = await slack.person("cy").slash("roadmap")

    assert seen.ok
    assert "is not installed in this workspace" in seen.words


async def test_starting_twice_makes_no_second_workspace(slack: Sandbox, over_http: Settings) -> None:
    found = []
    for _ in range(2):
        async with open_app(over_http, slack.clock.now) as app:
            access = await app.deps.slack.workspaces.by_key("T0RIVERSIDE")
            assert access is not None
            found.append(access.workspace_id)

    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("invalid_auth", r"^Slack refuses SLACK_BOT_TOKEN \(invalid_auth\)\. Copy it again from"),
        ("account_inactive", r"^Slack refuses SLACK_BOT_TOKEN \(account_inactive\)"),
        ("500", r"^Slack does not answer properly at http://127\.0\.0\.1"),
        ("drop", r"^Slack does not answer at http://127\.0\.0\.1"),
    ],
)
async def test_a_token_that_does_not_work_is_told_in_a_sentence(
    slack: Sandbox, over_http: Settings, fault: str, sentence: str
) -> None:
    slack.faults.add("auth.test", fault)

    with pytest.raises(SettingsError, match=sentence) as refused:
        async with open_app(over_http, slack.clock.now):
            raise AssertionError("it opened")

    assert "xoxb" not in str(refused.value)


class TestSocketMode:
    """Through the websocket only."""

    async def test_the_whole_loop_works(self, slack: Sandbox, socketed: App) -> None:
        assert socketed.deps.settings.mode is Mode.ONE_OVER_SOCKET

        await _whole_loop(slack.person("ana"), slack)

    async def test_the_word_payload_does_no_harm(self, slack: Sandbox, socketed: App) -> None:
        assert (await slack.person("ana").slash("roadmap payload")).ok

    async def test_what_is_unknown_is_answered_too(self, slack: Sandbox, socketed: App) -> None:
        seen = await slack.person("ana").shortcut("gone")
        sent = await slack.send_event("riverside", {"type": "huddle_moved"})

        assert seen.modal is not None
        assert sent.ok

    async def test_it_connects_anew_when_slack_asks_for_it(self, slack: Sandbox, socketed: App) -> None:
        opened = _openings(slack)

        await slack.socket.disconnect()
        await slack.until(lambda: slack.socket.connected, what="the new websocket")

        assert _openings(slack) == opened + 1
        assert (await slack.person("ana").slash("roadmap")).ok

    async def test_the_http_door_stays_shut(self, slack: Sandbox, socketed: App) -> None:
        """There is no secret to check a signature with, and an empty one would let everybody in."""
        door = Door(socketed.bolt, socketed.deps).asgi()

        for secret in ("", "guessed", slack.signing_secret):
            assert (await bring(door, signed(command(), secret=secret))).status == 401

    @pytest.mark.parametrize(
        "token", ["xapp-1-wrong", None], ids=["a wrong app token", "Slack's connection breaks"]
    )
    async def test_a_refusal_ends_in_a_sentence(
        self, slack: Sandbox, over_socket: Settings, trouble: Trouble, token: str | None
    ) -> None:
        if token is None:
            slack.faults.add("apps.connections.open", "drop", times=-1)
        async with open_app(over_socket, slack.clock.now) as app:
            with pytest.raises(SettingsError, match=r"SLACK_APP_TOKEN|does not answer") as refused:
                async with socket_mode(app.bolt, app.deps.slack, app.deps.metrics, token or slack.app_token):
                    raise AssertionError("it connected")

        assert "xapp" not in str(refused.value)
        assert "xapp" not in str([logging.LogRecord.getMessage(record) for record in trouble.records])


def _openings(slack: Sandbox) -> int:
    return sum(call.method == "apps.connections.open" for call in slack.calls)
