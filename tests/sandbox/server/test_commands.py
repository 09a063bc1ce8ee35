"""Slash commands, shortcuts and messages: what the app hears, and what the person sees of its answer."""

from __future__ import annotations

import asyncio

import pytest
from starlette.responses import PlainTextResponse

from sandbox.people import Person
from sandbox.server import Sandbox
from sandbox.state import Channel
from tests.sandbox.server.counterpart import (
    Counterpart,
    Heard,
    actions,
    button,
    modal,
    opens,
    section,
    slack_client,
)


async def test_a_person_sees_the_reply_to_their_command_and_nobody_else_does(
    slack: Sandbox, app: Counterpart, ana: Person
) -> None:
    app.answer = lambda heard: {"text": "Your road", "blocks": [section("*Your road* to the next rung")]}

    seen = await ana.slash("roadmap")

    assert seen.ok
    assert seen.words == "*Your road* to the next rung"
    assert seen.message in ana.sees()
    assert slack.person("ben").sees() == []


async def test_the_app_hears_who_typed_what_and_where(slack: Sandbox, app: Counterpart, ana: Person) -> None:
    await ana.slash("log  now", command="/prm")

    (heard,) = app.of("slash_command")
    assert heard["command"] == "/prm"
    assert heard["text"] == "log  now"
    assert (heard["user_id"], heard["user_name"]) == (ana.id, "ana")
    assert (heard["team_id"], heard["team_domain"]) == ("T0RIVERSIDE", "riverside-health")
    assert heard["channel_name"] == "liaisons"
    assert heard["api_app_id"] == slack.app_id
    assert heard["response_url"].startswith(slack.url)


async def test_mentions_and_entities_come_escaped(slack: Sandbox, app: Counterpart, ana: Person) -> None:
    await ana.slash("report to @ben of #general & <all>")
    slack.world.should_escape = False
    await ana.slash("report to @ben & co")

    first, second = (heard["text"] for heard in app.of("slash_command"))
    ben = slack.person("ben").id
    assert first == f"report to <@{ben}|ben> of <#C0GENERALRIVE|general> &amp; &lt;all&gt;"
    assert second == "report to @ben & co"


async def test_a_public_reply_is_seen_by_the_whole_channel(
    slack: Sandbox, app: Counterpart, ana: Person
) -> None:
    app.answer = lambda heard: {"response_type": "in_channel", "text": "For all"}

    await ana.slash()

    assert [message.text for message in slack.person("ben").sees()] == ["For all"]
    assert slack.person("cy").sees() == []


async def test_a_reply_elsewhere_is_seen_too_but_not_by_those_outside(
    slack: Sandbox, app: Counterpart, ana: Person
) -> None:
    slack.state.channels["C0SECRET"] = Channel("C0SECRET", ana.team, "secret", [ana.id], is_private=True)
    app.answer = lambda heard: {"response_type": "in_channel", "text": "Between us"}

    seen = await ana.slash(channel="C0SECRET")

    assert seen.text == "Between us"
    assert app.of("slash_command")[0]["channel_name"] == "secret"
    assert [message.text for message in ana.sees("C0SECRET")] == ["Between us"]
    assert slack.person("ben").sees("C0SECRET") == []


async def test_a_plain_text_reply_is_a_message_too(app: Counterpart, ana: Person) -> None:
    app.answer = lambda heard: "Just words"

    seen = await ana.slash()

    assert seen.text == "Just words"
    assert seen.message is not None
    assert seen.message.ephemeral


@pytest.mark.parametrize(
    ("status", "error"), [(404, "http_client_error"), (500, "http_service_error"), (401, "http_client_error")]
)
async def test_an_app_that_fails_is_told_to_the_person(
    app: Counterpart, ana: Person, status: int, error: str
) -> None:
    app.answer = lambda heard: PlainTextResponse("no", status)

    seen = await ana.slash()

    assert not seen.ok
    assert seen.text == f'/prm failed with the error "{error}"'
    assert seen.message is None


async def test_an_app_that_takes_too_long_is_an_operation_timeout(
    slack: Sandbox, app: Counterpart, ana: Person
) -> None:
    never = asyncio.Event()
    app.answer = lambda heard: never.wait()
    slack.patience = 0.05

    seen = await ana.slash()
    never.set()

    assert seen.text == '/prm failed with the error "operation_timeout"'
    assert slack.requests[-1].error == "timeout"


async def test_an_app_that_is_gone_is_a_failed_dispatch(
    slack: Sandbox, app: Counterpart, ana: Person
) -> None:
    await app.stop()

    assert (await ana.slash()).error == "dispatch_failed"


