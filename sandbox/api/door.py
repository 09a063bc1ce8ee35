"""The door of the Web API: reads a call, refuses or runs it, fails on demand, and writes it down."""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.api import METHODS
from sandbox.api.registry import Ask, Method, require_scope
from sandbox.faults import Planned
from sandbox.journal import Call, Start
from sandbox.posting import channel_named
from sandbox.rates import Rates
from sandbox.refused import RefusedError, missing
from sandbox.state import Installation
from sandbox.tickets import Tickets
from sandbox.triggers import Triggers
from sandbox.words import Json
from sandbox.world import APP_TOKEN, World

SECRET_ARGUMENTS = frozenset({"token", "client_secret", "code", "refresh_token"})
TOKEN_ERRORS = {"revoked": "token_revoked", "inactive": "account_inactive"}


@dataclass
class Incoming:
    """A call as it came in, before anybody judged it."""

    args: Json
    token: str | None
    basic: tuple[str, str] | None
    peer: int
    problem: str | None = None


@dataclass
class Outcome:
    """What goes back, unless a fault keeps it from going."""

    answer: Json
    status: int = 200
    headers: dict[str, str] | None = None
    by_block_kit: bool = False
    never: str | None = None
    """`timeout` or `drop`: nothing goes back."""


class AsciiJson(JSONResponse):
    """JSON that can be sent whatever half characters are in it."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, separators=(",", ":")).encode("ascii")


Withhold = Callable[[Request, str], Awaitable[None]]


class Door:
    """Answers `/api/{method}`."""

    def __init__(self, world: World, triggers: Triggers, tickets: Tickets, withhold: Withhold) -> None:
        """`withhold` keeps a request without answer ("timeout") or cuts its connection ("drop")."""
        self._world = world
        self._triggers = triggers
        self._tickets = tickets
        self._withhold = withhold
        self._rates = Rates()

    async def answer(self, request: Request) -> Response:
        start = self._world.sets_out()
        name = request.path_params["method"]
        incoming = await read(request)
        asked_by = self._world.state.installations.get(incoming.token or "")
        outcome = self._outcome(name, incoming, asked_by)
        self._write_down(name, incoming, asked_by, outcome, start)
        if outcome.never is not None:
            await self._withhold(request, outcome.never)
        return AsciiJson(outcome.answer, outcome.status, _granted(asked_by) | (outcome.headers or {}))

    def _outcome(self, name: str, incoming: Incoming, asked_by: Installation | None) -> Outcome:
        method = METHODS.get(name)
        if method is None:
            return Outcome({"ok": False, "error": "unknown_method", "req_method": name})
        try:
            self._authenticate(method, incoming, asked_by)
            return self._failing(method, incoming, asked_by)
        except RefusedError as refused:
            return Outcome(refused.answer(), by_block_kit=refused.by_block_kit)

    def _authenticate(self, method: Method, incoming: Incoming, asked_by: Installation | None) -> None:
        if incoming.problem is not None:
            raise RefusedError(incoming.problem)
        if method.token == "none":
            return
        if not incoming.token:
            raise RefusedError("not_authed")
        if method.token == "app":
            if incoming.token != APP_TOKEN:
                raise RefusedError("not_allowed_token_type" if asked_by is not None else "invalid_auth")
        elif asked_by is None:
            raise RefusedError("not_allowed_token_type" if incoming.token == APP_TOKEN else "invalid_auth")
        elif asked_by.status != "live":
            raise RefusedError(TOKEN_ERRORS[asked_by.status])
        elif asked_by.expires_at is not None and self._world.clock.now().timestamp() >= asked_by.expires_at:
            raise RefusedError("token_expired")

    def _failing(self, method: Method, incoming: Incoming, asked_by: Installation | None) -> Outcome:
        """Run the call, but for what is planned to go wrong with it."""
        team = asked_by.team if asked_by is not None else None
        planned = self._world.faults.take(method.name, team, self._channels(incoming, team))
        if planned is None:
            return self._run(method, incoming, asked_by)
        if planned.accepts:
            done = self._run(method, incoming, asked_by)
            if not done.answer.get("ok"):
                return done
        return failure(planned)

    def _run(self, method: Method, incoming: Incoming, asked_by: Installation | None) -> Outcome:
        world = self._world
        if world.rate_limits:
            team = asked_by.team if asked_by is not None else ""
            channel = max(self._channels(incoming, team), default="")  # one of its names stands for it
            wait = self._rates.ask(world.seconds(), method.name, method.tier, team, channel)
            if wait:
                return _limited(wait)
        lacking = [
            name for name in method.needs if incoming.args.get(name) is None or incoming.args[name] == ""
        ]
        if lacking:
            raise missing(*lacking)
        if method.scope is not None and asked_by is not None:
            require_scope(asked_by, method.scope)
        ask = Ask(world, self._triggers, self._tickets, incoming.args, asked_by, incoming.basic)
        return Outcome({"ok": True, **method.answer(ask)})

    def _channels(self, incoming: Incoming, team: str | None) -> frozenset[str]:
        """The channel or user a call is about, under each of its names."""
        given = incoming.args.get("channel") or incoming.args.get("user") or incoming.args.get("user_id")
        if not isinstance(given, str) or team is None:
            return frozenset()
        try:
            channel = channel_named(self._world, team, given)
        except RefusedError:
            return frozenset({given})
        return frozenset(name for name in (given, channel.id, channel.user) if name)

    def _write_down(
        self, name: str, incoming: Incoming, asked_by: Installation | None, outcome: Outcome, start: Start
    ) -> None:
        args = {key: value for key, value in incoming.args.items() if key not in SECRET_ARGUMENTS}
        call = Call(
            name,
            asked_by.team if asked_by is not None else None,
            args,
            0 if outcome.never else outcome.status,
            outcome.answer,
            start.ms,
            self._world.clock.now(),
            incoming.peer,
            start.seq,
        )
        self._world.calls.append(call)
        if outcome.by_block_kit:
            self._world.refusals.append(call)
        self._world.woken()


def failure(planned: Planned, *, refused_status: int = 200) -> Outcome:
    """What a planned failure makes of a call."""
    if planned.way in {"timeout", "drop"}:
        return Outcome({"ok": False, "error": planned.way}, never=planned.way)
    if planned.way == "429":
        return _limited(planned.retry_after)
    if planned.way == "500":
        return Outcome({"ok": False, "error": "internal_error"}, status=500)
    return Outcome({"ok": False, "error": planned.way}, status=refused_status)


def _granted(asked_by: Installation | None) -> dict[str, str]:
    """Slack says with every answer what time it is there, and what a token may do."""
    stamped = {"date": formatdate(usegmt=True)}
    return stamped if asked_by is None else stamped | {"x-oauth-scopes": ",".join(asked_by.scopes)}


def _limited(wait: int) -> Outcome:
    return Outcome({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(wait)})


async def read(request: Request) -> Incoming:
    """Arguments from query, form, multipart or JSON; the token from its header, or from form and query."""
    args: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    problem = None
    if request.method == "POST":
        more, problem = await _body(request, kind)
        args |= more
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    token = credentials.strip() if scheme.lower() == "bearer" else None
    in_args = args.pop("token", None)
    if token is None and kind != "application/json" and isinstance(in_args, str):
        token = in_args
    basic = _basic(credentials) if scheme.lower() == "basic" else None
    return Incoming(args, token, basic, request.client.port if request.client is not None else 0, problem)


async def _body(request: Request, kind: str) -> tuple[Json, str | None]:
    if kind == "application/json":
        return _from_json(await request.body())
    if kind == "multipart/form-data":
        async with request.form() as form:
            return {name: value for name, value in form.items() if isinstance(value, str)}, None
    raw = await request.body()
    if kind in {"application/x-www-form-urlencoded", ""}:
        return dict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True)), None
    return {}, "invalid_post_type" if raw else None


def _from_json(raw: bytes) -> tuple[Json, str | None]:
    if not raw.strip():
        return {}, None
    try:
        body: Any = json.loads(raw, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return {}, "invalid_json"
    return (body, None) if isinstance(body, dict) else ({}, "json_not_object")


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON.")


def _basic(credentials: str) -> tuple[str, str] | None:
    try:
        name, _, secret = base64.b64decode(credentials.strip(), validate=True).decode().partition(":")
    except ValueError:
        return None
    return name, secret
