"""`prm web` and `prm worker` as an operator runs them: real processes on the real clock, killed and started again."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from sandbox.server import Sandbox
from tests.conftest import KEY
from tests.fleet.round_robin import RoundRobin

KEPT = ("PATH", "LANG", "TMPDIR", "SYSTEMROOT")
PATIENCE = 60
"""Seconds until a process that does not start fails the test; the machine may be busy."""


class Unit:
    """One process, and the file it logs to. Killed, it is started again where it was, as a process manager does."""

    def __init__(self, folder: Path, role: str, environment: Mapping[str, str]) -> None:
        self._folder, self.role = folder, role
        self._environment = dict(environment)
        self._process: asyncio.subprocess.Process | None = None
        self.log = folder / "log"
        self.url = ""

    async def start(self) -> None:
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        before = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "slackbot",
                self.role,
                cwd=self._folder,
                env={**kept, "HOME": str(self._folder), **self._environment},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        said = await self._says(r"answers on (http://\S+)|sends what is due", before)
        if said[1]:
            self.url = said[1]
            # The next time too, so that the load balancer finds it again.
            self._environment["PORT"] = said[1].rpartition(":")[2]

    async def _says(self, pattern: str, before: int) -> re.Match[str]:
        async with asyncio.timeout(PATIENCE):
            while True:
                found = re.search(pattern, self.log.read_text()[before:])
                if found is not None:
                    return found
                assert self.alive, self.log.read_text()
                await asyncio.sleep(0.05)

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def kill(self) -> None:
        """Without a word of warning."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int | None:
        """In good order; gives the exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> int | None:
        if self._process is None or self._process.returncode is not None:
            return None
        self._process.send_signal(how)
        return await self._process.wait()


class Units:
    """All of them, behind the load balancer."""

    def __init__(self, webs: list[Unit], workers: list[Unit]) -> None:
        self.webs, self.workers = webs, workers

    @property
    def all(self) -> list[Unit]:
        return [*self.webs, *self.workers]

    def said(self) -> str:
        return "".join(unit.log.read_text() for unit in self.all)


@asynccontextmanager
async def deployed(
    slack: Sandbox, database_url: str, folder: Path, webs: int = 2, workers: int = 2
) -> AsyncIterator[Units]:
    """An operator's many-workspace set-up in this Slack, running."""
    environment = {
        "DATABASE_URL": database_url,
        "SLACK_CLIENT_ID": slack.client_id,
        "SLACK_CLIENT_SECRET": slack.client_secret,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "SLACK_AUTHORIZE_URL": slack.authorize_url,
        "PRM_ENCRYPTION_KEYS": KEY,
        "PRM_TICK_SECONDS": "1",
        "LOG_FORMAT": "json",
        "HOST": "127.0.0.1",
        "PORT": "0",
    }
    roles = ["web"] * webs + ["worker"] * workers
    made = [Unit(folder / f"{role}{number}", role, environment) for number, role in enumerate(roles)]
    units, robin = Units(made[:webs], made[webs:]), RoundRobin()
    for unit in made:
        unit.log.parent.mkdir()
    try:
        await asyncio.gather(*(unit.start() for unit in made))
        slack.connect(await robin.begin())
        robin.lead([unit.url for unit in units.webs])
        yield units
    finally:
        await asyncio.gather(*(unit.stop() for unit in made))
        await robin.end()
