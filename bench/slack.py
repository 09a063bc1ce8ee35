"""A Slack just big enough for the sender: it counts what it accepts, limits, and fails as the real one may."""

import asyncio
import json
import random
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]
REASONS: Final = {200: "OK", 429: "Too Many Requests", 500: "Internal Server Error"}
TROUBLES: Final = (
    "timeout_after_accepting",
    "500",
    "500_after_accepting",
    "drop",
    "drop_after_accepting",
    "fatal_error_after_accepting",
    "service_unavailable",
    "ratelimited",
)


@dataclass
class Rules:
    """What this Slack allows, and how often something goes wrong with a message."""

    per_second: float = 0
    """Messages a second for each workspace; 0: as many as come."""
    burst: float = 60
    history_per_second: float = 0
    trouble: float = 0
    """The share of messages that meet one of the troubles."""
    patience: float = 2
    """Seconds that a request is held before a "timeout"."""
    latency: float = 0
    always_limited: frozenset[str] = frozenset()
    """Tokens whose workspaces get nothing but 429."""
    retry_after: int = 1


@dataclass
class Slack:
    """Its state: who got what."""

    rules: Rules = field(default_factory=Rules)
    luck: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 - no secret
    accepted: Counter[str] = field(default_factory=Counter)
    """How often each delivery was posted."""
    calls: Counter[str] = field(default_factory=Counter)
    shares: Counter[str] = field(default_factory=Counter)
    """Messages by who sent them: a worker may have its own way in, `…/its name/api/`."""
    refused: Counter[str] = field(default_factory=Counter)
    """429 because somebody asked faster than is allowed, by method; planned ones are not counted."""
    when: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """By token, when each message was accepted."""
    _conversations: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    _buckets: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    _quiet: dict[str, float] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def posts(self, more: int) -> None:
        """Until so many more messages were asked for."""
        until = self.calls["chat.postMessage"] + more
        while self.calls["chat.postMessage"] < until:
            await self._news.wait()
            self._news.clear()

    def answer(self, method: str, token: str, args: Json) -> tuple[int, Json, str]:
        """Status, answer, and "" or what happens instead: "timeout", "drop"."""
        self.calls[method] += 1
        self._news.set()
        match method:
            case "chat.postMessage":
                return self._post(token, args)
            case "conversations.history":
                return self._history(token, args)
            case "users.info":
                return 200, {"ok": True, "user": {"id": args["user"], "tz": "America/New_York"}}, ""
            case _:
                return 200, {"ok": False, "error": "unknown_method"}, ""

    def _post(self, token: str, args: Json) -> tuple[int, Json, str]:
        if token in self.rules.always_limited:
            return 429, {"ok": False, "error": "ratelimited"}, ""
        if self.rules.per_second and not self._allowed(
            "post", token, self.rules.per_second, self.rules.burst
        ):
            self.refused["chat.postMessage"] += 1
            return 429, {"ok": False, "error": "ratelimited"}, ""
        if time.monotonic() < self._quiet.get(token, 0):
            self.refused["while quiet"] += 1
            return 429, {"ok": False, "error": "ratelimited"}, ""
        trouble = self.luck.choice(TROUBLES) if self.luck.random() < self.rules.trouble else ""
        if not trouble or trouble.endswith("_after_accepting"):
            posted = self._accept(token, args)
            if not trouble:
                return 200, posted, ""
        return self._failing(token, trouble.removesuffix("_after_accepting"))

    def _failing(self, token: str, trouble: str) -> tuple[int, Json, str]:
        if trouble in {"timeout", "drop"}:
            return 200, {}, trouble
        if trouble == "500":
            return 500, {"ok": False, "error": "internal_error"}, ""
        if trouble == "ratelimited":
            self._quiet[token] = time.monotonic() + self.rules.retry_after - 0.05
            return 429, {"ok": False, "error": "ratelimited"}, ""
        return 200, {"ok": False, "error": trouble}, ""

    def _accept(self, token: str, args: Json) -> Json:
        metadata = args["metadata"] if isinstance(args["metadata"], dict) else json.loads(args["metadata"])
        delivery = metadata["event_payload"]["id"]
        self.accepted[delivery] += 1
        self.when[token].append(time.monotonic())
        channel = f"D{args['channel']}"
        message = {"ts": f"{time.time():.6f}", "text": args.get("text", ""), "metadata": metadata}
        if self.rules.history_per_second:
            self._conversations[channel].append(message)
        return {"ok": True, "channel": channel, "ts": message["ts"], "message": {"text": message["text"]}}

    def _history(self, token: str, args: Json) -> tuple[int, Json, str]:
        if not self._allowed("history", token, self.rules.history_per_second, 1):
            self.refused["conversations.history"] += 1
            return 429, {"ok": False, "error": "ratelimited"}, ""
        oldest, latest = float(args["oldest"]), float(args["latest"])
        found = [
            each for each in self._conversations[args["channel"]] if oldest <= float(each["ts"]) <= latest
        ]
        return 200, {"ok": True, "messages": found[::-1][:15], "has_more": len(found) > 15}, ""

    def _allowed(self, what: str, token: str, rate: float, burst: float) -> bool:
        now = time.monotonic()
        left, then = self._buckets.get((what, token), (burst, now))
        left = min(burst, left + (now - then) * rate)
        allowed = left >= 1
        self._buckets[what, token] = (left - 1 if allowed else left, now)
        return allowed


class _Connection(asyncio.Protocol):
    """HTTP/1.1, as far as slack_sdk speaks it."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._got = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, found, rest = self._got.partition(b"\r\n\r\n")
        if not found:
            return
        lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
        length = int(headers.get("content-length", 0))
        if len(rest) < length:
            return
        self._got = rest[length:]
        self._answer(lines[0].split(" ")[1], headers, rest[:length])

    def _answer(self, target: str, headers: dict[str, str], body: bytes) -> None:
        address = urlsplit(target)
        args: Json = {name: values[0] for name, values in parse_qs(address.query).items()}
        if headers.get("content-type", "").startswith("application/json"):
            args |= json.loads(body)
        else:
            args |= {name: values[0] for name, values in parse_qs(body.decode()).items()}
        token = headers.get("authorization", "").removeprefix("Bearer ")
        self._slack.shares[address.path.partition("/api/")[0]] += address.path.endswith("chat.postMessage")
        status, answer, instead = self._slack.answer(address.path.rpartition("/")[2], token, args)
        loop, rules = asyncio.get_running_loop(), self._slack.rules
        if instead == "drop":
            self._drop()
        elif instead == "timeout":
            loop.call_later(rules.patience, self._drop)
        elif rules.latency:
            loop.call_later(rules.latency, self._say, status, answer)
        else:
            self._say(status, answer)

    def _say(self, status: int, answer: Json) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        body = json.dumps(answer).encode()
        wait = f"Retry-After: {self._slack.rules.retry_after}\r\n" if status == 429 else ""
        head = (
            f"HTTP/1.1 {status} {REASONS[status]}\r\nContent-Type: application/json\r\n{wait}"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self._transport.write(head.encode() + body)

    def _drop(self) -> None:
        if self._transport is not None:
            self._transport.abort()


async def listen(slack: Slack) -> tuple[asyncio.Server, str]:
    """Serves it on a free port; gives the server and the base of its Web API."""
    server = await asyncio.get_running_loop().create_server(lambda: _Connection(slack), "127.0.0.1", 0)
    return server, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/"


async def _alone(latency: float) -> None:
    server, address = await listen(Slack(Rules(latency=latency)))
    print(address, flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_alone(float(sys.argv[1])))
