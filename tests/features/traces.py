"""Looks for something that was typed wherever it could have stayed: tables, the log, and what went out to Slack."""

import json
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session, SQLModel

from sandbox.server import Sandbox
from slackbot.app import App
from tests.conftest import kwargs_of

NOT_OURS = ("sandbox", "aiosqlite", "asyncio")
"""Loggers of the fake Slack and of the test's own event loop, which are no part of the product."""

LOGGERS = ("", "slack_sdk", "slack_bolt", "slack_bolt.AsyncApp", "sqlalchemy", "aiohttp", "uvicorn")
"""Those that have a level of their own, by us or by themselves; all others do as the first."""


class Everything(logging.Handler):
    """Keeps each log line of whoever logs, with what hangs on it and with its exception in full."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.partition(".")[0] in NOT_OURS:
            return
        error = record.exc_info[1] if record.exc_info else None
        way = traceback.format_exception(error) if error is not None else []
        said = f"{record.name}: {record.getMessage()} {record.args!r} {kwargs_of(record)!r}"
        self.lines.append("".join([said, *way, record.exc_text or ""]))


@contextmanager
def most_talkative() -> Iterator[Everything]:
    """Every logger at DEBUG, those of our libraries too, whatever the product would set them to."""
    handler = Everything()
    before = [(logger, logger.level, logger.propagate) for logger in map(logging.getLogger, LOGGERS)]
    try:
        for logger, _, _ in before:
            logger.setLevel(logging.DEBUG)
            logger.addHandler(handler)
            # SQLAlchemy tells each row: enough that one handler writes that down.
            logger.propagate = False
        yield handler
    finally:
        for logger, level, propagate in before:
            logger.removeHandler(handler)
            logger.setLevel(level)
            logger.propagate = propagate


@dataclass
class Traces:
    """Where to look, and from when on."""

    app: App
    slack: Sandbox
    log: Everything

    def of(self, value: str) -> list[str]:
        """Where it is, in any spelling of its capitals; empty when it is nowhere."""
        places = {
            "a table": self._tables,
            "the file of the database": self._file,
            "the log": lambda: "\n".join(self.log.lines),
            "a call to Slack": self._calls,
            "an answer to Slack": self._answers,
        }
        return [place for place, read in places.items() if value.lower() in read().lower()]

    def _tables(self) -> str:
        """Every column of every table, as the database gives it."""

        def read(session: Session) -> list[str]:
            names = [table.name for table in SQLModel.metadata.sorted_tables]
            rows = [
                row
                for name in names
                for row in session.connection().execute(text(f'SELECT * FROM "{name}"'))  # noqa: S608 # our own tables
            ]
            return [repr(tuple(row)) for row in rows]

        return "\n".join(self.app.deps.database.run(read))

    def _file(self) -> str:
        """What SQLite has written, rows that were taken back among it."""
        if not self.app.deps.database.inline:
            return ""
        path = Path(self.app.deps.database.engine.url.database or "")
        files = [each for each in path.parent.iterdir() if each.name.startswith(path.name)]
        assert files
        return "".join(each.read_bytes().decode("utf-8", "replace") for each in files)

    def _calls(self) -> str:
        assert len(self.slack.calls) < 2000, "the journal forgets older ones"
        return "\n".join(
            json.dumps([call.method, call.args], ensure_ascii=False, default=str) for call in self.slack.calls
        )

    def _answers(self) -> str:
        assert len(self.slack.requests) < 2000, "the journal forgets older ones"
        return "\n".join(_spelled_out(sent.response) for sent in self.slack.requests)


def _spelled_out(answer: str) -> str:
    """JSON without its escapes, in which a letter could hide."""
    try:
        return json.dumps(json.loads(answer), ensure_ascii=False)
    except ValueError:
        return answer
