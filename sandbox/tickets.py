"""One-time addresses: OAuth codes, upload places and socket links."""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.world import World


@dataclass
class Code:
    """An OAuth code on its way through the browser."""

    team: str
    user: str
    scopes: list[str]
    redirect_uri: str
    issued: float
    used: bool = False


@dataclass
class Tickets:
    """Those given out and not yet used."""

    world: World
    codes: dict[str, Code] = field(default_factory=dict)
    _open: dict[str, tuple[str, str]] = field(default_factory=dict)

    def issue(self, kind: str, subject: str) -> str:
        ticket = self.world.new_id(f"{kind}-")
        self._open[ticket] = (kind, subject)
        return ticket

    def redeem(self, kind: str, ticket: str) -> str | None:
        """The subject of a ticket of that kind, once."""
        if self._open.get(ticket, ("",))[0] != kind:
            return None
        return self._open.pop(ticket)[1]

    def code(self, team: str, user: str, scopes: list[str], redirect_uri: str) -> str:
        code = self.world.new_id("code-")
        self.codes[code] = Code(team, user, scopes, redirect_uri, self.world.seconds())
        return code
