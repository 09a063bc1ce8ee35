"""Events: how they are wrapped, repeated, and what removing an app sets off."""

from __future__ import annotations

import pytest
from starlette.responses import PlainTextResponse, Response

from sandbox.errors import SandboxError
from sandbox.server import Sandbox
from tests.sandbox.server.counterpart import Counterpart

JOINED = {"type": "team_join", "user": {"id": "U0NEW"}}


async def test_an_event_says_whose_it_is(slack: Sandbox, app: Counterpart) -> None:
    sent = await slack.send_event("riverside", JOINED)

    (heard,) = app.of("team_join")
    assert sent.ok
    assert sent.kind == "event:team_join"
    assert heard["type"] == "event_callback"
    assert heard["team_id"] == "T0RIVERSIDE"
    assert heard["event"] == JOINED
    assert heard["authorizations"][0]["user_id"] == "U0PRMRIVER"
    await slack.send_event("riverside", JOINED)
    first, second = app.of("team_join")
    assert first["event_id"] != second["event_id"]


async def test_an_event_not_taken_is_repeated_three_times_and_says_why(
    slack: Sandbox, app: Counterpart
) -> None:
    app.answer = lambda heard: PlainTextResponse("no", 500)
    await slack.send_event("riverside", JOINED)
    for _ in range(4):
        await slack.redeliver()

    retries = [heard.headers.get("x-slack-retry-num") for heard in app.heard]
    assert retries == [None, "1", "2", "3"]
    assert {heard.headers.get("x-slack-retry-reason") for heard in app.heard[1:]} == {"http_error"}
    assert len({heard.body["event_id"] for heard in app.heard}) == 1
    assert slack.undelivered == []


async def test_an_event_taken_at_last_is_not_repeated(slack: Sandbox, app: Counterpart) -> None:
    url = app.url
    await slack.uninstall()
    slack.grant()
    slack.connect("http://127.0.0.1:9")
    assert (await slack.send_event("riverside", JOINED)).error == "connection_failed"
    slack.connect(url)

    (again,) = await slack.redeliver()

    assert again.ok
    assert again.headers["x-slack-retry-reason"] == "connection_failed"
    assert await slack.redeliver() == []


async def test_an_app_may_ask_for_no_retry(slack: Sandbox, app: Counterpart) -> None:
    app.answer = lambda heard: Response(status_code=500, headers={"x-slack-no-retry": "1"})

    await slack.send_event("riverside", JOINED)

    assert slack.undelivered == []


async def test_the_apps_address_must_echo_the_challenge(slack: Sandbox, app: Counterpart) -> None:
    assert not await slack.verify_url()
    app.answer = lambda heard: heard.body["challenge"]
    assert await slack.verify_url()
    app.answer = lambda heard: {"challenge": heard.body["challenge"]}
    assert await slack.verify_url()
    app.answer = lambda heard: {"other": 1}
    assert not await slack.verify_url()


async def test_removing_the_app_kills_its_token_and_tells_it(slack: Sandbox, app: Counterpart) -> None:
    token = slack.grant()

    await slack.uninstall()

    (revoked,) = app.of("tokens_revoked")
    assert revoked["event"]["tokens"] == {"oauth": [], "bot": ["U0PRMRIVER"]}
    assert len(app.of("app_uninstalled")) == 1
    assert slack.state.installations[token].status == "inactive"
    assert slack.grant() != token
    with pytest.raises(SandboxError, match="not installed"):
        await slack.uninstall("lakeview")


async def test_without_an_app_the_home_tells_nobody(slack: Sandbox) -> None:
    ana = slack.person("ana")

    assert await ana.opens_home() is None
    await ana.says("Hello?")
    assert len(slack.requests) == 0
    with pytest.raises(AssertionError, match="not installed"):
        ana.invites_app()
