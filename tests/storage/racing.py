"""Lets several threads do the same thing at the same moment, as two workers or two presses would."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from sqlmodel import Session

from storage.database import Database

T = TypeVar("T")


def at_once(database: Database, *works: Callable[[Session], T]) -> list[T]:
    """What each unit of work returned; all transactions are open before the first of them does anything."""
    start = Barrier(len(works), timeout=20)

    def run(work: Callable[[Session], T]) -> T:
        def after_the_others(session: Session) -> T:
            session.connection()
            start.wait()
            return work(session)

        return database.run(after_the_others)

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def through_transact(database: Database, *works: Callable[[Session], T]) -> list[T]:
    """The same as the app would do it, where a transaction that finds SQLite locked is tried again."""
    start = Barrier(len(works), timeout=20)

    def run(work: Callable[[Session], T]) -> T:
        start.wait()
        return asyncio.run(database.transact(work))

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))
