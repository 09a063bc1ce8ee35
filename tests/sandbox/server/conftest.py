"""A running fake Slack, a client of it, and an app for it to talk to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from tests.sandbox.server.counterpart import Counterpart, slack_client

A_MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(A_MONDAY, frozen=True)


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=clock) as sandbox:
        yield sandbox


@pytest.fixture
async def client(slack: Sandbox) -> AsyncWebClient:
    slack.grant()
    client: AsyncWebClient = slack_client(slack)
    return client


@pytest.fixture
async def app(slack: Sandbox) -> AsyncIterator[Counterpart]:
    slack.grant()
    counterpart = Counterpart(slack.signing_secret)
    await counterpart.start()
    slack.connect(counterpart.url)
    yield counterpart
    await counterpart.stop()


@pytest.fixture
def ana(slack: Sandbox) -> Person:
    return slack.person("ana")
