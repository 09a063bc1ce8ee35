"""Two web and two worker processes for all tests of a run (`pytest --fleet`), opened anew for each."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from sandbox.server import Sandbox
from slackbot.app import App, open_app
from slackbot.background import Background
from slackbot.sandboxed import follow
from slackbot.settings import Settings
from tests.fleet.shared import WrittenSet, share
from tests.fleet.wire import Line, Words

WEBS = 2
WORKERS = 2


class Crew:
    """The processes, and the load balancer before them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._webs = [Line("tests.fleet.hand", "web") for _ in range(WEBS)]
        self._workers = [Line("tests.fleet.hand", "worker") for _ in range(WORKERS)]
        self._balancer = Line("tests.fleet.round_robin")

    def end(self) -> None:
        for line in (*self._webs, *self._workers, self._balancer):
            line.end()

    @asynccontextmanager
    async def running(self, slack: Sandbox, settings: Settings) -> AsyncIterator["CrewsApp"]:
        """The app behind the load balancer; gives one in this process too, which nobody asks, to look with."""
        share(slack.clock, self._folder / "now")
        welcomed = WrittenSet(self._folder / "welcomed")
        async with open_app(settings, slack.clock.now) as opened:
            deps = replace(opened.deps, background=_Backgrounds(self), welcomed=welcomed)
            app = CrewsApp(deps, opened.bolt, _Senders(opened.sender, self), opened.chores, self)  # type: ignore[arg-type] # it does what tests ask of a sender
            given = _as_given(settings)
            urls = await self._all(
                "open",
                settings=given,
                clock=str(self._folder / "now"),
                welcomed=str(self._folder / "welcomed"),
            )
            told = await self._balancer.ask("lead", to=[one["url"] for one in urls if "url" in one])
            slack.connect(told["url"])
            follow(slack.clock, app)
            try:
                yield app
            finally:
                closed = await self._all("close")
                app.serious.extend(event for one in closed for event in one["serious"])

    async def tick(self) -> None:
        """Both workers at the same moment, as it may well happen."""
        await _each(self._workers, "tick")

    async def drain(self) -> None:
        await self._all("drain")

    async def _all(self, do: str, **more: Any) -> list[Words]:
        return await _each([*self._webs, *self._workers], do, **more)


async def _each(lines: list[Line], do: str, **more: Any) -> list[Words]:
    """What each answered. All of them are heard out, before one's failure is raised."""
    answers = await asyncio.gather(*(line.ask(do, **more) for line in lines), return_exceptions=True)
    for answer in answers:
        if isinstance(answer, BaseException):
            raise answer
    return [answer for answer in answers if not isinstance(answer, BaseException)]


def _as_given(settings: Settings) -> dict[str, Any]:
    """As `settings.load` takes them."""
    given = {str(field.alias): getattr(settings, name) for name, field in type(settings).model_fields.items()}
    shown = {
        name: value.get_secret_value() if isinstance(value, SecretStr) else value
        for name, value in given.items()
    }
    return {name: str(value) if isinstance(value, Path) else value for name, value in shown.items()}


@dataclass(frozen=True)
class CrewsApp(App):
    """What a test sees of the app when it runs elsewhere."""

    crew: Crew = None  # type: ignore[assignment] # always given; a default must follow a default
    serious: list[str] = None  # type: ignore[assignment] # the same

    def __post_init__(self) -> None:
        object.__setattr__(self, "serious", [])

    async def tick(self) -> None:
        await self.crew.tick()


class _Senders:
    """Ticks elsewhere; looks at the ledger here."""

    def __init__(self, here: Any, crew: Crew) -> None:
        self._here, self._crew = here, crew

    async def tick(self) -> None:
        await self._crew.tick()

    async def next_instant(self) -> datetime | None:
        found: datetime | None = await self._here.next_instant()
        return found


class _Backgrounds(Background):
    """What follows an answer follows it in the process that gave it."""

    def __init__(self, crew: Crew) -> None:
        super().__init__()
        self._crew = crew

    async def drain(self, seconds: float = 5) -> None:
        await self._crew.drain()
        await super().drain(seconds)
