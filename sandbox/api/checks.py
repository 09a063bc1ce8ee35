"""api.test and blocks.validate: asking whether asking works, and whether blocks are right."""

from __future__ import annotations

import json
from typing import Any

from sandbox.api.registry import Ask, method
from sandbox.refused import RefusedError, require_message, require_view
from sandbox.words import Json


@method("api.test", token="none", tier=4)
def test(ask: Ask) -> Json:
    if ask.args.get("error"):
        raise RefusedError(str(ask.args["error"]), args=ask.args)
    return {"args": ask.args}


@method("blocks.validate", token="none", tier=4)
def validate(ask: Ask) -> Json:
    given = [name for name in ("blocks", "message", "view") if ask.args.get(name)]
    if len(given) != 1:
        raise RefusedError("invalid_arguments", ["[ERROR] give one of blocks, message, view"])
    value = _parsed(ask.args[given[0]], given[0])
    if given[0] == "blocks":
        # Missing fallback text is no mistake here, as with the real method.
        require_message({"text": "-", "blocks": value})
    elif not isinstance(value, dict):
        raise RefusedError("invalid_arguments", [f"[ERROR] must be an object [json-pointer:/{given[0]}]"])
    elif given[0] == "message":
        require_message({"text": "-"} | value)
    else:
        require_view(value)
    return {}


def _parsed(value: Any, name: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise RefusedError(
            "invalid_arguments", [f"[ERROR] must be valid JSON [json-pointer:/{name}]"]
        ) from None
