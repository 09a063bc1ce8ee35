"""Every payload that Slack would refuse is refused over HTTP, with the code and the pointer."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.people import Person
from sandbox.server import Sandbox
from tests.sandbox.blockkit.bad_payloads import BAD, Bad
from tests.sandbox.server.counterpart import Counterpart


async def send(client: AsyncWebClient, app: Counterpart, ana: Person, bad: Bad) -> Any:
    if bad.surface == "message" and "ts" in bad.payload:
        sent = await client.chat_postMessage(channel=ana.id, text="To be changed")
        return await client.api_call(
            "chat.update", json={**bad.payload, "channel": ana.app_dm, "ts": sent["ts"]}
        )
    if bad.surface == "message":
        return await client.api_call("chat.postMessage", json={"channel": ana.id, **bad.payload})
    if bad.surface == "home":
        return await client.api_call("views.publish", json={"user_id": ana.id, "view": bad.payload})
    await ana.shortcut("open")
    trigger_id = app.of("shortcut")[-1]["trigger_id"]
    return await client.api_call("views.open", json={"trigger_id": trigger_id, "view": bad.payload})


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.rule.replace(" ", "_"))
async def test_refused(
    slack: Sandbox, app: Counterpart, client: AsyncWebClient, ana: Person, bad: Bad
) -> None:
    with pytest.raises(SlackApiError) as caught:
        await send(client, app, ana, bad)

    answer = caught.value.response
    assert answer["error"] == bad.error
    assert any(f"[json-pointer:{bad.pointer}]" in line for line in answer["response_metadata"]["messages"])
    assert len(slack.refusals) == 1
    assert [message.text for message in ana.dms() if message.text != "To be changed"] == []
    assert ana.modal is None
    assert ana.home is None
