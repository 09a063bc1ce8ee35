"""A browser's side of one tab, without a browser: what the page's script asks and posts."""

from __future__ import annotations

from typing import Any

import aiohttp


class Tab:
    """A browser's side of one tab."""

    def __init__(self, session: aiohttp.ClientSession, name: str, place: str) -> None:
        self._session = session
        self.address = {"as": name, "in": place}

    async def post(self, deed: str, **wish: Any) -> Any:
        async with self._session.post(f"/page/{deed}", json={**self.address, **wish}) as reply:
            return await reply.json()

    async def get(self, path: str, **query: str) -> Any:
        async with self._session.get(f"/page/{path}", params={**self.address, **query}) as reply:
            return await reply.json()
