"""Socket Mode: Slack's requests come through a websocket that we open, so no public address is needed."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import time

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from slackbot.deps import Slack
from slackbot.metrics import Metrics, kind_of
from slackbot.refusal import refusal
from slackbot.settings import SettingsError
from slackbot.web import dispatch


@asynccontextmanager
async def socket_mode(
    bolt: AsyncApp, slack: Slack, metrics: Metrics, app_token: str
) -> AsyncIterator[SocketModeClient]:
    """Connected for as long as the block runs. Raises SettingsError when Slack refuses the app token."""

    async def answer(client: AsyncBaseSocketModeClient, envelope: SocketModeRequest) -> None:
        began = time()
        structlog.contextvars.bind_contextvars(request=secrets.token_hex(6))
        request = AsyncBoltRequest(mode="socket_mode", body=envelope.payload, headers=build_headers(envelope))
        response = await dispatch(bolt, request)
        metrics.answered(kind_of(envelope.payload), response.status, time() - began)
        await send_async_response(client, envelope, response, began)

    client = SocketModeClient(app_token=app_token, web_client=slack.client())
    client.socket_mode_request_listeners.append(answer)
    try:
        # By itself the client would go on asking for ever, even with a token that Slack refuses.
        opened = await slack.client().apps_connections_open(app_token=app_token)
        client.wss_uri = opened["url"]
        await client.connect()
    except SlackApiError as error:
        await client.close()
        why = refusal(error).error or "unknown error"
        raise SettingsError(
            f"Slack refuses SLACK_APP_TOKEN ({why}). Make one at your app > Basic Information > "
            "App-Level Tokens, with the scope connections:write, and switch Socket Mode on."
        ) from error
    except (aiohttp.ClientError, TimeoutError) as error:
        await client.close()
        raise SettingsError(
            f"Slack does not answer at {slack.base_url}. Check the network, then start again."
        ) from error
    try:
        yield client
    finally:
        await client.close()
