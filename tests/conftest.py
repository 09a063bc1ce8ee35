"""What every test may ask for: a clock, a Slack on localhost, the real app on either database, and the people."""

import gc
import logging
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from slack_sdk.oauth.installation_store import Installation

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from sandbox.serving import Serving
from slackbot.app import App, open_app
from slackbot.sandboxed import follow, sandbox_settings
from slackbot.settings import Settings
from slackbot.web import Door
from tests.databases import Databases
from tests.engines import Engines
from tests.fleet.choosing import why_not

if TYPE_CHECKING:
    from tests.fleet.crew import Crew

MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""Ten in the morning in New York, an hour after the week's message would have come."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--fleet",
        action="store_true",
        help="pass the tests marked door against two web and two worker processes on PostgreSQL",
    )


def pytest_configure() -> None:
    structlog.configure(
        processors=[structlog.stdlib.add_log_level, structlog.stdlib.render_to_log_kwargs],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    # With Python's own handler in place asyncio puts in one for each fixture and test, and on the way signal writes
    # out, for nobody, what the fixture gave: the whole app with all content.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


LONG_ON_BOTH = {
    *(
        f"delivery/test_{name}"
        for name in ("refusals", "unknown", "clock_changes", "weekly", "recovery", "asking_slack")
    ),
    *(
        f"features/test_{name}"
        for name in (
            *(
                "erasing",
                "nothing_leaks",
                "reporting",
                "win_changes",
                "progress_chart",
                "reminders",
                "onboarding",
            ),
            *(
                "target_form",
                "targets",
                "criteria",
                "verification",
                "win_copies",
                "wins_listed",
                "celebrate",
                "wins",
            ),
            *(
                "own_export",
                "privacy",
                "samples",
                "admin",
                "home",
                "holidays",
                "nudge_settings",
                "credentials",
                "remind_me",
            ),
        )
    ),
    "app/test_rotation",
}
"""Files that take long: on PostgreSQL they run with what else does, in `make check`."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Before those that are marked slow are left out."""
    if not config.getoption("--fleet"):
        for item in items:
            where = item.nodeid.partition("tests/")[2].partition(".py")[0]
            if where in LONG_ON_BOTH and "postgresql" in item.name:
                item.add_marker(pytest.mark.slow)
        return
    left_out = [item for item in items if why_not(item) is not None]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]
    for item in items:
        # The first one waits for all the processes to start.
        item.add_marker(pytest.mark.timeout(180))


def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end, so nobody need look through it for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine's own environment reaches a test."""
    for name in ("DATABASE_URL", "PORT", "HOST", "LOG_LEVEL", "LOG_FORMAT"):
        monkeypatch.delenv(name, raising=False)
    for name in [name for name in os.environ if name.startswith(("SLACK_", "PRM_"))]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session", autouse=True)
def _engines_again() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.database.open_engine", Engines().open)
        yield


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    with Databases(tmp_path_factory.mktemp("databases")) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> str:
    """A migrated, empty database of its own, on each engine in turn."""
    return databases.in_turn(request.param, tmp_path)


@pytest.fixture(scope="session")
def crew(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Crew | None"]:
    """The processes of `--fleet`; None without."""
    if not request.config.getoption("--fleet"):
        yield None
        return
    from tests.fleet.crew import Crew

    made = Crew(tmp_path_factory.mktemp("fleet"))
    yield made
    made.end()


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY, frozen=True)


@pytest.fixture
async def slack(clock: Clock, request: pytest.FixtureRequest) -> AsyncIterator[Sandbox]:
    """A strict Slack. What it refused fails the test, unless the test is about that (marker `refused`)."""
    async with Sandbox(clock=clock) as sandbox:
        yield sandbox
        if request.node.get_closest_marker("refused") is None:
            assert [(call.method, call.response) for call in sandbox.refusals] == []


