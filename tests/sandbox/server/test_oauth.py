"""Installing: the page on which an admin allows the app, the way back, and the exchange of the code."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import pytest
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from sandbox.errors import SandboxError
from sandbox.server import Sandbox
from sandbox.serving import Serving
from tests.sandbox.server.counterpart import modal

SCOPES = ["commands", "chat:write", "users:read", "im:history"]
Query = dict[str, str]


async def served(app: AsyncApp) -> tuple[Serving, str]:
    """A Bolt app at its three addresses."""
    handler = AsyncSlackRequestHandler(app)

    async def endpoint(request: Request) -> Response:
        response: Response = await handler.handle(request)
        return response

    routes = [
        Route("/slack/events", endpoint, methods=["POST"]),
        Route("/slack/install", endpoint, methods=["GET"]),
        Route("/slack/oauth_redirect", endpoint, methods=["GET"]),
    ]
    serving = Serving(Starlette(routes=routes))
    return serving, f"http://127.0.0.1:{await serving.begin(0)}"


@pytest.fixture
async def bolt(slack: Sandbox, tmp_path: Path) -> AsyncIterator[AsyncApp]:
    """A real Bolt app for many workspaces, connected to the fake Slack."""
    app = AsyncApp(
        signing_secret=slack.signing_secret,
        client=AsyncWebClient(base_url=slack.api_url),
        process_before_response=True,
        oauth_settings=AsyncOAuthSettings(
            client_id=slack.client_id,
            client_secret=slack.client_secret,
            scopes=SCOPES,
            authorization_url=slack.authorize_url,
            installation_store=FileInstallationStore(base_dir=str(tmp_path / "installations")),
            state_store=FileOAuthStateStore(expiration_seconds=600, base_dir=str(tmp_path / "states")),
        ),
    )

    @app.command("/prm")
    async def log(ack: Any, body: Query, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal(title="Log a win"))
        await ack(f"Hello {body['user_name']}")

    serving, url = await served(app)
    slack.connect(url)
    yield app
    await serving.end()


async def test_a_real_app_is_installed_and_serves_its_workspaces(slack: Sandbox, bolt: AsyncApp) -> None:
    river = await slack.install()
    lake = await slack.install("lakeview", without={"im:history"})

    for name in ("ana", "cy"):
        seen = await slack.person(name).slash("log")
        assert seen.text == f"Hello {name}"
        assert seen.modal is not None
    installations = slack.state.installations
    assert installations[river].scopes == sorted(SCOPES)
    assert installations[lake].scopes == ["chat:write", "commands", "users:read"]
    assert installations[lake].installed_by == slack.person("cy").id


async def test_installing_again_keeps_the_token(slack: Sandbox, bolt: AsyncApp) -> None:
    assert await slack.install() == await slack.install()


async def test_what_went_wrong_with_an_installation_is_told(slack: Sandbox) -> None:
    with pytest.raises(SandboxError, match="Connect the app first"):
        await slack.install()
    slack.connect("http://127.0.0.1:9")
    with pytest.raises(SandboxError, match=r"Nothing answers at http://127\.0\.0\.1:9/slack/install"):
        await slack.install()


@pytest.mark.parametrize(
    ("install_page", "redirect_page", "sentence"),
    [
        ("<p>Sorry</p>", 200, "answered 200 and leads nowhere: Sorry"),
        ('<a href="{authorize}?client_id=other&scope=commands">Add</a>', 200, "refuses .* invalid_client_id"),
        (
            '<a href="{authorize}?client_id={client}&amp;scope=chat:shout">Add</a>',
            200,
            "invalid_scope.*chat:shout",
        ),
        (
            '<a href="{authorize}?client_id={client}&amp;scope=commands">Add</a>',
            500,
            "redirect page answered 500: oh",
        ),
        (
            '<a href="{authorize}?client_id={client}&amp;scope=commands">Add</a>',
            200,
            "never asked for its token",
        ),
    ],
)
async def test_an_app_with_broken_pages_is_told_which(
    slack: Sandbox, install_page: str, redirect_page: int, sentence: str
) -> None:
    page = install_page.replace("{authorize}", slack.authorize_url).replace("{client}", slack.client_id)
    routes = [
        Route("/slack/install", lambda request: Response(page, media_type="text/html")),
        Route("/slack/oauth_redirect", lambda request: PlainTextResponse("oh", redirect_page)),
    ]
    serving = Serving(Starlette(routes=routes))
    slack.connect(f"http://127.0.0.1:{await serving.begin(0)}")

    with pytest.raises(SandboxError, match=sentence):
        await slack.install()
    await serving.end()


REDIRECT = "http://127.0.0.1:3999/slack/oauth_redirect"


async def question(slack: Sandbox, **query: str) -> tuple[int, str]:
    params = {
        "client_id": slack.client_id,
        "scope": ",".join(SCOPES),
        "state": "s&1",
        "redirect_uri": REDIRECT,
        **query,
    }
    async with aiohttp.ClientSession() as session, session.get(slack.authorize_url, params=params) as answer:
        return answer.status, await answer.text()


async def decide(slack: Sandbox, page: str, decision: str = "allow", **more: Any) -> tuple[int, Query]:
    """Press a button of the page; the status, and what goes back to the app."""
    ticket = re.findall(r'name="ticket" value="([^"]+)"', page)[0]
    form = {"ticket": ticket, "decision": decision, "team": "T0RIVERSIDE", "scope": "im:history", **more}
    async with (
        aiohttp.ClientSession() as session,
        session.post(slack.authorize_url, data=form, allow_redirects=False) as answer,
    ):
        target = answer.headers.get("location", "")
        assert not target or target.startswith(REDIRECT)
        return answer.status, dict(parse_qsl(urlsplit(target).query))


async def code(slack: Sandbox, **more: Any) -> str:
    _, page = await question(slack)
    return (await decide(slack, page, **more))[1]["code"]


async def exchange(slack: Sandbox, **given: Any) -> dict[str, Any]:
    keys = {"client_id": slack.client_id, "client_secret": slack.client_secret, "redirect_uri": REDIRECT}
    answer = await AsyncWebClient(base_url=slack.api_url).oauth_v2_access(**{**keys, **given})
    data: dict[str, Any] = answer.data if isinstance(answer.data, dict) else {}
    return data


async def test_the_page_names_workspaces_and_scopes_and_what_is_optional(slack: Sandbox) -> None:
    status, page = await question(slack)

    assert status == 200
    assert "Riverside Health" in page
    assert "Lakeview Clinics" in page
    assert re.search(r'value="im:history" checked>', page)
    assert re.search(r'value="users:read" checked disabled>', page)


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"scope": ""}, "no_scopes"),
        ({"scope": "commands,chat:shout"}, "invalid_scope"),
        ({"redirect_uri": "javascript:alert(1)"}, "bad_redirect_uri"),
        ({"redirect_uri": "http://elsewhere.example/x"}, "bad_redirect_uri"),
    ],
)
async def test_a_bad_question_is_not_asked(slack: Sandbox, query: Query, problem: str) -> None:
    slack.connect("http://localhost:3999")

    status, page = await question(slack, **query)

    assert status == 400
    assert problem in page


async def test_allowing_sends_a_code_and_the_state_back(slack: Sandbox) -> None:
    _, page = await question(slack)

    status, back = await decide(slack, page)

    assert status == 302
    assert back["state"] == "s&1"
    granted = await exchange(slack, code=back["code"])
    token = granted.pop("access_token")
    assert granted == {
        "ok": True,
        "app_id": slack.app_id,
        "authed_user": {"id": slack.person("dee").id},
        "scope": "chat:write,commands,im:history,users:read",
        "token_type": "bot",
        "bot_user_id": "U0PRMRIVER",
        "team": {"id": "T0RIVERSIDE", "name": "Riverside Health"},
        "enterprise": None,
        "is_enterprise_install": False,
    }
    assert (await AsyncWebClient(token, base_url=slack.api_url).auth_test())["ok"]


async def test_cancelling_is_told_to_the_app(slack: Sandbox) -> None:
    _, page = await question(slack)

    assert await decide(slack, page, "cancel") == (302, {"error": "access_denied", "state": "s&1"})


async def test_a_page_is_answered_once_and_for_a_workspace_there_is(slack: Sandbox) -> None:
    _, page = await question(slack)
    await decide(slack, page)
    _, other = await question(slack)

    assert (await decide(slack, page))[0] == 400
    assert (await decide(slack, other, team="T0SEASIDE"))[0] == 400


async def test_required_scopes_cannot_be_left_out(slack: Sandbox) -> None:
    granted = await exchange(slack, code=await code(slack, scope=""))

    assert granted["scope"] == "chat:write,commands,users:read"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"client_secret": "guess"}, "bad_client_secret"),
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"code": "code-none"}, "invalid_code"),
        ({"redirect_uri": "http://127.0.0.1:3999/other"}, "bad_redirect_uri"),
    ],
)
async def test_a_bad_exchange_is_refused(slack: Sandbox, given: Query, error: str) -> None:
    with pytest.raises(SlackApiError) as caught:
        await exchange(slack, **{"code": await code(slack), **given})

    assert caught.value.response["error"] == error
    assert slack.state.installations == {}


async def test_a_code_is_good_once(slack: Sandbox) -> None:
    given = await code(slack)
    await exchange(slack, code=given)

    with pytest.raises(SlackApiError, match="code_already_used"):
        await exchange(slack, code=given)


async def test_a_code_is_good_for_ten_minutes(slack: Sandbox) -> None:
    given = await code(slack)
    now = slack.seconds()
    slack.seconds = lambda: now + 601

    with pytest.raises(SlackApiError, match="invalid_code"):
        await exchange(slack, code=given)
