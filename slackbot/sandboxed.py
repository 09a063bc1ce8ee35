"""`prm sandbox`: starts the fake Slack and the real app side by side, with one clock, and installs one in the other."""

import asyncio
import shutil
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import click
from alembic import command

from sandbox import demo
from sandbox.clock import Clock
from sandbox.errors import SandboxError
from sandbox.server import Sandbox
from slackbot import logs, settings
from slackbot.app import App, open_app
from slackbot.scheduler import ticking
from slackbot.serving import listen, serving, told_to_stop
from slackbot.settings import Settings, SettingsError
from slackbot.web import Door
from storage.database import alembic_config
from storage.worker_lock import only_worker

FOLDER: Final = Path(".sandbox")
TEAMS: Final = ("riverside", "lakeview")
TICK_SECONDS: Final = 5


def sandbox_settings(slack: Sandbox, database_url: str, **more: Any) -> Settings:
    """The settings of an app that lives in this Slack; what the environment says of another one does not count."""
    return settings.load(
        SLACK_BOT_TOKEN=None,
        SLACK_APP_TOKEN=None,
        SLACK_CLIENT_ID=slack.client_id,
        SLACK_CLIENT_SECRET=slack.client_secret,
        SLACK_SIGNING_SECRET=slack.signing_secret,
        SLACK_API_URL=slack.api_url,
        SLACK_AUTHORIZE_URL=slack.authorize_url,
        DATABASE_URL=database_url,
        **more,
    )


def follow(clock: Clock, app: App) -> None:
    """After each move of the clock the app ticks, and a long move stops wherever something is due."""
    clock.next_due, clock.tick = app.sender.next_instant, app.tick


async def run_sandbox(*, port: int, fresh: bool, with_demo: bool = False) -> None:
    """Serves the page until it is told to stop. Raises SettingsError when it cannot."""
    marker = demo.Marker(FOLDER)
    if fresh or marker.half_made:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(exist_ok=True)
    try:
        to_live = marker if with_demo and marker.wanted() else None
    except SandboxError as error:
        raise SettingsError(str(error)) from error
    slack = Sandbox(directory=FOLDER)
    try:
        await slack.start(port)
    except SandboxError as error:
        raise SettingsError(f"{error} For example: make sandbox ARGS='--port 8081'") from error
    try:
        await _run_app(slack, to_live)
    finally:
        await slack.stop()


async def _run_app(slack: Sandbox, to_live: demo.Marker | None) -> None:
    given = sandbox_settings(slack, f"sqlite:///{FOLDER / 'prm.db'}")
    logs.configure(given)
    await asyncio.to_thread(command.upgrade, alembic_config(given.database_url), "head")
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(open_app(given, slack.clock.now))
        sock = listen("127.0.0.1", 0)
        await stack.enter_async_context(serving(Door(app.bolt, app.deps.database).asgi(), sock))
        slack.connect(f"http://127.0.0.1:{sock.getsockname()[1]}")
        if to_live is not None:
            await _live_a_year(slack, app, to_live)
        await _install_where_missing(slack, app)
        follow(slack.clock, app)
        stack.enter_context(only_worker(app.deps.database))
        await stack.enter_async_context(ticking(app.tick, TICK_SECONDS))
        stop = told_to_stop()
        click.echo(f"Open {slack.url} in your browser. Stop with Ctrl+C.")
        await stop.wait()
        app.sender.stop()


async def _live_a_year(slack: Sandbox, app: App, marker: demo.Marker) -> None:
    """The demo: everything from the installation on happens a year ago, then a week at a time until today."""
    click.echo("Living a year of a liaison team's life, for the demo. This takes some seconds.")
    marker.begin()
    today = slack.clock.now()
    slack.clock.shift(-demo.YEAR)
    await _install_where_missing(slack, app)
    follow(slack.clock, app)
    try:
        await demo.live(slack, until=today, settle=app.deps.background.drain)
    except SandboxError as error:
        raise SettingsError(str(error)) from error
    slack.clock.shift(timedelta())
    marker.finish()


async def _install_where_missing(slack: Sandbox, app: App) -> None:
    for team in TEAMS:
        team_id = slack.world.team_id(team)
        access = await app.deps.slack.workspaces.by_key(team_id)
        known = slack.state.installations.get(access.token) if access else None
        if known is None or known.status != "live":
            await slack.install(team)
