"""What went over the wire, for the developer panel: a line each, and both bodies of one on request."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

from sandbox.journal import Call, Sent
from sandbox.page.masking import masked
from sandbox.words import Json

if TYPE_CHECKING:
    from sandbox.server import Sandbox

SHOWN = 100


def lines(sandbox: Sandbox) -> list[Json]:
    """Both directions in the order in which each began, the newest first."""
    both: list[Call | Sent] = [
        *islice(reversed(sandbox.requests), SHOWN),
        *islice(reversed(sandbox.calls), SHOWN),
    ]
    return [_line(one) for one in sorted(both, key=lambda one: -one.seq)[:SHOWN]]


def bodies(sandbox: Sandbox, key: str) -> Json | None:
    """What was sent and answered, without its secrets; None for one that has fallen out of the journal."""
    all_of_them: list[Call | Sent] = [*sandbox.requests, *sandbox.calls, *sandbox.refusals]
    one = next((one for one in all_of_them if str(one.seq) == key), None)
    if one is None:
        return None
    if isinstance(one, Call):
        return {"sent": masked(one.args), "answered": masked(one.response)}
    answered = masked(_parsed(one.response)) or one.error or "(empty)"
    headers = {"headers": masked(one.headers)} if one.headers else {}
    return {"sent": masked(one.body), "answered": answered, **headers}


def mark(sandbox: Sandbox) -> int:
    """Differs once something more has gone over the wire, also when the journal is full."""
    return sum(journal[-1].seq if journal else 0 for journal in (sandbox.requests, sandbox.calls))


def _line(one: Call | Sent) -> Json:
    is_call = isinstance(one, Call)
    return {
        "key": str(one.seq),
        "to_app": not is_call,
        "what": one.method if isinstance(one, Call) else one.kind,
        "ok": one.ok,
        "result": "ok" if is_call and one.ok else one.error or str(one.status),
        "ms": round(one.ms, 1),
        "at": one.at.timestamp(),
    }


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
