"""The HTTP door: guards it before Bolt, which would answer 500 to a malformed request and drop some good ones."""

import json
import re
import secrets
import time
from collections.abc import Awaitable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qsl

import aiohttp
import structlog
from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_internals import build_async_context
from slack_bolt.response import BoltResponse
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from slackbot.deps import Deps
from slackbot.metrics import OTHER, kind_of
from slackbot.shapes import is_slacks
from slackbot.watching import Watched
from storage.database import DatabaseBusyError
from storage.workspaces import WorkspaceErasedError

log = structlog.get_logger(__name__)

NOT_NOW: Final = "That did not work just now. Nothing was changed; please start again from /slack/install."
GUARDED: Final = {
    # The pages style themselves, run nothing and load nothing; their links lead to Slack.
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    # For browsers from before that policy.
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
"""On every page of the installation: it carries a one-use code, so that it is neither framed nor kept nor passed on."""
LARGEST_BODY: Final = 1024 * 1024
"""Bytes. Slack's own largest payload is a view of 250 kB."""
_TIMESTAMP: Final = re.compile(r"\d{1,12}", re.ASCII)
_SIGNATURE: Final = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)


class RefusedError(Exception):
    """A request that is not let in, with the HTTP status that says why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class SlackRequest(AsyncBoltRequest):
    """A request whose form is read as a form.

    Bolt 1.30 takes any body that holds the word "payload" for an interaction, finds no such field, and drops
    the command of a person who happened to type that word."""

    def __init__(
        self, raw: str, headers: Mapping[str, str], query: Mapping[str, str], body: dict[str, Any]
    ) -> None:
        super().__init__(body="", headers=dict(headers), query=dict(query))
        self.raw_body = raw
        self.body = body
        if not is_slacks(body):
            raise RefusedError(400, "not a Slack request")
        try:
            self.context = build_async_context(AsyncBoltContext(), body)
        except (AttributeError, KeyError, IndexError, TypeError, ValueError, RecursionError) as error:
            # Bolt looks into the body before the signature is checked, and trusts its shape.
            raise RefusedError(400, "not a Slack request") from error
        who = (self.context.get(name) for name in ("enterprise_id", "team_id", "user_id"))
        if not all(name is None or isinstance(name, str) for name in who):
            raise RefusedError(400, "not a Slack request")


def parse_body(raw: str, content_type: str) -> dict[str, Any]:
    """What Slack sent: a command's form, an interaction's `payload` field, or an event's JSON.

    Raises RefusedError (400) when it is none of these."""
    try:
        if content_type.startswith("application/json") or raw.startswith("{"):
            parsed = _loaded(raw)
        else:
            form = dict(parse_qsl(raw, keep_blank_values=True))
            parsed = _loaded(form["payload"]) if "payload" in form else form
    except (ValueError, RecursionError) as error:
        raise RefusedError(400, "malformed body") from error
    if not isinstance(parsed, dict):
        raise RefusedError(400, "not an object")
    return parsed


def _loaded(text: str) -> Any:
    """JSON, without the halves of characters that its escapes can carry and that no text can."""
    parsed = json.loads(text)
    if "\\ud" not in text.lower():
        return parsed
    return json.loads(json.dumps(parsed, ensure_ascii=False).encode(errors="ignore"))


async def dispatch(bolt: AsyncApp, request: AsyncBoltRequest) -> BoltResponse:
    """Bolt's answer. What it knows no listener for is acknowledged, so that Slack neither repeats nor complains."""
    response = await bolt.async_dispatch(request)
    if response.status == 404:
        log.warning("unhandled", kind=str(request.body.get("type", "command")))
        return BoltResponse(status=200, body="")
    return response


class Door:
    """Slack's side of the house, as Starlette routes, with what watches over it beside."""

    def __init__(self, bolt: AsyncApp, deps: Deps) -> None:
        self._bolt = bolt
        self._metrics = deps.metrics
        self._watched = Watched(deps)

    def asgi(self) -> Starlette:
        routes = [Route("/slack/events", self.events, methods=["POST"]), *self._watched.routes()]
        flow = self._bolt.oauth_flow
        if flow is not None:
            routes += [Route(flow.install_path, self.install), Route(flow.redirect_uri_path, self.installed)]
        return Starlette(routes=routes)

    async def events(self, request: Request) -> Response:
        """Commands, interactions and events. Every answer carries the id under which the log speaks of it."""
        began, request_id = time.perf_counter(), secrets.token_hex(6)
        structlog.contextvars.bind_contextvars(request=request_id)
        kind, answer = await self._answered(request)
        seconds = time.perf_counter() - began
        self._metrics.answered(kind, answer.status_code, seconds)
        tell = log.warning if answer.status_code >= 500 else log.debug
        tell("answered", kind=kind, status=answer.status_code, seconds=round(seconds, 4))
        answer.headers["x-request-id"] = request_id
        return answer

    async def _answered(self, request: Request) -> tuple[str, Response]:
        try:
            _check_signature_shape(request)
            raw = await _capped_body(request)
            body = parse_body(raw, request.headers.get("content-type", ""))
            slack_request = SlackRequest(raw, request.headers, request.query_params, body)
        except RefusedError as refused:
            log.info("refused", status=refused.status, why=str(refused))
            return OTHER, PlainTextResponse(str(refused), refused.status)
        return kind_of(body), to_starlette_response(await dispatch(self._bolt, slack_request))

    async def install(self, request: Request) -> Response:
        assert self._bolt.oauth_flow is not None, "the route exists only with OAuth"
        return await _page(self._bolt.oauth_flow.handle_installation(_browser_request(request)))

    async def installed(self, request: Request) -> Response:
        assert self._bolt.oauth_flow is not None, "the route exists only with OAuth"
        return await _page(self._bolt.oauth_flow.handle_callback(_browser_request(request)))


def _check_signature_shape(request: Request) -> None:
    # Bolt checks the signature itself, but raises on a timestamp or signature it cannot even read.
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
        raise RefusedError(401, "not signed by Slack")


async def _capped_body(request: Request) -> str:
    chunks, size = [], 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > LARGEST_BODY:
                raise RefusedError(413, "too large")
            chunks.append(chunk)
        return b"".join(chunks).decode()
    except ClientDisconnect as error:
        raise RefusedError(400, "cut off") from error
    except UnicodeDecodeError as error:
        raise RefusedError(400, "not UTF-8") from error


def _browser_request(request: Request) -> AsyncBoltRequest:
    query: dict[str, Sequence[str]] = {
        name: request.query_params.getlist(name) for name in request.query_params
    }
    return AsyncBoltRequest(body="", query=query, headers=dict(request.headers))


async def _page(answer: Awaitable[BoltResponse]) -> Response:
    try:
        page = to_starlette_response(await answer)
    except (aiohttp.ClientError, TimeoutError, DatabaseBusyError, WorkspaceErasedError) as error:
        log.warning("install_failed", why=type(error).__name__)
        page = PlainTextResponse(NOT_NOW, 503)
    page.headers.update(GUARDED)
    return page
