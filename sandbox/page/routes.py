"""The page's addresses: the page itself, its files, what it asks and does, and the stream of changes."""

from __future__ import annotations

import asyncio
import base64
import binascii
import itertools
import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.errors import SandboxError
from sandbox.page import journal
from sandbox.page.deeds import NEEDED, Deeds
from sandbox.page.headers import SafeHeaders
from sandbox.page.manifest import Offers, offers_of_the_app
from sandbox.page.place import APP, Place, place_of
from sandbox.page.snapshot import fingerprint, snapshot
from sandbox.page.troubles import seen_as_json
from sandbox.people import Seen

if TYPE_CHECKING:
    from sandbox.server import Sandbox

STATIC = Path(__file__).parent / "static"
HEARTBEAT = 15.0
"""Seconds of silence on the stream before a sign of life, without which a dead tab would never be noticed."""
A_DAY = 86_400.0
GATHERING = 0.02
"""Seconds in which the several changes that one deed makes become one picture."""
RETRY = 1000
"""Milliseconds after which a tab that lost the sandbox looks for it again."""
NOBODY = "There is no such person or conversation."


def routes(sandbox: Sandbox, offered: Offers | None = None) -> list[BaseRoute]:
    """What the fake Slack serves for the browser; without `offered` the repository's manifest says what to offer."""
    page = Page(sandbox, offered or offers_of_the_app())
    safe = [Middleware(SafeHeaders)]
    inner = [
        Route("/stream", page.stream),
        Route("/state", page.state),
        Route("/journal", page.journal),
        Route("/suggestions", page.suggestions),
        Route("/files/{file_id}", page.file),
        Mount("/static", StaticFiles(directory=STATIC)),
        Route("/{deed}", page.deed, methods=["POST"]),
    ]
    return [Route("/", page.index, middleware=safe), Mount("/page", routes=inner, middleware=safe)]


class Page:
    """Answers the browser."""

    def __init__(self, sandbox: Sandbox, offered: Offers) -> None:
        self._sandbox = sandbox
        self._offers = offered
        self._deeds = Deeds(sandbox, offered)

    async def index(self, request: Request) -> Response:
        """The page; an address that names nobody or nowhere leads to one that does."""
        query = dict(request.query_params)
        if place_of(self._sandbox, query) is not None:
            return FileResponse(STATIC / "index.html")
        query |= {"in": APP}
        if place_of(self._sandbox, query) is None:
            query |= {"as": self._sandbox.people[0].name}
        return RedirectResponse(f"/?{urlencode(query)}", 303)

    async def state(self, request: Request) -> Response:
        place = place_of(self._sandbox, request.query_params)
        return JSONResponse(self._snapshot(place)) if place is not None else _refused(NOBODY, 404)

    async def deed(self, request: Request) -> Response:
        """`{seen, state}`: what the person saw of what they did, and how things stand after it."""
        deed = self._deeds.by_name.get(request.path_params["deed"])
        if deed is None:
            return _refused("The page can do no such thing.", 404)
        try:
            wish = await request.json()
        except ValueError:
            return _refused("The request is not JSON.", 400)
        place = place_of(self._sandbox, wish) if isinstance(wish, dict) else None
        if place is None:
            return _refused(NOBODY, 404)
        if missing := [name for name in NEEDED.get(request.path_params["deed"], ()) if name not in wish]:
            return _refused(f"The request lacks {', '.join(missing)}.", 400)
        if not place.is_app:
            place.person.channel = place.channel
        try:
            seen = await deed(place, wish)
        except (SandboxError, AssertionError, ValueError) as reason:
            # `Person` says by AssertionError what a hand cannot do: an element that is gone, somebody deactivated.
            seen = Seen(ok=False, text=str(reason))
        return JSONResponse({"seen": seen_as_json(seen), "state": self._snapshot(place)})

    async def suggestions(self, request: Request) -> Response:
        place = place_of(self._sandbox, request.query_params)
        if place is None:
            return _refused(NOBODY, 404)
        return JSONResponse({"options": await self._deeds.suggestions(place, request.query_params)})

    async def journal(self, request: Request) -> Response:
        key = request.query_params.get("key")
        if key is None:
            return JSONResponse({"lines": journal.lines(self._sandbox)})
        bodies = journal.bodies(self._sandbox, key)
        return JSONResponse(bodies or {"sent": "No longer kept.", "answered": ""})

    async def file(self, request: Request) -> Response:
        """A file that the app uploaded, only ever as a download: it must not run as part of the page."""
        person = next(
            (one for one in self._sandbox.people if one.name == request.query_params.get("as")), None
        )
        file = self._sandbox.state.files.get(request.path_params["file_id"])
        if file is None or person is None or file.team != person.team or not file.complete:
            return _refused("There is no such file.", 404)
        try:
            content = base64.b64decode(file.content, validate=True)
        except binascii.Error:
            return _refused("The file is damaged.", 500)
        disposition = f"attachment; filename*=UTF-8''{quote(file.name)}"
        return Response(
            content, media_type="application/octet-stream", headers={"Content-Disposition": disposition}
        )

    async def stream(self, request: Request) -> Response:
        place = place_of(self._sandbox, request.query_params)
        if place is None:
            return _refused(NOBODY, 404)
        return StreamingResponse(self._pictures(place), media_type="text/event-stream")

    async def _pictures(self, place: Place) -> AsyncIterator[str]:
        """The picture now, and again whenever it changes."""
        yield f"retry: {RETRY}\n\n"
        shown = ""
        while True:
            now = fingerprint(self._sandbox, place, self._offers)
            if now != shown:
                shown = now
                yield f"event: state\ndata: {json.dumps(self._snapshot(place))}\n\n"
            elif not await self._something_happens():
                yield ": still here\n\n"

    async def _something_happens(self) -> bool:
        """Wait for the next change of the sandbox, and a moment for what follows at once; False after a long silence."""
        looks = itertools.count()
        try:
            async with asyncio.timeout(HEARTBEAT):
                await self._sandbox.until(lambda: next(looks) > 0, A_DAY)
        except TimeoutError:
            return False
        await asyncio.sleep(GATHERING)
        return True

    def _snapshot(self, place: Place) -> Mapping[str, Any]:
        return snapshot(self._sandbox, place, self._offers)


def _refused(sentence: str, status: int) -> Response:
    return JSONResponse({"seen": {"ok": False, "text": sentence, "errors": {}}}, status)
