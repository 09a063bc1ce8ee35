"""What a load balancer, a monitor and Prometheus ask: routes beside Slack's own, without any state of a person."""

import time
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from slackbot.deps import Deps
from slackbot.metrics import CONTENT_TYPE
from slackbot.rules.signs_of_life import is_quiet
from storage import heartbeats
from storage.figures import Figures, figures

log = structlog.get_logger(__name__)

KEPT: Final = 10.0
"""Seconds for which the ledger's figures are not read again, however many ask."""
AWAY: Final = "the database does not answer"


class Watched:
    """`/healthz`, `/readyz` and `/metrics` of one process."""

    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._read_at: float | None = None
        self._figures: Figures | None = None

    def routes(self) -> list[Route]:
        return [
            Route("/healthz", self.health),
            Route("/readyz", self.ready),
            Route("/metrics", self.metrics),
        ]

    async def health(self, _request: Request) -> Response:
        """For a monitor: 200 only if the database answers, and the workers, if there ever were any, are at work."""
        return _said(await run_in_threadpool(self._trouble))

    async def ready(self, _request: Request) -> Response:
        """For a load balancer: 200 only if the database answers. That the worker stopped is not this process's fault."""
        return _said(None if await run_in_threadpool(self._deps.database.answers) else AWAY)

    async def metrics(self, _request: Request) -> Response:
        """Prometheus's text."""
        page = self._deps.metrics.page(await run_in_threadpool(self._ledger))
        return Response(page, media_type=CONTENT_TYPE)

    def _trouble(self) -> str | None:
        if not self._deps.database.answers():
            return AWAY
        try:
            seen = self._deps.database.run(heartbeats.latest)
        except SQLAlchemyError:
            return AWAY
        now = self._deps.now()
        if seen is None or not is_quiet(seen, now, self._deps.settings.tick_seconds):
            return None
        return f"no worker was seen for {int((now - seen).total_seconds() // 60)} minutes"

    def _ledger(self) -> Figures | None:
        if self._read_at is None or time.monotonic() - self._read_at >= KEPT:
            self._figures = _read(self._deps)
            self._read_at = time.monotonic()
        return self._figures


def _read(deps: Deps) -> Figures | None:
    try:
        return deps.database.run(figures, deps.now()) if deps.database.answers() else None
    except SQLAlchemyError as error:
        log.warning("figures_not_read", why=type(error).__name__)
        return None


def _said(trouble: str | None) -> Response:
    return JSONResponse({"status": "ok"}) if trouble is None else JSONResponse({"status": trouble}, 503)
