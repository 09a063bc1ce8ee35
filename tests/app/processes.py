"""Runs `prm` as an operator does: a process of its own, in a folder of its own, with a clean environment."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 30
"""Seconds until a process that says nothing fails the test; the machine may be busy."""
KEPT = ("PATH", "LANG", "TMPDIR", "SYSTEMROOT")


@dataclass(frozen=True)
class Ended:
    """A process that came to its end."""

    code: int
    out: str
    err: str


class Process:
    """A `prm` that runs."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.said: list[str] = []

    async def says(self, pattern: str, *, out: bool = False) -> re.Match[str]:
        """Waits for a line on stderr (or stdout); AssertionError when it ends without."""
        stream = self._process.stdout if out else self._process.stderr
        assert stream is not None, "both are pipes"
        async with asyncio.timeout(PATIENCE):
            while line := (await stream.readline()).decode():
                self.said.append(line)
                if found := re.search(pattern, line):
                    return found
        raise AssertionError(f"It ended without saying {pattern!r}: {self.said}")

    async def stops(self) -> Ended:
        """Tells it to stop, as a process manager does, and waits for its end."""
        self._process.send_signal(signal.SIGTERM)
        return await self.ends()

    async def ends(self) -> Ended:
        async with asyncio.timeout(PATIENCE):
            out, err = await self._process.communicate()
        assert self._process.returncode is not None, "it has ended"
        return Ended(self._process.returncode, out.decode(), "".join(self.said) + err.decode())

    def kill(self) -> None:
        if self._process.returncode is None:
            self._process.kill()


@asynccontextmanager
async def prm(folder: Path, *words: str, **environment: str) -> AsyncIterator[Process]:
    """`prm` with these words, running for the block at most."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "slackbot",
        *words,
        cwd=folder,
        env={**kept, "HOME": str(folder), **environment},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    running = Process(process)
    try:
        yield running
    finally:
        running.kill()
        await process.wait()


async def result_of(folder: Path, *words: str, **environment: str) -> Ended:
    """What came of a `prm` that ends by itself."""
    async with prm(folder, *words, **environment) as process:
        return await process.ends()
