"""response_url: up to five answers within half an hour to something a person did."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sandbox import posting
from sandbox.api.door import AsciiJson, Outcome, Withhold, failure
from sandbox.journal import Call, Start
from sandbox.refused import RefusedError, require_message
from sandbox.state import Channel, Installation, Message
from sandbox.words import Json
from sandbox.world import World

USES = 5
LIFE = 1800.0
CONTROL = frozenset({"response_type", "replace_original", "delete_original"})


@dataclass
class Given:
    """One response_url: whose, where, and what it was given out for."""

    team: str
    channel: str
    user: str
    source: str | None
    issued: float
    used: int = 0


class ResponseUrls:
    """Gives them out and answers `/response/{ticket}`."""

    def __init__(self, world: World, withhold: Withhold) -> None:
        self._world = world
        self._withhold = withhold
        self._given: dict[str, Given] = {}

    def issue(self, channel: Channel, user: str, source: Message | None = None) -> str:
        ticket = self._world.new_id("R")
        ts = source.ts if source is not None else None
        self._given[ticket] = Given(channel.team, channel.id, user, ts, self._world.seconds())
        return f"{self._world.url}/response/{ticket}"

    async def answer(self, request: Request) -> Response:
        start = self._world.sets_out()
        given = self._given.get(request.path_params["ticket"])
        payload = _parsed(await request.body())
        outcome = self._outcome(given, payload)
        self._write_down(given, payload, outcome, start)
        if outcome.never is not None:
            await self._withhold(request, outcome.never)
        if outcome.status == 200:
            return PlainTextResponse("ok")
        return AsciiJson(outcome.answer, outcome.status, outcome.headers)

    def _outcome(self, given: Given | None, payload: Any) -> Outcome:
        if given is None or not isinstance(payload, dict):
            return Outcome({"ok": False, "error": "invalid_payload" if given else "invalid_url"}, status=404)
        planned = self._world.faults.take("response_url", given.team, frozenset({given.channel}))
        try:
            if planned is None or planned.accepts:
                self._use(given, payload)
        except RefusedError as refused:
            return Outcome(refused.answer(), status=404, by_block_kit=refused.by_block_kit)
        return Outcome({"ok": True}) if planned is None else failure(planned, refused_status=404)

    def _write_down(self, given: Given | None, payload: Any, outcome: Outcome, start: Start) -> None:
        call = Call(
            "response_url",
            given.team if given is not None else None,
            payload if isinstance(payload, dict) else {},
            0 if outcome.never else outcome.status,
            outcome.answer,
            start.ms,
            self._world.clock.now(),
            seq=start.seq,
        )
        self._world.calls.append(call)
        if outcome.by_block_kit:
            self._world.refusals.append(call)
        self._world.woken()

    def _use(self, given: Given, payload: Json) -> None:
        if self._world.seconds() - given.issued > LIFE:
            raise RefusedError("expired_url")
        if given.used >= USES:
            raise RefusedError("used_url")
        installation = self._world.installation(given.team)
        if installation is None:
            raise RefusedError("invalid_token")
        source = self._world.message(given.channel, given.source) if given.source else None
        if not payload.get("delete_original"):
            require_message({key: value for key, value in payload.items() if key not in CONTROL})
        given.used += 1
        if payload.get("delete_original"):
            if source is not None:
                posting.delete(self._world, source)
        elif payload.get("replace_original") and source is not None:
            posting.rewrite(self._world, source, payload)
        else:
            say(self._world, installation, self._world.state.channels[given.channel], given.user, payload)


def say(world: World, installation: Installation, channel: Channel, user: str, payload: Json) -> Message:
    """Post a checked reply: to its person only, unless `response_type` is "in_channel"."""
    only = None if payload.get("response_type") == "in_channel" else user
    return posting.post(world, installation, channel, payload, ephemeral_to=only)


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None
