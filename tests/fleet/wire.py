"""How a test and a process of its fleet speak: one JSON object a line, asked on stdin and answered on stdout."""

import asyncio
import json
import subprocess
import sys
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

Words = dict[str, Any]
Answering = Callable[[Words], Awaitable[Words]]


class Line:
    """A test's end. It is no part of any event loop: processes outlive the tests, and each test has a loop of its own."""

    def __init__(self, module: str, *words: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-m", module, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    async def ask(self, do: str, **more: Any) -> Words:
        """What it answered. Raises AssertionError with its traceback when it failed, or is gone."""
        return await asyncio.to_thread(self.ask_now, do, **more)

    def ask_now(self, do: str, **more: Any) -> Words:
        assert self._process.stdin is not None, "both are pipes"
        assert self._process.stdout is not None, "both are pipes"
        self._process.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self._process.stdin.flush()
        said = self._process.stdout.readline()
        assert said, "a process of the fleet is gone"
        answer: Words = json.loads(said)
        assert "failed" not in answer, answer["failed"]
        return answer

    def end(self) -> None:
        """It ends by itself when nobody speaks to it any more."""
        with self._process:
            assert self._process.stdin is not None, "it is a pipe"
            self._process.stdin.close()


async def answer_all(answering: Answering) -> None:
    """The process's end: answers what is asked until the line is closed."""
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        try:
            answer = await answering(json.loads(line))
        except Exception:  # noqa: BLE001 - the test that asked is told
            answer = {"failed": traceback.format_exc()}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    transport.close()
