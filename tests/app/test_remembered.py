"""Where the app is installed is looked up in one statement, remembered for half a minute, and never asked of Slack."""

import pytest
from sqlalchemy import event

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.access import REMEMBERED
from slackbot.app import App, open_app
from slackbot.settings import Settings

pytestmark = pytest.mark.door
TEAM = "T0RIVERSIDE"


async def test_it_is_read_once_in_half_a_minute(app: App, clock: Clock) -> None:
    lookups: list[str] = []

    def note(_connection: object, _cursor: object, sql: str, *_: object) -> None:
        if sql.startswith("SELECT"):
            lookups.append(sql)

    event.listen(app.deps.database.engine, "before_cursor_execute", note)
    try:
        app.deps.slack.workspaces.forget(1)
        for _ in range(3):
            assert await app.deps.slack.workspaces.by_key(TEAM) is not None
        assert len(lookups) == 1

        await clock.advance(REMEMBERED)
        lookups.clear()
        assert await app.deps.slack.workspaces.by_key(TEAM) is not None
        assert len(lookups) == 1
    finally:
        event.remove(app.deps.database.engine, "before_cursor_execute", note)


async def test_no_request_has_slack_asked_whose_token_it_is(app: App, slack: Sandbox, ana: Person) -> None:
    slack.calls.clear()
    for _ in range(3):
        assert (await ana.slash("help")).ok
    await app.deps.background.drain()

    assert not [call for call in slack.calls if call.method == "auth.test"]


async def test_what_another_process_heard_is_known_half_a_minute_later_and_for_sending_at_once(
    app: App, slack: Sandbox, settings: Settings, clock: Clock
) -> None:
    async with open_app(settings, clock.now) as other:
        access = await other.deps.slack.workspaces.by_key(TEAM)
        assert access is not None
        await slack.uninstall()

        assert await other.deps.slack.workspaces.by_id(access.workspace_id) is None
        await clock.advance(REMEMBERED)
        assert await other.deps.slack.workspaces.by_key(TEAM) is None
