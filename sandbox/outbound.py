"""What Slack sends to the app: signed HTTP requests or socket envelopes, and the events among them."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp

from sandbox.errors import SandboxError
from sandbox.journal import Sent
from sandbox.socket_mode import SocketMode
from sandbox.words import Json
from sandbox.world import APP_ID, SIGNING_SECRET, VERIFICATION_TOKEN, World

MOST_RETRIES = 3


@dataclass
class Answer:
    """What came back from the app."""

    status: int
    text: str = ""
    error: str | None = None
    """`timeout`, `connection_failed` or `not_connected` when nothing came back."""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return self.status == 200

    @property
    def body(self) -> Any:
        """The parsed JSON of the answer; None where it is none."""
        try:
            return json.loads(self.text)
        except ValueError:
            return None


@dataclass
class Undelivered:
    """An event the app did not take, to be sent again."""

    body: Json
    reason: str
    tried: int = 0


class Outbound:
    """The one way from Slack to the app."""

    def __init__(self, world: World, socket: SocketMode) -> None:
        self._world = world
        self._socket = socket
        self._session: aiohttp.ClientSession | None = None
        self.undelivered: list[Undelivered] = []

    def open(self) -> None:
        # A connection kept open would be met half-closed by the next request after the app restarts.
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(force_close=True), cookie_jar=aiohttp.DummyCookieJar()
        )

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The one HTTP session; raises SandboxError before the start."""
        if self._session is None:
            raise SandboxError("The sandbox is not running.")
        return self._session

    async def command(self, fields: dict[str, str]) -> Answer:
        return await self._send("slash_command", "slash_commands", dict(fields), urlencode(fields))

    async def interaction(self, payload: Json) -> Answer:
        form = urlencode({"payload": json.dumps(payload)})
        return await self._send(payload["type"], "interactive", payload, form)

    async def event(self, team: str, event: Json) -> Sent:
        """Send an event; what is not taken waits in `undelivered`."""
        world = self._world
        installation = world.installation(team)
        bot_user = installation.bot_user if installation is not None else None
        organization = world.organization(team)
        enterprise_id = organization.id if organization is not None else None
        team_id = team if team in world.state.teams else None
        org_wide = team_id is None or (installation is not None and installation.team != team)
        body: Json = {
            "token": VERIFICATION_TOKEN,
            "team_id": team_id,
            "enterprise_id": enterprise_id,
            "context_team_id": team_id,
            "context_enterprise_id": enterprise_id,
            "api_app_id": APP_ID,
            "event": event,
            "type": "event_callback",
            "event_id": world.new_id("Ev"),
            "event_time": int(world.clock.now().timestamp()),
            "authorizations": [
                {
                    "enterprise_id": enterprise_id,
                    "team_id": None if org_wide else team_id,
                    "user_id": bot_user,
                    "is_bot": True,
                    "is_enterprise_install": org_wide,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-{world.new_id('ec')}",
        }
        return await self._deliver(Undelivered(body, ""))

    async def redeliver(self) -> list[Sent]:
        """Repeat what was not taken, as Slack would, saying why; each at most three times."""
        waiting, self.undelivered = self.undelivered, []
        return [await self._deliver(one) for one in waiting]

    async def challenge(self) -> bool:
        """Whether the app's address passes the check Slack makes when it is entered."""
        challenge = self._world.new_id("challenge-")
        body = {"token": VERIFICATION_TOKEN, "challenge": challenge, "type": "url_verification"}
        answer = await self._send("url_verification", "events_api", body, json.dumps(body), is_json=True)
        echoed = answer.body.get("challenge") if isinstance(answer.body, dict) else answer.text
        return answer.ok and bool(echoed == challenge)

    async def _deliver(self, one: Undelivered) -> Sent:
        kind = f"event:{one.body['event']['type']}"
        headers = (
            {"x-slack-retry-num": str(one.tried), "x-slack-retry-reason": one.reason} if one.tried else {}
        )
        answer = await self._send(
            kind, "events_api", one.body, json.dumps(one.body), is_json=True, headers=headers
        )
        final = answer.headers.get("x-slack-no-retry") == "1" or one.tried >= MOST_RETRIES
        if not answer.ok and not final:
            reason = {"timeout": "http_timeout", None: "http_error"}.get(answer.error, "connection_failed")
            self.undelivered.append(Undelivered(one.body, reason, one.tried + 1))
        return self._world.requests[-1]

    async def _send(
        self,
        kind: str,
        envelope: str,
        payload: Json,
        body: str,
        *,
        is_json: bool = False,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        start = self._world.sets_out()
        if self._world.app_url:
            answer = await self._post(body, is_json=is_json, headers=headers or {})
        else:
            answer = await self._over_socket(envelope, payload, headers or {})
        sent = Sent(
            kind,
            payload,
            answer.status,
            answer.text,
            start.ms,
            self._world.clock.now(),
            answer.error,
            dict(headers or {}),
            start.seq,
        )
        self._world.requests.append(sent)
        self._world.woken()
        return answer

    async def _over_socket(self, envelope: str, payload: Json, headers: dict[str, str]) -> Answer:
        retry: Json = {}
        if headers:
            retry = {
                "retry_attempt": int(headers["x-slack-retry-num"]),
                "retry_reason": headers["x-slack-retry-reason"],
            }
        try:
            async with asyncio.timeout(self._world.patience):
                reply = await self._socket.send(envelope, payload, retry)
        except TimeoutError:
            return Answer(0, error="timeout")
        except ConnectionError as error:
            return Answer(0, error=str(error))
        return Answer(200, json.dumps(reply) if reply else "")

    async def _post(self, body: str, *, is_json: bool, headers: dict[str, str]) -> Answer:
        content_type = "application/json" if is_json else "application/x-www-form-urlencoded"
        raw = body.encode()
        try:
            async with self.session.post(
                f"{self._world.app_url}/slack/events",
                data=raw,
                headers={"Content-Type": content_type, "User-Agent": "Slackbot 1.0 (sandbox)"}
                | signed(raw)
                | headers,
                timeout=aiohttp.ClientTimeout(total=self._world.patience),
                allow_redirects=False,
            ) as response:
                text = await response.text(errors="replace")
                answered = {key.lower(): value for key, value in response.headers.items()}
                return Answer(response.status, text, headers=answered)
        except TimeoutError:
            return Answer(0, error="timeout")
        except aiohttp.ClientError:
            return Answer(0, error="connection_failed")


def signed(raw: bytes, secret: str = SIGNING_SECRET) -> dict[str, str]:
    """Slack's two signature headers for a body, by real time: the app checks them against its own."""
    stamp = str(int(time.time()))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
