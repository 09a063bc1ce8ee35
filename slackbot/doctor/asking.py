"""What only Slack can say: whether it takes our credentials, what they may do, and whether it reaches us."""

import json
import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from slackbot.deps import Now, client_on
from slackbot.doctor.finding import Finding
from slackbot.installing import OPTIONAL_SCOPES, SCOPES
from slackbot.refusal import refusal
from slackbot.settings import Mode, Settings

SIGNED_FOR: Final = 300
"""Seconds within which a request must be signed: Slack's rule, and Bolt's."""
NOTICED: Final = 30
"""Seconds of difference that are worth a line."""
NETWORK: Final = (aiohttp.ClientError, TimeoutError, OSError, ValueError, AttributeError)
"""No answer, or one that is not Slack's: slack_sdk asks a list or a text for its "ok"."""


async def slack(given: Settings, session: aiohttp.ClientSession, now: Now) -> list[Finding]:
    """Whether Slack answers, takes what we have, and goes by the same clock."""
    client = client_on(session, given.slack_api_url, None)
    try:
        told, headers = await _asked(client, given)
        found = told + (await _app_token(client, given))
    except NETWORK:
        return [
            Finding.fault(
                "Slack",
                f"it does not answer at {given.slack_api_url}. Check the network, then SLACK_API_URL.",
            )
        ]
    return [*found, _clock(headers, now())]


async def _asked(client: AsyncWebClient, given: Settings) -> tuple[list[Finding], Mapping[str, str]]:
    return await (_client(client, given) if given.mode is Mode.MANY else _token(client, given))


async def _token(client: AsyncWebClient, given: Settings) -> tuple[list[Finding], Mapping[str, str]]:
    assert given.slack_bot_token is not None, "the mode says that there is one"
    try:
        told = await client.auth_test(token=given.slack_bot_token.get_secret_value())
    except SlackApiError as error:
        why = refusal(error).error or f"HTTP {refusal(error).status}"
        said = f"Slack refuses SLACK_BOT_TOKEN ({why}). Copy it again from your app > OAuth & Permissions."
        return [Finding.fault("token", said)], _headers(error)
    where = Finding.well("token", f"Slack takes it for the workspace {told.get('team', '')}.")
    return [where, *_scopes(str(told.headers.get("x-oauth-scopes", "")))], told.headers


def _scopes(granted: str) -> list[Finding]:
    held = set(filter(None, granted.replace(" ", "").split(",")))
    missing = [scope for scope in SCOPES if scope not in held]
    if missing:
        said = (
            f"{', '.join(missing)} missing. Add under OAuth & Permissions > Bot Token Scopes, then reinstall."
        )
        return [Finding.fault("scopes", said)]
    without = [scope for scope in OPTIONAL_SCOPES if scope not in held]
    if without:
        return [
            Finding.note("scopes", f"all that are needed; without {', '.join(without)}, as you may choose.")
        ]
    return [Finding.well("scopes", "all, the optional ones too.")]


async def _client(client: AsyncWebClient, given: Settings) -> tuple[list[Finding], Mapping[str, str]]:
    """Slack looks at the client's id and secret before it looks at a code: of a made-up one it says invalid_code."""
    assert given.slack_client_id is not None, "the mode says that there is one"
    assert given.slack_client_secret is not None, "and the settings that both are there"
    try:
        await client.oauth_v2_access(
            client_id=given.slack_client_id,
            client_secret=given.slack_client_secret.get_secret_value(),
            code="prm-doctor",
        )
    except SlackApiError as error:
        why = refusal(error).error
        if why == "invalid_code":
            return [Finding.well("OAuth", "Slack knows the client id and its secret.")], _headers(error)
        said = (
            f"Slack refuses SLACK_CLIENT_ID or SLACK_CLIENT_SECRET ({why or f'HTTP {refusal(error).status}'}). "
            "Copy both again from Basic Information > App Credentials."
        )
        return [Finding.fault("OAuth", said)], _headers(error)
    return [Finding.fault("OAuth", "Slack took a made-up code; is SLACK_API_URL really Slack's?")], {}


async def _app_token(client: AsyncWebClient, given: Settings) -> list[Finding]:
    if given.mode is not Mode.ONE_OVER_SOCKET:
        return []
    assert given.slack_app_token is not None, "the mode says that there is one"
    try:
        await client.apps_connections_open(app_token=given.slack_app_token.get_secret_value())
    except SlackApiError as error:
        said = (
            f"Slack refuses SLACK_APP_TOKEN ({refusal(error).error}). Make one at Basic Information > "
            "App-Level Tokens with connections:write, and switch Socket Mode on."
        )
        return [Finding.fault("app token", said)]
    return [Finding.well("app token", "Slack opens a connection with it.")]


def _headers(error: SlackApiError) -> Mapping[str, str]:
    response: Any = error.response
    return {name.title(): str(value) for name, value in dict(response.headers).items()}


def _clock(headers: Mapping[str, str], now: datetime) -> Finding:
    """Compares with the moment that Slack put on its answer, which was a blink ago."""
    stamp = next((value for name, value in headers.items() if name.lower() == "date"), "")
    try:
        theirs = parsedate_to_datetime(stamp).astimezone(UTC)
    except ValueError:
        return Finding.note("clock", "Slack's answer carried no time to compare with.")
    seconds = round((now - theirs).total_seconds())
    way = "ahead of" if seconds > 0 else "behind"
    if abs(seconds) > NOTICED:
        said = f"{abs(seconds)} seconds {way} Slack's; from {SIGNED_FOR} on, every request is refused. Switch on NTP."
        return Finding.fault("clock", said)
    return Finding.well("clock", "within half a minute of Slack's.")


async def request_url(given: Settings, session: aiohttp.ClientSession, url: str | None) -> list[Finding]:
    """Whether Slack would reach us, asked as Slack does when the address is set."""
    about = "request URL"
    if given.mode is Mode.ONE_OVER_SOCKET:
        return [Finding.well(about, "not needed: over Socket Mode we call Slack.")]
    if url is None:
        said = "cannot be seen from here. Try it from outside: prm doctor --url https://your-address"
        return [Finding.note(about, said)]
    assert given.slack_signing_secret is not None, "the settings refuse to be without it over HTTP"
    events = f"{url.rstrip('/')}/slack/events"
    challenge = secrets.token_hex(8)
    body = json.dumps({"type": "url_verification", "challenge": challenge})
    try:
        headers = _signed(body, given.slack_signing_secret.get_secret_value())
        async with session.post(events, data=body, headers=headers) as answer:
            status, said = answer.status, await answer.text(errors="replace")
    except NETWORK as error:
        return [
            Finding.fault(
                about, f"{events} does not answer ({type(error).__name__}). Is prm web running there?"
            )
        ]
    return [_judged(about, events, status, challenge in said)]


def _judged(about: str, events: str, status: int, echoed: bool) -> Finding:
    if status == 200 and echoed:
        return Finding.well(about, f"{events} answers as Slack wants it.")
    if status == 401:
        return Finding.fault(
            about, f"{events} runs with another SLACK_SIGNING_SECRET. Set the same one there."
        )
    return Finding.fault(
        about, f"at {events} something else answers (HTTP {status}). Check the address and the proxy."
    )


def _signed(body: str, secret: str) -> dict[str, str]:
    stamp = str(int(time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    assert signature is not None, "there is a body to sign"
    return {
        "content-type": "application/json",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature,
    }
