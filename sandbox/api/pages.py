"""Cursors: lists that are handed out a page at a time."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TypeVar

from sandbox.api.registry import Ask
from sandbox.refused import RefusedError
from sandbox.words import Json

Row = TypeVar("Row")


def page_of(ask: Ask, rows: Sequence[Row], *, default: int) -> tuple[Sequence[Row], Json]:
    """The page that `cursor` and `limit` ask for, and its `response_metadata`."""
    start = _start(str(ask.args.get("cursor") or ""))
    limit = ask.number("limit", default)
    if not 1 <= limit <= 1000:
        raise RefusedError("invalid_limit")
    end = start + limit
    cursor = base64.b64encode(f"from:{end}".encode()).decode() if end < len(rows) else ""
    return rows[start:end], {"next_cursor": cursor}


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        start = int(base64.b64decode(cursor, validate=True).decode().removeprefix("from:"))
    except ValueError:
        raise RefusedError("invalid_cursor") from None
    if start < 0:
        raise RefusedError("invalid_cursor")
    return start
