"""What admins do with an app that is installed: revoke its tokens, remove it, and give it to parts of an organization."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from sandbox.errors import SandboxError
from sandbox.seeds import BOT_USERS, VALLEY
from sandbox.state import User

if TYPE_CHECKING:
    from sandbox.journal import Sent
    from sandbox.state import State
    from sandbox.words import Json
    from sandbox.world import World


class Administering:
    """The part of the sandbox that is an admin's."""

    world: World

    @property
    def state(self) -> State:
        raise NotImplementedError

    async def send_event(self, team: str, event: Json) -> Sent:
        raise NotImplementedError

    def revoke(self, token: str) -> None:
        """From now on the token is answered with token_revoked; no event is sent."""
        self.world.state.installations[token].status = "revoked"
        self.world.changed()

    async def revoke_tokens(self, team: str = "riverside") -> None:
        """Revoke all tokens of a workspace, and tell the app so."""
        await self.tell_revoked(team, self._end(team, "revoked"))

    async def uninstall(self, team: str = "riverside") -> None:
        """Remove the app from a workspace, or from the whole organization, and tell it so."""
        bot_user = self._end(team, "inactive")
        await self.tell_revoked(team, bot_user)
        await self.send_event(team, {"type": "app_uninstalled", "event_ts": self.world.new_ts()})

    async def tell_revoked(self, team: str, bot_user: str) -> Sent:
        revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [bot_user]}}
        return await self.send_event(team, revoked | {"event_ts": self.world.new_ts()})

    def _end(self, team: str, status: str) -> str:
        """End all live tokens there; the bot's user id."""
        team_id = self.world.team_id(team)
        live = [
            one for one in self.state.installations.values() if one.team == team_id and one.status == "live"
        ]
        if not live:
            raise SandboxError("The app is not installed there.")
        for one in live:
            one.status = status
        self.world.changed()
        return live[0].bot_user

    # An organization

    def unite(self) -> None:
        """Both workspaces become parts of one organization, "valley"; everybody is in the one they were in."""
        self.state.enterprises[VALLEY.id] = VALLEY
        for team in self.state.teams.values():
            team.enterprise = VALLEY.id
        for user in self.state.users.values():
            user.enterprise = VALLEY.id
        bot = User(BOT_USERS[VALLEY.id], "", "prm_coach", "PRM Coach", is_bot=True)
        self.state.users[bot.id] = bot
        self.world.changed()

    async def give_access(self, *teams: str) -> None:
        """An admin of the organization adds the app, installed for all of it, to these workspaces."""
        await self._access("team_access_granted", teams, lambda had, named: sorted({*had, *named}))

    async def take_access(self, *teams: str) -> None:
        """And takes it away from them again."""
        await self._access("team_access_revoked", teams, lambda had, named: sorted({*had} - {*named}))

    async def _access(
        self, event: str, teams: Collection[str], change: Callable[[list[str], list[str]], list[str]]
    ) -> None:
        installation = self.world.installation(VALLEY.id)
        if installation is None:
            raise SandboxError("The app is not installed for the organization.")
        named = [self.world.team_id(team) for team in teams]
        installation.teams[:] = change(installation.teams, named)
        self.world.changed()
        told = {"type": event, "team_ids": named, "event_ts": self.world.new_ts()}
        await self.send_event(VALLEY.id, told)
