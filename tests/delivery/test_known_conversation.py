"""Whoever opened the app's Home once has a conversation that Slack can be asked about, even before any message of ours."""

from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy.exc import NoResultFound

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from tests.databases import Databases
from tests.delivery.ledger import DUE, begin, only_row
from tests.features.records import member_of

pytestmark = pytest.mark.door


@pytest.fixture
def database_url(databases: Databases, tmp_path: Path) -> str:
    """SQLite alone: the engine cannot matter for what one event says."""
    return databases.in_turn("sqlite", tmp_path)


@pytest.mark.parametrize("tab", ["home", "messages"])
async def test_the_very_first_message_was_lost_sight_of_and_is_found_where_ana_looked_before(
    ana: Person, app: App, clock: Clock, slack: Sandbox, monkeypatch: pytest.MonkeyPatch, tab: str
) -> None:
    monkeypatch.setattr("slackbot.app.SLACK_TIMEOUT", aiohttp.ClientTimeout(total=0.4, connect=0.4))
    await begin(app, ana)
    assert member_of(app, ana).dm_channel is None
    await ana.opens_home(tab)
    await app.deps.background.drain()
    assert member_of(app, ana).dm_channel == ana.app_dm

    slack.faults.add("chat.postMessage", "500_after_accepting")
    await clock.advance_to(DUE + timedelta(minutes=30))

    assert only_row(app, ana).state == "sent"
    assert len(ana.dms()) == 1


async def test_who_never_used_the_app_is_not_made_a_member_by_looking(ana: Person, app: App) -> None:
    await ana.opens_home("messages")
    await app.deps.background.drain()
    with pytest.raises(NoResultFound):
        member_of(app, ana)
