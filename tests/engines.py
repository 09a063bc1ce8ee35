"""SQLAlchemy's engines, opened again once they were disposed of: what an engine has compiled it keeps.

Each test opens an app on a database at the address of the one before, and asks it the same few hundred statements. To
compile them takes a third of a test's time, and an engine that was disposed of is otherwise as good as new: it has no
connection left."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import URL

from storage.engine import open_engine


class Engines:
    """Stands in for `storage.engine.open_engine`."""

    def __init__(self) -> None:
        self._at_rest: defaultdict[object, dict[int, Engine]] = defaultdict(dict)

    def open(self, url: URL, **options: Any) -> Engine:
        """One that nobody has open: of two apps on one database each has its own."""
        at_rest = self._at_rest[url, *sorted(options.items())]
        if at_rest:
            return at_rest.popitem()[1]
        engine = open_engine(url, **options)

        def rests(engine: Engine) -> None:
            at_rest[id(engine)] = engine

        event.listen(engine, "engine_disposed", rests)
        return engine
