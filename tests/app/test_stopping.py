"""Told to stop, a process finishes what somebody waits for, and is gone before whoever told it loses patience."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.server import Sandbox
from slackbot.errors import SLOW
from tests.app.processes import Process, prm
from tests.app.test_command_line import Environment

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

PATIENCE = 10.0
"""Seconds between SIGTERM and SIGKILL, on the platforms that give least."""


@pytest.fixture
def one(slack: Sandbox, database_url: str) -> Environment:
    """One workspace over HTTP, on any free port."""
    return {
        "SLACK_BOT_TOKEN": slack.grant(),
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": database_url,
        "PORT": "0",
    }


@pytest.fixture
async def process(slack: Sandbox, one: Environment, tmp_path: Path) -> AsyncIterator[Process]:
    async with prm(tmp_path, "run", **one) as process:
        found = await process.says(r"answers on (http://127\.0\.0\.1:\d+)")
        slack.connect(found[1])
        yield process


async def test_whoever_waits_is_answered(slack: Sandbox, process: Process) -> None:
    slack.faults.add("views.open", "timeout")
    asked = asyncio.create_task(slack.person("ana").slash("log"))
    await slack.until(lambda: not slack.faults.planned)

    async with asyncio.timeout(PATIENCE):
        ended = await process.stops()

    assert ended.code == 0
    assert (await asked).words == SLOW
    assert "Traceback" not in ended.err


async def test_what_never_ends_is_given_up(slack: Sandbox, process: Process) -> None:
    slack.faults.add("views.publish", "timeout", times=-1)
    await slack.person("ana").slash("help")
    await slack.person("ana").opens_home()

    async with asyncio.timeout(PATIENCE):
        ended = await process.stops()

    assert ended.code == 0
    assert "background_dropped" in ended.err
    assert "Traceback" not in ended.err
