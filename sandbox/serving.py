"""uvicorn on one local socket, started and stopped inside a running event loop without delay."""

from __future__ import annotations

import asyncio
import socket

import uvicorn
from starlette.types import ASGIApp

from sandbox.errors import SandboxError

GRACE_TURNS = 30
"""Milliseconds, about, that open connections get to finish at a stop."""


class Serving(uvicorn.Server):
    """uvicorn's own `serve` looks only every tenth of a second whether it should stop: too slow for a test each."""

    def __init__(self, app: ASGIApp) -> None:
        config = uvicorn.Config(
            app,
            http="h11",
            ws="websockets-sansio",
            ws_ping_interval=None,
            lifespan="off",
            proxy_headers=False,
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            # Longer than the app's client keeps a connection: else one may be closed just as it is used again.
            timeout_keep_alive=75,
        )
        config.load()
        super().__init__(config)
        self.lifespan = config.lifespan_class(config)

    async def begin(self, port: int) -> int:
        """Listen on 127.0.0.1; the port it is. Raises SandboxError for a port that is taken."""
        # asyncio sets TCP_NODELAY only where the protocol is spelled out; without it each answer waits 40 ms.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            listener.close()
            raise SandboxError(
                f"Port {port} of this machine is in use; choose another, or stop what holds it."
            ) from None
        await self.startup(sockets=[listener])
        return int(listener.getsockname()[1])

    async def end(self) -> None:
        """Close everything: politely for a few milliseconds, then at once."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        for _ in range(GRACE_TURNS):
            if not self.server_state.connections:
                break
            await asyncio.sleep(0.001)
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        tasks = list(self.server_state.tasks)
        if tasks:
            await asyncio.wait(tasks, timeout=GRACE_TURNS / 1000)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for server in self.servers:
            await server.wait_closed()

    def cut(self, client: tuple[str, int] | None) -> None:
        """Break the connection with a peer, as a network does."""
        for connection in list(self.server_state.connections):
            if getattr(connection, "client", None) == client:
                connection.transport.abort()
