"""The table of Web API methods: what each needs, how often it may be asked, and the function that answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.refused import RefusedError
from sandbox.state import Installation
from sandbox.words import Json
from sandbox.world import World

if TYPE_CHECKING:
    from sandbox.tickets import Tickets
    from sandbox.triggers import Triggers


@dataclass
class Ask:
    """One call with everything its method may look at."""

    world: World
    triggers: Triggers
    tickets: Tickets
    args: Json
    asked_by: Installation | None
    basic: tuple[str, str] | None = None
    """Client id and secret from an `Authorization: Basic` header."""

    @property
    def installation(self) -> Installation:
        if self.asked_by is None:
            raise RefusedError("not_authed")
        return self.asked_by

    @property
    def team(self) -> str:
        return self.installation.team

    def flag(self, name: str) -> bool:
        """A boolean argument, which forms carry as text."""
        return str(self.args.get(name, "")).lower() in {"true", "1"}

    def number(self, name: str, default: int) -> int:
        try:
            return int(self.args.get(name) or default)
        except (TypeError, ValueError):
            raise RefusedError(
                "invalid_arguments", [f"[ERROR] must be an integer [json-pointer:/{name}]"]
            ) from None


Answerer = Callable[[Ask], Json]


@dataclass(frozen=True)
class Method:
    """One row of the table."""

    name: str
    answer: Answerer
    scope: str | None
    needs: tuple[str, ...]
    tier: int
    token: str


METHODS: dict[str, Method] = {}


def method(
    name: str, *, scope: str | None = None, needs: tuple[str, ...] = (), tier: int = 3, token: str = "bot"
) -> Callable[[Answerer], Answerer]:
    """Register a method; `token` is "bot", "app" (the xapp token) or "none"; tier 5 is "special"."""

    def register(answer: Answerer) -> Answerer:
        METHODS[name] = Method(name, answer, scope, needs, tier, token)
        return answer

    return register


def require_scope(installation: Installation, scope: str) -> None:
    """Raise RefusedError with what is needed and what was granted."""
    if scope not in installation.scopes:
        raise RefusedError("missing_scope", needed=scope, provided=",".join(installation.scopes))
