"""Socket Mode: the app holds a websocket here and gets as envelopes what would else be HTTP requests."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.tickets import Tickets
from sandbox.words import Json
from sandbox.world import APP_ID, World

TAKES_A_REPLY = frozenset({"slash_commands", "interactive"})
MOST_CONNECTIONS = 10


class SocketMode:
    """The app's open websockets."""

    def __init__(self, world: World, tickets: Tickets) -> None:
        self._world = world
        self._tickets = tickets
        self._open: list[WebSocket] = []
        self._waiting: dict[str, asyncio.Future[Json | None]] = {}

    @property
    def connected(self) -> bool:
        return bool(self._open)

    async def converse(self, websocket: WebSocket) -> None:
        """One connection, from hello to goodbye."""
        if self._tickets.redeem("link", websocket.query_params.get("ticket", "")) is None:
            await websocket.close(4001, "This link was used or never given out.")
            return
        await websocket.accept()
        if len(self._open) >= MOST_CONNECTIONS:
            await self._goodbye(websocket, "too_many_websockets")
            return
        self._open.append(websocket)
        await websocket.send_json(self._hello())
        self._world.woken()
        try:
            while True:
                self._acknowledged(await websocket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            if websocket in self._open:
                self._open.remove(websocket)
            self._world.woken()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP_ID},
        }

    def _acknowledged(self, text: str) -> None:
        try:
            message: Any = json.loads(text)
        except ValueError:
            return
        if isinstance(message, dict):
            waiting = self._waiting.pop(str(message.get("envelope_id")), None)
            if waiting is not None and not waiting.done():
                waiting.set_result(message.get("payload"))

    async def send(self, kind: str, payload: Json, retry: Json) -> Json | None:
        """Send an envelope on the newest connection; the payload of its acknowledgement.

        Raises ConnectionError with the reason as its text; waits for ever, so give it a timeout.
        """
        if not self._open:
            raise ConnectionError("not_connected")
        envelope_id = self._world.new_id("envelope-")
        envelope: Json = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind in TAKES_A_REPLY,
            **retry,
        }
        waiting: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = waiting
        try:
            await self._open[-1].send_json(envelope)
            return await waiting
        except (WebSocketDisconnect, RuntimeError):
            raise ConnectionError("connection_failed") from None
        finally:
            self._waiting.pop(envelope_id, None)

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app to connect anew, and close what is open."""
        for websocket in [*self._open]:
            await self._goodbye(websocket, reason)

    async def _goodbye(self, websocket: WebSocket, reason: str) -> None:
        if websocket in self._open:
            self._open.remove(websocket)
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):  # it may be gone already
            await websocket.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
            )
            await websocket.close()
        self._world.woken()
