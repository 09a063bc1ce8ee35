"""Writes requests as Slack does, or badly, and brings them to an ASGI app without a network between."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from starlette.types import ASGIApp, Message

from sandbox.server import Sandbox

Headers = dict[str, str]
FORM = "application/x-www-form-urlencoded"
NOT_INSTALLED = (
    "Although the app should be installed into this workspace, "
    "the AuthorizeResult (returned value from authorize) for it was not found."
)
"""Bolt's words for a request from a workspace that we do not know."""


@dataclass(frozen=True)
class Answer:
    """What the app said."""

    status: int
    headers: Headers
    body: bytes

    @property
    def words(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Letter:
    """One request to the app's door."""

    body: bytes
    headers: Headers = field(default_factory=dict)
    verb: str = "POST"
    path: str = "/slack/events"
    chunks: int = 1
    cut_off: bool = False
    """Whether the connection breaks before the last chunk."""

    def saying(self, **headers: str | None) -> "Letter":
        """The same with other headers (underscores are dashes); None takes one away."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {**self.headers, **named}
        return replace(self, headers={name: value for name, value in kept.items() if value is not None})


def signature(raw: bytes, stamp: str, secret: str = Sandbox.signing_secret) -> str:
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256)
    return f"v0={digest.hexdigest()}"


def signed(
    raw: bytes, kind: str = FORM, *, at: float | None = None, secret: str = Sandbox.signing_secret
) -> Letter:
    """A letter that Slack signed at `at` (real seconds; default: now)."""
    stamp = str(int(time.time() if at is None else at))
    headers = {
        "content-type": kind,
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature(raw, stamp, secret),
    }
    return Letter(raw, headers)


def command(text: str = "help", **fields: str) -> bytes:
    """The form of a slash command of Ana's."""
    usual = {
        "command": "/prm",
        "text": text,
        "team_id": "T0RIVERSIDE",
        "team_domain": "riverside",
        "channel_id": "C0LIAISONS",
        "channel_name": "liaisons",
        "user_id": "U0ANADUARTE",
        "user_name": "ana",
        "trigger_id": "1.2.3",
        "response_url": "http://127.0.0.1:9/response/none",
        "is_enterprise_install": "false",
    }
    return urlencode(usual | fields).encode()


def as_json(value: Any) -> Letter:
    return signed(json.dumps(value).encode(), "application/json")


def interaction(payload: Any) -> Letter:
    return signed(urlencode({"payload": json.dumps(payload)}).encode())


async def bring(app: ASGIApp, letter: Letter) -> Answer:
    """The app's answer to one letter."""
    parts = _parts(letter)
    answered: list[Message] = []

    async def receive() -> Message:
        return next(parts, {"type": "http.disconnect"})

    async def send(message: Message) -> None:
        answered.append(message)

    path, _, query = letter.path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": letter.verb,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in letter.headers.items()],
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 80),
    }
    await app(scope, receive, send)
    start = answered[0]
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], headers, b"".join(message.get("body", b"") for message in answered[1:]))


def _parts(letter: Letter) -> Iterator[Message]:
    size = max(1, -(-len(letter.body) // letter.chunks))
    pieces = [letter.body[at : at + size] for at in range(0, len(letter.body), size)] or [b""]
    for number, piece in enumerate(pieces, 1):
        more = letter.cut_off or number < len(pieces)
        yield {"type": "http.request", "body": piece, "more_body": more}
