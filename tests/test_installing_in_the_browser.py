"""An admin's life with the app: added, added again, revoked, removed, and given to an organization, in a real browser."""

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Route, expect

from sandbox.clock import Clock
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.settings import Settings
from tests.browser import browser, context_of, needs_browser
from tests.conftest import Trouble, running
from tests.databases import Databases
from tests.delivery.ledger import DUE, begin

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_browser]


PATIENCE = 30_000
"""Milliseconds: the machine may be busy, and nothing here is about speed."""


@pytest.fixture
def database_url(databases: Databases, tmp_path: Path) -> str:
    """SQLite only: what PostgreSQL does differently no browser can see."""
    return databases.fresh("sqlite", tmp_path)


@pytest.fixture
async def bare(slack: Sandbox, settings: Settings, trouble: Trouble) -> AsyncIterator[App]:
    """The app, installed nowhere, where tokens end after twelve hours."""
    slack.token_rotation, slack.patience = True, PATIENCE / 1000
    async with running(slack, settings) as app:
        yield app
        await app.deps.background.drain()
    trouble.check()


@pytest.fixture
async def window(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A browser that reaches this machine only."""
    context = await context_of(browser)
    context.set_default_timeout(PATIENCE)
    await context.route(re.compile(r"^https:"), _unreached)
    yield context
    await context.close()


async def _unreached(route: Route) -> None:
    await route.abort()


async def _adds(window: BrowserContext, slack: Sandbox, where: str, *, without: str | None = None) -> None:
    """From the app's own page over Slack's question, and back."""
    page = await window.new_page()
    await page.goto(f"{slack.world.app_url}/slack/install")
    await page.get_by_role("link", name="Add to Slack").click()
    await page.get_by_label(where).check()
    if without is not None:
        await page.get_by_label(without).uncheck()
    await page.get_by_role("button", name="Allow").click()
    await expect(page.get_by_role("heading", name="PRM Coach was added")).to_be_visible(timeout=PATIENCE)
    if "organization" in where:
        await page.get_by_role("link", name="Choose workspaces").click()
        await expect(page.get_by_role("heading", name="Manage apps")).to_be_visible(timeout=PATIENCE)
    await page.close()


async def _presses(window: BrowserContext, slack: Sandbox, where: str, button: str) -> None:
    page = await window.new_page()
    await page.goto(f"{slack.url}/apps")
    pressed = page.get_by_role("region", name=where).get_by_role("button", name=button)
    # The page comes back once the app has heard of it.
    async with page.expect_navigation():
        await pressed.click()
    await page.close()


def _kept(tmp_path: Path) -> list[tuple[str, bool, str]]:
    """Of each installation: its state, whether any token of it is kept, and what it may do."""
    with closing(sqlite3.connect(tmp_path / "prm.db")) as connection:
        rows = connection.execute("SELECT state, token, refresh_token, scopes FROM installation ORDER BY id")
        return [(state, bool(token or refresh), scopes) for state, token, refresh, scopes in rows]


async def test_added_added_again_renewed_revoked_and_removed(
    slack: Sandbox, bare: App, window: BrowserContext, clock: Clock, tmp_path: Path
) -> None:
    ana = slack.person("ana")
    await _adds(window, slack, "Riverside Health", without="files:write")
    assert [(state, kept, "files:write" in may) for state, kept, may in _kept(tmp_path)] == [
        ("live", True, False)
    ]
    await _adds(window, slack, "Riverside Health")
    assert [(state, kept, "files:write" in may) for state, kept, may in _kept(tmp_path)] == [
        ("revoked", False, False),
        ("live", True, True),
    ]
    await begin(bare, ana)
    await clock.advance_to(DUE)
    assert any("This week:" in message.words for message in ana.dms())
    refreshed = [call for call in slack.calls if call.args.get("grant_type") == "refresh_token"]
    assert refreshed
    assert all(call.response["ok"] for call in refreshed)

    await _presses(window, slack, "Riverside Health", "Revoke tokens")
    await _sends_nothing_and_keeps_no_token(slack, clock, tmp_path)
    await _adds(window, slack, "Riverside Health")
    assert (await ana.slash("wins")).ok
    await bare.deps.background.drain()

    await _presses(window, slack, "Riverside Health", "Remove app")
    await _sends_nothing_and_keeps_no_token(slack, clock, tmp_path)


async def _sends_nothing_and_keeps_no_token(slack: Sandbox, clock: Clock, tmp_path: Path) -> None:
    calls = len(slack.calls)
    await clock.advance(weeks=2)
    assert list(slack.calls)[calls:] == []
    assert not any(kept for _, kept, _ in _kept(tmp_path))


async def test_given_to_an_organization_and_taken_from_a_part_of_it(
    slack: Sandbox, bare: App, window: BrowserContext, clock: Clock, tmp_path: Path
) -> None:
    slack.unite()
    ana, cy = slack.person("ana"), slack.person("cy")
    await _adds(window, slack, "Valley Health System (the whole organization)")
    for name in ("Riverside Health", "Lakeview Clinics"):
        await _presses(window, slack, "Valley Health System", f"Give to {name}")
    for person in (ana, cy):
        await begin(bare, person)
    await _presses(window, slack, "Valley Health System", "Take from Riverside Health")
    await clock.advance_to(DUE + timedelta(days=1))

    assert not any("This week:" in message.words for message in ana.dms())
    assert any("This week:" in message.words for message in cy.dms())

    await _presses(window, slack, "Valley Health System", "Remove app")
    await _sends_nothing_and_keeps_no_token(slack, clock, tmp_path)
