"""What all parts of the fake Slack share: its state, its clocks, its journal, and the ids and times it gives out."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable

from sandbox.clock import Clock
from sandbox.errors import SandboxError
from sandbox.faults import Faults
from sandbox.journal import KEPT, Call, Sent, Start
from sandbox.seeds import BOT_IDS, BOT_USERS, SHORT_NAMES, fresh_state
from sandbox.state import Channel, Enterprise, Installation, Message, State, User, View
from sandbox.words import Json

APP_ID = "A0PRMCOACH"
CLIENT_ID = "1000000000.2000000000"
CLIENT_SECRET = "sandbox-client-secret"
SIGNING_SECRET = "sandbox-signing-secret"
APP_TOKEN = "xapp-1-A0PRMCOACH-sandbox"
VERIFICATION_TOKEN = "sandbox-verification-token"
TOKEN_LIFE = 43_200.0
"""Seconds that a token lives that is rotated."""


class World:
    """The shared memory of one fake Slack."""

    def __init__(self, clock: Clock, *, rate_limits: bool) -> None:
        self.state: State = fresh_state()
        self.clock = clock
        self.rate_limits = rate_limits
        self.seconds: Callable[[], float] = time.time
        self.patience = 3.0
        self.should_escape = True
        self.token_rotation = False
        """Whether the app's manifest has its tokens rotated."""
        self.home_tab_enabled = True
        self.url = ""
        self.app_url = ""
        self.faults = Faults(self.team_id)
        self.calls: deque[Call] = deque(maxlen=KEPT)
        self.requests: deque[Sent] = deque(maxlen=KEPT)
        self.refusals: list[Call] = []
        self._set_out = 0
        self.stacks: dict[str, list[View]] = {}
        self.typed: dict[tuple[str, str], dict[str, dict[str, Json]]] = {}
        self.said: deque[tuple[int, Message]] = deque(maxlen=KEPT)
        """Messages as they were written or rewritten, numbered."""
        self.said_so_far = 0
        self.save_soon: Callable[[], None] = lambda: None
        self.version = 0
        """Grows with everything that happens."""
        self._changed = asyncio.Event()

    # Ids and times

    def new_id(self, prefix: str) -> str:
        """The next id; ids are counted, so a run is the same every time."""
        self.state.counter += 1
        return f"{prefix}0{self.state.counter:09X}"

    def new_ts(self) -> str:
        """A message's time by the product's clock, never given twice."""
        micros = int(self.clock.now().timestamp() * 1_000_000)
        self.state.last_ts = max(micros, self.state.last_ts + 1)
        return f"{self.state.last_ts // 1_000_000}.{self.state.last_ts % 1_000_000:06d}"

    def sets_out(self) -> Start:
        """For what now goes over the wire: a request made while another is open comes after it."""
        self._set_out += 1
        return Start(self._set_out)

    # Change

    def changed(self) -> None:
        """Something a person or test may wait for has happened, and what is saved may differ."""
        self.woken()
        self.save_soon()

    def note_said(self, message: Message) -> None:
        """A message was written or rewritten."""
        self.said_so_far += 1
        self.said.append((self.said_so_far, message))
        self.changed()

    def woken(self) -> None:
        """Let those who wait look again."""
        self.version += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, predicate: Callable[[], bool], within: float, what: str) -> None:
        """Wait without polling until `predicate` holds; AssertionError after `within` real seconds."""
        try:
            async with asyncio.timeout(within):
                while not predicate():
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"Waited {within:g} s in vain for {what}.") from None

    # Finding

    def team_id(self, team: str) -> str:
        """The id of a workspace, or of the organization, named by its id or short name."""
        found, known = SHORT_NAMES.get(team, team), self.state.teams.keys() | self.state.enterprises.keys()
        if found not in known:
            there = (name for name, one in SHORT_NAMES.items() if one in known)
            raise SandboxError(f"There is no workspace “{team}”; there are {', '.join(there)}.")
        return found

    def user(self, user_id: str, team: str) -> User | None:
        """A member of `team`."""
        user = self.state.users.get(user_id) or self.state.users.get(f"{user_id}/{team}")
        return user if user is not None and self.covers(team, user.team) else None

    def organization(self, team: str) -> Enterprise | None:
        """The one a workspace belongs to, or that has this id."""
        known = self.state.teams.get(team)
        return self.state.enterprises.get((known.enterprise or "") if known is not None else team)

    def covers(self, holder: str, team: str) -> bool:
        """Whether `holder` is that workspace, or its organization."""
        if holder == team:
            return True
        organization = self.organization(team)
        return organization is not None and organization.id == holder

    def installation(self, team: str) -> Installation | None:
        """The live installation of a workspace: its own, or its organization's where that was given to it."""
        for installation in reversed(self.state.installations.values()):
            here = installation.team == team or team in installation.teams
            if here and installation.status == "live":
                return installation
        return None

    def install(self, team: str, scopes: list[str], by: str) -> Installation:
        """A live installation with just these scopes; the token of a live one stays, as Slack keeps it."""
        installation = next(
            (
                one
                for one in reversed(self.state.installations.values())
                if one.team == team and one.status == "live"
            ),
            None,
        )
        if installation is None or self.token_rotation:
            installation = self._new_token(team, installation.teams if installation is not None else [])
        installation.scopes = sorted(set(scopes))
        installation.installed_by = by
        self.changed()
        return installation

    def _new_token(self, team: str, teams: list[str]) -> Installation:
        number = self.new_id("K")
        kind = "xoxe.xoxb" if self.token_rotation else "xoxb"
        installation = Installation(
            f"{kind}-sandbox-{team}-{number}", team, BOT_IDS[team], BOT_USERS[team], [], "", teams=teams
        )
        if self.token_rotation:
            installation.refresh_token = f"xoxe-1-sandbox-{number}"
            installation.expires_at = self.clock.now().timestamp() + TOKEN_LIFE
        self.state.installations[installation.token] = installation
        return installation

    def refresh(self, refresh_token: str) -> Installation | None:
        """A new token for one that ends; the old one lives on until its time. None for what was used or never given."""
        for old in self.state.installations.values():
            if old.refresh_token == refresh_token and refresh_token and old.status == "live":
                old.refresh_token = None
                fresh = self._new_token(old.team, old.teams)
                fresh.scopes, fresh.installed_by = old.scopes, old.installed_by
                self.changed()
                return fresh
        return None

    def app_dm(self, user: User) -> Channel:
        """The direct conversation of the app and a person, opened when first asked for."""
        channel_id = f"D{user.id[1:]}"
        if channel_id not in self.state.channels:
            installation = self.installation(user.team)
            bot = installation.bot_user if installation is not None else BOT_USERS[user.team]
            channel = Channel(channel_id, user.team, "", [user.id, bot], user=user.id)
            self.state.channels[channel_id] = channel
        return self.state.channels[channel_id]

    def message(self, channel: str, ts: str) -> Message | None:
        for message in reversed(self.state.messages):
            if message.ts == ts and message.channel == channel:
                return message
        return None

    def stack(self, user: str) -> list[View]:
        """The open modals of a person, the top one last."""
        return self.stacks.setdefault(user, [])
