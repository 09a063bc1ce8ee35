"""A running sandbox with its page, the trial app behind it, and what the manifest would offer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest

from sandbox import page
from sandbox.clock import Clock
from sandbox.page.manifest import offers
from sandbox.server import Sandbox
from tests.browser import browser, browser_page
from tests.sandbox.page.acts import LIAISONS
from tests.sandbox.page.trial_app import TrialApp
from tests.sandbox.page.wire import Tab
from tests.sandbox.server.counterpart import Counterpart

__all__ = ["browser", "browser_page"]
A_MONDAY = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)
"""Ten in the morning in New York."""

MANIFEST = {
    "features": {
        "slash_commands": [
            {"command": "/prm", "description": "Try everything", "usage_hint": "[show, slow]"}
        ],
        "shortcuts": [
            {"name": "New visit", "type": "global", "callback_id": "visit", "description": "Write one down"},
            {
                "name": "Visit from this",
                "type": "message",
                "callback_id": "visit_from",
                "description": "Take it over",
            },
        ],
    }
}


@pytest.fixture
def clock() -> Clock:
    return Clock(A_MONDAY, frozen=True)


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(clock=clock)
    # Before the page that offers what the repository's manifest says: the first route that fits answers.
    sandbox.asgi.router.routes[:0] = page.routes(sandbox, offers(MANIFEST))
    async with sandbox:
        yield sandbox


@pytest.fixture
async def app(slack: Sandbox) -> AsyncIterator[Counterpart]:
    """Installed at Riverside; Lakeview has no app."""
    slack.grant()
    counterpart = Counterpart(slack.signing_secret)
    counterpart.answer = TrialApp(slack)
    await counterpart.start()
    slack.connect(counterpart.url)
    yield counterpart
    await counterpart.stop()


@pytest.fixture
async def session(slack: Sandbox) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(slack.url) as session:
        yield session


@pytest.fixture
def tab(session: aiohttp.ClientSession) -> Tab:
    return Tab(session, "ana", LIAISONS)


@pytest.fixture
def dm(session: aiohttp.ClientSession) -> Tab:
    return Tab(session, "ana", "app")
