"""Refuses what another website could make a browser on this machine send here."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
SAFE_METHODS = frozenset({"GET", "HEAD"})


class Guard:
    """ASGI middleware: only local names in `Host`, and nothing but page views from other origins."""

    def __init__(self, app: ASGIApp, *, machine_paths: Sequence[str] = ()) -> None:
        """`machine_paths` are prefixes that no browser has business with, so not even a page view may come from elsewhere."""
        self._app = app
        self._machine_paths = tuple(machine_paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        reason = self._reason(scope) if scope["type"] in {"http", "websocket"} else None
        if reason is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": reason})
        else:
            await PlainTextResponse(reason, 403)(scope, receive, send)

    def _reason(self, scope: Scope) -> str | None:
        """Why a request is refused, in a sentence; None lets it through."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not _is_local(host, scope):
            return "This sandbox answers only under 127.0.0.1 or localhost."
        origin = headers.get("origin")
        page_view = (
            scope.get("method") in SAFE_METHODS and headers.get("sec-fetch-mode", "navigate") == "navigate"
        )
        foreign = headers.get("sec-fetch-site") in {"cross-site", "same-site"}
        foreign = foreign or (origin is not None and origin != f"http://{host}")
        if foreign and (not page_view or scope["path"].startswith(self._machine_paths)):
            return "Another site may not do this in the sandbox."
        return None


def _is_local(host: str, scope: Scope) -> bool:
    parts = urlsplit(f"//{host}")
    name = f"[{parts.hostname}]" if parts.hostname and ":" in parts.hostname else parts.hostname
    try:
        port = parts.port or 80
    except ValueError:
        return False
    server = scope.get("server")
    return name in LOCAL_NAMES and (server is None or port == server[1])
