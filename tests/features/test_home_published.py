"""Home is published so that no older one ever stands over a newer one, and so that Slack takes it at any size."""

import asyncio
import json
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

import content
from bench.home import build
from sandbox.blockkit import check_view
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App, open_app
from slackbot.deps import Slack
from slackbot.settings import Settings
from storage import members
from storage.members import Person as Known
from tests.databases import Databases
from tests.features.crowds import stage
from tests.features.records import logs, member_of

KNOWN = content.load()
LARGEST = 250_000
"""Bytes that Slack takes for a view."""
one_engine = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def address(databases: Databases, tmp_path: Path) -> str:
    return databases.in_turn("sqlite", tmp_path)


def test_home_stays_within_slacks_limits_with_500_wins_and_with_60_reports(address: str) -> None:
    with stage(address, KNOWN, wins=500, reports=60, wins_each=4) as here:
        for member in (here.people.liaison, here.people.manager):
            view = here.database.run(build, here.people, member)

            assert check_view(view) == []
            assert len(view["blocks"]) < 100
            assert len(json.dumps(view).encode()) < LARGEST
            assert "Your weekly message" in json.dumps(view)


def test_a_manager_of_60_is_shown_those_to_look_at_first_and_how_many_more(address: str) -> None:
    with stage(address, KNOWN, wins=0, reports=60, wins_each=4) as here:
        said = json.dumps(here.database.run(build, here.people, here.people.manager))

    assert "*Your team:* 60 people" in said
    assert "And 52 more." in said


def known(app: App, person: Person) -> Known:
    row = member_of(app, person)
    return Known(row.workspace_id, row.user_id, row.team_id, row.name)


def published(slack: Sandbox) -> int:
    return sum(call.method == "views.publish" for call in slack.calls)


async def switches(app: App, person: Person, *, off: bool) -> None:
    """Changes what Home says of the weekly message, and leaves Home as it is."""

    def switch(session: Session, member_id: int) -> None:
        members.with_workspace(session, member_id)[0].nudges_off = off

    await app.deps.transact(switch, member_of(app, person).id or 0)


@pytest.mark.door
@one_engine
async def test_many_changes_at_once_are_published_as_few(ana: Person, app: App, slack: Sandbox) -> None:
    await ana.opens_home()
    await app.deps.background.drain()
    before = published(slack)

    await asyncio.gather(*(app.deps.publish_home(known(app, ana)) for _ in range(9)))

    assert published(slack) - before <= 2


@pytest.mark.door
@one_engine
async def test_a_change_while_home_is_on_its_way_is_published_after_it(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await ana.opens_home()
    await app.deps.background.drain()
    me = known(app, ana)

    first = asyncio.create_task(app.deps.publish_home(me))
    await asyncio.sleep(0)
    await switches(app, ana, off=True)
    await asyncio.gather(first, app.deps.publish_home(me))

    assert ana.home is not None
    assert "It is off." in ana.home.words


@pytest.mark.door
@one_engine
@pytest.mark.parametrize("restarted", [False, True], ids=["that knows Home", "that has just started"])
async def test_two_processes_do_not_overwrite_each_others_newer_home(
    ana: Person,
    app: App,
    slack: Sandbox,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    restarted: bool,
) -> None:
    """One has read what it will publish; before it does, something changes, and the other one publishes that."""
    await ana.opens_home()
    await app.deps.background.drain()
    me, reaches_slack = known(app, ana), Slack.client_for
    async with open_app(settings, slack.clock.now) as other:
        slow, quick = (other, app) if restarted else (app, other)

        async def overtaken(here: Slack, workspace_id: int) -> AsyncWebClient:
            if here is slow.deps.slack:
                monkeypatch.setattr(Slack, "client_for", reaches_slack)
                await switches(app, ana, off=True)
                await quick.deps.publish_home(me)
            return await reaches_slack(here, workspace_id)

        monkeypatch.setattr(Slack, "client_for", overtaken)
        await slow.deps.publish_home(me)

    assert ana.home is not None
    assert "It is off." in ana.home.words
    errors = [call.response.get("error") for call in slack.calls if call.method == "views.publish"]
    assert ("hash_conflict" in errors) is not restarted


@pytest.mark.door
@one_engine
async def test_two_processes_that_take_turns_each_publish_what_is_there_now(
    ana: Person, app: App, slack: Sandbox, settings: Settings
) -> None:
    await ana.opens_home()
    await app.deps.background.drain()
    me = known(app, ana)
    async with open_app(settings, slack.clock.now) as other:
        for turn, process in enumerate((other, app, other, app)):
            await switches(app, ana, off=turn % 2 == 0)
            await process.deps.publish_home(me)

            assert ana.home is not None
            assert ("It is off." in ana.home.words) is (turn % 2 == 0)


@pytest.mark.door
@one_engine
async def test_home_is_published_with_the_hash_of_the_one_before(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await ana.opens_home()
    await app.deps.background.drain()
    shown = slack.world.state.homes[ana.id].hash

    await logs(ana, app)

    sent = [call for call in slack.calls if call.method == "views.publish"]
    assert sent[-1].args["hash"] == shown
    assert "hash" not in sent[0].args
