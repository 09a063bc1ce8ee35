"""One process of the fleet: what `prm web` or `prm worker` is made of, with a clock that the test moves.

The product has no way in for that; this program puts the product together as `slackbot.__main__` does."""

import asyncio
import logging
import sys
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from sandbox.serving import Serving
from slackbot import settings
from slackbot.app import App, build, open_app
from slackbot.web import Door
from tests.conftest import Trouble, pytest_configure
from tests.fleet.shared import SharedSet, time_in
from tests.fleet.wire import Words, answer_all


class Hand:
    """The app of the test that runs just now."""

    def __init__(self, role: str) -> None:
        self._role = role
        self._stack = AsyncExitStack()
        self._app: App | None = None
        self._trouble = Trouble()

    async def answer(self, asked: Words) -> Words:
        match asked["do"]:
            case "open":
                return await self._open(asked)
            case "tick":
                assert self._app is not None, "it was opened"
                await self._app.tick()
            case "drain":
                assert self._app is not None, "it was opened"
                await self._app.deps.background.drain()
            case "close":
                return await self._close()
        return {}

    async def _open(self, asked: Words) -> Words:
        given = settings.load(**asked["settings"])
        opened = await self._stack.enter_async_context(
            open_app(given, partial(time_in, Path(asked["clock"])))
        )
        self._app = build(replace(opened.deps, welcomed=SharedSet(Path(asked["welcomed"]))))
        logging.getLogger().addHandler(self._trouble)
        if self._role == "worker":
            return {}
        door = Serving(Door(self._app.bolt, self._app.deps).asgi())
        port = await door.begin(0)
        self._stack.push_async_callback(door.end)
        return {"url": f"http://127.0.0.1:{port}"}

    async def _close(self) -> Words:
        await self._stack.aclose()
        logging.getLogger().removeHandler(self._trouble)
        serious = [one.getMessage() for one in self._trouble.records if one.levelno >= logging.ERROR]
        self._trouble.records.clear()
        return {"serious": serious}


if __name__ == "__main__":
    pytest_configure()
    asyncio.run(answer_all(Hand(sys.argv[1]).answer))
