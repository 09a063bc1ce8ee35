"""chat.* and conversations.*: where an app may write, what it may change, and what it can read back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from sandbox.state import Channel
from tests.sandbox.server.counterpart import section, slack_client

GENERAL = "C0GENERALRIVE"


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_a_message_to_a_person_lands_in_their_conversation_with_the_app(
    slack: Sandbox, client: AsyncWebClient, ana: Person
) -> None:
    answer = await client.chat_postMessage(
        channel=ana.id, text="Good morning", blocks=[section("*Good* morning")]
    )

    (message,) = ana.dms()
    assert (message.channel, message.ts) == (answer["channel"], answer["ts"])
    assert answer["channel"] == ana.app_dm
    assert message.words == "*Good* morning"
    assert message.text == "Good morning"
    assert answer["message"]["bot_id"] == "B0PRMRIVER"
    assert answer["message"]["blocks"][0]["block_id"]
    assert slack.person("ben").dms() == []


async def test_two_messages_of_one_instant_have_their_own_times(client: AsyncWebClient, ana: Person) -> None:
    first = await client.chat_postMessage(channel=ana.id, text="1")
    second = await client.chat_postMessage(channel=first["channel"], text="2")

    assert first["ts"] < second["ts"]
    assert [message.text for message in ana.dms()] == ["1", "2"]


async def test_an_app_writes_only_where_it_can(slack: Sandbox, client: AsyncWebClient, ana: Person) -> None:
    ben = slack.person("ben")
    ben.deactivate()
    slack.state.channels["C0OLD"] = Channel("C0OLD", "T0RIVERSIDE", "old", is_archived=True)
    slack.state.channels["C0SECRET"] = Channel("C0SECRET", "T0RIVERSIDE", "secret", [ana.id], is_private=True)

    errors = {
        channel: await error_of(client.chat_postMessage(channel=channel, text="x"))
        for channel in (
            ben.id,
            ben.app_dm,
            GENERAL,
            "#liaisons",
            "C0OLD",
            "C0SECRET",
            "C0NOWHERE",
            "USLACKBOT",
            "U0CYMARCHETTI",
        )
    }

    assert errors == {
        ben.id: "user_disabled",
        ben.app_dm: "user_disabled",
        GENERAL: "not_in_channel",
        "#liaisons": "not_in_channel",
        "C0OLD": "is_archived",
        "C0SECRET": "channel_not_found",
        "C0NOWHERE": "channel_not_found",
        "USLACKBOT": "cannot_dm_bot",
        "U0CYMARCHETTI": "channel_not_found",
    }


async def test_an_invited_app_may_write_in_the_channel(
    slack: Sandbox, client: AsyncWebClient, ana: Person
) -> None:
    ana.invites_app(GENERAL)
    ana.invites_app(GENERAL)

    await client.chat_postMessage(channel="#general", text="Hello, all")

    assert [message.text for message in ana.sees(GENERAL)] == ["Hello, all"]
    assert slack.state.channels[GENERAL].members.count("U0PRMRIVER") == 1


async def test_a_public_writer_needs_no_invitation(slack: Sandbox) -> None:
    client = slack_client(slack, slack.grant(scopes=["chat:write", "chat:write.public"]))

    assert (await client.chat_postMessage(channel=GENERAL, text="Hi"))["ok"]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": "[oops"}, "invalid_blocks_format"),
        ({"text": "x", "attachments": "[oops"}, "invalid_attachments"),
        ({"text": "x", "metadata": "{oops"}, "invalid_metadata_format"),
        ({"text": "x", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
        (
            {"text": "x", "metadata": {"event_type": "a", "event_payload": {"x": "y" * 100_000}}},
            "metadata_too_large",
        ),
    ],
)
async def test_what_cannot_be_shown_is_refused(
    client: AsyncWebClient, ana: Person, said: dict[str, Any], error: str
) -> None:
    assert await error_of(client.api_call("chat.postMessage", json={"channel": ana.id, **said})) == error
    assert ana.dms() == []


async def test_a_whisper_is_seen_by_one_and_kept_nowhere(
    slack: Sandbox, client: AsyncWebClient, ana: Person
) -> None:
    ana.invites_app(GENERAL)
    slack.grant(scopes=["chat:write", "channels:history"])

    answer = await client.chat_postEphemeral(channel=GENERAL, user=ana.id, text="Only you")

    assert [message.ts for message in ana.sees(GENERAL)] == [answer["message_ts"]]
    assert slack.person("ben").sees(GENERAL) == []
    assert (await client.conversations_history(channel=GENERAL))["messages"] == []
    assert (
        await error_of(client.chat_update(channel=GENERAL, ts=answer["message_ts"], text="y"))
        == "message_not_found"
    )
    assert (
        await error_of(client.chat_postEphemeral(channel=GENERAL, user="U0NOBODY", text="x"))
        == "user_not_in_channel"
    )
    ana.deactivate()
    assert (
        await error_of(client.chat_postEphemeral(channel=GENERAL, user=ana.id, text="x")) == "user_disabled"
    )


async def test_an_update_replaces_blocks_and_keeps_metadata(client: AsyncWebClient, ana: Person) -> None:
    metadata = {"event_type": "delivery", "event_payload": {"id": "abc"}}
    sent = await client.chat_postMessage(
        channel=ana.id, text="Old", blocks=[section("old")], metadata=metadata
    )

    await client.chat_update(channel=sent["channel"], ts=sent["ts"], text="New", blocks=[section("new")])
    (message,) = ana.dms()
    assert (message.text, message.words, message.edited) == ("New", "new", True)
    assert message.metadata == metadata

    await client.chat_update(channel=sent["channel"], ts=sent["ts"], text="Only words")
    assert ana.dms()[0].words == "Only words"


async def test_only_ones_own_messages_can_be_changed_or_taken_back(
    client: AsyncWebClient, ana: Person
) -> None:
    await ana.says("Mine")
    (hers,) = ana.sees(ana.app_dm)
    dm = ana.app_dm

    assert await error_of(client.chat_update(channel=dm, ts=hers.ts, text="x")) == "cant_update_message"
    assert await error_of(client.chat_delete(channel=dm, ts=hers.ts)) == "cant_delete_message"
    assert await error_of(client.chat_update(channel=dm, ts="1.000001", text="x")) == "message_not_found"
    sent = await client.chat_postMessage(channel=dm, text="Ours")
    too_long = client.chat_update(channel=dm, ts=sent["ts"], text="x" * 4001)
    assert await error_of(too_long) == "msg_too_long"
    await client.chat_delete(channel=dm, ts=sent["ts"])
    assert ana.dms() == []


async def test_history_gives_metadata_only_when_asked(client: AsyncWebClient, ana: Person) -> None:
    metadata = {"event_type": "delivery", "event_payload": {"id": "abc"}}
    sent = await client.chat_postMessage(channel=ana.id, text="x", metadata=metadata)

    short = await client.conversations_history(channel=sent["channel"])
    full = await client.conversations_history(channel=sent["channel"], include_all_metadata=True)

    assert short["messages"][0]["metadata"] == {"event_type": "delivery"}
    assert full["messages"][0]["metadata"] == metadata


async def test_history_is_newest_first_within_bounds_and_paged(
    client: AsyncWebClient, ana: Person, clock: Clock
) -> None:
    times = []
    for number in range(5):
        times.append((await client.chat_postMessage(channel=ana.id, text=str(number)))["ts"])
        await clock.advance(minutes=1)
    dm = ana.app_dm

    async def texts(**bounds: Any) -> list[str]:
        answer = await client.conversations_history(channel=dm, **bounds)
        return [message["text"] for message in answer["messages"]]

    assert await texts() == ["4", "3", "2", "1", "0"]
    assert await texts(oldest=times[1]) == ["4", "3", "2"]
    assert await texts(oldest=times[1], latest=times[3], inclusive=True) == ["3", "2", "1"]
    assert await texts(latest=times[1]) == ["0"]
    first = await client.conversations_history(channel=dm, limit=2)
    assert first["has_more"]
    second = await client.conversations_history(
        channel=dm, limit=2, cursor=first["response_metadata"]["next_cursor"]
    )
    assert [message["text"] for message in second["messages"]] == ["2", "1"]
    assert await error_of(client.conversations_history(channel=dm, oldest="soon")) == "invalid_ts_oldest"
    assert await error_of(client.conversations_history(channel=dm, cursor="???")) == "invalid_cursor"
    assert await error_of(client.conversations_history(channel="C0NOWHERE")) == "channel_not_found"


async def test_a_channel_the_app_is_not_in_stays_closed(slack: Sandbox) -> None:
    client = slack_client(slack, slack.grant(scopes=["channels:history"]))

    assert await error_of(client.conversations_history(channel=GENERAL)) == "not_in_channel"


async def test_messages_carry_the_products_time(client: AsyncWebClient, ana: Person, clock: Clock) -> None:
    await clock.advance(timedelta(weeks=3))

    sent = await client.chat_postMessage(channel=ana.id, text="Later")

    assert float(sent["ts"]) == pytest.approx(clock.now().timestamp(), abs=0.001)


async def test_conversations_open_gives_the_direct_conversation(slack: Sandbox, ana: Person) -> None:
    client = slack_client(slack, slack.grant(scopes=["im:write"]))

    assert (await client.conversations_open(users=[ana.id]))["channel"]["id"] == ana.app_dm
    assert await error_of(client.conversations_open(users="")) == "users_list_not_supplied"
    assert await error_of(client.conversations_open(users="U0NOBODY")) == "user_not_found"
    assert await error_of(client.conversations_open(users="U0PRMRIVER")) == "cannot_dm_bot"
    assert await error_of(client.conversations_open(users=[ana.id, "U0BENOKAFOR"])) == "missing_scope"
    ana.deactivate()
    assert await error_of(client.conversations_open(users=ana.id)) == "user_disabled"


async def test_channels_are_listed_by_kind(slack: Sandbox, ana: Person) -> None:
    client = slack_client(slack, slack.grant(scopes=["channels:read", "im:read"]))
    dm = ana.app_dm
    slack.state.channels["C0OLD"] = Channel("C0OLD", "T0RIVERSIDE", "old", is_archived=True)

    public = await client.conversations_list(exclude_archived=True)
    direct = await client.conversations_list(types="im")
    info = await client.conversations_info(channel=GENERAL)

    assert [channel["name"] for channel in public["channels"]] == ["general", "liaisons"]
    assert [channel["id"] for channel in direct["channels"]] == [dm]
    assert direct["channels"][0]["user"] == ana.id
    assert info["channel"]["is_member"] is False
    assert await error_of(client.conversations_list(types="private_channel")) == "missing_scope"
    assert await error_of(client.conversations_list(types="secret")) == "invalid_types"
    assert await error_of(client.conversations_info(channel="C0GENERALLAKE")) == "channel_not_found"


async def test_workspaces_do_not_see_each_other(slack: Sandbox, client: AsyncWebClient, ana: Person) -> None:
    lake = slack_client(slack, slack.grant("lakeview"))
    sent = await client.chat_postMessage(channel=ana.id, text="Ours")

    assert await error_of(lake.chat_postMessage(channel=ana.id, text="x")) == "channel_not_found"
    assert await error_of(lake.chat_postMessage(channel=ana.app_dm, text="x")) == "channel_not_found"
    assert (
        await error_of(lake.chat_update(channel=sent["channel"], ts=sent["ts"], text="x"))
        == "channel_not_found"
    )
    assert await error_of(lake.users_info(user=ana.id)) == "user_not_found"
    names = {member["name"] for member in (await lake.users_list())["members"]}
    assert names == {"cy", "prm_coach", "slackbot"}


async def test_attachments_threads_and_files_are_in_the_history(client: AsyncWebClient, ana: Person) -> None:
    note = [{"color": "#36a64f", "text": "A note", "fallback": "A note"}]
    sent = await client.chat_postMessage(channel=ana.id, text="x", attachments=note)
    await client.chat_postMessage(channel=ana.id, text="reply", thread_ts=sent["ts"])
    await client.files_upload_v2(channel=ana.app_dm, filename="a.csv", content=b"a,b")

    with_file, reply, first = (await client.conversations_history(channel=ana.app_dm))["messages"]

    assert first["attachments"] == note
    assert reply["thread_ts"] == sent["ts"]
    assert with_file["files"][0]["name"] == "a.csv"
    assert "A note" in ana.dms()[0].words
