"""Failures on demand and rate limits: each kind as an app would meet it."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from tests.sandbox.server.counterpart import slack_client


async def test_any_slack_error_can_be_asked_for(slack: Sandbox, client: AsyncWebClient, ana: Person) -> None:
    slack.faults.add("chat.postMessage", "fatal_error", times=2)

    for _ in range(2):
        with pytest.raises(SlackApiError, match="fatal_error"):
            await client.chat_postMessage(channel=ana.id, text="x")
    await client.chat_postMessage(channel=ana.id, text="Through")

    assert [message.text for message in ana.dms()] == ["Through"]


async def test_a_fault_meets_only_whom_it_is_meant_for(
    slack: Sandbox, client: AsyncWebClient, ana: Person
) -> None:
    lake = slack_client(slack, slack.grant("lakeview"))
    slack.faults.add("*", "internal_error", team="T0LAKEVIEW", times=-1)
    slack.faults.add("chat.postMessage", "user_disabled", channel=ana.id, times=-1)

    await client.chat_postMessage(channel=slack.person("ben").id, text="x")
    with pytest.raises(SlackApiError, match="user_disabled"):
        await client.chat_postMessage(channel=ana.app_dm, text="x")
    with pytest.raises(SlackApiError, match="internal_error"):
        await lake.users_list()
    slack.faults.clear()
    await client.chat_postMessage(channel=ana.id, text="x")
    assert (await lake.users_list())["ok"]


async def test_a_workspace_may_be_named_shortly(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.faults.add("auth.test", "fatal_error", team="riverside")

    with pytest.raises(SlackApiError, match="fatal_error"):
        await client.auth_test()


async def test_a_server_error_has_its_status(slack: Sandbox, client: AsyncWebClient, ana: Person) -> None:
    slack.faults.add("chat.postMessage", "500")
    slack.faults.add("chat.postMessage", "500_after_accepting")

    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel=ana.id, text="x")
        assert caught.value.response.status_code == 500

    assert len(ana.dms()) == 1


async def test_too_many_requests_say_when_to_come_again(
    slack: Sandbox, client: AsyncWebClient, ana: Person
) -> None:
    slack.faults.add("chat.postMessage", "429", retry_after=7)

    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=ana.id, text="x")

    assert caught.value.response.status_code == 429
    assert caught.value.response["error"] == "ratelimited"
    assert caught.value.response.headers["Retry-After"] == "7"


@pytest.mark.parametrize(("kind", "arrived"), [("timeout", 0), ("timeout_after_accepting", 1)])
async def test_an_answer_that_never_comes(
    slack: Sandbox, client: AsyncWebClient, ana: Person, kind: str, arrived: int
) -> None:
    slack.faults.add("chat.postMessage", kind)

    asking = asyncio.ensure_future(client.chat_postMessage(channel=ana.id, text="x"))
    await slack.until(lambda: len(slack.calls) == 1)
    await client.auth_test()

    assert not asking.done()
    assert len(ana.dms()) == arrived
    assert slack.calls[0].status == 0
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking


@pytest.mark.parametrize(("kind", "arrived"), [("drop", 0), ("drop_after_accepting", 1)])
async def test_a_connection_that_breaks(
    slack: Sandbox, client: AsyncWebClient, ana: Person, kind: str, arrived: int
) -> None:
    slack.faults.add("chat.postMessage", kind)

    with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):
        await client.chat_postMessage(channel=ana.id, text="x")

    assert len(ana.dms()) == arrived
    assert slack.calls[-1].status == 0


async def test_a_refused_call_stays_refused_whatever_was_planned(
    slack: Sandbox, client: AsyncWebClient, ana: Person
) -> None:
    slack.faults.add("chat.postMessage", "drop_after_accepting")

    with pytest.raises(SlackApiError, match="msg_too_long"):
        await client.chat_postMessage(channel=ana.id, text="x" * 40_001)


async def test_stopping_ends_a_call_that_hangs(clock: Clock) -> None:
    slack = Sandbox(clock=clock)
    await slack.start()
    client = slack_client(slack)
    slack.faults.add("auth.test", "timeout")
    hanging = asyncio.ensure_future(client.auth_test())
    await slack.until(lambda: len(slack.calls) == 1)

    began = asyncio.get_running_loop().time()
    await slack.stop()

    assert asyncio.get_running_loop().time() - began < 0.5
    with pytest.raises(aiohttp.ClientError):
        await hanging


class Stopwatch:
    """Real seconds that a test moves."""

    def __init__(self) -> None:
        self.at = 1_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
async def limited() -> Any:
    watch = Stopwatch()
    async with Sandbox(rate_limits=True) as slack:
        slack.seconds = watch
        yield slack, watch


async def refused_after(call: Any, most: int) -> tuple[int, int]:
    """How many calls went through, and the Retry-After of the first that did not."""
    for number in range(most):
        try:
            await call()
        except SlackApiError as error:
            if error.response.status_code != 429:
                raise
            return number, int(error.response.headers["Retry-After"])
    raise AssertionError(f"{most} calls and no limit")


async def test_one_channel_takes_about_a_message_a_second(limited: Any) -> None:
    slack, watch = limited
    client = slack_client(slack)
    ana, ben = slack.person("ana"), slack.person("ben")

    burst, wait = await refused_after(lambda: client.chat_postMessage(channel=ana.id, text="x"), 20)
    assert (burst, wait) == (5, 1)
    await client.chat_postMessage(channel=ben.id, text="Another channel is free")
    watch.at += 1
    await client.chat_postMessage(channel=ana.id, text="x")
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel=ana.id, text="x")


async def test_tiers_limit_each_method_and_workspace_alone(limited: Any) -> None:
    slack, watch = limited
    client, lake = slack_client(slack), slack_client(slack, slack.grant("lakeview"))

    assert await refused_after(client.users_list, 50) == (20, 3)
    assert (await lake.users_list())["ok"]
    assert (await client.users_info(user=slack.person("ana").id))["ok"]
    watch.at += 3
    assert (await client.users_list())["ok"]
