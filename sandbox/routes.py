"""The addresses of the fake Slack and what answers at each."""

from __future__ import annotations

import base64
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute

from sandbox.api.door import Door
from sandbox.guard import Guard
from sandbox.oauth import Consent
from sandbox.response_urls import ResponseUrls
from sandbox.socket_mode import SocketMode
from sandbox.tickets import Tickets
from sandbox.triggers import Triggers
from sandbox.world import World

MACHINE_PATHS = ("/api/", "/upload/", "/response/", "/link")


class Doors:
    """Everything that answers."""

    def __init__(
        self,
        world: World,
        triggers: Triggers,
        tickets: Tickets,
        socket: SocketMode,
        cut: Callable[[tuple[str, int] | None], None],
    ) -> None:
        """`cut` breaks the connection with a peer."""
        self.world = world
        self.tickets = tickets
        self.socket = socket
        self._cut = cut
        self.api = Door(world, triggers, tickets, self.withhold)
        self.response_urls = ResponseUrls(world, self.withhold)
        self.consent = Consent(world, tickets)

    async def withhold(self, request: Request, way: str) -> None:
        """Return only once the peer is gone: by itself ("timeout"), or cut off ("drop")."""
        if way == "drop":
            self._cut((request.client.host, request.client.port) if request.client is not None else None)
        await _departure(request)

    async def upload(self, request: Request) -> Response:
        """Takes the bytes of a file, raw or as a form, at the address that files.getUploadURLExternal gave."""
        file_id = self.tickets.redeem("upload", request.path_params["ticket"])
        if file_id is None:
            return PlainTextResponse("no such upload", 404)
        file = self.world.state.files[file_id]
        content = await _content(request)
        if len(content) != file.length:
            return PlainTextResponse(f"expected {file.length} bytes", 400)
        file.content = base64.b64encode(content).decode()
        self.world.changed()
        return PlainTextResponse(f"OK - {len(content)}")


async def _departure(request: Request) -> None:
    """Wait until the peer closes the connection."""
    gone = False
    while not gone:
        gone = (await request.receive())["type"] == "http.disconnect"


async def _content(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form() as form:
        for part in form.values():
            if not isinstance(part, str):
                return await part.read()
    return b""


def starlette(doors: Doors) -> Starlette:
    """The application, behind the guard."""
    return Starlette(
        routes=[
            Route("/api/{method}", doors.api.answer, methods=["GET", "POST"]),
            Route("/oauth/v2/authorize", doors.consent.page, methods=["GET"]),
            Route("/oauth/v2/authorize", doors.consent.decide, methods=["POST"]),
            Route("/response/{ticket}", doors.response_urls.answer, methods=["POST"]),
            Route("/upload/{ticket}", doors.upload, methods=["POST"]),
            WebSocketRoute("/link", doors.socket.converse),
        ],
        middleware=[Middleware(Guard, machine_paths=MACHINE_PATHS)],
    )
