"""A plain load balancer: each request to the next process, whoever it is from. Run as a program of its own."""

import asyncio
import itertools
from collections.abc import Iterator, Sequence

import aiohttp
from aiohttp import web

from tests.fleet.wire import Words, answer_all

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding", "date"}
PATIENCE = aiohttp.ClientTimeout(total=15)


class RoundRobin:
    """What nginx does with two servers and no further words."""

    def __init__(self) -> None:
        self._backends: Sequence[str] = ()
        self._turns: Iterator[int] = itertools.count()
        self._session: aiohttp.ClientSession | None = None
        self._runner: web.AppRunner | None = None

    def lead(self, backends: Sequence[str]) -> None:
        self._backends = backends

    async def begin(self) -> str:
        """Listens; gives its address."""
        self._session = aiohttp.ClientSession(timeout=PATIENCE, auto_decompress=False)
        app = web.Application(client_max_size=8 * 1024 * 1024)
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    async def end(self) -> None:
        assert self._session is not None, "it was begun"
        assert self._runner is not None, "it was begun"
        await self._runner.cleanup()
        await self._session.close()

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        turn = next(self._turns)
        for step in range(len(self._backends)):
            backend = self._backends[(turn + step) % len(self._backends)]
            try:
                return await self._ask(backend, request, body)
            except aiohttp.ClientConnectorError:
                # Nobody there, so nothing was said: the next one may be asked.
                continue
            except (aiohttp.ClientError, TimeoutError):
                break
        return web.Response(status=502, text="bad gateway")

    async def _ask(self, backend: str, request: web.Request, body: bytes) -> web.Response:
        assert self._session is not None, "it was begun"
        headers = {name: value for name, value in request.headers.items() if name.lower() not in HOP_BY_HOP}
        url = f"{backend}{request.raw_path}"
        async with self._session.request(
            request.method, url, data=body, headers=headers, allow_redirects=False
        ) as answer:
            passed = web.Response(status=answer.status, body=await answer.read())
            for name, value in answer.headers.items():
                if name.lower() not in HOP_BY_HOP and name.lower() != "content-type":
                    passed.headers.add(name, value)
            if "content-type" in answer.headers:
                passed.headers["content-type"] = answer.headers["content-type"]
            return passed


async def main() -> None:
    robin = RoundRobin()
    url = await robin.begin()

    async def answering(asked: Words) -> Words:
        if asked["do"] == "lead":
            robin.lead(asked["to"])
        return {"url": url}

    await answer_all(answering)
    await robin.end()


if __name__ == "__main__":
    asyncio.run(main())
