"""A load of identical requests over kept connections, lean enough to saturate the bare server it is compared with."""

import asyncio
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

IN_FLIGHT = 32


@dataclass(frozen=True)
class Load:
    """What one run gave."""

    per_second: float
    p50_ms: float
    p99_ms: float


def signed_command(text: str, *, secret: str, team: str, user: str) -> bytes:
    """A slash command as Slack sends it, with its signature, as bytes on the wire."""
    form = {
        "command": "/prm",
        "text": text,
        "team_id": team,
        "user_id": user,
        "user_name": "ana",
        "trigger_id": "1.2.3",
        "response_url": "http://127.0.0.1/nowhere",
    }
    body = urlencode(form)
    timestamp = str(int(time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    head = (
        "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {timestamp}\r\nX-Slack-Signature: {signature}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return (head + body).encode()


async def press(port: int, request: bytes, count: int) -> Load:
    """Sends `count` requests, `IN_FLIGHT` at a time. Raises RuntimeError for any answer but 200."""
    took: list[float] = []
    began = time.perf_counter()
    await asyncio.gather(*(_connection(port, request, count // IN_FLIGHT, took) for _ in range(IN_FLIGHT)))
    seconds = time.perf_counter() - began
    took.sort()
    return Load(len(took) / seconds, took[len(took) // 2] * 1000, took[len(took) * 99 // 100] * 1000)


async def _connection(port: int, request: bytes, count: int, took: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(count):
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode())
        length = next(
            int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
        )
        await reader.readexactly(length)
        took.append(time.perf_counter() - began)
    writer.close()
    await writer.wait_closed()
