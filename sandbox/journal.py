"""What went over the wire: what the app asked of Slack, and what Slack sent to the app."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.words import Json

KEPT = 2000
"""How many of each are kept; the oldest fall out."""


@dataclass(frozen=True)
class Start:
    """The moment at which something set out, and its place in the one order of both directions."""

    seq: int
    began: float = field(default_factory=time.perf_counter)

    @property
    def ms(self) -> float:
        """How long it has been under way."""
        return (time.perf_counter() - self.began) * 1000


@dataclass
class Call:
    """One Web API call (or use of a response_url, as method "response_url"); tokens are left out of `args`."""

    method: str
    team: str | None
    args: Json
    status: int
    response: Json
    ms: float
    at: datetime
    peer: int = 0
    """The port it came from: the same for all calls over one connection."""
    seq: int = 0
    """Its place among calls and requests, by when each began."""

    @property
    def ok(self) -> bool:
        return self.status == 200 and bool(self.response.get("ok"))

    @property
    def error(self) -> str | None:
        return None if self.ok else str(self.response.get("error", self.status))


@dataclass
class Sent:
    """One request to the app; `status` 0 with its `error` ("timeout", "connection_failed") when none came back."""

    kind: str
    body: Json
    status: int
    response: str
    ms: float
    at: datetime
    error: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    seq: int = 0
    """Its place among calls and requests, by when each began."""

    @property
    def ok(self) -> bool:
        return self.status == 200
