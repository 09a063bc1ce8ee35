"""Logging: one line an event, for people or as JSON; never texts, names, tokens or response addresses."""

import logging
import re
import sys
import traceback
from types import TracebackType
from typing import Any, Final, TextIO

import structlog
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_sdk.errors import SlackApiError

from slackbot.refusal import refusal
from slackbot.settings import Settings

SECRETS: Final = re.compile(
    r"""xox[a-z](?:\.xox[a-z])?-[\w.-]+ | xapp-[\w-]+ | https?://hooks\.slack\.com/[^\s"'\\]+
    | (?<=[?&]code=)[^&\s"'\\]+ | (?<=with\ code:\ )[^\s"'\\]+""",
    re.VERBOSE,
)
"""Slack's tokens, the codes of its OAuth pages and response addresses, wherever they turn up."""


def configure(settings: Settings) -> None:
    """Sets up structlog and the standard library's logging, which our libraries use, to the same end."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Any] = [
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=_print_way)
    ]
    if settings.log_format == "json":
        last = [structlog.processors.ExceptionRenderer(_way), structlog.processors.JSONRenderer()]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[settings.log_level]
        ),
        cache_logger_on_first_use=False,
    )
    out = logging.StreamHandler(sys.stderr)
    out.setFormatter(
        _Discreet(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers = [out]
    root.setLevel(settings.log_level)
    # At INFO and DEBUG Slack's libraries log whole bodies, APScheduler every tick and Alembic every step.
    logging.getLogger("slack_bolt.AsyncApp").addFilter(_says_something)
    for name in ("slack_bolt", "slack_sdk", "apscheduler", "alembic", "aiohttp", "uvicorn"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _says_something(record: logging.LogRecord) -> bool:
    # Bolt reads SLACK_BOT_TOKEN from the environment by itself, and then warns that it does not use it.
    return record.getMessage() != warning_client_prioritized_and_token_skipped()


class _Discreet(structlog.stdlib.ProcessorFormatter):
    """Blots out secrets in the finished line, whoever wrote it."""

    def format(self, record: logging.LogRecord) -> str:
        return SECRETS.sub("[secret]", super().format(record))


ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def _way(exc_info: ExcInfo) -> str:
    """Where an exception went, and of what kind it and its causes are; not what they say.

    An exception's own words may quote what a person typed, and so may the values of local variables."""
    lines = []
    error: BaseException | None = exc_info[1]
    while error is not None:
        lines += [*traceback.format_tb(error.__traceback__), f"{type(error).__name__}{_code(error)}"]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        lines += ["\nwhich came of\n"] if error is not None else []
    return "".join(lines)


def _code(error: BaseException) -> str:
    """Slack's or the system's name for it, which says nothing of a person."""
    if isinstance(error, SlackApiError):
        return f": {refusal(error).error}"
    return f": {error.strerror}" if isinstance(error, OSError) and error.strerror else ""


def _print_way(stream: TextIO, exc_info: ExcInfo) -> None:
    stream.write(f"\n{_way(exc_info)}")
