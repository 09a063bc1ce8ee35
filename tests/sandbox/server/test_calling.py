"""Calling the Web API: tokens, scopes, arguments in every encoding, and what is refused before anything runs."""

from __future__ import annotations

import base64
import itertools
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.api import METHODS
from sandbox.server import Sandbox
from tests.sandbox.server.counterpart import slack_client


async def ask(slack: Sandbox, verb: str, method: str, **request: Any) -> dict[str, Any]:
    async with (
        aiohttp.ClientSession() as session,
        session.request(verb, slack.api_url + method, **request) as answer,
    ):
        assert answer.status == 200
        body: dict[str, Any] = await answer.json()
        return body


async def test_the_sdk_learns_who_it_is(client: AsyncWebClient) -> None:
    answer = await client.auth_test()

    assert answer["team_id"] == "T0RIVERSIDE"
    assert answer["user_id"] == "U0PRMRIVER"
    assert answer["bot_id"] == "B0PRMRIVER"


async def test_arguments_may_come_by_query_form_json_or_multipart(slack: Sandbox) -> None:
    token = slack.grant()
    bearer = {"Authorization": f"Bearer {token}"}
    user = slack.person("ana").id
    multipart = aiohttp.FormData({"user": user}, default_to_multipart=True)

    answers = [
        await ask(slack, "GET", "users.info", params={"token": token, "user": user}),
        await ask(slack, "POST", "users.info", data={"token": token, "user": user}),
        await ask(slack, "POST", "users.info", json={"user": user}, headers=bearer),
        await ask(slack, "POST", "users.info", params={"user": user}, headers=bearer),
        await ask(slack, "POST", "users.info", data=multipart, headers=bearer),
    ]

    assert [answer["user"]["name"] for answer in answers] == ["ana"] * 5


async def test_a_token_inside_json_does_not_count(slack: Sandbox) -> None:
    token = slack.grant()

    assert (await ask(slack, "POST", "auth.test", json={"token": token}))["error"] == "not_authed"


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        ({"data": b"{not json", "headers": {"Content-Type": "application/json"}}, "invalid_json"),
        ({"json": [1, 2]}, "json_not_object"),
        ({"data": b"<x/>", "headers": {"Content-Type": "text/xml"}}, "invalid_post_type"),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(
    slack: Sandbox, request_: dict[str, Any], error: str
) -> None:
    assert (await ask(slack, "POST", "api.test", **request_))["error"] == error


async def test_an_unknown_method_is_named(slack: Sandbox) -> None:
    assert await ask(slack, "GET", "chat.shout") == {
        "ok": False,
        "error": "unknown_method",
        "req_method": "chat.shout",
    }


async def test_a_call_without_token_is_not_authed(slack: Sandbox) -> None:
    needing = [name for name, method in METHODS.items() if method.token != "none"]

    assert {(await ask(slack, "POST", name))["error"] for name in needing} == {"not_authed"}


async def test_dead_tokens_are_told_apart(slack: Sandbox) -> None:
    token = slack.grant()
    other = slack.grant("lakeview")
    slack.revoke(token)
    slack.world.state.installations[other].status = "inactive"

    errors = [
        (await ask(slack, "POST", "auth.test", headers={"Authorization": f"Bearer {given}"}))["error"]
        for given in ("xoxb-never-given", token, other, slack.app_token)
    ]

    assert errors == ["invalid_auth", "token_revoked", "account_inactive", "not_allowed_token_type"]


async def test_an_app_can_give_its_token_back(slack: Sandbox, client: AsyncWebClient) -> None:
    assert (await client.auth_revoke(test=True))["revoked"] is False
    assert (await client.auth_revoke())["revoked"] is True
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client.auth_test()


@pytest.mark.parametrize(
    ("method", "args", "scope"),
    [
        ("users.info", {"user": "U0ANADUARTE"}, "users:read"),
        ("users.list", {}, "users:read"),
        ("team.info", {}, "team:read"),
        ("chat.postMessage", {"channel": "U0ANADUARTE", "text": "x"}, "chat:write"),
        ("chat.postEphemeral", {"channel": "C0", "user": "U0", "text": "x"}, "chat:write"),
        ("chat.update", {"channel": "C0", "ts": "1", "text": "x"}, "chat:write"),
        ("chat.delete", {"channel": "C0", "ts": "1"}, "chat:write"),
        ("conversations.open", {"users": "U0ANADUARTE"}, "im:write"),
        ("conversations.info", {"channel": "C0GENERALRIVE"}, "channels:read"),
        ("conversations.list", {}, "channels:read"),
        ("conversations.history", {"channel": "C0GENERALRIVE"}, "channels:history"),
        ("files.getUploadURLExternal", {"filename": "a", "length": 1}, "files:write"),
        ("files.completeUploadExternal", {"files": [{"id": "F"}]}, "files:write"),
    ],
)
async def test_a_missing_scope_is_named_beside_those_granted(
    slack: Sandbox, method: str, args: dict[str, Any], scope: str
) -> None:
    client = slack_client(slack, slack.grant(scopes=["commands", "reactions:read"]))

    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=args)

    assert caught.value.response["error"] == "missing_scope"
    assert caught.value.response["needed"] == scope
    assert caught.value.response["provided"] == "commands,reactions:read"


