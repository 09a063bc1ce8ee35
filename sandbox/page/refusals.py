"""What Slack would have refused, put so that a person sees what, where and why."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from sandbox.journal import Call
from sandbox.page.masking import masked
from sandbox.words import Json

if TYPE_CHECKING:
    from sandbox.server import Sandbox

SHOWN = 20
LONGEST = 1200
"""Characters of the offending part that are shown; the whole is one click away."""
MESSAGE = re.compile(
    r"^(?:\[ERROR\] )?(?P<sentence>.*?)(?: \[json-pointer:(?P<pointer>[^\]]*)\])?$", re.DOTALL
)
OWN_NAMES = {
    "slash_reply": "The reply to a command",
    "response_action": "The reply to a form",
    "options": "The options of a select",
    "response_url": "An answer through response_url",
}
"""What has no method of the Web API: replies to Slack's own requests."""


def refusals(sandbox: Sandbox) -> list[Json]:
    """The newest first."""
    return [_refusal(call) for call in list(reversed(sandbox.refusals))[:SHOWN]]


def _refusal(call: Call) -> Json:
    messages = call.response.get("response_metadata", {}).get("messages", [])
    return {
        "key": str(call.seq),
        "method": call.method,
        "what": OWN_NAMES.get(call.method, call.method),
        "error": call.response.get("error", call.error),
        "faults": [_fault(message, call.args) for message in messages],
    }


def _fault(message: str, args: Json) -> Json:
    found = MESSAGE.match(message)
    sentence, pointer = (found["sentence"], found["pointer"]) if found else (message, None)
    part = _at(args, pointer) if pointer else None
    shown = json.dumps(masked(part), indent=2, ensure_ascii=False) if part is not None else ""
    cut = f"{shown[:LONGEST]}…" if len(shown) > LONGEST else shown
    return {"sentence": sentence[:1].upper() + sentence[1:], "pointer": pointer, "part": cut}


def _at(args: Json, pointer: str) -> Any:
    """The part that a JSON pointer names, or the nearest there is above it: a missing key has no value to show."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    starts = [args, _decoded(args.get("view")), _decoded(args.get("body"))]
    part = next((one for one in starts if steps and isinstance(one, dict) and steps[0] in one), args)
    for step in steps:
        inside = _step(_decoded(part), step)
        if inside is None:
            break
        part = inside
    return part


def _step(part: Any, step: str) -> Any:
    if isinstance(part, dict):
        return part.get(step)
    if isinstance(part, list) and step.isdigit() and int(step) < len(part):
        return part[int(step)]
    return None


def _decoded(value: Any) -> Any:
    """Arguments of a form are JSON in a string."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