@asynccontextmanager
async def running(slack: Sandbox, settings: Settings) -> AsyncIterator[App]:
    """The real app behind its HTTP door, connected to the Slack, with the sandbox's clock."""
    async with open_app(settings, slack.clock.now) as app:
        # The sandbox's uvicorn stops without delay; the product's own is tested where it is started as a program.
        door = Serving(Door(app.bolt, app.deps).asgi())
        slack.connect(f"http://127.0.0.1:{await door.begin(0)}")
        follow(slack.clock, app)
        try:
            yield app
        finally:
            await door.end()


@pytest.fixture
def settings(slack: Sandbox, database_url: str, tmp_path: Path) -> Settings:
    return sandbox_settings(slack, database_url, PRM_ENCRYPTION_KEYS=KEY)


KEY = "cmVhbGx5IG5vdCBhIHNlY3JldCwgb25seSBhIHRlc3Q="


@pytest.fixture
async def app(
    slack: Sandbox, settings: Settings, trouble: "Trouble", crew: "Crew | None"
) -> AsyncIterator[App]:
    """The app, installed in both workspaces."""
    async with running(slack, settings) if crew is None else crew.running(slack, settings) as app:
        await install(slack, app, "riverside")
        await install(slack, app, "lakeview")
        await know_each_other(slack, app)
        yield app
        await app.deps.background.drain()
    trouble.check(*getattr(app, "serious", ()))


async def install(slack: Sandbox, app: App, team: str) -> None:
    """Leaves behind what an installation through the app's pages does, at a tenth of the cost.

    `tests/app/test_oauth.py` goes through the pages, and compares the two."""
    team_id, flow = slack.world.team_id(team), app.bolt.oauth_flow
    assert flow is not None, "the settings of the tests are those of an app for many workspaces"
    token = slack.grant(team)
    granted = slack.state.installations[token]
    await flow.settings.installation_store.async_save(
        Installation(
            app_id=slack.app_id,
            team_id=team_id,
            team_name=slack.state.teams[team_id].name,
            bot_token=token,
            bot_id=granted.bot_id,
            bot_user_id=granted.bot_user,
            bot_scopes=granted.scopes,
            user_id=granted.installed_by,
        )
    )


async def know_each_other(slack: Sandbox, app: App) -> None:
    """The app takes everybody for welcomed, so that a test reads the answer it asks for and no welcome below it.

    Tests of the welcome clear `deps.welcomed` first."""
    for team in {person.team for person in slack.people}:
        access = await app.deps.slack.workspaces.by_key(team)
        if access is not None:
            app.deps.welcomed.update(
                (access.workspace_id, one.id) for one in slack.people if one.team == team
            )


class Trouble(logging.Handler):
    """Collects what the app logs as a failure, and Bolt's warning about a misspelt argument."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.expected: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def expect(self, *events: str) -> None:
        """These failures are what the test is about."""
        self.expected |= set(events)

    def events(self) -> list[str]:
        return [record.getMessage() for record in self.records]

    def check(self, *elsewhere: str) -> None:
        serious = [*elsewhere, *(r.getMessage() for r in self.records if r.levelno >= logging.ERROR)]
        misspelt = [event for event in self.events() if "is not a valid argument" in event]
        assert [event for event in serious if event not in self.expected] == []
        assert misspelt == []


@pytest.fixture
def trouble() -> Iterator[Trouble]:
    handler = Trouble()
    root = logging.getLogger()
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)


@pytest.fixture
def ana(slack: Sandbox, app: App) -> Person:
    """A liaison."""
    return slack.person("ana")


@pytest.fixture
def eli(slack: Sandbox, app: App) -> Person:
    """A second liaison."""
    return slack.person("eli")


@pytest.fixture
def ben(slack: Sandbox, app: App) -> Person:
    """Their manager."""
    return slack.person("ben")


@pytest.fixture
def dee(slack: Sandbox, app: App) -> Person:
    """An admin of the workspace."""
    return slack.person("dee")


@pytest.fixture
def cy(slack: Sandbox, app: App) -> Person:
    """Somebody in another workspace: what Cy can see of the others is a leak."""
    return slack.person("cy")


def kwargs_of(record: logging.LogRecord) -> dict[str, Any]:
    """What a structured log line carried beside its event."""
    return {name: value for name, value in vars(record).items() if name not in _PLAIN}


_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
