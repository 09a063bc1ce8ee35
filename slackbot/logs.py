"""Logging: one line an event, for people or as JSON; never texts, names, tokens or response addresses."""

import logging
import sys
from typing import Any

import structlog
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped

from slackbot.settings import Settings


def configure(settings: Settings) -> None:
    """Sets up structlog and the standard library's logging, which our libraries use, to the same end."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Any] = [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    if settings.log_format == "json":
        last = [structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer()]
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
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers = [out]
    root.setLevel(settings.log_level)
    # At INFO and DEBUG Slack's libraries log whole bodies, APScheduler every tick and Alembic every step.
    logging.getLogger("slack_bolt.AsyncApp").addFilter(_says_something)
    for name in ("slack_bolt", "slack_sdk", "apscheduler", "alembic", "aiohttp"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _says_something(record: logging.LogRecord) -> bool:
    # Bolt reads SLACK_BOT_TOKEN from the environment by itself, and then warns that it does not use it.
    return record.getMessage() != warning_client_prioritized_and_token_skipped()
