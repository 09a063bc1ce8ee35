"""Tokens that end after twelve hours: replaced in time, by one process, and never asked for twice."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError
from sqlmodel import Session, select

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App, open_app
from slackbot.deps import Deps
from slackbot.settings import Settings
from storage.models import Installation
from storage.rotation import LEASE
from tests.conftest import Trouble, running
from tests.delivery.ledger import DUE, begin, only_row, workspace_of

pytestmark = pytest.mark.door
TEAM = "T0RIVERSIDE"


@pytest.fixture
async def rotating(slack: Sandbox, settings: Settings, trouble: Trouble) -> AsyncIterator[App]:
    """The app, installed through its pages where tokens end after twelve hours."""
    slack.token_rotation = True
    async with running(slack, settings) as app:
        await slack.install()
        yield app
        await app.deps.background.drain()
    trouble.check()


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no other process for whose renewal to wait in real time."""
    monkeypatch.setattr("slackbot.access.WAITS", (0.0,))


async def _token(app: App) -> str:
    access = await app.deps.slack.workspaces.by_key(TEAM)
    assert access is not None
    return access.token


def _refreshes(slack: Sandbox) -> list[bool]:
    """Whether Slack agreed, for each time that it was asked for a new token."""
    return [
        call.response["ok"]
        for call in slack.calls
        if call.method == "oauth.v2.access" and call.args.get("grant_type") == "refresh_token"
    ]


def _row(deps: Deps) -> Installation:
    def read(session: Session) -> Installation:
        return session.exec(select(Installation).where(Installation.state == "live")).one()

    return deps.database.run(read)


async def test_it_is_replaced_at_the_first_use_with_less_than_two_hours_left(
    slack: Sandbox, rotating: App, clock: Clock
) -> None:
    first = await _token(rotating)
    await clock.advance(hours=10)
    assert await _token(rotating) == first
    assert _refreshes(slack) == []

    await clock.advance(minutes=1)
    second = await _token(rotating)
    assert second != first
    assert _refreshes(slack) == [True]
    assert _row(rotating.deps).expires_at == clock.now() + timedelta(hours=12)
    assert (await rotating.deps.slack.client(second).auth_test())["ok"]


async def test_after_a_week_of_silence_people_are_answered_and_written_to(
    slack: Sandbox, rotating: App, clock: Clock
) -> None:
    ana = slack.person("ana")
    await begin(rotating, ana)
    await clock.advance_to(DUE)
    seen = await ana.slash("log")

    assert len([message for message in ana.dms() if "This week:" in message.words]) == 1
    assert seen.modal is not None
    assert set(_refreshes(slack)) == {True}


async def test_the_database_shows_neither_of_the_two(slack: Sandbox, rotating: App, clock: Clock) -> None:
    await clock.advance(hours=11)
    await _token(rotating)
    row = _row(rotating.deps)

    assert row.refresh_token
    assert "xox" not in f"{row.token} {row.refresh_token}"


async def test_many_at_once_ask_for_one(slack: Sandbox, rotating: App, clock: Clock) -> None:
    await clock.advance(hours=11)
    tokens = await asyncio.gather(*(_token(rotating) for _ in range(20)))

    assert _refreshes(slack) == [True]
    assert len(set(tokens)) <= 2


async def test_of_two_processes_one_asks_and_the_other_waits_for_it(
    slack: Sandbox, rotating: App, settings: Settings, clock: Clock
) -> None:
    await _token(rotating)
    async with open_app(settings, clock.now) as other:
        await _token(other)
        await clock.advance(hours=13)
        tokens = await asyncio.gather(*(_token(app) for app in (rotating, other) for _ in range(5)))

    assert len(set(tokens)) == 1
    assert _refreshes(slack) == [True]


