"""The app behind its door, on SQLite only: what is tested here does not depend on the engine."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette

from sandbox.server import Sandbox
from slackbot.app import FEATURES, App, build
from slackbot.feature import Feature
from slackbot.serving import listen, serving
from slackbot.web import Door
from tests.app.doors import Answer, Letter, bring
from tests.conftest import Trouble
from tests.databases import Databases

Bring = Callable[[Letter], Awaitable[Answer]]
WithFeatures = Callable[..., AbstractAsyncContextManager[App]]


@pytest.fixture
def database_url(databases: Databases, tmp_path: Path) -> str:
    return databases.in_turn("sqlite", tmp_path)


@pytest.fixture
def door(app: App) -> Starlette:
    return Door(app.bolt, app.deps).asgi()


@pytest.fixture
def brings(door: Starlette) -> Bring:
    """Brings a letter to the app, as a network would."""

    async def to_the_door(letter: Letter) -> Answer:
        return await bring(door, letter)

    return to_the_door


@pytest.fixture
def with_features(app: App, slack: Sandbox, trouble: Trouble) -> WithFeatures:
    """The installed app, served anew with features of the test's own beside the real ones."""

    @asynccontextmanager
    async def served(*features: Feature) -> AsyncIterator[App]:
        own = build(app.deps, (*FEATURES, *features))
        sock = listen("127.0.0.1", 0)
        async with serving(Door(own.bolt, app.deps).asgi(), sock):
            slack.connect(f"http://127.0.0.1:{sock.getsockname()[1]}")
            yield own
            await app.deps.background.drain()

    return served
