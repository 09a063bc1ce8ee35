"""Socket Mode: a real Bolt app on a websocket, and what Slack does with the connection."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.people import Person
from sandbox.server import Sandbox
from tests.sandbox.server.counterpart import field, modal, slack_client


@pytest.fixture
async def bolt(slack: Sandbox) -> AsyncIterator[AsyncApp]:
    client = AsyncWebClient(token=slack.grant(), base_url=slack.api_url)
    app = AsyncApp(client=client, process_before_response=True)

    @app.command("/prm")
    async def log(ack: Any, body: Any, client: AsyncWebClient) -> None:
        form = modal(field("Result", "result", {"type": "plain_text_input"}), callback_id="win")
        await client.views_open(trigger_id=body["trigger_id"], view=form)
        await ack("Opening")

    @app.view("win")
    async def win(ack: Any) -> None:
        await ack(response_action="errors", errors={"result": "A number, please"})

    @app.event("app_home_opened")
    async def opened(event: Any, client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=event["user"], text=f"Welcome to {event['tab']}")

    handler: Any = AsyncSocketModeHandler(app, slack.app_token)
    handler.client.web_client = AsyncWebClient(token=slack.app_token, base_url=slack.api_url)
    await handler.connect_async()
    await slack.until(lambda: slack.socket.connected)
    yield app
    await handler.close_async()
    await handler.client.aiohttp_client_session.close()


async def test_an_app_on_a_socket_answers_like_any_other(slack: Sandbox, bolt: AsyncApp, ana: Person) -> None:
    seen = await ana.slash("log")
    assert seen.text == "Opening"
    ana.fills(result="lots")

    seen = await ana.submits()

    assert seen.errors == {"result": "A number, please"}
    await ana.opens_home()
    await slack.until(lambda: bool(ana.dms()))
    assert ana.dms()[0].text == "Welcome to home"
    assert [sent.status for sent in slack.requests] == [200, 200, 200]


async def test_an_app_asked_to_connect_anew_does(slack: Sandbox, bolt: AsyncApp, ana: Person) -> None:
    await slack.socket.disconnect()
    await slack.until(lambda: sum(call.method == "apps.connections.open" for call in slack.calls) == 2)
    await slack.until(lambda: slack.socket.connected)

    assert (await ana.slash("log")).ok


async def test_without_a_connection_a_command_fails(slack: Sandbox, ana: Person) -> None:
    slack.grant()

    seen = await ana.slash("log")

    assert seen.error == "dispatch_failed"
    assert slack.requests[-1].error == "not_connected"


async def open_link(slack: Sandbox) -> str:
    client = AsyncWebClient(token=slack.app_token, base_url=slack.api_url)
    return str((await client.apps_connections_open(app_token=slack.app_token))["url"])


async def test_a_link_is_good_once(slack: Sandbox) -> None:
    url = await open_link(slack)

    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as socket:
            hello = await socket.receive_json()
            assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)


async def test_only_the_app_token_opens_a_link(slack: Sandbox, client: AsyncWebClient) -> None:
    for token, error in ((client.token, "not_allowed_token_type"), ("xapp-1-other", "invalid_auth")):
        with pytest.raises(SlackApiError, match=error):
            await client.apps_connections_open(app_token=str(token))


async def test_envelopes_carry_what_http_would_and_wait_for_their_acknowledgement(
    slack: Sandbox, ana: Person
) -> None:
    slack_client(slack)
    async with aiohttp.ClientSession() as session, session.ws_connect(await open_link(slack)) as socket:
        await socket.receive_json()
        slack.patience = 0.05
        assert (await ana.slash("roadmap")).error == "operation_timeout"
        envelope = await socket.receive_json()
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
        assert envelope["payload"]["text"] == "roadmap"
        for noise in ("{oops", "[1]", '{"envelope_id": "late"}'):
            await socket.send_str(noise)

        sent = await slack.send_event("riverside", {"type": "team_join"})
        assert sent.error == "timeout"
        await socket.receive_json()
        await slack.redeliver()
        again = await socket.receive_json()
        assert (again["retry_attempt"], again["retry_reason"]) == (1, "http_timeout")


async def test_the_eleventh_connection_is_one_too_many(slack: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        held = [await session.ws_connect(await open_link(slack)) for _ in range(10)]
        assert [(await socket.receive_json())["type"] for socket in held] == ["hello"] * 10
        socket = await session.ws_connect(await open_link(slack))
        assert (await socket.receive_json())["reason"] == "too_many_websockets"