async def test_a_reply_that_slack_would_refuse_is_refused(
    slack: Sandbox, app: Counterpart, ana: Person
) -> None:
    app.answer = lambda heard: {"text": "x", "blocks": [{"type": "nonsense"}]}

    seen = await ana.slash()

    assert not seen.ok
    assert seen.error == "invalid_blocks"
    assert ana.sees() == []
    assert [call.method for call in slack.refusals] == ["slash_reply"]


async def test_without_the_app_there_is_no_such_command(slack: Sandbox, ana: Person) -> None:
    seen = await ana.slash("roadmap")

    assert not seen.ok
    assert seen.text == "/prm is not a valid command."
    assert len(slack.requests) == 0


async def test_a_command_can_open_a_form(slack: Sandbox, app: Counterpart, ana: Person) -> None:
    app.answer = opens(slack, modal(title="Log a win"))

    seen = await ana.slash("log")

    assert seen.modal is ana.modal
    assert ana.modal is not None
    assert ana.modal.title == "Log a win"


async def test_a_global_shortcut_carries_its_callback_id_and_a_trigger(
    slack: Sandbox, app: Counterpart, ana: Person
) -> None:
    app.answer = opens(slack, modal())

    seen = await ana.shortcut("log_win")

    (heard,) = app.of("shortcut")
    assert heard["callback_id"] == "log_win"
    assert heard["user"]["id"] == ana.id
    assert seen.modal is not None


async def test_a_message_shortcut_carries_the_message(slack: Sandbox, app: Counterpart, ana: Person) -> None:
    await slack_client(slack).chat_postMessage(channel=ana.id, text="A thank-you note")
    note = ana.dms()[0]

    await ana.message_shortcut("from_message", note)

    (heard,) = app.of("message_action")
    assert heard["message"]["text"] == "A thank-you note"
    assert heard["message_ts"] == note.ts
    assert heard["channel"] == {"id": ana.app_dm, "name": "directmessage"}
    with pytest.raises(AssertionError, match="cannot see"):
        await slack.person("cy").message_shortcut("from_message", note)


async def test_what_a_person_says_reaches_the_app_only_if_it_may_read_it(
    slack: Sandbox, app: Counterpart, ana: Person
) -> None:
    await ana.says("R&D > all")
    slack.grant(scopes=["commands", "chat:write"])
    await ana.says("Anyone there?")

    (heard,) = app.of("message")
    assert heard["event"]["text"] == "R&amp;D &gt; all"
    assert heard["event"]["channel"] == ana.app_dm
    assert heard["event"]["channel_type"] == "im"
    assert [message.text for message in ana.sees(ana.app_dm)] == ["R&D > all", "Anyone there?"]


async def test_opening_the_home_tells_the_app_and_shows_what_it_publishes(
    slack: Sandbox, app: Counterpart, ana: Person
) -> None:
    async def publish(heard: Heard) -> None:
        view = {"type": "home", "blocks": [section("Welcome back")]}
        await slack_client(slack).views_publish(user_id=heard.body["event"]["user"], view=view)

    app.answer = publish

    first = await ana.opens_home()
    await ana.opens_home()
    await ana.opens_home("messages")

    assert first is not None
    assert first.words == "Welcome back"
    events = [heard["event"] for heard in app.of("app_home_opened")]
    assert [event["tab"] for event in events] == ["home", "home", "messages"]
    assert "view" not in events[0]
    assert events[1]["view"]["id"] == first.id


async def test_somebody_deactivated_can_do_nothing(app: Counterpart, ana: Person) -> None:
    ana.deactivate()
    with pytest.raises(AssertionError, match="deactivated"):
        await ana.slash()
    ana.reactivate()
    assert (await ana.slash()).ok


async def test_a_reply_by_button_replaces_what_the_command_said(
    slack: Sandbox, app: Counterpart, ana: Person
) -> None:
    app.answer = lambda heard: {"text": "Pick", "blocks": [actions(button("More", "more"))]}
    await ana.slash()

    async def more(heard: Heard) -> None:
        import aiohttp

        async with aiohttp.ClientSession() as session:
            await session.post(
                heard.body["response_url"], json={"replace_original": True, "text": "More indeed"}
            )

    app.answer = more
    seen = await ana.presses("More")

    assert seen.text == "More indeed"
    assert [message.text for message in ana.sees()] == ["More indeed"]
    (heard,) = app.of("block_actions")
    assert heard["container"]["is_ephemeral"] is True
    assert "message" not in heard
