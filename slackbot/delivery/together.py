"""Lets many tasks share few transactions: what they ask for at about the same time is done as one."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Together(Generic[T, R]):
    """Collects items, and hands them in slices to `work`, which answers each in its place."""

    def __init__(
        self, work: Callable[[Sequence[T]], Awaitable[Sequence[R]]], *, slice_of: int, rest: float
    ) -> None:
        """Between two slices there are `rest` seconds, in which others get their turn and more comes together."""
        self._work, self._slice, self._rest = work, slice_of, rest
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._running: asyncio.Task[None] | None = None
        self._ready_at = 0.0

    async def __call__(self, item: T) -> R:
        """The answer for this item. Raises what `work` raised for the slice it was in."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[R] = loop.create_future()
        self._waiting.append((item, future))
        if self._running is None:
            self._running = loop.create_task(self._run())
        return await future

    async def _run(self) -> None:
        try:
            while self._waiting:
                # Even without a rest: whoever is about to ask gets into the same slice.
                await asyncio.sleep(max(0.0, self._ready_at - asyncio.get_running_loop().time()))
                batch, self._waiting = self._waiting[: self._slice], self._waiting[self._slice :]
                await self._do(batch)
                self._ready_at = asyncio.get_running_loop().time() + self._rest
        finally:
            self._running = None

    async def _do(self, batch: Sequence[tuple[T, asyncio.Future[R]]]) -> None:
        try:
            answers = await self._work([item for item, _ in batch])
        except Exception as error:  # noqa: BLE001 - it belongs to those who asked, and is raised there
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), answer in zip(batch, answers, strict=True):
            if not future.done():
                future.set_result(answer)
