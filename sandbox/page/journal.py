"""What went over the wire, for the developer panel: a line each, and both bodies of one on request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sandbox.journal import Call, Sent
from sandbox.words import Json

if TYPE_CHECKING:
    from sandbox.server import Sandbox

SHOWN = 100


def lines(sandbox: Sandbox) -> list[Json]:
    """The newest first, in both directions."""
    return [_line(key, one) for key, one in list(_all(sandbox).items())[:SHOWN]]


def bodies(sandbox: Sandbox, key: str) -> Json | None:
    """What was sent and answered; None for one that has fallen out of the journal."""
    one = _all(sandbox).get(key)
    if one is None:
        return None
    if isinstance(one, Call):
        return {"sent": one.args, "answered": one.response}
    return {"sent": one.body, "answered": _parsed(one.response) or one.error or "(empty)"}


def _all(sandbox: Sandbox) -> dict[str, Call | Sent]:
    both: list[Call | Sent] = [*sandbox.requests, *sandbox.calls]
    both.sort(key=lambda one: one.at)
    return {f"{id(one):x}": one for one in reversed(both)}


def _line(key: str, one: Call | Sent) -> Json:
    is_call = isinstance(one, Call)
    return {
        "key": key,
        "to_app": not is_call,
        "what": one.method if isinstance(one, Call) else one.kind,
        "ok": one.ok,
        "result": "ok" if is_call and one.ok else one.error or str(one.status),
        "ms": round(one.ms, 1),
    }


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