async def test_a_slack_that_does_not_answer_is_asked_again_and_the_old_token_does_meanwhile(
    slack: Sandbox, rotating: App, clock: Clock
) -> None:
    first = await _token(rotating)
    await clock.advance(hours=11)
    slack.faults.add("oauth.v2.access", "500")
    assert await _token(rotating) == first
    assert await _token(rotating) == first
    assert len(_refreshes(slack)) == 1

    await clock.advance(LEASE)
    assert await _token(rotating) != first


@pytest.mark.usefixtures("alone")
async def test_a_message_that_meets_an_ended_token_goes_out_later(
    slack: Sandbox, rotating: App, clock: Clock
) -> None:
    ana = slack.person("ana")
    await begin(rotating, ana)
    slack.faults.add("oauth.v2.access", "429", times=1, retry_after=1)
    await clock.advance_to(DUE)
    assert only_row(rotating, ana).state == "retry"
    await clock.advance(minutes=5)

    assert only_row(rotating, ana).state == "sent"


@pytest.mark.usefixtures("alone")
async def test_a_slack_that_says_no_pauses_the_workspace_with_its_reason(
    slack: Sandbox, rotating: App, clock: Clock, trouble: Trouble
) -> None:
    trouble.expect("token_not_renewed")
    ana = slack.person("ana")
    await begin(rotating, ana)
    # Somebody restored an old backup: what it holds was used long ago.
    for one in slack.state.installations.values():
        one.refresh_token = None
    await clock.advance_to(DUE)

    assert workspace_of(rotating, ana).paused_reason == "no new token: invalid_refresh_token"
    assert ana.dms() == []
    asked = len(_refreshes(slack))
    seen = await ana.slash("help")
    assert seen.ok
    assert len(_refreshes(slack)) == asked

    await slack.install()
    assert workspace_of(rotating, ana).paused_reason is None


async def test_where_slack_said_no_nobody_waits_for_a_token_that_does_not_come(
    slack: Sandbox, rotating: App, clock: Clock, trouble: Trouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    trouble.expect("token_not_renewed")
    monkeypatch.setattr("slackbot.access.WAITS", (600.0,))
    for one in slack.state.installations.values():
        one.refresh_token = None
    await clock.advance(hours=13)

    async with asyncio.timeout(30):
        seen = await slack.person("ana").slash("help")

    assert seen.ok


async def test_a_refusal_that_passes_lets_it_go_on(
    slack: Sandbox, rotating: App, clock: Clock, trouble: Trouble
) -> None:
    """The secret in the settings was mistyped, and then mended."""
    trouble.expect("token_not_renewed")
    ana = slack.person("ana")
    await begin(rotating, ana)
    slack.faults.add("oauth.v2.access", "bad_client_secret")
    await clock.advance(hours=11)
    await _token(rotating)
    assert workspace_of(rotating, ana).paused_reason == "no new token: bad_client_secret"

    await clock.advance(hours=2)
    await _token(rotating)
    assert workspace_of(rotating, ana).paused_reason is None


async def test_a_refresh_token_is_good_once(slack: Sandbox, rotating: App) -> None:
    (refresh_token,) = [one.refresh_token for one in slack.state.installations.values()]
    client = rotating.deps.slack.client()
    keys = {"client_id": slack.client_id, "client_secret": slack.client_secret}
    again = {**keys, "grant_type": "refresh_token", "refresh_token": refresh_token}
    await client.oauth_v2_access(**again)  # type: ignore[arg-type]

    with pytest.raises(SlackApiError, match="invalid_refresh_token"):
        await client.oauth_v2_access(**again)  # type: ignore[arg-type]


async def test_of_a_removed_workspace_nothing_new_is_asked_for(
    slack: Sandbox, rotating: App, clock: Clock, ana_there: Person
) -> None:
    await begin(rotating, ana_there)
    await slack.uninstall()
    await clock.advance(days=3)

    assert await rotating.deps.slack.workspaces.by_key(TEAM) is None
    assert _refreshes(slack) == []


@pytest.fixture
def ana_there(slack: Sandbox) -> Person:
    return slack.person("ana")
