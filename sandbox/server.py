"""The fake Slack as one object: started, connected to an app, and peopled."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Self

from starlette.applications import Starlette

from sandbox import managing, page
from sandbox.administering import Administering
from sandbox.clock import Clock
from sandbox.errors import SandboxError
from sandbox.faults import Faults
from sandbox.installing import Browser, install
from sandbox.journal import Call, Sent
from sandbox.keeping import Keeper
from sandbox.lines import Lines
from sandbox.oauth import KNOWN_SCOPES, admin_of
from sandbox.outbound import Outbound, Undelivered
from sandbox.people import Person
from sandbox.routes import Doors, starlette
from sandbox.seeds import SLACKBOT, general_of, liaisons_of
from sandbox.serving import Serving
from sandbox.socket_mode import SocketMode
from sandbox.state import State, User
from sandbox.tickets import Tickets
from sandbox.triggers import Triggers
from sandbox.words import Json
from sandbox.world import APP_ID, APP_TOKEN, CLIENT_ID, CLIENT_SECRET, SIGNING_SECRET, World

USUAL_SCOPES = ("chat:write", "commands", "files:write", "im:history", "users:read")


class Sandbox(Administering):
    """A Slack on this machine."""

    client_id = CLIENT_ID
    client_secret = CLIENT_SECRET
    signing_secret = SIGNING_SECRET
    app_token = APP_TOKEN
    app_id = APP_ID

    def __init__(
        self, *, clock: Clock | None = None, directory: Path | None = None, rate_limits: bool = False
    ) -> None:
        """State is kept in `directory`/slack.json, or in memory only."""
        self.clock = clock or Clock()
        self.world = World(self.clock, rate_limits=rate_limits)
        self._keeper = Keeper(self.world, directory)
        self._keeper.load()
        self.world.save_soon = self._keeper.save_soon
        self._serving: Serving | None = None
        self._tickets, triggers = Tickets(self.world), Triggers(self.world)
        self.socket = SocketMode(self.world, self._tickets)
        self._outbound = Outbound(self.world, self.socket)
        doors = Doors(self.world, triggers, self._tickets, self.socket, self._cut)
        self.asgi: Starlette = starlette(doors)
        self._lines = Lines(self.world, triggers, doors.response_urls, self._outbound)
        self._people: dict[str, Person] = {}
        self.asgi.routes.extend([*managing.routes(self), *page.routes(self)])

    # Running

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1 (port 0: any free one); raises SandboxError if the port is in use."""
        if self._serving is not None:
            raise SandboxError("The sandbox is running already.")
        serving = Serving(self.asgi)
        self.world.url = f"http://127.0.0.1:{await serving.begin(port)}"
        self._serving = serving
        self._outbound.open()

    async def stop(self) -> None:
        """Close all connections and save; nothing is left running."""
        if self._serving is not None:
            serving, self._serving = self._serving, None
            await self._outbound.close()
            await serving.end()
        self._keeper.save()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        return self.world.url

    @property
    def api_url(self) -> str:
        """What the app's `SLACK_API_URL` must be."""
        return f"{self.url}/api/"

    @property
    def authorize_url(self) -> str:
        """What the app's `SLACK_AUTHORIZE_URL` must be."""
        return f"{self.url}/oauth/v2/authorize"

    # The app

    def connect(self, app_url: str) -> None:
        """Requests go to `app_url` + "/slack/events"; without it, over the app's own websocket."""
        self.world.app_url = app_url.rstrip("/")

    async def install(self, team: str = "riverside", *, without: Collection[str] = ()) -> str:
        """Install through the app's own pages, as an admin with a browser does; the bot token.

        `without` are optional scopes to leave unticked. Raises SandboxError with what went wrong.
        """
        if not self.world.app_url:
            raise SandboxError("Connect the app first, then install it.")
        team_id = self.world.team_id(team)
        browser = Browser(self._outbound.session)
        code = await install(browser, self.world.app_url, self.authorize_url, team_id, without)
        installation = self.world.installation(team_id)
        if installation is None or not self._tickets.codes[code].used:
            raise SandboxError("The app's pages went through, but it never asked for its token.")
        return installation.token

    def grant(self, team: str = "riverside", scopes: Iterable[str] = USUAL_SCOPES) -> str:
        """A bot token without OAuth, as an app of a single workspace has it."""
        team_id = self.world.team_id(team)
        wanted = list(scopes)
        unknown = sorted(set(wanted) - KNOWN_SCOPES)
        if unknown:
            raise SandboxError(f"Slack has no scopes {', '.join(unknown)}.")
        return self.world.install(team_id, wanted, by=admin_of(self.world, team_id).id).token

    def moves(self, name: str, team: str) -> Person:
        """Somebody of the organization goes on in another of its workspaces, under the same id."""
        user, team_id = self.person(name).user, self.world.team_id(team)
        user.teams = sorted({*user.teams, user.team, team_id})
        user.team = team_id
        self.world.changed()
        del self._people[user.id]
        return self.person(user.id)

    async def send_event(self, team: str, event: Json) -> Sent:
        """Send any event of a workspace."""
        return await self._outbound.event(self.world.team_id(team), event)

    async def verify_url(self) -> bool:
        """Whether the app's address passes Slack's `url_verification`."""
        return await self._outbound.challenge()

    async def redeliver(self) -> list[Sent]:
        """Repeat at once the events that the app did not take, with Slack's retry headers."""
        return await self._outbound.redeliver()

    # The people

    def person(self, name: str) -> Person:
        """Somebody by first name ("ana", "eli", "ben", "dee" of riverside; "cy" of lakeview) or user id."""
        for user in self.state.users.values():
            if name in {user.id, user.name} and not user.is_bot and user.id != SLACKBOT:
                return self._people.setdefault(user.id, Person(self._lines, user))
        raise SandboxError(
            f"There is nobody called “{name}”; there are {', '.join(p.name for p in self.people)}."
        )

    def hires(
        self,
        name: str,
        *,
        team: str = "riverside",
        zone: str | None = "America/New_York",
        real_name: str | None = None,
        is_admin: bool = False,
        is_restricted: bool = False,
    ) -> Person:
        """One more member of a workspace; `name` is theirs alone, `is_restricted` makes a guest."""
        if any(user.name == name for user in self.state.users.values()):
            raise SandboxError(f"There is a “{name}” already.")
        team_id = self.world.team_id(team)
        user = User(self.world.new_id("U"), team_id, name, real_name or name.title(), tz=zone)
        user.is_admin, user.is_restricted = is_admin, is_restricted
        self.state.users[user.id] = user
        for channel in (general_of(team_id), liaisons_of(team_id)):
            self.state.channels[channel].members.append(user.id)
        self.world.changed()
        return self.person(user.id)

    @property
    def people(self) -> list[Person]:
        """All who can sit at a keyboard, of both workspaces."""
        humans = [user for user in self.state.users.values() if not user.is_bot and user.id != SLACKBOT]
        return [self.person(user.id) for user in humans]

    # Looking

    async def until(
        self, predicate: Callable[[], bool], within: float = 3.0, *, what: str = "something"
    ) -> None:
        """Wait, without polling, until a change makes `predicate` true; AssertionError after `within` seconds."""
        await self.world.until(predicate, within, what)

    @property
    def state(self) -> State:
        return self.world.state

    @property
    def faults(self) -> Faults:
        return self.world.faults

    @property
    def calls(self) -> deque[Call]:
        return self.world.calls

    @property
    def requests(self) -> deque[Sent]:
        return self.world.requests

    @property
    def refusals(self) -> list[Call]:
        """What Slack would have refused for its blocks."""
        return self.world.refusals

    @property
    def undelivered(self) -> list[Undelivered]:
        """Events the app did not take, waiting for `redeliver`."""
        return self._outbound.undelivered

    @property
    def patience(self) -> float:
        """Seconds the app has to answer; settable."""
        return self.world.patience

    @patience.setter
    def patience(self, seconds: float) -> None:
        self.world.patience = seconds

    @property
    def seconds(self) -> Callable[[], float]:
        """Real time for triggers, codes, response_urls and rates; settable, so that a test need not wait."""
        return self.world.seconds

    @seconds.setter
    def seconds(self, seconds: Callable[[], float]) -> None:
        self.world.seconds = seconds

    @property
    def token_rotation(self) -> bool:
        """Whether tokens given out from now on end after twelve hours; settable."""
        return self.world.token_rotation

    @token_rotation.setter
    def token_rotation(self, rotates: bool) -> None:
        self.world.token_rotation = rotates

    def _cut(self, client: tuple[str, int] | None) -> None:
        if self._serving is not None:
            self._serving.cut(client)
