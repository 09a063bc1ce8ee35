"""What the page tells developers: both directions in their true order, refusals with their place, and no secret."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.journal import Call
from sandbox.page import journal, refusals
from sandbox.page.masking import MASK, masked
from sandbox.server import Sandbox
from tests.sandbox.page.wire import Tab
from tests.sandbox.server.counterpart import Counterpart, slack_client


async def test_the_journal_lists_both_directions_and_shows_bodies_on_request(
    app: Counterpart, dm: Tab
) -> None:
    await dm.post("open", tab="home")
    lines = (await dm.get("journal"))["lines"]
    assert {(line["what"], line["to_app"]) for line in lines} == {
        ("event:app_home_opened", True),
        ("views.publish", False),
    }
    publish = next(line for line in lines if line["what"] == "views.publish")
    bodies = await dm.get("journal", key=publish["key"])
    assert bodies["answered"]["ok"] is True
    assert (await dm.get("journal", key="gone"))["sent"] == "No longer kept."


async def test_refusals_show_where_slack_would_have_stopped(app: Counterpart, tab: Tab) -> None:
    answer = await tab.post("say", text="/prm refused")
    (refusal,) = answer["state"]["refusals"]
    assert (refusal["method"], refusal["error"]) == ("slash_reply", "invalid_blocks")
    (fault,) = refusal["faults"]
    assert fault["pointer"] == "/blocks/0/text/text"
    assert fault["sentence"] == "The header text has 200 characters; Slack takes 150."
    assert fault["part"] == f'"{"x" * 200}"'


async def test_a_call_made_while_a_request_is_open_comes_after_it(
    slack: Sandbox, app: Counterpart, dm: Tab
) -> None:
    await dm.post("shortcut", callback="visit")
    await dm.post("open", tab="home")
    lines = (await dm.get("journal"))["lines"]
    assert [line["what"] for line in reversed(lines)] == [
        "shortcut",
        "views.open",
        "event:app_home_opened",
        "views.publish",
    ]


async def test_a_developer_sees_no_token_and_no_secret(slack: Sandbox, app: Counterpart, dm: Tab) -> None:
    token = slack.grant()
    client = slack_client(slack)
    await client.auth_test()
    await dm.post("shortcut", callback="visit")
    await dm.post("open", tab="home")
    lines = (await dm.get("journal"))["lines"]
    shown = str([await dm.get("journal", key=line["key"]) for line in lines])
    assert len(lines) == 5
    for secret in (token, slack.signing_secret, slack.client_secret, "sandbox-verification-token"):
        assert secret not in shown


def test_secrets_are_masked_wherever_they_stand() -> None:
    body = {
        "token": "abc",
        "headers": [{"X-Slack-Signature": "v0=0123abc"}, "v0=99ff"],
        "authed_user": {"access_token": "xoxp-1-2"},
        "text": "my token is xoxb-1-A, is it not?",
        "code_word": "kept",
        "channel": "C1",
    }
    assert masked(body) == {
        "token": MASK,
        "headers": [{"X-Slack-Signature": MASK}, f"v0={MASK}"],
        "authed_user": {"access_token": MASK},
        "text": f"my token is xoxb-{MASK}, is it not?",
        "code_word": "kept",
        "channel": "C1",
    }


@pytest.mark.parametrize(
    ("args", "pointer", "part"),
    [
        ({"blocks": [{"text": "long"}]}, "/blocks/0/text", '"long"'),
        ({"blocks": '[{"text": "long"}]'}, "/blocks/0/text", '"long"'),
        ({"view": {"blocks": [{"a/b": 1}]}}, "/blocks/0/a~1b", "1"),
        ({"body": '{"errors": {"note": ""}}'}, "/errors/note", '""'),
        ({"blocks": [{"type": "header"}]}, "/blocks/0/text/text", '{\n  "type": "header"\n}'),
        ({"text": "hm"}, "/blocks/7", '{\n  "text": "hm"\n}'),
    ],
)
async def test_a_refusal_shows_the_part_it_is_about_or_the_nearest_above_it(
    slack: Sandbox, args: dict[str, Any], pointer: str, part: str
) -> None:
    answer = {
        "ok": False,
        "error": "invalid_blocks",
        "response_metadata": {"messages": [f"[ERROR] no good [json-pointer:{pointer}]"]},
    }
    call = Call("chat.postMessage", None, args, 200, answer, 0.0, slack.clock.now(), seq=7)
    slack.refusals.append(call)
    (shown,) = refusals.refusals(slack)
    assert shown["faults"] == [{"sentence": "No good", "pointer": pointer, "part": part}]
    assert journal.bodies(slack, "7") == {"sent": args, "answered": answer}
