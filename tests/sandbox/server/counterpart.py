"""The least app there can be: hears what Slack sends, checks its signature, and answers as the test says."""

from __future__ import annotations

import inspect
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from sandbox.server import Sandbox
from sandbox.serving import Serving

Json = dict[str, Any]


@dataclass
class Heard:
    """One request that reached the app."""

    kind: str
    body: Json
    headers: dict[str, str]


Answerer = Callable[[Heard], Any]


class Counterpart:
    """An app's HTTP door; `answer` decides what it says (None: an empty 200)."""

    def __init__(self, signing_secret: str) -> None:
        self._verifier = SignatureVerifier(signing_secret)
        self._serving = Serving(Starlette(routes=[Route("/slack/events", self._hear, methods=["POST"])]))
        self.heard: list[Heard] = []
        self.answer: Answerer = lambda heard: None
        self.url = ""

    async def start(self) -> None:
        self.url = f"http://127.0.0.1:{await self._serving.begin(0)}"

    async def stop(self) -> None:
        await self._serving.end()

    def of(self, kind: str) -> list[Json]:
        return [heard.body for heard in self.heard if heard.kind == kind]

    async def _hear(self, request: Request) -> Response:
        raw = await request.body()
        if not self._verifier.is_valid_request(raw, dict(request.headers)):
            return PlainTextResponse("bad signature", 401)
        heard = _heard(raw, dict(request.headers))
        self.heard.append(heard)
        answer = self.answer(heard)
        if inspect.isawaitable(answer):
            answer = await answer
        if isinstance(answer, Response):
            return answer
        if isinstance(answer, str):
            return PlainTextResponse(answer)
        return PlainTextResponse("") if answer is None else JSONResponse(answer)


def _heard(raw: bytes, headers: dict[str, str]) -> Heard:
    if headers["content-type"] == "application/json":
        body = json.loads(raw)
        return Heard(body.get("event", body)["type"], body, headers)
    form = dict(parse_qsl(raw.decode(), keep_blank_values=True))
    if "payload" in form:
        body = json.loads(form["payload"])
        return Heard(body["type"], body, headers)
    return Heard("slash_command", form, headers)


Opener = Callable[[str, Json], Awaitable[Any]]


def text(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def section(words: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}}


def button(label: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": text(label), "action_id": action_id, **more}


def actions(*elements: Json, block_id: str = "buttons") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def field(label: str, block_id: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": text(label),
        "element": {"action_id": "it", **element},
        **more,
    }


def modal(*blocks: Json, title: str = "A form", submit: str | None = "Save", **more: Any) -> Json:
    view: Json = {"type": "modal", "title": text(title), "blocks": list(blocks) or [section("Hello")], **more}
    return view | ({"submit": text(submit)} if submit else {})


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks) or [section("Welcome")], **more}


def options(*names: str) -> list[Json]:
    return [{"text": text(name), "value": name.lower()} for name in names]


def opens(slack: Sandbox, view: Json) -> Answerer:
    """An app that opens `view` whatever happens to it."""

    async def answer(heard: Heard) -> None:
        await slack_client(slack).views_open(trigger_id=heard.body["trigger_id"], view=view)

    return answer


def slack_client(slack: Sandbox, token: str | None = None, team: str = "T0RIVERSIDE") -> Any:
    """The app's own client: no retries, so that each test sees just what it asked for."""
    from slack_sdk.web.async_client import AsyncWebClient

    if token is None:
        installation = slack.world.installation(team)
        token = installation.token if installation is not None else slack.grant(team)
    return AsyncWebClient(token=token, base_url=slack.api_url, retry_handlers=[])