async def test_missing_arguments_are_listed(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call("views.open", json={})

    assert caught.value.response["error"] == "invalid_arguments"
    assert caught.value.response["response_metadata"]["messages"] == [
        "[ERROR] missing required field: trigger_id",
        "[ERROR] missing required field: view",
    ]


async def test_the_journal_keeps_calls_without_their_secrets(slack: Sandbox, client: AsyncWebClient) -> None:
    await client.users_info(user="U0ANADUARTE")
    await ask(
        slack, "POST", "oauth.v2.access", data={"client_id": "x", "client_secret": "s3cret", "code": "c0de"}
    )

    users_info, access = slack.calls
    assert (users_info.method, users_info.team, users_info.args) == (
        "users.info",
        "T0RIVERSIDE",
        {"user": "U0ANADUARTE"},
    )
    assert users_info.ok
    assert users_info.at == slack.clock.now()
    assert access.args == {"client_id": "x"}
    assert access.error == "invalid_client_id"


async def test_api_test_repeats_what_it_is_told(slack: Sandbox) -> None:
    assert (await ask(slack, "POST", "api.test", data={"a": "1"}))["args"] == {"a": "1"}
    assert (await ask(slack, "GET", "api.test", params={"error": "my_error"}))["error"] == "my_error"


async def test_blocks_are_validated_without_a_token(slack: Sandbox) -> None:
    divider = {"type": "divider"}
    button = {"type": "actions", "elements": [{"type": "button", "action_id": "a"}]}

    assert (await ask(slack, "POST", "blocks.validate", json={"blocks": [divider]}))["ok"] is True
    assert (await ask(slack, "POST", "blocks.validate", json={"message": {"blocks": [divider]}}))[
        "ok"
    ] is True
    assert (
        await ask(slack, "POST", "blocks.validate", json={"view": {"type": "home", "blocks": [divider]}})
    )["ok"] is True
    assert (await ask(slack, "POST", "blocks.validate", data={"blocks": "[oops"}))[
        "error"
    ] == "invalid_arguments"
    assert (await ask(slack, "POST", "blocks.validate", json={"view": ["x"]}))["error"] == "invalid_arguments"
    assert (await ask(slack, "POST", "blocks.validate", json={}))["error"] == "invalid_arguments"
    refused = await ask(slack, "POST", "blocks.validate", json={"blocks": [divider, button]})
    assert refused["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks/1/elements/0" in refused["response_metadata"]["messages"][0]


async def test_a_broken_basic_header_is_no_login(slack: Sandbox) -> None:
    good = base64.b64encode(f"{slack.client_id}:wrong".encode()).decode()

    broken = await ask(
        slack,
        "POST",
        "oauth.v2.access",
        headers={"Authorization": "Basic é".encode("latin-1").decode("latin-1")},
    )
    wrong = await ask(slack, "POST", "oauth.v2.access", headers={"Authorization": f"Basic {good}"})

    assert broken["error"] == "invalid_client_id"
    assert wrong["error"] == "bad_client_secret"


ODD_VALUES = [None, "", "x", 0, -1, 1.5, True, [], ["x"], {}, {"x": [None]}, "\ud800", "[", "{}"]
ARGUMENTS = (
    "attachments", "blocks", "channel", "channel_id", "channels", "code", "client_id", "cursor", "error", "event",
    "external_id", "filename", "files", "hash", "latest", "length", "limit", "message", "metadata", "oldest", "text",
    "thread_ts", "trigger_id", "ts", "types", "user", "user_id", "users", "view", "view_id",
)  # fmt: skip


@pytest.mark.parametrize("method", sorted(METHODS))
async def test_whatever_is_sent_gets_an_answer(slack: Sandbox, method: str) -> None:
    scopes = sorted(method.scope for method in METHODS.values() if method.scope)
    token = slack.grant(scopes=[*scopes, "im:history", "im:read", "channels:read"])
    bearer = {"Authorization": f"Bearer {token}"}
    good = {
        "channel": slack.person("ana").id,
        "user": slack.person("ana").id,
        "user_id": slack.person("ana").id,
    }

    for odd, known in itertools.product(ODD_VALUES, ({}, good)):
        args = dict.fromkeys(ARGUMENTS, odd) | known
        answer = await ask(slack, "POST", method, json=args, headers=bearer)
        assert isinstance(answer["ok"], bool)


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a": NaN}', b"\xff\xfe"])
async def test_json_that_is_none_is_refused(slack: Sandbox, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}

    assert (await ask(slack, "POST", "api.test", data=body, headers=headers))["error"] == "invalid_json"


async def test_calls_over_one_connection_can_be_told(slack: Sandbox, client: AsyncWebClient) -> None:
    async with aiohttp.ClientSession() as session:
        shared = AsyncWebClient(client.token, base_url=slack.api_url, session=session)
        await shared.auth_test()
        await shared.auth_test()
        await client.auth_test()

    first, second, other = (call.peer for call in slack.calls)
    assert first == second != other
