"""Starting, stopping and starting again: what the sandbox remembers, and what it leaves behind."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from sandbox.clock import Clock
from sandbox.errors import SandboxError
from sandbox.server import Sandbox
from sandbox.state import State
from tests.sandbox.server.counterpart import home, section, slack_client


async def test_a_restart_finds_all_that_was_said_and_granted(tmp_path: Path) -> None:
    async with Sandbox(directory=tmp_path) as slack:
        client = slack_client(slack)
        ana = slack.person("ana")
        ana.zone = "Asia/Tokyo"
        await client.chat_postMessage(channel=ana.id, text="Kept", blocks=[section("kept")])
        await client.views_publish(user_id=ana.id, view=home(section("Home kept")))
        await slack.clock.advance(weeks=2)
        before, at = slack.state.to_json(), slack.clock.now()

    async with Sandbox(directory=tmp_path) as slack:
        ana = slack.person("ana")
        assert [message.words for message in ana.dms()] == ["kept"]
        assert ana.home is not None
        assert ana.home.words == "Home kept"
        assert ana.zone == "Asia/Tokyo"
        assert (await slack_client(slack, client.token).auth_test())["team_id"] == "T0RIVERSIDE"
        assert at <= slack.clock.now() < at + timedelta(minutes=1)
        assert slack.state.to_json() == before | {"clock_offset": slack.state.clock_offset}
        sent = await slack_client(slack).chat_postMessage(channel=ana.id, text="Later")
        assert float(sent["ts"]) > float(ana.dms()[0].ts)


async def test_changes_are_saved_without_waiting_for_the_stop(tmp_path: Path) -> None:
    async with Sandbox(directory=tmp_path) as slack:
        slack.grant()
        slack.grant("lakeview")
        file = tmp_path / "slack.json"
        await slack.until(file.exists, what="the file")
        saved = State.from_json(json.loads(file.read_text()))
        assert {installation.team for installation in saved.installations.values()} == {
            "T0RIVERSIDE",
            "T0LAKEVIEW",
        }


async def test_what_was_granted_before_the_start_is_saved_too(tmp_path: Path) -> None:
    Sandbox(directory=tmp_path).grant()
    slack = Sandbox(directory=tmp_path / "new")
    token = slack.grant()
    async with slack:
        pass

    assert token in Sandbox(directory=tmp_path / "new").state.installations
    assert Sandbox(directory=tmp_path).state.installations == {}


@pytest.mark.parametrize("content", ["{oops", "[]", "{}", '{"teams": 3}'])
def test_a_file_that_is_not_ours_is_not_overwritten(tmp_path: Path, content: str) -> None:
    file = tmp_path / "slack.json"
    file.write_text(content)

    with pytest.raises(SandboxError, match="move it away"):
        Sandbox(directory=tmp_path)
    assert file.read_text() == content


async def test_a_port_in_use_is_told_in_a_sentence(slack: Sandbox) -> None:
    port = int(slack.url.rsplit(":", 1)[1])

    with pytest.raises(SandboxError, match=f"Port {port} of this machine is in use"):
        await Sandbox().start(port)
    with pytest.raises(SandboxError, match="running already"):
        await slack.start()


async def test_a_stop_is_quick_and_leaves_nothing_running() -> None:
    before = asyncio.all_tasks()
    slack = Sandbox()
    await slack.start()
    async with aiohttp.ClientSession() as session, session.get(slack.api_url + "api.test") as answer:
        assert answer.status == 200
        began = asyncio.get_running_loop().time()
        await slack.stop()
        assert asyncio.get_running_loop().time() - began < 0.5
    await slack.stop()

    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before
    slack.connect("http://127.0.0.1:9")
    with pytest.raises(SandboxError, match="not running"):
        await slack.send_event("riverside", {"type": "x"})


async def test_it_listens_on_this_machine_only_and_can_start_again() -> None:
    slack = Sandbox()
    await slack.start()
    port = int(slack.url.rsplit(":", 1)[1])
    await slack.stop()
    await slack.start(port)
    assert slack.url == f"http://127.0.0.1:{port}"
    await slack.stop()


async def test_a_frozen_clock_stays_where_the_test_put_it(tmp_path: Path) -> None:
    async with Sandbox(directory=tmp_path) as slack:
        await slack.clock.advance(weeks=5)
    start = datetime(2026, 11, 2, tzinfo=UTC)

    assert Sandbox(directory=tmp_path, clock=Clock(start, frozen=True)).clock.now() == start


async def test_waiting_in_vain_says_for_what(slack: Sandbox) -> None:
    with pytest.raises(AssertionError, match=r"Waited 0\.01 s in vain for a miracle"):
        await slack.until(lambda: False, 0.01, what="a miracle")
