"""Slash commands through the real door, beside a server that only checks the signature."""

import asyncio
import os
import socket
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bench.load import Load, press, signed_command
from sandbox.server import Sandbox

RUNS = 5
REQUESTS = 3200
COMMANDS = ("help", "roadmap", "wins", "certs")


async def measure() -> None:
    """Interleaved runs, medians of five, ratios to the ceiling of the same run."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            Sandbox() as slack,
            _ceiling(slack.signing_secret) as bare,
            _app(slack, Path(folder)) as ours,
        ):
            ana = slack.person("ana")
            loads: dict[str, list[Load]] = {}
            for _ in range(RUNS + 1):
                request = signed_command("help", secret=slack.signing_secret, team=ana.team, user=ana.id)
                loads.setdefault("signature only", []).append(await press(bare, request, REQUESTS))
                for text in COMMANDS:
                    request = signed_command(text, secret=slack.signing_secret, team=ana.team, user=ana.id)
                    loads.setdefault(f"/prm {text}", []).append(await press(ours, request, REQUESTS))
    _report({name: runs[1:] for name, runs in loads.items()})


def _report(loads: dict[str, list[Load]]) -> None:
    ceiling = statistics.median(load.per_second for load in loads["signature only"])
    print(f"Slash commands, 32 in flight, medians of {RUNS} interleaved runs of {REQUESTS}")
    print(f"{'':20}{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'of the ceiling':>16}")
    for name, runs in loads.items():
        rate, p50, p99 = (
            statistics.median(getattr(run, figure) for run in runs)
            for figure in ("per_second", "p50_ms", "p99_ms")
        )
        print(f"{name:20}{rate:12,.0f}{p50:9.1f}{p99:9.1f}{rate / ceiling:16.2f}")


@asynccontextmanager
async def _ceiling(secret: str) -> AsyncIterator[int]:
    port = _free_port()
    async with _process("-m", "bench.ceiling", str(port), secret, port=port):
        yield port


@asynccontextmanager
async def _app(slack: Sandbox, folder: Path) -> AsyncIterator[int]:
    port = _free_port()
    environment = {
        "SLACK_BOT_TOKEN": slack.grant("riverside"),
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{folder / 'prm.db'}",
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "LOG_LEVEL": "WARNING",
    }
    migration = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "slackbot",
        "migrate",
        env=os.environ | environment,
        stdout=asyncio.subprocess.DEVNULL,
    )
    await migration.wait()
    async with _process("-m", "slackbot", "web", port=port, **environment):
        yield port


@asynccontextmanager
async def _process(*arguments: str, port: int, **environment: str) -> AsyncIterator[None]:
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, env=os.environ | environment)
    try:
        await _until_it_listens(port)
        yield
    finally:
        process.terminate()
        await process.wait()


async def _until_it_listens(port: int) -> None:
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise RuntimeError(f"nothing listens on port {port}")


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port
