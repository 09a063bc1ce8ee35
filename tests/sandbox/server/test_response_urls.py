"""response_url: five answers in half an hour, and what each may do."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.people import Person
from sandbox.server import Sandbox
from tests.sandbox.server.counterpart import Counterpart, actions, button, slack_client


@pytest.fixture
async def url(app: Counterpart, ana: Person) -> str:
    await ana.slash("anything")
    return str(app.of("slash_command")[-1]["response_url"])


@pytest.fixture
async def message_url(slack: Sandbox, app: Counterpart, ana: Person) -> str:
    """That of a button in a message to ana."""
    client: AsyncWebClient = slack_client(slack)
    await client.chat_postMessage(channel=ana.id, text="Press", blocks=[actions(button("Go", "go"))])
    await ana.presses("Go")
    return str(app.of("block_actions")[-1]["response_url"])


async def send(url: str, **payload: Any) -> tuple[int, str]:
    answer = await AsyncWebhookClient(url, retry_handlers=[]).send_dict(payload)
    return answer.status_code, answer.body


async def test_an_answer_is_ephemeral_unless_it_says_otherwise(slack: Sandbox, url: str, ana: Person) -> None:
    assert await send(url, text="For you") == (200, "ok")
    await send(url, text="For all", response_type="in_channel")

    assert [message.text for message in ana.sees()] == ["For you", "For all"]
    assert [message.text for message in slack.person("ben").sees()] == ["For all"]


async def test_the_sixth_answer_is_one_too_many(url: str, ana: Person) -> None:
    for number in range(5):
        assert (await send(url, text=str(number)))[0] == 200

    status, body = await send(url, text="5")

    assert (status, '"used_url"' in body) == (404, True)
    assert len(ana.sees()) == 5


async def test_after_half_an_hour_it_is_too_late(slack: Sandbox, url: str) -> None:
    now = slack.seconds()
    slack.seconds = lambda: now + 1801

    assert "expired_url" in (await send(url, text="x"))[1]


async def test_the_message_can_be_replaced_or_taken_away(message_url: str, ana: Person) -> None:
    await send(message_url, replace_original=True, text="Done")
    (message,) = ana.dms()
    assert (message.words, message.blocks) == ("Done", [])

    await send(message_url, delete_original=True)
    assert ana.dms() == []
    assert (await send(message_url, delete_original=True))[0] == 200


async def test_an_answer_that_slack_would_refuse_is_refused_and_noted(
    slack: Sandbox, url: str, ana: Person
) -> None:
    status, body = await send(url, text="x", blocks=[{"type": "nonsense"}])

    assert status == 404
    assert "invalid_blocks" in body
    assert ana.sees() == []
    assert [call.method for call in slack.refusals] == ["response_url"]
    assert "no_text" in (await send(url, replace_original=False))[1]


async def test_what_is_no_answer_at_all_is_refused(slack: Sandbox, url: str) -> None:
    async with aiohttp.ClientSession() as session:
        for body in (b"{oops", b"[1]"):
            async with session.post(url, data=body) as answer:
                assert (answer.status, (await answer.json())["error"]) == (404, "invalid_payload")
        async with session.post(f"{slack.url}/response/R0NONE", json={"text": "x"}) as answer:
            assert (await answer.json())["error"] == "invalid_url"


async def test_an_app_that_was_removed_can_answer_no_more(slack: Sandbox, url: str) -> None:
    await slack.uninstall()

    assert "invalid_token" in (await send(url, text="x"))[1]


async def test_answers_fail_on_demand_too(slack: Sandbox, url: str, ana: Person) -> None:
    slack.faults.add("response_url", "500")
    slack.faults.add("response_url", "drop_after_accepting")

    assert (await send(url, text="lost"))[0] == 500
    with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):
        await send(url, text="arrived")
    assert [message.text for message in ana.sees()] == ["arrived"]
