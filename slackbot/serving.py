"""Runs an ASGI app on uvicorn beside other work in one event loop, and stops it in good order."""

import asyncio
import contextlib
import gc
import signal
import socket
from collections.abc import AsyncIterator, Coroutine
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp

from slackbot.settings import SettingsError

GRACE: Final = 3
"""Seconds that requests in flight get to finish when we are told to stop: Slack has given up on them by then."""


class _Quiet(uvicorn.Server):
    """Leaves signals to us: the worker beside it has to stop too."""

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises SettingsError when the port is taken, or may not be used."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol spelled out: only then does asyncio send small answers at once (TCP_NODELAY).
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
        # Already now, so that whoever connects before uvicorn is up waits instead of being refused.
        sock.listen(2048)
    except OSError as error:
        sock.close()
        raise SettingsError(
            f"Port {port} on {host} cannot be used ({error.strerror}). Stop what runs there, or set PORT to another."
        ) from error
    return sock


@contextlib.asynccontextmanager
async def serving(asgi: ASGIApp, sock: socket.socket) -> AsyncIterator[None]:
    """Serves for as long as the block runs."""
    config = uvicorn.Config(
        asgi,
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=GRACE,
        # Behind a load balancer the scheme that the browser saw is in a header.
        proxy_headers=True,
        server_header=False,
        # Longer than a load balancer keeps a connection: else one may be closed just as it is used again.
        timeout_keep_alive=75,
    )
    server = _Quiet(config)
    task = asyncio.create_task(server.serve(sockets=[sock]))
    try:
        yield
    finally:
        server.should_exit = True
        await task


def told_to_stop() -> asyncio.Event:
    """Set by SIGTERM or SIGINT, from now on."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows has no loop signal handlers
            loop.add_signal_handler(number, told.set)
    return told


def settle_memory() -> None:
    """What is loaded by now stays until the end, so nobody need look through it for garbage again and again.

    Python's own pace, a look every 700 new objects, is a sixth of what the sender costs."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def run(work: Coroutine[Any, Any, None]) -> None:
    """Runs to the end on uvloop, where there is one."""
    factory = None
    with contextlib.suppress(ImportError):
        import uvloop

        factory = uvloop.new_event_loop
    with contextlib.suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=factory) as runner:
        runner.run(work)
